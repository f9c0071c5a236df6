import { describe, expect, test } from '@jest/globals';
import { cardsDue } from '../../src/app/cardsDue.ts';
import { peopleNamed, standingsOf } from '../../src/domain/authority.ts';
import { type Booking, currentBooking } from '../../src/domain/bookings.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Command, Report } from '../../src/domain/commands.ts';
import type { CaseEvent } from '../../src/domain/events/events.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { firstDayOffered, latenessToExplain } from '../../src/domain/meetingWindow.ts';
import { remindersOn } from '../../src/domain/reminders.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { chairsToChoose, chairWanted, guestOf } from '../../src/domain/sharing.ts';
import { timeLimitsOf, timeLimitsOfStage } from '../../src/domain/timeLimits.ts';
import { aDissent, camden, england, events, given, roster, type Step, when } from './given.ts';
import { after, booked, first, joined, NOW, reported, second } from './meetingTogether.ts';

/** What goes wrong where a conference that meets again serves several cases, moves, or changes its chair. */

const complaint = joined({
  reference: 'CMP-27-001',
  family: true,
  required: [],
  optional: [],
  windows: [],
  differentChair: true,
  aside: ['sm'],
});
const day = '2027-11-11T15:00:00Z';
const held: Command = { type: 'ReportHeld', on: '2027-11-11', reason: null };

describe('another chair', () => {
  test('corner 2 P8: while another chair is wanted, a booked conference is not recorded as held; with one chosen it is', () => {
    const host = reported(booked(first()), complaint);
    expect(when(host, held, 'administrator', day)).toMatchObject({ refused: 'not-now', rule: 'P8' });
    expect(when(host, { type: 'RetryInvitation' }, 'administrator', NOW)).toMatchObject({ refused: expect.any(String) });
    const chosen = after(host, events(when(host, { type: 'ChooseChair', chair: 'other-chair' }, 'administrator', NOW)));
    expect(events(when(chosen, held, 'administrator', day))).toMatchObject([{ type: 'MeetingHeld' }, {}]);
  });

  test('corner 2 P8: a chair who cannot chair what it comes to serve is wanted anew, and theirs is not brought to where they have a part', () => {
    const chosen = after(booked(first()), [{ type: 'ChairChosen', chair: 'sm-alternate' }]);
    expect(chairWanted(chosen, camden)).toBe(false);
    expect(chairWanted(reported(chosen, joined({ aside: ['sm-alternate'] })), camden)).toBe(true);
    expect(reported(first(), joined({ chair: 'hos' })).otherChair).toBeNull();
  });

  test('corner 11 Q28: whoever is chosen has a standing while the case is open and books it here, their card, and their name in the lists', () => {
    const chosen = after(first(), [{ type: 'ChairChosen', chair: 'other-chair' }]);
    const standings = (current: Case) => standingsOf('other-chair', current, camden, roster, dateOf(NOW));
    expect([standings(first()), standings(chosen)]).toEqual([[], ['meeting-chair']]);
    expect(peopleNamed(chosen)).toContain('other-chair');
    expect(cardsDue(chosen, camden, roster, dateOf(NOW))).toContainEqual({ person: 'other-chair', key: 'meeting' });
    const over: CaseEvent[][] = [
      [{ type: 'ChairChosen', chair: 'third-chair' }],
      [{ type: 'ChairChosen', chair: 'chair' }],
      [{ type: 'MeetingShared', with: 'DIS-27-002' }],
      [{ type: 'CaseClosed' }],
    ];
    for (const happened of over) expect([happened, standings(after(chosen, happened))]).toEqual([happened, []]);
  });

  test('corner 10 C26: nobody is offered, or taken, who decided, asked for it, or dissents in any case that it serves', () => {
    const judges = { ...roster, chairs: ['chair', 'other-chair', 'sm', 'hos', 'gp', 'teacher', 'third-chair'] };
    const host = reported(first(), joined({ required: [], aside: ['teacher', 'third-chair'] }));
    expect(chairsToChoose(first(), camden, judges)).toEqual(['other-chair', 'teacher', 'third-chair']);
    expect(chairsToChoose(host, camden, judges)).toEqual(['other-chair']);
    for (const chair of ['sm', 'hos', 'gp', 'teacher', 'third-chair'])
      expect(when(host, { type: 'ChooseChair', chair }, 'administrator', NOW, judges)).toMatchObject({ refused: 'invalid' });
    expect(guestOf(second(), camden).aside).toEqual(['teacher', 'sm', 'hos']);
  });
});

describe('who chaired the conference', () => {
  const names = (chair: string): Command => ({ type: 'NameChair', chair });
  const declines = (by: string): Step => ({ at: '2027-01-13T10:00:00Z', by, does: { type: 'DeclineChair', reason: 'I was away.' } });

  test('corner 26 C9: whoever has said that they were not the chair is not named again, however many have said so', () => {
    const other: Step = { at: '2027-01-13T11:00:00Z', by: 'health-visitor', does: names('other-chair') };
    const twice = given(aDissent(), [declines('chair'), other, declines('other-chair')]);
    for (const chair of ['chair', 'other-chair'])
      expect(when(twice, names(chair), 'health-visitor', '2027-01-14T10:00:00Z')).toMatchObject({
        fields: { chair: expect.stringContaining('says that they were not the chair') },
      });
    expect(events(when(twice, names('sm'), 'health-visitor', '2027-01-14T10:00:00Z'))).toMatchObject([{ type: 'ChairNamed', chair: 'sm' }]);
  });
});

describe('the day on which it was held', () => {
  const host = () => booked(first());
  const records = (on: string, at: string, reason: string | null = null, current = host()) =>
    when(current, { type: 'ReportHeld', on, reason }, 'administrator', at);
  const limitOf = (current: Case, at: string) => timeLimitsOf(current, camden, england, Temporal.Instant.from(at))[0];
  const lateness = (current: Case) =>
    timeLimitsOfStage(current, camden, 'reconvene', england, Temporal.Instant.from('2027-12-01T10:00:00Z'));

  test('corner 17 C21: recorded weeks after the limit, it is as early or late as the day it was held', () => {
    expect(limitOf(host(), NOW)?.due).toBe('2027-11-12');
    const recorded = events(records('2027-11-11', '2027-11-30T10:00:00Z'));
    expect(recorded).toMatchObject([{ type: 'MeetingHeld', on: '2027-11-11' }, {}]);
    expect(
      lateness(after(host(), recorded, 'administrator', '2027-11-30T10:00:00Z')).map(({ due, overdueBy }) => [due, overdueBy]),
    ).toEqual([
      ['2027-11-12', 0],
      ['2027-11-10', 1],
    ]);
    const late = events(records('2027-11-16', '2027-11-16T15:00:00Z', 'The building was shut.'));
    expect(lateness(after(host(), late)).map(({ due, overdueBy }) => [due, overdueBy])).toEqual([
      ['2027-11-12', 2],
      ['2027-11-10', 4],
    ]);
  });

  test('corner 17 C21: another day than the one booked is explained, before it or after, and the words are kept', () => {
    for (const on of ['2027-11-10', '2027-11-12'])
      expect(records(on, '2027-11-12T15:00:00Z')).toMatchObject({
        fields: { reason: 'It was booked for Thu 11 Nov 2027. Say why it was held on another day.' },
      });
    const early = after(host(), events(records('2027-11-10', '2027-11-12T15:00:00Z', 'The chair was called away.')));
    expect(currentBooking(early)).toMatchObject({ heldOn: '2027-11-10', heldBecause: 'The chair was called away.' });
  });

  test('corner 17 C21: the day booked needs no words, but where it is after the limit and nobody has said why', () => {
    const [booking] = host().bookings;
    const moved = { ...host(), bookings: [{ ...booking, slot: { ...booking?.slot, start: '2027-11-15T10:00:00Z' } }] } as Case;
    expect(records('2027-11-15', '2027-11-15T15:00:00Z', null, moved)).toMatchObject({
      fields: { reason: 'Mon 15 Nov 2027 is after Fri 12 Nov 2027, the last day. Say why.' },
    });
    expect(events(records('2027-11-15', '2027-11-15T15:00:00Z', 'x', moved))).toMatchObject([{ reason: 'x' }, {}]);
  });
});

describe('the limit of a case that joins', () => {
  const late = '2027-11-12T10:00:00Z';
  const joins = (current = second()) =>
    reported(current, { type: 'ShareMeeting', with: 'DIS-27-001' }, followed(currentBooking(booked(first(), late))));
  const followed = (booking: Booking | null): Report => ({ type: 'FollowMeeting', with: 'DIS-27-001', booking, onward: null });
  const explains = (current: Case) => when(current, { type: 'ExplainLateness', reason: 'One meeting is kinder.' }, 'administrator', NOW);
  const toExplain = (current: Case) => latenessToExplain(current, camden, england, Temporal.Instant.from(NOW));
  const remindedOn = (current: Case, day: string) =>
    remindersOn(current, camden, england, Temporal.PlainDate.from(day)).filter(({ to }) => to === 'those who act');

  test("corner 3 C21: booked in time for the other case and late for this one, it is asked why here, once, and by this case's own limit", () => {
    expect(toExplain(joins())?.due).toBe('2027-11-11');
    expect(toExplain(booked(first(), late))).toBeNull();
    const explained = after(joins(), events(explains(joins())));
    expect(currentBooking(explained)).toMatchObject({ heldFor: 'DIS-27-001', explained: 'One meeting is kinder.' });
    expect(explains(explained)).toMatchObject({ refused: 'not-now', rule: 'C21' });
    expect(when(joins(), { type: 'ExplainLateness', reason: 'x' }, 'chair', NOW)).toMatchObject({ refused: 'not-allowed' });
  });

  test('corner 3 C21: what was said stands while the time does, and is asked anew when it moves', () => {
    const explained = after(joins(), events(explains(joins())));
    const sent = currentBooking(booked(first(), late));
    expect(toExplain(reported(explained, followed(sent && { ...sent, joinUrl: 'https://other.example' })))).toBeNull();
    expect(toExplain(reported(explained, followed(currentBooking(booked(first(), '2027-11-12T14:00:00Z')))))?.due).toBe('2027-11-11');
    const held = reported(joins(), followed(sent && { ...sent, status: 'held', heldOn: '2027-11-12' }));
    expect(held.stage).toBe('conclude');
    expect(events(explains(held))).toHaveLength(1);
  });

  test('corner 3 C21: until it is said, those who book are reminded of the limit as they would be without a booking', () => {
    for (const day of ['2027-11-08', '2027-11-10', '2027-11-11', '2027-11-12']) {
      expect([day, remindedOn(joins(), day).length]).toEqual([day, 1]);
      expect([day, remindedOn(after(joins(), events(explains(joins()))), day).length]).toEqual([day, 0]);
    }
  });

  test('corner 24 X10: nobody is told that a conference is overdue in a case in which it cannot be recorded', () => {
    const days = ['2027-11-09', '2027-11-10', '2027-11-11', '2027-11-15', '2027-11-22'];
    const host = booked(first(), '2027-11-09T10:00:00Z');
    const guest = reported(second(), { type: 'ShareMeeting', with: 'DIS-27-001' }, followed(currentBooking(host)));
    expect(days.map((day) => remindedOn(host, day).length)).toEqual([0, 1, 0, 1, 1]);
    expect(days.map((day) => remindedOn(guest, day).length)).toEqual([0, 0, 0, 0, 0]);
    expect(remindersOn(guest, camden, england, Temporal.PlainDate.from('2027-11-10')).filter(({ to }) => to === 'next up')).toEqual([]);
  });
});

describe('what another case holds', () => {
  test('corner 1 X10: a case goes on to another conference once, and what was asked for before does not bring it back', () => {
    const share = (to: string, instead?: string): Report => ({ type: 'ShareMeeting', with: to, ...(instead ? { instead } : {}) });
    const gone = reported(second(), share('DIS-27-001'), share('CMP-27-001', 'DIS-27-001'));
    expect(gone.sharing).toEqual({ with: 'CMP-27-001', state: 'shared' });
    for (const late of [share('DIS-27-001'), share('DIS-27-009', 'DIS-27-001')]) expect(takeReport(gone, late, camden)).toEqual([]);
    const follow: Report = { type: 'FollowMeeting', with: 'DIS-27-001', booking: currentBooking(booked(first())), onward: null };
    expect(takeReport(gone, follow, camden)).toEqual([]);
    expect(reported(gone, { type: 'EndSharing', from: 'DIS-27-001' }).sharing).not.toBeNull();
    expect(reported(gone, { type: 'EndSharing', from: 'CMP-27-001' })).toMatchObject({ sharing: null, timesWanted: true });
  });

  test('corner 1 Q26: whoever books for a case that shares may agree to what the other is offered, once, and to nothing else there', () => {
    const shared = reported(second(), { type: 'ShareMeeting', with: 'DIS-27-001' });
    const offered = reported(shared, { type: 'FollowMeeting', with: 'DIS-27-001', booking: null, onward: 'CMP-27-001' });
    expect(when(shared, { type: 'ShareMeeting' }, 'administrator', NOW)).toMatchObject({ refused: 'not-now' });
    expect(when(offered, { type: 'ShareMeeting' }, 'chair', NOW)).toMatchObject({ refused: 'not-allowed' });
    const agreed = after(offered, events(when(offered, { type: 'ShareMeeting' }, 'administrator', NOW)));
    expect(agreed.sharing).toEqual({ with: 'DIS-27-001', state: 'shared', onward: { with: 'CMP-27-001', agreed: true } });
    expect(when(agreed, { type: 'ShareMeeting' }, 'administrator', NOW)).toMatchObject({ refused: 'not-now' });
    expect(when(offered, { type: 'LookForTimes' }, 'administrator', NOW)).toMatchObject({ refused: 'not-now', rule: 'X10' });
    const ended = reported(offered, { type: 'FollowMeeting', with: 'DIS-27-001', booking: null, onward: null });
    expect(ended.sharing).toEqual({ with: 'DIS-27-001', state: 'shared' });
  });

  test("corner 4 (Part E): a time moved or cancelled in the other case follows without anybody's words, whichever way round", () => {
    const host = booked(first());
    const shared = reported(second(), { type: 'ShareMeeting', with: 'DIS-27-001' });
    for (const status of ['sent', 'cancelled'] as const) {
      const booking = {
        ...(currentBooking(host) as NonNullable<ReturnType<typeof currentBooking>>),
        status,
        reason: 'The mother is ill.',
      };
      const follow = { type: 'FollowMeeting', with: 'DIS-27-001', booking, onward: null } as const;
      expect(JSON.stringify(takeReport(shared, follow, camden))).not.toContain('mother');
      // What a trail holds that was written before is not shown either.
      const { number: _, calendarEvent: __, ...followed } = booking;
      expect(after(shared, [{ type: 'MeetingFollowed', booking: followed }]).bookings).toMatchObject([{ status, reason: null }]);
    }
  });
});

describe('the times that are offered', () => {
  const slot = {
    start: '2027-11-02T10:00:00Z',
    end: '2027-11-02T12:00:00Z',
    workingDay: 7,
    meetsTarget: true,
    free: ['chair', 'gp', 'social-worker'],
    tentative: [],
    busy: [],
    unknown: [],
  };

  test('corner 26 C21: times found before a chair or a case joined are gone, and pressed all the same count as looked for by nobody', () => {
    const found = after(first(), [
      { type: 'TimesRequested' },
      { type: 'TimesFound', found: { slots: [slot], leastBad: [], blockers: [] } },
    ]);
    const anew = [reported(found, joined()), after(found, events(when(found, { type: 'ChooseChair', chair: 'other-chair' }, 'hos', NOW)))];
    for (const host of anew) {
      expect(host.times).toBeNull();
      expect(events(when(host, { type: 'ChooseTime', start: slot.start, reason: null }, 'hos', NOW))).toMatchObject([
        { slot: { free: [], unknown: expect.arrayContaining(['gp', 'social-worker']) } },
      ]);
    }
  });

  test('corner 26 C21: what was read without those who joined is not offered as the least bad either', () => {
    const leastBad: Report = { type: 'ReportTimes', found: { slots: [], leastBad: [slot], blockers: ['chair'] } };
    const looking = after(reported(first(), joined()), [{ type: 'TimesRequested' }]);
    expect(takeReport(looking, leastBad, camden)).toEqual([]);
  });

  test.each([
    [3, '2027-11-12', '2027-10-28'],
    [1, null, '2027-10-26'],
    [0, null, '2027-10-25'],
    [0, '2027-10-25', '2027-10-25'],
    [3, '2027-10-27', '2027-10-26'],
    [3, '2027-10-25', '2027-10-25'],
  ])('corner 26 C21: with %s days of notice and a limit of %s, the first day offered on 25 October is %s', (notice, due, first) => {
    const today = Temporal.PlainDate.from('2027-10-25');
    expect(firstDayOffered({ notice }, england, today, due === null ? null : { due }).toString()).toBe(first);
  });
});
