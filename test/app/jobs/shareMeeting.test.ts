import { expect, test } from '@jest/globals';
import { currentBooking } from '../../../src/domain/bookings.ts';
import type { CaseEvent } from '../../../src/domain/events/events.ts';
import { aComplaint, booked, mailOf, meeting, slot, store, twoDissents } from './sharedConference.ts';

test('X10: of two that meet again the first books, in whatever order and however often their jobs run', async () => {
  const both = twoDissents();
  expect(await both.shares('DIS-27-001')).toBe(false);
  for (let time = 0; time < 2; time += 1) expect(await both.shares('DIS-27-002')).toBe(true);
  expect(await both.shares('DIS-27-001')).toBe(false);
  expect(both.see('DIS-27-001').current.guests.map(({ reference }) => reference)).toEqual(['DIS-27-002']);
  expect([both.count('DIS-27-001', 'MeetingJoined'), both.count('DIS-27-002', 'MeetingShared')]).toEqual([1, 1]);
});

test('X10: a job that is killed in the middle is finished by the next, and even once the conference was held', async () => {
  const both = twoDissents();
  both.happens('DIS-27-001', booked);
  both.spoil('DIS-27-002');
  await expect(both.shares('DIS-27-002')).rejects.toThrow('killed');
  expect(both.see('DIS-27-001').current.guests).toHaveLength(1);
  both.spoil('');
  both.happens('DIS-27-001', { type: 'MeetingHeld', booking: 1, on: '2027-11-09' }, { type: 'StageEntered', stage: 'conclude' });
  expect(await both.shares('DIS-27-002')).toBe(true);
  expect(both.see('DIS-27-002').current).toMatchObject({ stage: 'conclude', sharing: { with: 'DIS-27-001', state: 'shared' } });
});

test('X10: three cases have one conference, and a case about other children has its own', async () => {
  const all = store({
    'DIS-27-001': meeting('gp', '2027-10-21T10:00:00Z'),
    'DIS-27-002': meeting('teacher', '2027-10-22T10:00:00Z'),
    'DIS-27-003': meeting('midwife', '2027-10-23T10:00:00Z'),
    'DIS-27-004': meeting('health-visitor', '2027-10-24T10:00:00Z', { children: ['CH-9'] }),
  });
  all.happens('DIS-27-001', booked);
  expect([await all.shares('DIS-27-003'), await all.shares('DIS-27-002'), await all.shares('DIS-27-004')]).toEqual([true, true, false]);
  for (const reference of ['DIS-27-002', 'DIS-27-003'])
    expect(currentBooking(all.see(reference).current)).toMatchObject({ heldFor: 'DIS-27-001', slot: { start: slot.start } });
});

test('X10: a conference whose time has come serves nobody else', async () => {
  const both = twoDissents();
  both.happens('DIS-27-001', { ...booked, slot: { ...slot, start: '2027-10-25T09:00:00Z' } } as CaseEvent);
  expect(await both.shares('DIS-27-002')).toBe(false);
  expect(both.see('DIS-27-002').current.sharing).toBeNull();
});

test('Q26: a complaint beside a dissent is asked first, joins once that is agreed, and goes its own way where it is too late', async () => {
  const both = () => store({ 'DIS-27-001': meeting('gp', '2027-10-21T10:00:00Z'), 'CMP-27-001': aComplaint() });
  const agreed = both();
  expect(await agreed.shares('CMP-27-001')).toBe(false);
  expect(agreed.see('CMP-27-001').current.sharing).toEqual({ with: 'DIS-27-001', state: 'offered' });
  agreed.happens('CMP-27-001', { type: 'SharingAgreed' });
  expect(await agreed.shares('CMP-27-001')).toBe(true);
  expect(agreed.see('DIS-27-001').current.guests).toMatchObject([{ reference: 'CMP-27-001', differentChair: true }]);

  const late = both();
  await late.shares('CMP-27-001');
  late.happens('CMP-27-001', { type: 'SharingAgreed' });
  late.happens('DIS-27-001', booked, { type: 'MeetingHeld', booking: 1, on: '2027-10-25' }, { type: 'StageEntered', stage: 'conclude' });
  expect(await late.shares('CMP-27-001')).toBe(false);
  expect(late.see('CMP-27-001').current.sharing).toBeNull();
});

test('Q26: a conference whose time has come and which nobody has recorded as held is offered all the same, for people to say', async () => {
  const both = store({ 'DIS-27-001': meeting('gp', '2027-10-21T10:00:00Z'), 'CMP-27-001': aComplaint() });
  both.happens('DIS-27-001', { ...booked, slot: { ...slot, start: '2027-10-25T09:00:00Z' } } as CaseEvent);
  expect(await both.shares('CMP-27-001')).toBe(false);
  expect(both.see('CMP-27-001').current.sharing).toEqual({ with: 'DIS-27-001', state: 'offered' });
  both.happens('CMP-27-001', { type: 'SharingAgreed' });
  expect(await both.shares('CMP-27-001')).toBe(true);
  expect(both.see('DIS-27-001').current).toMatchObject({ guests: [{ reference: 'CMP-27-001' }], timesWanted: true });
});

test('corner 2 P8: a conference that comes to serve a complaint goes to nobody anew before another chair is chosen', async () => {
  const both = store({ 'DIS-27-001': meeting('gp', '2027-10-21T10:00:00Z'), 'CMP-27-001': aComplaint() });
  both.happens('DIS-27-001', booked);
  await both.aligns('DIS-27-001');
  await both.shares('CMP-27-001');
  both.happens('CMP-27-001', { type: 'SharingAgreed' });
  expect(await both.shares('CMP-27-001')).toBe(true);
  await both.aligns('DIS-27-001');
  expect(both.sent.map(({ deed }) => deed)).toEqual(['book']);
  both.happens('DIS-27-001', { type: 'ChairChosen', chair: 'second-chair' });
  await both.aligns('DIS-27-001');
  expect(both.sent).toMatchObject([{ deed: 'book' }, { deed: 'move', to: expect.arrayContaining([mailOf('second-chair')]) }]);
  expect(both.sent[1]?.to).not.toContain(mailOf('chair'));
});

test('Q26: a dissent that comes to meet beside a complaint is asked as well', async () => {
  const both = store({ 'CMP-27-001': aComplaint(), 'DIS-27-001': meeting('gp', '2027-10-23T10:00:00Z') });
  expect(await both.shares('DIS-27-001')).toBe(false);
  expect(both.see('DIS-27-001').current.sharing).toEqual({ with: 'CMP-27-001', state: 'offered' });
});

test('Scenario 12 the other way round (X6 X9, Part E): of a conference that serves both, nobody learns from their calendar that there is a complaint', async () => {
  const both = store({ 'CMP-27-001': aComplaint(), 'DIS-27-001': meeting('gp', '2027-10-23T10:00:00Z') });
  both.happens('CMP-27-001', { type: 'ChairChosen', chair: 'second-chair' }, booked);
  await both.aligns('CMP-27-001');
  expect(both.sent).toMatchObject([{ deed: 'book', subject: 'Meeting CMP-27-001' }]);

  await both.shares('DIS-27-001');
  both.happens('DIS-27-001', { type: 'SharingAgreed' });
  expect(await both.shares('DIS-27-001')).toBe(true);
  await both.aligns('CMP-27-001');
  expect(both.sent).toMatchObject([{}, { deed: 'move', subject: 'Meeting DIS-27-001', to: expect.arrayContaining([mailOf('gp')]) }]);

  both.happens('CMP-27-001', { ...booked, slot: { ...slot, start: '2027-11-10T10:00:00Z' } } as CaseEvent);
  await both.aligns('CMP-27-001');
  both.happens('CMP-27-001', { type: 'MeetingCancelled', booking: 1, reason: 'The family asked for it.' });
  await both.aligns('CMP-27-001');
  expect(both.sent.slice(2)).toMatchObject([{ deed: 'move', subject: 'Meeting DIS-27-001' }, { deed: 'cancel' }]);
  expect(JSON.stringify(both.sent.slice(1).map(({ to, ...rest }) => rest))).not.toMatch(/CMP|complaint|family/i);
  expect(currentBooking(both.see('DIS-27-001').current)).toBeNull();
});

test('X10: a child is the same in capitals or small letters, also in cases that were stored before; another child on that day is not', async () => {
  const all = store({
    'DIS-27-001': meeting('gp', '2027-10-21T10:00:00Z', { children: ['CH-1041'] }),
    'DIS-27-002': meeting('teacher', '2027-10-22T10:00:00Z', { children: ['ch-1041'] }),
    'DIS-27-003': meeting('midwife', '2027-10-23T10:00:00Z', { children: ['ch-1042'] }),
  });
  expect([await all.shares('DIS-27-002'), await all.shares('DIS-27-003')]).toEqual([true, false]);
  expect(all.see('DIS-27-002').current.dissent.children).toEqual(['ch-1041']);
});

test('corner 26 (X7): somebody without a mailbox is not invited, and the case says so until an invitation reaches them', async () => {
  const both = twoDissents();
  both.happens('DIS-27-001', { type: 'ChairChosen', chair: '00000000-0000-4000-8000-000000000009' }, booked);
  await both.aligns('DIS-27-001');
  expect(currentBooking(both.see('DIS-27-001').current)).toMatchObject({
    status: 'sent',
    uninvited: ['00000000-0000-4000-8000-000000000009'],
  });
  both.happens('DIS-27-001', { type: 'ChairChosen', chair: 'second-chair' });
  await both.aligns('DIS-27-001');
  expect(currentBooking(both.see('DIS-27-001').current)).toMatchObject({ status: 'sent', uninvited: [] });
});

test('corner 11 (X6): what an invitation says is true of everybody whom it goes to: nobody is sent to a case that is not theirs', async () => {
  const both = twoDissents();
  both.happens('DIS-27-001', booked);
  await both.aligns('DIS-27-001');
  expect(both.sent[0]?.said).toBe(
    'Please do not forward this invitation. Whoever has a part in a case finds it in Conference Dissent in Teams. Anybody else can ask whoever sent this what it is about.',
  );
});
