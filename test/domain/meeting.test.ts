import { describe, expect, test } from '@jest/globals';
import { currentBooking } from '../../src/domain/bookings.ts';
import type { Command } from '../../src/domain/commands.ts';
import type { Slot, TimesFound } from '../../src/domain/events/meetingEvents.ts';
import { meetingWindow } from '../../src/domain/meetingWindow.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { attendeesOf } from '../../src/domain/sharing.ts';
import { aDissent, aRecord, camden, decides, england, events, given, type Step, when } from './given.ts';

const february = aDissent({ conference: { type: 'review', date: '2027-02-04' }, decision: 'end', dissenter: 'paediatrician' });
const steps: Step[] = [
  {
    at: '2027-02-04T16:00:00Z',
    by: 'chair',
    does: { type: 'Record', record: { ...aRecord, required: ['social-worker'], optional: ['teacher', 'chair'] }, agency: null },
  },
  decides('sm', '2027-02-12T11:00:00Z', 'decide', 'upheld'),
  decides('hos', '2027-02-17T11:00:00Z', 'review', 'reconvene'),
];
const reconvening = (more: Step[] = []) => given(february, [...steps, ...more], '2027-02-04T15:00:00Z');
const slot = (start: string, changes: Partial<Slot> = {}): Slot => ({
  start,
  end: Temporal.Instant.from(start).add({ hours: 2 }).toString(),
  workingDay: 9,
  meetsTarget: true,
  free: ['chair', 'paediatrician'],
  tentative: [],
  busy: [],
  unknown: ['social-worker'],
  ...changes,
});
const found = (slots: Slot[], changes: Partial<TimesFound> = {}): TimesFound => ({ slots, leastBad: [], blockers: [], ...changes });
const now = '2027-02-17T11:01:00Z';
const choose = (start: string, reason: string | null = null): Command => ({ type: 'ChooseTime', start, reason });

describe('the reconvened conference', () => {
  test('C21 Q2: it has to be held within 15 working days of the request, with the earlier target shown', () => {
    const { limit, target } = meetingWindow(reconvening(), camden, england, Temporal.Instant.from(now));
    expect([limit?.due, target?.due]).toEqual(['2027-03-10', '2027-03-05']);
  });

  test('C21: chair and dissenter always attend, and the others as the chair listed them, nobody twice', () => {
    expect(attendeesOf(reconvening())).toEqual([
      { person: 'chair', required: true },
      { person: 'paediatrician', required: true },
      { person: 'social-worker', required: true },
      { person: 'teacher', required: false },
    ]);
  });

  test('C21: the bot books the best time by itself', () => {
    const best = slot('2027-03-02T10:00:00Z');
    expect(takeReport(reconvening(), { type: 'ReportTimes', found: found([best]) }, camden)).toEqual([
      { type: 'TimesFound', found: found([best]) },
      { type: 'TimeChosen', booking: 1, slot: best, reason: null },
    ]);
  });

  test('C21: unknown is never free: with the chair unknown the bot lists times and books nothing', () => {
    const blind = slot('2027-03-02T10:00:00Z', { free: [], unknown: ['chair', 'paediatrician', 'social-worker'] });
    expect(takeReport(reconvening(), { type: 'ReportTimes', found: found([blind]) }, camden)).toEqual([
      { type: 'TimesFound', found: found([blind]) },
    ]);
  });

  test('C21: a chair who may be busy is not free either', () => {
    const perhaps = slot('2027-03-02T10:00:00Z', { free: ['paediatrician'], tentative: ['chair'] });
    expect(takeReport(reconvening(), { type: 'ReportTimes', found: found([perhaps]) }, camden)).toEqual([
      { type: 'TimesFound', found: found([perhaps]) },
    ]);
  });

  test('C21: with no time in the window nothing is booked, and what blocks it is kept', () => {
    const none = found([], {
      blockers: ['paediatrician'],
      leastBad: [slot('2027-03-02T10:00:00Z', { busy: ['paediatrician'], free: ['chair'] })],
    });
    const after = reconvening([{ at: now, by: 'bot', event: { type: 'TimesFound', found: none } }]);
    expect(after.bookings).toEqual([]);
    expect(after.times?.blockers).toEqual(['paediatrician']);
  });

  test('X4: times found twice book once', () => {
    const best = slot('2027-03-02T10:00:00Z');
    const once = reconvening([
      { at: now, by: 'bot', event: { type: 'TimesFound', found: found([best]) } },
      { at: now, by: 'bot', event: { type: 'TimeChosen', booking: 1, slot: best, reason: null } },
    ]);
    expect(takeReport(once, { type: 'ReportTimes', found: found([best]) }, camden)).toEqual([]);
  });

  test.each(['administrator', 'hos'])('C21: %s may choose another time', (person) => {
    expect(events(when(reconvening(), choose('2027-03-02T10:00:00Z'), person, now))[0]).toMatchObject({ type: 'TimeChosen', booking: 1 });
  });

  test.each(['chair', 'paediatrician', 'sm', 'stranger'])('X3: %s may not', (person) => {
    expect(when(reconvening(), choose('2027-03-02T10:00:00Z'), person, now)).toMatchObject({ refused: 'not-allowed' });
  });

  test('C21: 11 March is refused without a reason and booked with one', () => {
    expect(when(reconvening(), choose('2027-03-11T10:00:00Z'), 'administrator', now)).toMatchObject({
      refused: 'invalid',
      fields: { reason: 'Thu 11 Mar 2027 is after Wed 10 Mar 2027, the last day for this conference. Say why.' },
    });
    expect(events(when(reconvening(), choose('2027-03-11T10:00:00Z', 'The chair is ill.'), 'administrator', now))[0]).toMatchObject({
      reason: 'The chair is ill.',
    });
  });

  test.each([
    [
      'sooner than the notice',
      '2027-02-19T10:00:00Z',
      "That time is sooner than the 3 working days' notice that people are given. Say why.",
    ],
    ['before the hours', '2027-03-02T08:00:00Z', 'That time is outside the hours of 09:30 to 16:30. Say why.'],
    ['past the end of the hours', '2027-03-02T15:30:00Z', 'That time is outside the hours of 09:30 to 16:30. Say why.'],
  ])("CD14: a time of one's own that is %s needs a reason, as none that is offered does", (_what, start, reason) => {
    expect(when(reconvening(), choose(start), 'administrator', now)).toMatchObject({
      refused: 'invalid',
      rule: 'CD14',
      fields: { reason },
    });
    expect(events(when(reconvening(), choose(start, 'The chair asked for it.'), 'administrator', now))[0]).toMatchObject({
      type: 'TimeChosen',
      reason: 'The chair asked for it.',
    });
    expect(events(when(reconvening(), choose('2027-03-02T09:30:00Z'), 'administrator', now))[0]).toMatchObject({ reason: null });
  });

  test('C21 Q2: 8 March is accepted, after the earlier target', () => {
    expect(events(when(reconvening(), choose('2027-03-08T10:00:00Z'), 'administrator', now))[0]).toMatchObject({
      slot: { meetsTarget: false, workingDay: 13 },
    });
  });

  test('C21: a weekend, a bank holiday and a time gone by are refused with what to do instead', () => {
    expect(when(reconvening(), choose('2027-03-06T10:00:00Z'), 'administrator', now)).toMatchObject({
      fields: { date: 'Sat 6 Mar 2027 is not a working day. Choose another day.' },
    });
    expect(when(reconvening(), choose('2027-03-26T10:00:00Z', 'x'), 'administrator', now)).toMatchObject({
      fields: { date: expect.stringContaining('not a working day') },
    });
    expect(when(reconvening(), choose('2027-02-16T10:00:00Z'), 'administrator', now)).toMatchObject({
      fields: { date: expect.stringContaining('has gone') },
    });
  });

  test('a booking sent, moved, cancelled and made again keeps its numbers', () => {
    const sent = (booking: number, start: string): Step => ({
      at: now,
      by: 'bot',
      event: { type: 'InvitationSent', booking, start, calendarEvent: `event-${booking}`, joinUrl: null },
    });
    const after = reconvening([
      { at: now, by: 'administrator', does: choose('2027-03-02T10:00:00Z') },
      sent(1, '2027-03-02T10:00:00Z'),
      { at: now, by: 'administrator', does: choose('2027-03-03T10:00:00Z') },
      sent(1, '2027-03-03T10:00:00Z'),
      { at: now, by: 'hos', does: { type: 'CancelMeeting', reason: 'Chair ill.' } },
      { at: now, by: 'administrator', does: choose('2027-03-04T10:00:00Z') },
    ]);
    expect(after.bookings.map(({ number, status, calendarEvent }) => ({ number, status, calendarEvent }))).toEqual([
      { number: 1, status: 'cancelled', calendarEvent: 'event-1' },
      { number: 2, status: 'wanted', calendarEvent: null },
    ]);
    expect(currentBooking(after)?.slot.start).toBe('2027-03-04T10:00:00Z');
  });

  test('an answer from Outlook about a time that was moved meanwhile does not count as sent', () => {
    const after = reconvening([
      { at: now, by: 'administrator', does: choose('2027-03-02T10:00:00Z') },
      { at: now, by: 'administrator', does: choose('2027-03-03T10:00:00Z') },
      {
        at: now,
        by: 'bot',
        event: { type: 'InvitationSent', booking: 1, start: '2027-03-02T10:00:00Z', calendarEvent: 'event-1', joinUrl: null },
      },
    ]);
    expect(currentBooking(after)).toMatchObject({ status: 'wanted', calendarEvent: 'event-1' });
  });

  test('C21 Q29: held is recorded from the booked day on, for a day on or after that on which it was asked for, and once', () => {
    const booked = reconvening([{ at: now, by: 'administrator', does: choose('2027-03-02T10:00:00Z') }]);
    const held = (on: string, at: string, reason: string | null = null) =>
      when(booked, { type: 'ReportHeld', on, reason }, 'administrator', at);
    for (const [on, at] of [
      ['2027-03-02', now],
      ['2027-02-17', '2027-02-18T10:00:00Z'],
      ['2027-03-01', '2027-03-01T23:59:59Z'],
    ] as const)
      expect(held(on, at)).toMatchObject({
        refused: 'not-now',
        sentence: 'It is booked for Tue 2 Mar 2027, which has not come yet. If it is to be held on an earlier day, move it first.',
      });
    expect(held('2027-03-03', '2027-03-02T15:00:00Z')).toMatchObject({ refused: 'invalid' });
    expect(events(held('2027-03-01', '2027-03-02T15:00:00Z', 'Snow.'))).toMatchObject([{ type: 'MeetingHeld', on: '2027-03-01' }, {}]);
    expect(held('2027-02-10', '2027-03-02T15:00:00Z')).toMatchObject({ refused: 'invalid' });
    expect(events(held('2027-03-02', '2027-03-02T15:00:00Z'))).toEqual([
      { type: 'MeetingHeld', booking: 1, on: '2027-03-02' },
      { type: 'StageEntered', stage: 'conclude' },
    ]);
  });
});
