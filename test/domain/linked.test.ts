import { describe, expect, test } from '@jest/globals';
import { currentBooking } from '../../src/domain/bookings.ts';
import type { Report } from '../../src/domain/commands.ts';
import { meetingWindow } from '../../src/domain/meetingWindow.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { attendeesOf, mayHost } from '../../src/domain/sharing.ts';
import { timeLimitsOf } from '../../src/domain/timeLimits.ts';
import { camden, england, events, when } from './given.ts';
import { after, booked, first, joined, NOW, reported, second } from './meetingTogether.ts';

describe('one conference for two dissents', () => {
  test('X10: the case that books brings together who has to be there for both, nobody twice', () => {
    expect(attendeesOf(reported(first(), joined())).map(({ person }) => person)).toEqual([
      'chair',
      'gp',
      'social-worker',
      'teacher',
      'police',
    ]);
  });

  test('X10 C21 Q26: it is held inside the earlier of the two limits', () => {
    const alone = meetingWindow(first(), camden, england, Temporal.Instant.from(NOW));
    const both = meetingWindow(reported(first(), joined()), camden, england, Temporal.Instant.from(NOW));
    expect([alone.limit?.due, both.limit?.due]).toEqual(['2027-11-12', '2027-11-11']);
    const late = when(
      reported(first(), joined()),
      { type: 'ChooseTime', start: '2027-11-12T10:00:00Z', reason: null },
      'administrator',
      NOW,
    );
    expect(late).toMatchObject({ fields: { reason: expect.stringContaining('Fri 12 Nov 2027 is after Thu 11 Nov 2027') } });
  });

  test('X10 X12 Q26: every list of dates has the earlier limit, and says what it is counted from in the other case', () => {
    const host = reported(first(), joined());
    const limits = timeLimitsOf(host, camden, england, Temporal.Instant.from(NOW));
    expect(limits.map(({ kind, due, elsewhere }) => [kind, due, elsewhere])).toEqual([
      ['time limit', '2027-11-11', 'the decision of the Head of Service'],
      ['local target', '2027-11-10', undefined],
    ]);
    const { limit, target } = meetingWindow(host, camden, england, Temporal.Instant.from(NOW));
    expect([limit, target]).toEqual(limits);
  });

  test('X10 X4: joining once is enough, and a booking that stands goes to everybody anew, with nobody taken for free', () => {
    const host = reported(booked(first()), joined());
    expect(takeReport(host, joined(), camden)).toEqual([]);
    expect(currentBooking(host)).toMatchObject({ number: 1, status: 'wanted', calendarEvent: 'event-1', round: 2 });
    expect(currentBooking(host)?.slot.unknown).toEqual(expect.arrayContaining(['teacher', 'police']));
  });

  test('X10: Outlook answering for the people before does not count as sent to those who joined', () => {
    const sent = { type: 'ConfirmInvitation', booking: 1, start: '2027-11-11T10:00:00Z', calendarEvent: 'event-1', joinUrl: null } as const;
    const host = reported(booked(first()), joined());
    expect(currentBooking(reported(host, sent))?.status).toBe('wanted');
    expect(currentBooking(reported(host, { ...sent, round: 2 }))?.status).toBe('sent');
  });

  test('X10 C21: times found without those who joined book nothing', () => {
    const times = (...free: string[]): Report => ({
      type: 'ReportTimes',
      found: {
        slots: [
          {
            start: '2027-11-02T10:00:00Z',
            end: '2027-11-02T12:00:00Z',
            workingDay: 7,
            meetsTarget: true,
            free,
            tentative: [],
            busy: [],
            unknown: [],
          },
        ],
        leastBad: [],
        blockers: [],
      },
    });
    expect(takeReport(reported(first(), joined()), times('chair', 'gp', 'social-worker'), camden)).toEqual([]);
    expect(reported(first(), joined(), times('chair', 'gp', 'social-worker', 'teacher', 'police')).bookings).toHaveLength(1);
  });

  test("X10: the other case has the time in its own trail, without anybody's calendar, and cannot book another", () => {
    const host = booked(first());
    const guest = reported(
      second(),
      { type: 'ShareMeeting', with: 'DIS-27-001' },
      { type: 'FollowMeeting', with: 'DIS-27-001', booking: currentBooking(host), onward: null },
    );
    expect(currentBooking(guest)).toMatchObject({
      status: 'sent',
      heldFor: 'DIS-27-001',
      joinUrl: 'https://join.example',
      slot: { free: [], unknown: [] },
    });
    expect(takeReport(guest, { type: 'FollowMeeting', with: 'DIS-27-001', booking: currentBooking(host), onward: null }, camden)).toEqual(
      [],
    );
    for (const command of [
      { type: 'LookForTimes' },
      { type: 'ChooseTime', start: '2027-11-05T10:00:00Z', reason: null },
      { type: 'CancelMeeting', reason: 'x' },
    ] as const)
      expect(when(guest, command, 'administrator', NOW)).toMatchObject({ refused: 'not-now', rule: 'X10' });
  });

  test('X10 Q29: held, moved and cancelled follow on the other case', () => {
    const shared = reported(second(), { type: 'ShareMeeting', with: 'DIS-27-001' });
    const host = booked(first());
    const follow = (booking = currentBooking(host)): Report => ({ type: 'FollowMeeting', with: 'DIS-27-001', booking, onward: null });
    const moved = booked(first(), '2027-11-09T10:00:00Z').bookings[0] ?? null;
    const cancelled = { ...(host.bookings[0] as NonNullable<typeof moved>), status: 'cancelled' as const };
    const held = { ...(host.bookings[0] as NonNullable<typeof moved>), status: 'held' as const, heldOn: '2027-11-11' };
    expect(currentBooking(reported(shared, follow(), follow(moved)))?.slot.start).toBe('2027-11-09T10:00:00Z');
    expect(currentBooking(reported(shared, follow(), follow(cancelled)))).toBeNull();
    const over = reported(shared, follow(), follow(held));
    expect(over).toMatchObject({ stage: 'conclude', bookings: [{ status: 'held', heldOn: '2027-11-11' }] });
    expect(takeReport(over, follow(held), camden)).toEqual([]);
  });

  test("X10: a conference that was held, or is itself another case's, serves no further one", () => {
    const held = after(booked(first()), [{ type: 'MeetingHeld', booking: 1, on: '2027-11-11' }]);
    expect(mayHost(held, camden)).toBe(false);
    expect(takeReport(held, joined(), camden)).toEqual([]);
    expect(mayHost(reported(second(), { type: 'ShareMeeting', with: 'DIS-27-001' }), camden)).toBe(false);
  });

  test('X10: a booking of its own is called off when one conference serves both', () => {
    const guest = reported(booked(second()), { type: 'ShareMeeting', with: 'DIS-27-001' });
    expect(guest.bookings).toMatchObject([{ status: 'cancelled', calendarEvent: 'event-1' }]);
  });
});

describe('one conference for a complaint and a dissent', () => {
  const complaint = joined({ reference: 'CMP-27-001', required: [], optional: [], windows: [], differentChair: true });

  test('Q26 P8: another chair is wanted for both, and no time is chosen before', () => {
    const host = reported(booked(first()), complaint);
    expect(when(host, { type: 'ChooseTime', start: '2027-11-09T10:00:00Z', reason: null }, 'administrator', NOW)).toMatchObject({
      rule: 'P8',
    });
    const chosen = after(host, events(when(host, { type: 'ChooseChair', chair: 'other-chair' }, 'administrator', NOW)), 'administrator');
    expect(attendeesOf(chosen)[0]).toEqual({ person: 'other-chair', required: true });
    expect(attendeesOf(chosen).some(({ person }) => person === 'chair')).toBe(false);
    expect(currentBooking(chosen)).toMatchObject({ status: 'wanted', round: 3 });
    const moved = when(chosen, { type: 'ChooseTime', start: '2027-11-09T10:00:00Z', reason: null }, 'administrator', NOW);
    expect(events(moved)).toMatchObject([{ type: 'TimeChosen', booking: 1 }]);
  });

  test('Q26: a chair chosen for the complaint comes along', () => {
    expect(reported(first(), joined({ differentChair: true, chair: 'other-chair' })).otherChair).toBe('other-chair');
  });

  test('Q28: for a dissent another chair is a choice: allowed, not asked for', () => {
    expect(events(when(first(), { type: 'ChooseChair', chair: 'other-chair' }, 'hos', NOW))).toMatchObject([{ chair: 'other-chair' }, {}]);
    expect(events(when(first(), { type: 'ChooseTime', start: '2027-11-09T10:00:00Z', reason: null }, 'hos', NOW))).toHaveLength(1);
    expect(when(first(), { type: 'ChooseChair', chair: 'gp' }, 'hos', NOW)).toMatchObject({ refused: 'invalid' });
  });

  test('Q26: sharing is offered, once, and agreed by those who book; until then the bot books nothing by itself', () => {
    const offered = reported(first(), { type: 'OfferSharing', with: 'CMP-27-001' });
    expect(takeReport(offered, { type: 'OfferSharing', with: 'CMP-27-001' }, camden)).toEqual([]);
    expect(when(first(), { type: 'ShareMeeting' }, 'administrator', NOW)).toMatchObject({ refused: 'not-now', rule: 'Q26' });
    expect(when(offered, { type: 'ShareMeeting' }, 'chair', NOW)).toMatchObject({ refused: 'not-allowed' });
    const agreed = after(offered, events(when(offered, { type: 'ShareMeeting' }, 'administrator', NOW)));
    expect(agreed.sharing).toEqual({ with: 'CMP-27-001', state: 'agreed' });
    expect(when(agreed, { type: 'ShareMeeting' }, 'administrator', NOW)).toMatchObject({ refused: expect.any(String) });
    expect(reported(agreed, { type: 'EndSharing' }).sharing).toBeNull();
  });
});
