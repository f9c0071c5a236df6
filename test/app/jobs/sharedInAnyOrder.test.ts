import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { currentBooking } from '../../../src/domain/bookings.ts';
import type { Case } from '../../../src/domain/case.ts';
import { attendeesOf, chairWanted } from '../../../src/domain/sharing.ts';
import { alwaysHolds } from '../../support/properties.ts';
import { aComplaint, booked, mailOf, meeting, store } from './sharedConference.ts';

/** Several cases on one conference: whichever order their jobs run in, killed in between, on two replicas, one event stands in the end. */

const C = 'CMP-27-001';
const D1 = 'DIS-27-001';
const D2 = 'DIS-27-002';
const D3 = 'DIS-27-003';
const dissenters: Record<string, string> = { [D1]: 'gp', [D2]: 'teacher', [D3]: 'midwife' };

/** Cases that come to meet again one after another, each an hour after the one before. */
function cases(order: readonly string[], pauses?: () => Promise<void>) {
  const at = (place: number) => `2027-10-22T${String(10 + place)}:00:00Z`;
  const given = order.map((reference, place) => {
    const dissenter = dissenters[reference];
    return [reference, dissenter ? meeting(dissenter, at(place)) : { ...aComplaint(), meetsSince: at(place) }] as const;
  });
  return store(Object.fromEntries(given), pauses);
}

describe('a complaint first, then two dissents', () => {
  test.each([[[D1, D2]], [[D2, D1]]])(
    'corner 1 X10: they share by themselves and the offer goes to both, in the order %j',
    async (jobs) => {
      const all = cases([C, D1, D2]);
      for (const reference of [...jobs, ...jobs]) await all.shares(reference);
      expect(all.see(D1).current).toMatchObject({ sharing: { with: C, state: 'offered' }, guests: [{ reference: D2 }] });
      expect(all.see(D2).current.sharing).toEqual({ with: D1, state: 'shared', onward: { with: C, agreed: false } });
    },
  );

  test.each([D1, D2])('corner 1 X10: agreed on %s, both go along, and nothing of theirs is left', async (agrees) => {
    const all = cases([C, D1, D2]);
    await all.shares(D1);
    await all.shares(D2);
    all.happens(D1, booked);
    await all.aligns(D1);
    expect(all.outlook.size).toBe(1);
    all.happens(agrees, { type: 'SharingAgreed' });
    await all.shares(agrees);
    await all.shares(D1);
    for (const reference of [D1, D2]) expect(all.see(reference).current.sharing).toEqual({ with: C, state: 'shared' });
    expect(all.see(C).current.guests.map(({ reference }) => reference)).toEqual([D1, D2]);
    for (const reference of [D1, D2, C]) await all.aligns(reference);
    expect(all.outlook.size).toBe(0);
    all.happens(C, { type: 'ChairChosen', chair: 'second-chair' }, booked);
    await all.aligns(C);
    expect([...all.outlook.values()].flatMap(({ attendees }) => attendees.map(({ email }) => email))).toEqual(
      expect.arrayContaining([mailOf('gp'), mailOf('teacher'), mailOf('second-chair')]),
    );
    for (const reference of [D1, D2]) expect(currentBooking(all.see(reference).current)).toMatchObject({ status: 'sent', heldFor: C });
  });

  test('corner 1 X10: a dissent that comes once another has gone to the complaint goes there by itself', async () => {
    const all = cases([C, D1, D2]);
    await all.shares(D1);
    all.happens(D1, { type: 'SharingAgreed' });
    await all.shares(D1);
    expect(await all.shares(D2)).toBe(true);
    expect(all.see(D2).current.sharing).toEqual({ with: C, state: 'shared' });
  });

  test('corner 1 X10: an offer that stands no more is gone from both, and whoever comes too late meets by themselves', async () => {
    const all = cases([C, D1, D2]);
    await all.shares(D1);
    await all.shares(D2);
    all.happens(D1, { type: 'SharingAgreed' });
    all.happens(C, booked, { type: 'MeetingHeld', booking: 1, on: '2027-10-25' }, { type: 'StageEntered', stage: 'conclude' });
    expect(await all.shares(D1)).toBe(false);
    expect(all.see(D1).current.sharing).toBeNull();
    expect(all.see(D2).current.sharing).toEqual({ with: D1, state: 'shared' });
  });
});

/** What may happen next: a job of a case runs (or two at once), perhaps killed at a commit to another; or those who book do something. */
type Happens = { job: number; beside: number | null; killedAt: number | null } | { agreesOn: number } | { books: true };
const happens: fc.Arbitrary<Happens> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      job: fc.nat(40),
      beside: fc.option(fc.nat(40), { freq: 3 }),
      killedAt: fc.option(fc.nat(3), { freq: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ agreesOn: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.constant({ books: true } as const) },
);

test('corner 1 X10: in any order, with jobs killed and two replicas, one event stands for all that agreed, and dissents are never apart', async () => {
  const order = fc.shuffledSubarray([C, D1, D2, D3], { minLength: 3 });
  await alwaysHolds(
    fc.asyncProperty(order, fc.array(happens, { maxLength: 25 }), fc.infiniteStream(fc.nat(4)), async (references, story, waits) => {
      const all = cases(references, async () => {
        for (let turn = waits.next().value ?? 0; turn > 0; turn -= 1) await null;
      });
      for (const reference of references) all.jobs.push({ name: 'find-times', reference });
      const run = async (at: number) => {
        const due = all.jobs.filter(({ name }) => name !== 'tell');
        const job = due[at % due.length];
        if (!job) return;
        all.jobs.splice(all.jobs.indexOf(job), 1);
        try {
          await (job.name === 'find-times' ? all.findsTimes(job.reference) : all.aligns(job.reference));
        } catch (fault) {
          if ((fault as Error).message !== 'killed') throw fault;
          all.jobs.push(job);
        }
      };
      const current = (reference: string): Case => all.see(reference).current;
      const agreed: [string, string][] = [];
      for (const each of story) {
        if ('job' in each) {
          all.spoil(each.killedAt === null ? '' : (references[each.killedAt % references.length] ?? ''));
          await Promise.all([run(each.job), ...(each.beside === null ? [] : [run(each.beside)])]);
          all.spoil('');
        } else if ('agreesOn' in each) {
          const reference = references[each.agreesOn % references.length] ?? '';
          const { sharing } = current(reference);
          const to = sharing?.state === 'offered' ? sharing.with : sharing?.onward?.agreed === false ? sharing.onward.with : null;
          if (to === null) continue;
          agreed.push([reference, to]);
          all.happens(reference, { type: 'SharingAgreed' });
          all.jobs.push({ name: 'find-times', reference });
        } else {
          const [reference = ''] = references;
          if (currentBooking(current(reference)) || chairWanted(current(reference), all.see(reference).procedure)) continue;
          all.happens(reference, booked);
          all.jobs.push({ name: 'align-calendar', reference });
        }
      }
      for (let left = 500; all.jobs.some(({ name }) => name !== 'tell'); left -= 1) {
        if (left === 0) throw new Error('the jobs never end');
        await run(0);
      }
      const last = references.includes(C) ? rootOf(C) : null;
      if (last && chairWanted(current(last), all.see(last).procedure)) all.happens(last, { type: 'ChairChosen', chair: 'second-chair' });
      for (const reference of references) await all.aligns(reference);

      function rootOf(reference: string): string {
        const { sharing } = current(reference);
        return sharing?.state === 'shared' ? rootOf(sharing.with) : reference;
      }
      const dissents = references.filter((reference) => reference !== C);
      expect(new Set(dissents.map(rootOf)).size).toBe(1);
      for (const [one, other] of agreed) expect(rootOf(one)).toBe(rootOf(other));
      const roots = [...new Set(references.map(rootOf))];
      for (const reference of references) {
        const { sharing, guests } = current(reference);
        expect(sharing?.state).not.toBe('agreed');
        const root = current(rootOf(reference));
        if (sharing?.state !== 'shared') continue;
        expect(sharing.with).toBe(root.reference);
        expect(root.guests.filter((guest) => guest.reference === reference)).toHaveLength(1);
        for (const guest of guests) expect(rootOf(guest.reference)).toBe(root.reference);
        expect(sharing.onward?.with).toBe(root.sharing?.with);
        const [own, theirs] = [currentBooking(current(reference)), currentBooking(root)];
        expect([own?.slot.start, own?.status]).toEqual([theirs?.slot.start, theirs?.status]);
      }
      const stand = roots.filter((reference) => currentBooking(current(reference)));
      expect([...all.outlook.keys()].map((event) => event.slice(0, 10)).toSorted()).toEqual(stand.toSorted());
      for (const reference of stand) {
        const invited = [...all.outlook].find(([event]) => event.startsWith(reference))?.[1].attendees.map(({ email }) => email);
        expect(invited?.toSorted()).toEqual(
          attendeesOf(current(reference))
            .flatMap(({ person }) => mailOf(person) ?? [])
            .toSorted(),
        );
      }
    }),
    80,
  );
});
