import { findTimes, type TakenTime, type TimesWanted } from '../src/domain/meetingTimes.ts';
import { countWorkingDays } from '../src/domain/workingDays.ts';
import { loadLibrary } from '../src/procedures/loadLibrary.ts';
import { openDiary } from '../src/sandbox/graph/diary.ts';
import { time } from './cards.ts';
import type { Row } from './table.ts';

const PEOPLE = 20;
const WORKING_DAYS = 15;
const ROUNDS = 30;

/**
 * A time chosen for twenty people over fifteen working days, half of them required, with full diaries. Beside it the least that anybody
 * has to do: every half-hour held against every appointment, in plain numbers, with no ranking and no reasons.
 */
export function meetingTimes(): Row[] {
  const calendar = loadLibrary('procedures').calendar('england-and-wales');
  const diary = openDiary();
  const windowStart = Temporal.PlainDate.from('2027-02-01');
  const limit = countWorkingDays(calendar, windowStart, WORKING_DAYS).due;
  const days = Array.from({ length: windowStart.until(limit).days }, (_, day) => windowStart.add({ days: day + 1 }));
  const attendees = Array.from({ length: PEOPLE }, (_, person) => {
    const times = days
      .flatMap((day) => diary(`person-${person}`, day))
      .map(
        ({ status, ...item }): TakenTime => ({
          ...item,
          status: status === 'oof' ? 'away' : status === 'workingElsewhere' ? 'elsewhere' : status,
        }),
      );
    return { person: `person-${person}`, required: person % 2 === 0, times };
  });
  const wanted: TimesWanted = {
    calendar,
    hours: { from: '09:30', to: '16:30' },
    minutes: 120,
    earliest: windowStart.add({ days: 1 }),
    notBefore: windowStart.toZonedDateTime('Europe/London').toInstant(),
    windowStart,
    limit,
    target: null,
    attendees,
  };
  const busy = attendees.map(({ times }) => times.map(({ start, end }) => [start.epochMilliseconds, end.epochMilliseconds] as const));
  const starts = days.flatMap((day) =>
    Array.from(
      { length: 11 },
      (_, step) => day.toZonedDateTime({ timeZone: 'Europe/London', plainTime: '09:30' }).add({ minutes: 30 * step }).epochMilliseconds,
    ),
  );
  const scan = () =>
    starts.map((start) => busy.filter((times) => times.some(([from, to]) => from < start + 120 * 60_000 && start < to)).length);
  findTimes(wanted);
  scan();
  return [
    {
      what: `a meeting time for ${PEOPLE} people over ${WORKING_DAYS} working days`,
      unit: 'ms',
      ours: time(ROUNDS, () => void findTimes(wanted)),
      yardstick: time(ROUNDS, () => void scan()),
      beside: 'every half-hour against every appointment, in plain numbers',
    },
  ];
}
