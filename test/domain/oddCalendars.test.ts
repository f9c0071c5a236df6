import { expect, test } from '@jest/globals';
import { type Attendee, findTimes, type TakenTime } from '../../src/domain/meetingTimes.ts';
import { england } from './given.ts';

const london = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/London').toInstant();
const taken = (status: TakenTime['status'], from: string, to: string): TakenTime => ({ status, start: london(from), end: london(to) });
const needed = (person: string, ...times: TakenTime[]): Attendee => ({ person, required: true, times });

/** Two hours from Mon 22 Feb 2027 on, with no limit. */
const slotsFor = (...attendees: Attendee[]) =>
  findTimes({
    calendar: england,
    hours: { from: '09:30', to: '16:30' },
    minutes: 120,
    earliest: Temporal.PlainDate.from('2027-02-22'),
    notBefore: london('2027-02-17T11:00'),
    windowStart: Temporal.PlainDate.from('2027-02-17'),
    limit: null,
    target: null,
    attendees,
  }).slots;

test('OB7: what lasts no time at all rules nothing out, at the edge of a time or inside it', () => {
  const chair = needed(
    'chair',
    taken('busy', '2027-02-22T09:30', '2027-02-22T09:30'),
    taken('busy', '2027-02-22T10:00', '2027-02-22T10:00'),
  );
  expect(slotsFor(chair)[0]).toMatchObject({ start: '2027-02-22T09:30:00Z', free: ['chair'] });
});

test('OB8: outside the hours of somebody needed counts against a time, is said, and rules nothing out', () => {
  const partTimer = needed('chair', taken('off', '2027-02-22T00:00', '2027-02-23T09:00'));
  expect(slotsFor(partTimer, needed('dissenter'))[0]).toMatchObject({ start: '2027-02-23T09:30:00Z', free: ['chair', 'dissenter'] });
  const never = needed('chair', taken('off', '2027-02-01T00:00', '2027-06-01T00:00'));
  expect(slotsFor(never)[0]).toMatchObject({ start: '2027-02-22T09:30:00Z', free: [], outside: ['chair'] });
});
