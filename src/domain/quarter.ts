import { LONDON } from './londonTime.ts';

/** A quarter of a calendar year; `number` is 1 to 4. */
export type Quarter = { year: number; number: number };

const MONTHS = ['January to March', 'April to June', 'July to September', 'October to December'];

/** The quarter that a date lies in. */
export function quarterOf(date: Temporal.PlainDate): Quarter {
  return { year: date.year, number: Math.ceil(date.month / 3) };
}

/** The quarter that text such as `2027 Q1`, `2027-Q1` or `q1 2027` means; null for anything else. */
export function readQuarter(text: string): Quarter | null {
  const [, year, number] = /^(20\d\d)[ -]?q([1-4])$/i.exec(text) ?? [];
  if (year && number) return { year: Number(year), number: Number(number) };
  const [, last, of] = /^q([1-4])[ -]?(20\d\d)$/i.exec(text) ?? [];
  return last && of ? { year: Number(of), number: Number(last) } : null;
}

/** A quarter as buttons carry it: `2027-Q1`. */
export function quarterCode({ year, number }: Quarter): string {
  return `${year}-Q${number}`;
}

/** A quarter as people read it: `January to March 2027`. */
export function sayQuarter({ year, number }: Quarter): string {
  return `${MONTHS[number - 1]} ${year}`;
}

/** The quarter so many quarters later, or earlier. */
export function quarterAfter({ year, number }: Quarter, quarters: number): Quarter {
  const index = year * 4 + (number - 1) + quarters;
  return { year: Math.floor(index / 4), number: (index % 4) + 1 };
}

/** The instants at which a quarter begins and is over, in London. */
export function spanOf(quarter: Quarter): { from: Temporal.Instant; to: Temporal.Instant } {
  const begins = ({ year, number }: Quarter) =>
    Temporal.PlainDate.from({ year, month: number * 3 - 2, day: 1 })
      .toZonedDateTime(LONDON)
      .toInstant();
  return { from: begins(quarter), to: begins(quarterAfter(quarter, 1)) };
}

/** The instant at which the week of a date began: the start of its Monday, in London. */
export function weekBegan(date: Temporal.PlainDate): Temporal.Instant {
  return date
    .subtract({ days: date.dayOfWeek - 1 })
    .toZonedDateTime(LONDON)
    .toInstant();
}
