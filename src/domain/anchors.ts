import type { Case } from './case.ts';
import type { Answers } from './events/trail.ts';
import { dateOf, endOf } from './londonTime.ts';
import { dateQuestions } from './procedure.ts';
import type { Procedure } from './procedureShape.ts';
import { stageFacts } from './stages/stages.ts';

/** What the days of a case are counted from. */

/** What a window is counted from: a date (counted in days) and the instant behind it (counted in hours). */
export type Start = { date: Temporal.PlainDate; instant: Temporal.Instant };

/**
 * The start a case gives to a window's `from`, or null when that has not happened yet. A conference has a date and no time, as has a day
 * that somebody gave in answer to a question: hours are counted from the end of its day in London, since nobody may be called late about a
 * child for an hour that nobody wrote down.
 */
export function startOf(current: Case, from: string): Start | null {
  if (from === 'conference') return startOn(current.dissent.conference.date);
  const at = from === 'raised' ? current.raisedAt : current.finished[from];
  if (at !== undefined) return startAt(at);
  const given = answersOf(current)
    .map((answers) => answers[from])
    .find((answer) => answer !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(answer));
  return given === undefined ? null : startOn(given);
}

/** As {@link startOf}, before there is a case: the conference, or a day that the form asked for. */
export function startBefore({ conference, answers = {} }: Case['dissent'], from: string): Start | null {
  const day = from === 'conference' ? conference.date : answers[from];
  return day === undefined ? null : startOn(day);
}

/** Everything that was answered to the procedure's questions, form by form. */
function answersOf({ dissent, record, decisions, choices }: Case): Answers[] {
  return [
    ...Object.values(choices).map(({ answers }) => answers),
    dissent.answers ?? {},
    record?.answers ?? {},
    ...Object.values(decisions).map(({ answers }) => answers),
  ];
}

/** The start that an instant is: its date in London, and itself. */
export function startAt(at: string): Start {
  const instant = Temporal.Instant.from(at);
  return { date: dateOf(instant), instant };
}

/** The start that a day is: its date, and its end in London. */
export function startOn(day: string): Start {
  const date = Temporal.PlainDate.from(day);
  return { date, instant: endOf(date) };
}

/** What a window is counted from, in the words of its procedure: "the conference", "the decision of the Service Manager". */
export function sayFrom(from: string, procedure: Procedure): string {
  const { words, stages } = procedure;
  if (from === 'conference') return `the ${words.meeting}`;
  if (from === 'raised') return `the day the ${words.case} was raised`;
  if (from === 'asked') return 'the day of the question';
  const stage = stages[from];
  if (stage) return stageFacts(stage).end(stage, procedure);
  const { label, title } = dateQuestions(procedure)[from] ?? { title: from };
  return `the day given for "${label ?? title}"`;
}

/** A time in which a clock stood still. */
export type Pause = { from: Temporal.Instant; to: Temporal.Instant };

/** When the clock of a stage stood still: from each question asked there until its answer, as far as its procedure stops it (Q13). */
export function pausesAt({ questions }: Case, { stages }: Procedure, name: string, now: Temporal.Instant): Pause[] {
  const stage = stages[name];
  if (stage?.kind !== 'decide' || !stage.pauses) return [];
  return questions
    .filter((asked) => asked.stage === name && asked.kind === 'information')
    .map(({ askedAt, answer }) => ({ from: Temporal.Instant.from(askedAt), to: answer ? Temporal.Instant.from(answer.at) : now }))
    .toSorted((one, other) => Temporal.Instant.compare(one.from, other.from));
}

/** The days that some pauses take out of a count, each once: those after the day on which one began, up to that on which it ended. */
export function daysOf(pauses: Pause[]): string[] {
  const days = pauses.flatMap(({ from, to }) => {
    const [first, last] = [dateOf(from), dateOf(to)];
    const many = first.until(last, { largestUnit: 'days' }).days;
    return Array.from({ length: Math.max(0, many) }, (_, index) => first.add({ days: index + 1 }).toString());
  });
  return [...new Set(days)].toSorted();
}
