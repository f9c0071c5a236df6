import type { PersonId } from '../domain/events/trail.ts';
import { dateOf } from '../domain/londonTime.ts';
import { stageOf } from '../domain/procedure.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { type Calendar, workingDaysAfter } from '../domain/workingDays.ts';
import { type OversightDependencies, oversightOf } from './oversight.ts';
import type { CaseSummary, Cases } from './ports.ts';

/** An open case as the register lists it: nothing of who or what it is about (X6). */
export type RegisterRow = {
  reference: string;
  revision: number;
  /** Where it is. */
  stage: string;
  /** Who has to act, in words: "the Service Manager", "the chair". */
  waitsFor: string;
  dueOn: string | null;
  /** Working days until it is due, below zero once it is over; null without a date. */
  left: number | null;
};

/** A page of the register; pages count from 0. */
export type Register = { rows: RegisterRow[]; page: number; more: boolean };

/** So many are on a page. */
export const PAGE = 20;

/**
 * A page of the open cases of the partnerships that a person oversees, the soonest due first; pages count from 0.
 * Null for somebody who oversees none.
 */
export async function register(
  deps: OversightDependencies & { cases: Pick<Cases, 'openBySoonest'> },
  person: PersonId,
  page: number,
  size = PAGE,
): Promise<Register | null> {
  const partnerships = oversightOf(deps, person).register;
  if (partnerships.length === 0) return null;
  const found = await deps.cases.openBySoonest(partnerships, size + 1, page * size);
  const today = dateOf(deps.clock.now());
  return { rows: found.slice(0, size).map((row) => rowOf(deps, row, today)), page, more: found.length > size };
}

/** So many are read at once where all are wanted. */
const MANY = 500;

/** All of what {@link register} gives by the page. */
export async function wholeRegister(deps: Parameters<typeof register>[0], person: PersonId): Promise<RegisterRow[] | null> {
  const rows: RegisterRow[] = [];
  for (let page = 0; ; page++) {
    const found = await register(deps, person, page, MANY);
    if (found === null) return null;
    rows.push(...found.rows);
    if (!found.more) return rows;
  }
}

function rowOf({ library, directory }: OversightDependencies, row: CaseSummary, today: Temporal.PlainDate): RegisterRow {
  const { reference, revision, dueOn, waitsFor } = row;
  const procedure = library.procedure(row.procedure.id, row.procedure.version);
  const calendar = library.calendar(directory().partnerships[row.partnership]?.calendar ?? procedure.calendar);
  return {
    reference,
    revision,
    stage: stageOf(procedure, row.stage).title,
    waitsFor: sayWhoActs(waitsFor, procedure),
    dueOn,
    left: dueOn === null ? null : daysLeft(calendar, today, Temporal.PlainDate.from(dueOn)),
  };
}

/** Who has to act, as a manager would say it: a role of the procedure by its title, anybody else by their part in the case. */
export function sayWhoActs(waitsFor: string | null, { roles }: Procedure): string {
  const title = roles[waitsFor ?? '']?.title;
  return title === undefined ? (PARTS[waitsFor ?? ''] ?? 'the administrator') : `the ${title}`;
}

/** As a time limit counts: a date that is over is over by one working day at least. */
function daysLeft(calendar: Calendar, today: Temporal.PlainDate, due: Temporal.PlainDate): number {
  if (Temporal.PlainDate.compare(today, due) <= 0) return workingDaysAfter(calendar, today, due);
  return -Math.max(1, workingDaysAfter(calendar, due, today));
}

/** Those who have a part in a case by itself, as a manager would say it. */
const PARTS: Record<string, string> = {
  dissenter: 'the person who dissents',
  logger: 'whoever logged it',
  chair: 'the chair',
  administrator: 'the administrator',
  teller: 'the person who tells the parents',
};
