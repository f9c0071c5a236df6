import type { CaseForViewer } from '../app/seeCase.ts';
import { sayFrom } from '../domain/anchors.ts';
import { dateOf, sayDate, sayInstant } from '../domain/londonTime.ts';
import { deciders, stageOf } from '../domain/procedure.ts';
import { wayToDecision, writingStage } from '../domain/stages/stages.ts';
import { limitOrTarget, type TimeLimit, timeLimitsAhead, timeLimitsOf, timeLimitsOfStage } from '../domain/timeLimits.ts';
import { inSentence, workingDays } from '../domain/words.ts';
import { deciderAt, wordsOf } from './stageWords.ts';

/** A line of a list of facts. */
export type Fact = { title: string; value: string };

/** A date in a sentence, with its explanation, which is folded away behind a button (X12). */
export type Due = { text: string; intro: string; rows: Fact[] };

const UNITS: Record<TimeLimit['unit'], (count: number) => string> = {
  'working-days': (count) => (count === 1 ? 'working day' : 'working days'),
  'calendar-days': () => 'calendar days',
  months: (count) => (count === 1 ? 'month' : 'months'),
  hours: () => 'hours',
};

/** `Tue 26 Jan 2027 (working day 10; today is day 0)`; a local target says that it is one. */
export function sayLimit({ due, kind, unit, within, today, lateFrom }: TimeLimit): string {
  const target = kind === 'local target' ? 'local target, ' : '';
  if (unit === 'working-days') return `${sayDate(due)} (${target}working day ${within}; today is day ${today})`;
  const wholeDay = !dateOf(lateFrom).equals(due);
  return `${wholeDay ? sayDate(due) : sayInstant(lateFrom)} (${target}${within} ${UNITS[unit](within)})`;
}

/** A date and why it is that date: where the count starts, the days counted, and the days skipped with their names. */
export function explained(limit: TimeLimit, text: string, seen: CaseForViewer): Due {
  const { unit, within, start, due, kind, lateFrom, beyondCoverage } = limit;
  const from = sayStart(limit, seen);
  const { title, coveredUntil } = seen.calendar;
  const covered = beyondCoverage ? ` The holidays after ${sayDate(coveredUntil)} are not known yet, so the date may change.` : '';
  const counts = {
    'working-days': `${workingDays(within)} from ${from}. That day is day 0. Calendar: ${title}.`,
    'calendar-days': `${within} days from ${from}, weekends and holidays too. That day is day 0.`,
    months: `${within} ${within === 1 ? 'month' : 'months'} from ${from}.`,
    hours: `${within} hours from ${from}. They end ${sayInstant(lateFrom)}.`,
  };
  return {
    text,
    intro: `${kind === 'local target' ? 'A local target' : "The procedure's time limit"}: ${counts[unit]} It is in time until ${unit === 'hours' ? 'then' : 'the end of the last day'}.${covered}`,
    rows: [{ title: 'Day 0', value: sayDate(start) }, ...runsOf(limit), { title: 'Last day', value: sayDate(due) }],
  };
}

/** What it is counted from, and when that was. What was in another case is told as such, and by no reference (X9, X10). */
function sayStart({ from, elsewhere, start, unit }: TimeLimit, { procedure }: CaseForViewer): string {
  const conference = from === 'conference';
  const what = conference || elsewhere === undefined ? sayFrom(from, procedure) : `${elsewhere} in another case`;
  return `${conference && unit === 'hours' ? 'the end of the day of ' : ''}${what}, ${sayDate(start)}`;
}

/** More runs of days than this are told by their holidays alone. */
const MOST_RUNS = 16;

/** The days between start and end as runs, in order: "Days 1 to 3: Wed 13 Jan 2027 to Fri 15 Jan 2027", "Not counted: ...". */
function runsOf({ count: { counted, skipped } }: TimeLimit): Fact[] {
  const days = [
    ...counted.map((date, index) => ({ date, number: index + 1, why: null })),
    ...skipped.map(({ date, why }) => ({ date, number: 0, why })),
  ].toSorted((one, other) => one.date.localeCompare(other.date));
  const runs: (typeof days)[] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && (run[0]?.why === null) === (day.why === null)) run.push(day);
    else runs.push([day]);
  }
  const facts = runs.map((run): Fact => {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last) throw new Error('a run of days is never empty');
    if (first.why !== null) return { title: 'Not counted', value: run.map(({ date, why }) => `${sayDate(date)} (${why})`).join(', ') };
    if (first === last) return { title: `Day ${first.number}`, value: sayDate(first.date) };
    return { title: `Days ${first.number} to ${last.number}`, value: `${sayDate(first.date)} to ${sayDate(last.date)}` };
  });
  if (facts.length <= MOST_RUNS) return facts;
  const holidays = skipped.filter(({ why }) => why !== 'Saturday' && why !== 'Sunday').slice(0, MOST_RUNS);
  return [
    { title: 'Counted', value: workingDays(counted.length) },
    { title: 'Not counted', value: ['Saturdays and Sundays', ...holidays.map(({ date, why }) => `${sayDate(date)} (${why})`)].join(', ') },
  ];
}

/** The time limit of the stage that a case is at; null where the procedure sets none. */
export function limitOf({ current, procedure, calendar, now }: CaseForViewer): TimeLimit | null {
  return timeLimitsOf(current, procedure, calendar, now).find(({ kind }) => kind === 'time limit') ?? null;
}

/** The stage of the decision that a case is at or comes to; null when there is none. */
function decisionToCome({ current, procedure }: CaseForViewer): string | null {
  if (current.status === 'closed') return null;
  return wayToDecision(procedure, current).find((name) => deciderAt(stageOf(procedure, name), procedure) !== null) ?? null;
}

/** The date by which something to come is due: its time limit, or where there is none the local target. */
function dueAt(stage: string | null, { current, procedure, calendar, now }: CaseForViewer): TimeLimit | null {
  const limits = stage === null ? [] : timeLimitsOfStage(current, procedure, stage, calendar, now);
  return limitOrTarget(limits);
}

/** The date by which the decision to come is due. */
export const decisionDue = (seen: CaseForViewer): TimeLimit | null => dueAt(decisionToCome(seen), seen);

/** The date by which the professional has to have written, while that is to come (S13). */
export const letterDue = (seen: CaseForViewer): TimeLimit | null => dueAt(writingStage(seen.procedure, seen.current), seen);

/**
 * What everybody on a case is told of the dates to come; `writes` is for the one who writes. Being late is told without blame (Scenario
 * 6).
 */
export function duesToCome(seen: CaseForViewer, writes = false): Due[] {
  const letter = letterDue(seen);
  const decision = decisionDue(seen);
  return [
    ...(letter === null ? [] : [explained(letter, sayWriting(letter, writes), seen)]),
    ...(decision === null ? [] : [explained(decision, sayDecision(decision), seen)]),
    ...(decision?.kind === 'time limit' ? [] : unlimited(decisionToCome(seen), seen)),
  ];
}

/** In a line each, the dates of the letter and of the decision to come, for a list of cases; late, in the words of the case's own card. */
export function datesInShort(seen: CaseForViewer): string[] {
  const ahead = overdueAhead(seen);
  if (ahead.length > 0) return ahead;
  const [letter, decision] = [letterDue(seen), decisionDue(seen)];
  return [...(letter === null ? [] : [letterInShort(letter)]), ...(decision === null ? [] : [decisionInShort(decision, seen)])];
}

function letterInShort({ due, overdueBy }: TimeLimit): string {
  return overdueBy > 0 ? `The last day for the letter was ${sayDate(due)}.` : `Letter due by ${sayDate(due)}`;
}

function decisionInShort(limit: TimeLimit, { procedure, standings }: CaseForViewer): string {
  const { due, kind, overdueBy } = limit;
  const target = kind === 'local target';
  if (overdueBy === 0) return `Decision due by ${sayDate(due)}${target ? ' (local target)' : ''}`;
  const decides = deciders(procedure).some((role) => standings.includes(role));
  if (!decides) return sayDecision(limit);
  const days = workingDays(overdueBy);
  return `${target ? `${days} past the local target` : `OVERDUE by ${days}`}. Decision due by ${sayDate(due)}`;
}

/**
 * That a time limit of what is to come has passed while the case is still elsewhere, for those who can see to it (C16, S13): whoever
 * dissents is told of it without blame, see {@link duesToCome}.
 */
export function overdueAhead({ current, procedure, calendar, now, standings }: CaseForViewer): string[] {
  const seeing = ['chair', 'administrator', ...deciders(procedure)];
  if (!standings.some((standing) => seeing.includes(standing))) return [];
  const passed = timeLimitsAhead(current, procedure, calendar, now).filter(({ overdueBy }) => overdueBy > 0);
  return passed.map(({ stage, due, overdueBy }) => {
    const ahead = stageOf(procedure, stage);
    const what = wordsOf(ahead).late(ahead);
    const still = inSentence(stageOf(procedure, current.stage).title);
    return `OVERDUE by ${workingDays(overdueBy)}, still ${still}: ${what} was due by ${sayDate(due)}.`;
  });
}

/** Said of a decision for which the procedure says plainly that there is no time limit (S24); nothing where it says nothing. */
export function unlimited(stage: string | null, { procedure }: CaseForViewer): Due[] {
  const limit = stage === null ? undefined : stageOf(procedure, stage).limit;
  if (limit?.within !== null) return [];
  return [
    {
      text: 'There is no time limit for the decision',
      intro: 'The procedure sets no time limit here.',
      rows: [{ title: 'Last day', value: 'None' }],
    },
  ];
}

function sayWriting(limit: TimeLimit, writes: boolean): string {
  if (limit.overdueBy > 0) return `The last day for the letter was ${sayLimit(limit)}`;
  return `${writes ? 'Write' : 'The letter is to be written'} by ${sayLimit(limit)}`;
}

function sayDecision(limit: TimeLimit): string {
  return limit.overdueBy > 0 ? `Not yet decided. The date aimed for was ${sayDate(limit.due)}.` : `A decision is due by ${sayLimit(limit)}`;
}
