import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { LONDON } from '../../domain/londonTime.ts';
import { overlap } from './times.ts';

const time = z.iso.time({ precision: -1 });
const hours = z.strictObject({ from: time, to: time });
const percent = z.number().int().min(0).max(100);
const kind = { subject: z.string(), status: z.enum(['tentative', 'busy', 'oof', 'workingElsewhere']), private: z.boolean() };

const diarySchema = z.strictObject({
  hours,
  conferenceTimes: z.strictObject({ times: z.array(hours).min(1), keptInHundred: percent }),
  busyInHundred: percent,
  appointments: z.array(z.strictObject({ ...kind, minutes: z.number().int().multipleOf(30) })).min(1),
  leave: z.strictObject({ subject: z.string(), weeksInHundred: percent }),
  elsewhere: z.strictObject({ subject: z.string(), daysInHundred: percent }),
  clear: z.array(z.strictObject({ ...hours.shape, date: z.iso.date() })),
  fixed: z.array(z.strictObject({ ...kind, people: z.array(z.string()), from: z.iso.date(), to: z.iso.date(), at: hours.optional() })),
});

/** Something in a person's calendar that was not booked through the product. */
export type DiaryItem = {
  subject: string;
  status: 'tentative' | 'busy' | 'oof' | 'workingElsewhere';
  private: boolean;
  start: Temporal.Instant;
  end: Temporal.Instant;
};

/** What a person has on, on a London date: always the same for the same person and date, and nothing at weekends. */
export type Diary = (person: string, date: Temporal.PlainDate) => DiaryItem[];

/** The invented people's diary, worked out day by day from its data: nothing of it is stored. */
export function openDiary(file: URL = new URL('./diary.yaml', import.meta.url)): Diary {
  const diary = diarySchema.parse(parse(readFileSync(file, 'utf8')));

  const ownPlans = (person: string, date: Temporal.PlainDate): DiaryItem[] => {
    const dice = diceOf(`${person} ${date}`);
    const conference = pick(diary.conferenceTimes.times, diceOf(`conferences ${date}`));
    const week = diceOf(`${person} leave ${date.yearOfWeek} ${date.weekOfYear}`);
    if (week.inHundred(diary.leave.weeksInHundred))
      return [{ subject: diary.leave.subject, status: 'oof', private: false, ...wholeDay(date) }];

    const items: DiaryItem[] = [];
    if (dice.inHundred(diary.elsewhere.daysInHundred)) {
      items.push({ subject: diary.elsewhere.subject, status: 'workingElsewhere', private: false, ...span(date, diary.hours) });
    }
    const kept = dice.inHundred(diary.conferenceTimes.keptInHundred) ? span(date, conference) : null;
    const day = span(date, diary.hours);
    for (let start = day.start; Temporal.Instant.compare(start, day.end) < 0; ) {
      const { minutes, ...appointment } = pick(diary.appointments, dice);
      const wanted = { start, end: start.add({ minutes }) };
      const fits = Temporal.Instant.compare(wanted.end, day.end) <= 0 && !(kept && overlap(wanted, kept));
      const begins = fits && dice.inHundred(diary.busyInHundred);
      if (begins) items.push({ ...appointment, ...wanted });
      start = begins ? wanted.end : start.add({ minutes: 30 });
    }
    return items;
  };

  const on = (person: string, date: Temporal.PlainDate): DiaryItem[] => {
    if (date.dayOfWeek > 5) return [];
    const day = date.toString();
    const fixed = diary.fixed.filter((entry) => entry.people.includes(person) && entry.from <= day && day <= entry.to);
    const clear = diary.clear.filter((entry) => entry.date === day).map((entry) => span(date, entry));
    const planned = fixed.length > 0 ? [] : ownPlans(person, date);
    return [
      ...fixed.map(({ subject, status, private: hidden, at }) => ({
        subject,
        status,
        private: hidden,
        ...(at ? span(date, at) : wholeDay(date)),
      })),
      ...planned.filter((item) => !clear.some((free) => overlap(item, free))),
    ];
  };

  const known = new Map<string, DiaryItem[]>();
  return (person, date) => {
    const page = `${person} ${date}`;
    const items = known.get(page) ?? on(person, date);
    known.set(page, items);
    return items;
  };
}

type Dice = { roll(sides: number): number; inHundred(share: number): boolean };

/** Numbers that look random and depend on the text alone. */
function diceOf(text: string): Dice {
  const digest = createHash('sha256').update(text).digest();
  let next = 0;
  const roll = (sides: number) => {
    const number = digest.readUInt16LE((next * 2) % 32) + next;
    next += 1;
    return number % sides;
  };
  return { roll, inHundred: (share) => roll(100) < share };
}

function pick<T>(choices: T[], dice: Dice): T {
  return choices[dice.roll(choices.length)] as T;
}

function span(date: Temporal.PlainDate, { from, to }: { from: string; to: string }): { start: Temporal.Instant; end: Temporal.Instant } {
  const at = (clock: string) => date.toZonedDateTime({ timeZone: LONDON, plainTime: clock }).toInstant();
  return { start: at(from), end: at(to) };
}

function wholeDay(date: Temporal.PlainDate): { start: Temporal.Instant; end: Temporal.Instant } {
  return { start: date.toZonedDateTime(LONDON).toInstant(), end: date.add({ days: 1 }).toZonedDateTime(LONDON).toInstant() };
}
