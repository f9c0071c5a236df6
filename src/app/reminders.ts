import type { PersonId } from '../domain/events/trail.ts';
import { dateOf } from '../domain/londonTime.ts';
import { inWorkingHours, morningOf, peopleTold, remindersOn } from '../domain/reminders.ts';
import { isWorkingDay } from '../domain/workingDays.ts';
import { cardsDue } from './cardsDue.ts';
import type { CaseDependencies, CaseForViewer } from './seeCase.ts';
import { pagesSeen, seeEach } from './seeEach.ts';

/**
 * A case that a message of reminders is about, at the stage that it was at: when it has moved on, that is no news any more. `due` are the
 * London dates on which what it reminds of fell due.
 */
export type Reminded = { reference: string; stage: string; due: string[] };

/**
 * The day's reminders to each person, in permanent rows, so that nobody has two messages on a London date, or is told of a thing twice. A
 * row is taken before it is sent, given back if it is known not to have gone, and never sent again after a process died in between.
 */
export type ReminderRows = {
  /** The London date on which reminders were last decided, for each calendar by which they ever were. */
  lastRounds(): Promise<Map<string, string>>;
  /**
   * Writes down the round of a day by a calendar and its messages, together, save for what a person was told of before, by whatever process
   * and however the clock was set then.
   */
  goneRound(round: { day: string; calendar: string; messages: { person: PersonId; about: Reminded[] }[] }): Promise<void>;
  /** For each person to whom something has not been sent, and who has had no message on that date, the reference of their latest message. */
  waiting(today: string): Promise<string[]>;
  /** Takes all that waits for the person of a message, to go as one; null when nothing does, and when they had a message on that date. */
  take(reference: string, today: string): Promise<{ person: PersonId; about: Reminded[]; rows: number[] } | null>;
  giveBack(rows: number[]): Promise<void>;
  /** They have gone on a date; null where nothing of them was news any more, and nothing was sent. */
  sent(rows: number[], on: string | null): Promise<void>;
};

/**
 * Decides what is to be said to whom today, on every open case, and writes it down: one message a person. What fell due on days on which
 * no round was made, since the program stood still, is in it too, as the case stands now (C16, S13, Q30). Each calendar's round is made
 * on working days, at 09:00 in London or later; before and after working hours, and on other days, nothing happens. It may be made again
 * on the same day: what was told is not told twice.
 */
export async function goRound(deps: CaseDependencies & { reminders: ReminderRows }): Promise<void> {
  const now = deps.clock.now();
  const today = dateOf(now);
  const day = today.toString();
  if (!inWorkingHours(now)) return;
  const open = await deps.cases.openReferences();
  const rounds = await deps.reminders.lastRounds();
  const told = new Map(calendarsInForce(deps, today).map((id) => [id, new Map<PersonId, Reminded[]>()]));
  for await (const page of pagesSeen(deps, open, 'bot'))
    for (const seen of page) {
      const { reference, stage } = seen.current;
      const { id } = seen.calendar;
      const messages = told.getOrInsertComputed(id, () => new Map());
      if (!isWorkingDay(seen.calendar, today)) continue;
      for (const [person, due] of peopleToday(seen, rounds.get(id) ?? null, today))
        messages.getOrInsertComputed(person, () => []).push({ reference, stage, due });
    }
  for (const [calendar, messages] of told)
    if (isWorkingDay(deps.library.calendar(calendar), today))
      await deps.reminders.goneRound({ day, calendar, messages: [...messages].map(([person, about]) => ({ person, about })) });
}

/** Who is to be told of a case today, each with the days: of what falls due today and of what did since the last round. */
function peopleToday(
  { current, procedure, calendar, roster }: CaseForViewer,
  last: string | null,
  today: Temporal.PlainDate,
): Map<PersonId, string[]> {
  const raised = dateOf(current.raisedAt);
  const next = last === null ? raised : Temporal.PlainDate.from(last).add({ days: 1 });
  // A last round of today or later was made before the clock was put back, or by another process: today is gone through again.
  const unknown = Temporal.PlainDate.compare(next, today) > 0 ? today : next;
  const from = Temporal.PlainDate.compare(unknown, raised) > 0 ? unknown : raised;
  const people = new Map<PersonId, string[]>();
  for (const day of daysFrom(from, today)) {
    const told = new Set(remindersOn(current, procedure, calendar, day).map(({ to }) => to));
    const persons = new Set([...told].flatMap((to) => peopleTold(to, current, procedure, roster, today)));
    for (const person of persons) people.set(person, [...(people.get(person) ?? []), day.toString()]);
  }
  return people;
}

/**
 * The mornings, after one instant and up to another, at which something is to be said about an open case, or somebody's card comes to
 * them by the date alone, if nobody does anything meanwhile: those at which a clock that is moved on has to stop.
 */
export async function morningsBetween(deps: CaseDependencies, from: Temporal.Instant, to: Temporal.Instant): Promise<Temporal.Instant[]> {
  const open = await seeEach(deps, await deps.cases.openReferences(), 'bot');
  const isBetween = (morning: Temporal.Instant) =>
    Temporal.Instant.compare(from, morning) < 0 && Temporal.Instant.compare(morning, to) <= 0;
  return (open.length === 0 ? [] : daysFrom(dateOf(from), dateOf(to)))
    .filter((day) => isBetween(morningOf(day)))
    .filter((day) =>
      open.some((seen) => remindersOn(seen.current, seen.procedure, seen.calendar, day).length > 0 || bringsCards(seen, day)),
    )
    .map(morningOf);
}

/** Whether cards are due on a working day that were not due on the working day before: a deputy's, whose days have begun (Q27). */
function bringsCards({ current, procedure, calendar, roster }: CaseForViewer, day: Temporal.PlainDate): boolean {
  if (!isWorkingDay(calendar, day)) return false;
  let before = day.subtract({ days: 1 });
  while (!isWorkingDay(calendar, before)) before = before.subtract({ days: 1 });
  const known = cardsDue(current, procedure, roster, before);
  return cardsDue(current, procedure, roster, day).some(
    ({ person, key }) => !known.some((card) => card.person === person && card.key === key),
  );
}

/** The cases of a message as its person sees them, the most pressing first: those that are theirs to see, and still where they were. */
export async function casesReminded(deps: CaseDependencies, person: PersonId, about: Reminded[]): Promise<CaseForViewer[]> {
  const stages = new Map(about.map(({ reference, stage }) => [reference, stage]));
  const cases = await seeEach(deps, [...stages.keys()], person);
  return cases.filter(
    ({ current, standings }) => current.status === 'open' && current.stage === stages.get(current.reference) && standings.length > 0,
  );
}

/** The calendars that rounds are made by, whether or not there is a case: a first case then has no days before it to make up for. */
function calendarsInForce({ directory, library }: CaseDependencies, today: Temporal.PlainDate): string[] {
  const partnerships = Object.values(directory().partnerships);
  return partnerships.flatMap(({ calendar, procedures }) =>
    procedures.flatMap((id) => calendar ?? library.inForce(id, today)?.calendar ?? []),
  );
}

function daysFrom(first: Temporal.PlainDate, last: Temporal.PlainDate): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (let day = first; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) days.push(day);
  return days;
}
