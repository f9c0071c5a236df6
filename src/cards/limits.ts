import type { Seen } from '../app/seeCase.ts';
import { sayDate, sayInstant } from '../domain/londonTime.ts';
import { stageOf } from '../domain/procedure.ts';
import { timeLimitsOfStage, type TimeLimit } from '../domain/timeLimits.ts';
import { workingDays } from './words.ts';

export type Fact = { title: string; value: string };

/** A date in a sentence, with its explanation, which is folded away behind a button (X12). */
export type Due = { text: string; intro: string; rows: Fact[] };

/** `Tue 26 Jan 2027 (working day 10; today is day 0)`; a local target says that it is one. */
export function sayLimit({ due, kind, unit, within, today }: TimeLimit): string {
  const target = kind === 'local target' ? 'local target, ' : '';
  if (unit === 'working-days') return `${sayDate(due)} (${target}working day ${within}; today is day ${today})`;
  return `${sayDate(due)} (${target}${within} ${unit === 'hours' ? 'hours' : 'calendar days'})`;
}

/** A date and why it is that date: where the count starts, the days counted, and the days skipped with their names. */
export function explained(limit: TimeLimit, text: string, seen: Seen): Due {
  const { unit, within, start, due, kind, lateFrom, beyondCoverage } = limit;
  const from = sayStart(limit, seen);
  const { title, coveredUntil } = seen.calendar;
  const covered = beyondCoverage ? ` The holidays after ${sayDate(coveredUntil)} are not known yet, so the date may change.` : '';
  const counts = {
    'working-days': `${workingDays(within)} from ${from}. That day is day 0. Calendar: ${title}.`,
    'calendar-days': `${within} days from ${from}, weekends and holidays too. That day is day 0.`,
    hours: `${within} hours from ${from}. They end ${sayInstant(lateFrom)}.`,
  };
  return {
    text,
    intro: `${kind === 'local target' ? 'A local target' : "The procedure's time limit"}: ${counts[unit]} It is in time until ${unit === 'hours' ? 'then' : 'the end of the last day'}.${covered}`,
    rows: [{ title: 'Day 0', value: sayDate(start) }, ...runsOf(limit), { title: 'Last day', value: sayDate(due) }],
  };
}

function sayStart({ from, start }: TimeLimit, { procedure }: Seen): string {
  const on = sayDate(start);
  if (from === 'conference') return `the ${procedure.words.meeting}, ${on}`;
  if (from === 'raised') return `the day the dissent was raised, ${on}`;
  if (from === 'asked') return `the day of the question, ${on}`;
  const stage = stageOf(procedure, from);
  return stage.kind === 'decide'
    ? `the decision of the ${procedure.roles[stage.by]?.title ?? stage.by}, ${on}`
    : `the end of "${stage.title}", ${on}`;
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

/** The name of the deciding stage that a case is at or comes to next, or null when no decision is to come. */
export function decisionToCome({ current, procedure }: Seen): string | null {
  if (current.status === 'closed') return null;
  const passed = new Set<string>();
  for (let name: string | undefined = current.stage; name !== undefined && !passed.has(name); ) {
    const stage = stageOf(procedure, name);
    if (stage.kind === 'decide') return name;
    if (stage.kind !== 'record') return null;
    passed.add(name);
    name = stage.next;
  }
  return null;
}

/** The date by which that decision is due: the time limit, or where there is none the local target. */
export function decisionDue(seen: Seen): TimeLimit | null {
  const stage = decisionToCome(seen);
  const limits = stage === null ? [] : timeLimitsOfStage(seen.current, seen.procedure, stage, seen.calendar, seen.now);
  return limits.find(({ kind }) => kind === 'time limit') ?? limits[0] ?? null;
}
