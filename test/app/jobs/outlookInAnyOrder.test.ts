import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OutsideFault } from '../../../src/app/faults.ts';
import { byHand } from '../../../src/domain/bookings.ts';
import { troublesOf } from '../../../src/domain/outlook.ts';
import { attendeesOf } from '../../../src/domain/sharing.ts';
import type { Database } from '../../../src/storage/database.ts';
import { freshDatabase } from '../../support/database.ts';
import { alwaysHolds } from '../../support/properties.ts';
import { outlook, toMeet } from './outlook.ts';

/**
 * Three conferences with one chair, on two replicas over one store and one Outlook: in whatever order people choose, move, decline, cancel
 * and delete, on cards and by hand, with requests refused, done and then denied, and answers lost (OB1-OB5).
 */

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await database.kysely.deleteFrom('booking_claim').execute();
  await database.kysely.deleteFrom('booking_effect').execute();
});
afterAll(() => database.close());

const CASES = ['DIS-27-001', 'DIS-27-002', 'DIS-27-003'] as const;
/** Three that overlap one another, one by itself, and one past the last day. */
const TIMES = [
  '2027-03-02T10:00:00Z',
  '2027-03-02T10:00:00Z',
  '2027-03-02T10:30:00Z',
  '2027-03-02T11:00:00Z',
  '2027-03-04T13:30:00Z',
  '2027-03-15T10:00:00Z',
];

const which = fc.constantFrom(...CASES);
const time = fc.constantFrom(...TIMES);
const fault = fc.constantFrom(
  { what: 'refused', status: 403 },
  { what: 'refused', status: 503 },
  { what: 'refused', status: 409, code: 'ErrorIrresolvableConflict' },
  { what: 'done-but-refused' },
  { what: 'lost-answer' },
  { what: 'kept-in-deleted-items' },
) as fc.Arbitrary<{ what: 'lost-answer' }>;

type Step =
  | { does: 'chooses'; of: string; time: string; reason: string | null }
  | { does: 'puts back' | 'cancels' | 'takes time' | 'changes chair'; of: string }
  | { does: 'moves by hand'; of: string; time: string }
  | { does: 'deletes' | 'cancels by hand'; of: string }
  | { does: 'answers'; of: string; deed: string }
  | { does: 'finds' | 'aligns' | 'looks'; of: string; beside: string | null }
  | { does: 'has a bad day'; fault: { what: 'lost-answer' } };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('chooses' as const),
      of: which,
      time,
      reason: fc.constantFrom(null, null, null, 'It has to be.'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constantFrom('puts back' as const, 'cancels' as const, 'takes time' as const, 'changes chair' as const),
      of: which,
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('moves by hand' as const), of: which, time }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('deletes' as const, 'cancels by hand' as const), of: which }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('answers' as const), of: which, deed: fc.constantFrom('accept', 'decline') }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constantFrom('finds' as const, 'aligns' as const, 'aligns' as const, 'looks' as const),
      of: which,
      beside: fc.option(which, { freq: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('has a bad day' as const), fault }) },
);

type World = Awaited<ReturnType<typeof outlook>>;

test('OB1 OB3 OB4: no two standing conferences claim one person, no card contradicts Outlook for longer than one look, every event belongs to one booking', async () => {
  await alwaysHolds(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (story) => {
      await database.kysely.deleteFrom('booking_claim').execute();
      await database.kysely.deleteFrom('booking_effect').execute();
      const dissenters = ['gp', 'teacher', 'midwife'];
      const world = await outlook(
        database,
        Object.fromEntries(CASES.map((each, at) => [each, toMeet({ dissenter: dissenters[at] as string })])),
      );
      const replicas = [world.replica(), world.replica()] as const;
      for (const each of story) await play(world, replicas, each);
      // Everything that is left to do is done, and then each is looked at once.
      for (let round = 0; round < 4; round += 1)
        for (const each of CASES) for (let tried = 0; tried < 4; tried += 1) await settled(replicas[0].aligns(each));
      for (const each of CASES) for (let tried = 0; tried < 4; tried += 1) await settled(replicas[1].looks(each));
      holds(world);
    }),
    25,
  );
}, 120_000);

async function play(
  world: World,
  [one, other]: readonly [ReturnType<World['replica']>, ReturnType<World['replica']>],
  step: Step,
): Promise<void> {
  const event = 'of' in step ? (world.bookingOf(step.of)?.calendarEvent ?? null) : null;
  switch (step.does) {
    case 'chooses':
      return void world.decides(step.of, { type: 'ChooseTime', start: step.time, reason: step.reason });
    case 'puts back':
      return void world.decides(step.of, { type: 'RestoreBooking' });
    case 'cancels':
      return void world.decides(step.of, { type: 'CancelMeeting', reason: 'Not needed.' });
    case 'takes time':
      return void world.decides(step.of, { type: 'TakeOutlookTime', reason: 'It has to be.' });
    case 'changes chair':
      return void world.decides(step.of, { type: 'ChooseChair', chair: 'second-chair' });
    case 'moves by hand':
      return event ? settled(world.moveByHand(event, step.time)) : undefined;
    case 'deletes':
      return event ? settled(world.deleteByHand(event)) : undefined;
    case 'cancels by hand':
      return event ? settled(world.cancelByHand(event)) : undefined;
    case 'answers':
      return settled(world.answers('chair', step.deed));
    case 'has a bad day':
      return world.graph.misbehave(step.fault);
    default: {
      const job = step.does;
      await Promise.all([settled(one[job](step.of)), ...(step.beside === null ? [] : [settled(other[job](step.beside))])]);
    }
  }
}

/** A job whose fault it is tried again for, and a person whose Outlook does not do what they want. */
async function settled(work: Promise<unknown>): Promise<void> {
  await work.catch((thrown: unknown) => {
    if (thrown instanceof OutsideFault || (thrown as { statusCode?: number }).statusCode !== undefined) return;
    throw thrown;
  });
}

function holds(world: World): void {
  const standing = CASES.flatMap((reference) => {
    const booking = world.bookingOf(reference);
    return booking ? [{ reference, booking, current: world.see(reference).current }] : [];
  });
  const events =
    world.graph
      .calendars()
      .find(({ email }) => email === world.mailbox)
      ?.events.filter(({ cancelled }) => !cancelled) ?? [];
  // Every event belongs to one booking, and every booking that stands has one.
  const known = standing.map(({ booking }) => booking.calendarEvent);
  expect(events.map(({ id }) => id).toSorted()).toEqual(known.filter((id) => events.some((each) => each.id === id)).toSorted());
  for (const { reference, booking } of standing) {
    const event = events.find(({ id }) => id === booking.calendarEvent);
    if (booking.status === 'wanted') continue;
    // What the card says is what Outlook has.
    if (booking.status === 'failed' && booking.calendarEvent === null) continue;
    const { lead, people } = world.card(reference);
    if (!event) expect([reference, byHand(booking)]).toEqual([reference, expect.stringMatching(/^(gone|cancelled)$/)]);
    else {
      expect([reference, booking.inOutlook?.start]).toEqual([reference, event.start]);
      expect(byHand(booking)).toBe(booking.status === 'sent' && event.start !== booking.slot.start ? 'moved' : null);
      const declined = event.attendees.filter(({ response }) => response === 'declined').length;
      expect([reference, people.some((each) => each.endsWith('Declined.'))]).toEqual([reference, declined > 0]);
      expect(lead).toBeDefined();
    }
  }
  // Of two that stand at one time and need one person, somebody chose the one knowing that, or is being asked about it.
  for (const one of standing)
    for (const other of standing) {
      if (one === other || one.booking.status !== 'sent' || other.booking.status !== 'sent') continue;
      const [a, b] = [one.booking.inOutlook ?? one.booking.slot, other.booking.inOutlook ?? other.booking.slot];
      if (!(a.start < b.end && b.start < a.end)) continue;
      const people = [one, other].map(({ current }) => attendeesOf(current).flatMap(({ person, required }) => (required ? [person] : [])));
      const both = people[0]?.filter((person) => people[1]?.includes(person)) ?? [];
      const excused = ({ booking, current }: (typeof standing)[number]) =>
        booking.reason !== null || troublesOf(current).length > 0 || booking.round !== undefined;
      if (both.length > 0)
        expect([one.reference, other.reference, excused(one) || excused(other)]).toEqual([one.reference, other.reference, true]);
    }
}
