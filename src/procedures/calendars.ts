import { z } from 'zod';
import type { Calendar } from '../domain/workingDays.ts';
import { faultAt, readData, type Source } from './dataFile.ts';

const identifier = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'use lower-case letters, digits and -');

/** A calendar as a file says it: its base, or with none bare weekends, with days added and removed (Q25). */
const calendarSchema = z
  .strictObject({
    id: identifier,
    title: z.string().min(1).max(120),
    base: identifier.optional(),
    /** Days that are not worked: date to name. */
    add: z.record(z.iso.date(), z.string().min(1).max(80)).default({}),
    /** Days of the base that are worked here. */
    remove: z.array(z.iso.date()).default([]),
    /** The last date whose holidays are known; the base's own unless said. */
    coveredUntil: z.iso.date().optional(),
  })
  .refine(({ base, coveredUntil }) => base !== undefined || coveredUntil !== undefined, {
    path: ['coveredUntil'],
    message: 'is missing, and there is no base to take it from',
  });

type Written = z.infer<typeof calendarSchema> & { file: string };

/** What a calendar without a base stands on: only Saturdays and Sundays are not worked. */
const WEEKENDS: Calendar = { id: 'weekends', title: 'Weekends', holidays: new Map(), coveredUntil: '9999-12-31' };

/**
 * The calendars of some files by id, each with its base, additions and removals worked in (Q25).
 * What is wrong is put in `faults`, as `file: path.to.key: plain words`; a calendar with a fault may be missing from the answer.
 */
export function readCalendars(sources: readonly Source[], faults: string[]): Map<string, Calendar> {
  const written = new Map<string, Written>();
  for (const source of sources) {
    const { value, faults: own } = readData(source, calendarSchema);
    faults.push(...own);
    if (value === null) continue;
    const namesake = written.get(value.id);
    if (namesake) faults.push(faultAt(source.file, ['id'], `"${value.id}" is already the calendar in ${namesake.file}`));
    else written.set(value.id, { ...value, file: source.file });
  }

  const calendars = new Map<string, Calendar>();
  const baseOf = ({ base }: Written) => (base === undefined ? WEEKENDS : calendars.get(base));
  let waiting = [...written.values()];
  while (waiting.some(baseOf)) {
    for (const each of waiting) {
      const base = baseOf(each);
      if (!base) continue;
      faults.push(...faultsAgainst(base, each));
      calendars.set(each.id, changed(base, each));
    }
    waiting = waiting.filter(({ id }) => !calendars.has(id));
  }
  faults.push(...waiting.map((each) => faultOfBase(each, written)));
  return calendars;
}

function changed(base: Calendar, { id, title, add, remove, coveredUntil }: Written): Calendar {
  const kept = [...base.holidays].filter(([date]) => !remove.includes(date));
  return { id, title, holidays: new Map([...kept, ...Object.entries(add)]), coveredUntil: coveredUntil ?? base.coveredUntil };
}

function faultsAgainst(base: Calendar, { file, add, remove, coveredUntil }: Written): string[] {
  const faults = remove.flatMap((date, index) => {
    if (!base.holidays.has(date))
      return [faultAt(file, ['remove', index], `${date} is not among the days of "${base.id}", so it cannot be removed`)];
    return date in add ? [faultAt(file, ['remove', index], `${date} is both added and removed`)] : [];
  });
  if (coveredUntil === undefined || coveredUntil <= base.coveredUntil) return faults;
  return [...faults, faultAt(file, ['coveredUntil'], `is later than that of its base "${base.id}", ${base.coveredUntil}`)];
}

/** Why a base cannot be worked in: it is not there, or the bases lead back to where they began. */
function faultOfBase({ id, base = '', file }: Written, written: Map<string, Written>): string {
  const path = [id];
  let next: string | undefined = base;
  while (next !== undefined && !path.includes(next)) {
    path.push(next);
    next = written.get(next)?.base;
  }
  if (next !== undefined) return faultAt(file, ['base'], `the bases go round in a circle: ${[...path, next].join(' -> ')}`);
  const others = [...written.keys()].filter((each) => each !== id).join(', ');
  if (!written.has(base)) return faultAt(file, ['base'], `there is no calendar "${base}" that can be used; there are: ${others}`);
  return faultAt(file, ['base'], `the calendar "${base}" cannot be used either`);
}
