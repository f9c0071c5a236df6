import type { Case } from '../../src/domain/case.ts';
import type { Report } from '../../src/domain/commands.ts';
import type { Dissent } from '../../src/domain/events/dissentEvents.ts';
import type { CaseEvent } from '../../src/domain/events/events.ts';
import type { Guest } from '../../src/domain/events/meetingEvents.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { guestOf } from '../../src/domain/sharing.ts';
import { aDissent, added, aRecord } from '../support/dissents.ts';
import { camden, decides, events, given, when } from './given.ts';

/** Two dissents whose conference is to meet again, and what is reported to each of the other. */

/** A dissent from the conference of 11 October 2027 whose Head of Service has asked for another one. */
export function reconvening(dissent: Partial<Dissent>, required: string[], requestedAt: string): Case {
  return given(
    aDissent({ conference: { date: '2027-10-11' }, dissenter: 'gp', ...dissent }),
    [
      { at: '2027-10-11T16:00:00Z', by: 'chair', does: { type: 'Record', record: { ...aRecord, required }, agency: null } },
      decides('sm', '2027-10-20T10:00:00Z', 'decide', 'upheld'),
      decides('hos', requestedAt, 'review', 'reconvene'),
    ],
    '2027-10-11T15:00:00Z',
  );
}
export const first = () => reconvening({}, ['social-worker'], '2027-10-22T10:00:00Z');
export const second = () => ({ ...reconvening({ dissenter: 'teacher' }, ['police'], '2027-10-21T10:00:00Z'), reference: 'DIS-27-002' });
export const NOW = '2027-10-25T10:00:00Z';
export const joined = (guest: Partial<Guest> = {}): Report => ({
  type: 'JoinMeeting',
  guests: [{ ...guestOf(second(), camden), ...guest }],
});
export const after = (current: Case, all: CaseEvent[], person = 'bot', at = NOW) => added(current, all, at, { person, role: 'test' });
export const reported = (current: Case, ...reports: Report[]) =>
  reports.reduce((before, report) => after(before, takeReport(before, report, camden)), current);
export const booked = (current: Case, start = '2027-11-11T10:00:00Z') =>
  after(current, [
    ...events(when(current, { type: 'ChooseTime', start, reason: null }, 'administrator', NOW)),
    { type: 'InvitationSent', booking: 1, start, calendarEvent: 'event-1', joinUrl: 'https://join.example' },
  ]);
