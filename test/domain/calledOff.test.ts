import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../src/domain/commands.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { tasksOf } from '../../src/domain/tasks.ts';
import { whatHolds } from '../../src/domain/whatHolds.ts';
import { added, bot } from '../support/dissents.ts';
import { aDissent, aRecord, camden, decides, events, given, type Step, when } from './given.ts';

/** CD6: a conference that will not take place after all is ended with reasons, and the case goes on to its conclusion. */

const asked: Step[] = [
  { at: '2027-01-12T16:00:00Z', by: 'chair', does: { type: 'Record', record: aRecord, agency: null } },
  decides('sm', '2027-01-20T11:00:00Z', 'decide', 'upheld'),
  decides('hos', '2027-01-21T11:00:00Z', 'review', 'reconvene'),
];
const booked: Step = {
  at: '2027-01-21T12:00:00Z',
  by: 'administrator',
  does: { type: 'ChooseTime', start: '2027-02-02T10:00:00Z', reason: null },
};
const callsOff: Command = { type: 'CallOffMeeting', reason: 'The family has moved away.' };
const at = '2027-01-25T10:00:00Z';

describe.each(['administrator', 'hos'])('CD6: called off by %s, who books it', (by) => {
  test('the event is cancelled, the reason is kept, and the case goes on to what is left to tell and to file', () => {
    const current = given(aDissent(), [...asked, booked]);
    expect(events(when(current, callsOff, by, at))).toEqual([
      { type: 'MeetingCancelled', booking: 1, reason: 'The family has moved away.' },
      { type: 'MeetingCalledOff', reason: 'The family has moved away.' },
      { type: 'StageEntered', stage: 'conclude' },
    ]);
    const after = given(aDissent(), [...asked, booked, { at, by, does: callsOff }]);
    expect(after.calledOff).toEqual({ reason: 'The family has moved away.', at, by });
    expect(tasksOf(after, camden).some(({ kind }) => kind === 'file')).toBe(true);
    expect(whatHolds(after, camden)).toBe(camden.words.decisionStands);
  });

  test('with nothing booked, nothing has to be cancelled', () => {
    expect(events(when(given(aDissent(), asked), callsOff, by, at)).map(({ type }) => type)).toEqual(['MeetingCalledOff', 'StageEntered']);
  });
});

test('CD6 X4: once it was called off or held, there is nothing to call off; nobody else may', () => {
  const over = given(aDissent(), [...asked, booked, { at, by: 'hos', does: callsOff }]);
  expect(when(over, callsOff, 'administrator', at)).toMatchObject({ refused: 'not-now' });
  expect(when(over, { type: 'ReportHeld', on: '2027-01-25', reason: null }, 'administrator', at)).toMatchObject({ refused: 'not-now' });
  for (const person of ['health-visitor', 'chair', 'sm'])
    expect(when(given(aDissent(), asked), callsOff, person, at)).toMatchObject({ refused: 'not-allowed' });
});

test('CD6 X10: a case whose conference another books needs it no more; the other keeps it for whoever is left, and invites them anew', () => {
  const slot = {
    start: '2027-02-02T10:00:00Z',
    end: '2027-02-02T12:00:00Z',
    workingDay: 8,
    meetsTarget: true,
    free: [],
    tentative: [],
    busy: [],
    unknown: [],
  };
  const chosenBy = { person: 'administrator', role: 'administrator' };
  const followed = { slot, status: 'sent', reason: null, joinUrl: null, failure: null, heldOn: null, chosenBy } as const;
  const guest = added(
    given(aDissent(), asked),
    [
      { type: 'MeetingShared', with: 'DIS-27-002' },
      { type: 'MeetingFollowed', booking: followed },
    ],
    at,
    bot,
  );
  expect(events(when(guest, callsOff, 'administrator', at)).map(({ type }) => type)).toEqual(['MeetingCalledOff', 'StageEntered']);
  const joined = {
    reference: 'DIS-27-002',
    family: false,
    required: ['teacher'],
    optional: [],
    windows: [],
    differentChair: false,
    chair: null,
  };
  const host = added(given(aDissent(), [...asked, booked]), [{ type: 'MeetingJoined', guest: joined }], at, bot);
  const left = takeReport(host, { type: 'LeaveMeeting', guest: 'DIS-27-002' }, camden);
  expect(left).toEqual([{ type: 'MeetingLeft', reference: 'DIS-27-002' }]);
  const after = added(host, left, at, bot);
  expect([after.guests, after.bookings[0]?.status]).toEqual([[], 'wanted']);
  expect(takeReport(after, { type: 'LeaveMeeting', guest: 'DIS-27-002' }, camden)).toEqual([]);
});
