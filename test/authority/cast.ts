import type { Roster } from '../../src/domain/authority.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import type { Dissent } from '../../src/domain/events/dissentEvents.ts';
import type { CaseEvent } from '../../src/domain/events/events.ts';
import type { CommandContext } from '../../src/domain/rule.ts';
import { aDissent, added, aRoster, bot, caseOf, contextOf, done, raising, type Setting } from '../support/dissents.ts';

/** The people of the tables, each with one part and no more, and how a case comes to where somebody presses a button. */

const posts = aRoster(
  { 'service-manager': 'service-manager', 'head-of-service': 'head-of-service' },
  {
    chairs: ['chair', 'other-chair', 'third-chair'],
    agencyLeads: { health: 'agency-lead', school: 'other-agency-lead' },
    representatives: { health: 'representative' },
    lineManagers: { dissenter: 'line-manager' },
    deputies: (role) => [
      { person: `${role}-deputy`, from: '2027-02-01', to: '2027-02-28' },
      { person: `${role}-deputy-of-january`, from: '2027-01-01', to: '2027-01-31' },
    ],
  },
);
export const roster: Roster = {
  ...posts,
  roles: { ...posts.roles, 'register-keeper': { holder: 'register-keeper', alternate: null, deputies: [] } },
};

/** Everybody who has no column in a table: on no case may any of them do anything, the one chosen to chair it again (Q28) included. */
export const bystanders = [
  'other-chair',
  'representative',
  'other-agency-lead',
  'line-manager',
  'service-manager-alternate',
  'head-of-service-alternate',
  'somebody-else',
  // Somebody who was removed from the directory is known by an object id alone.
  '00000000-0000-4000-8000-000000000009',
];

/** In January everything happens; in February somebody presses a button, so that January's deputies are only those who decided. */
const THEN = Temporal.Instant.from('2027-01-13T10:00:00Z');
export const NOW = Temporal.Instant.from('2027-02-10T10:00:00Z');

/** What was done, and by whom; or what the bot reported. */
export type Step = [who: string, does: Command] | [happened: CaseEvent];

export const dissent = aDissent({ dissenter: 'dissenter', affirmed: true });

/** By which procedure and calendar; the people are always these. */
export type Place = Omit<Setting, 'roster'>;

/** What a person presses with, at an instant. */
export const contextIn = (place: Place, person: string, current: Case, now = NOW): CommandContext =>
  contextOf({ ...place, roster }, current, person, now);

/** A case to which this was done, each step allowed by the rules at its time. @throws Error for a step that they refuse */
export function caseAfter(place: Place, raised: Dissent, steps: Step[]): Case {
  const setting = { ...place, roster };
  const at = THEN.toString();
  return steps.reduce(
    (current, [who, does]) => {
      if (typeof who !== 'string') return added(current, [who], at, bot);
      if (!does) throw new Error(`${who} does nothing`);
      return done(setting, current, does, who, at);
    },
    caseOf('DIS-27-001', place.procedure, raising(setting, raised, ['health', 'school'], at)),
  );
}

const record = { documents: {}, agencies: ['health'], required: [], optional: [] };

/** What people do to bring a case where it is wanted. */
export const deeds = {
  records: (answers: Record<string, string>, who = 'chair'): Step => [
    who,
    { type: 'Record', record: { ...record, answers }, agency: null },
  ],
  decides: (who: string, stage: string, outcome: string, answers: Record<string, string> = {}): Step => [
    who,
    { type: 'Decide', stage, outcome, reasons: 'For what was read.', answers, delayReason: 'It took longer.' },
  ],
  asks: (who: string, of: 'dissenter' | 'chair'): Step => [who, { type: 'Ask', of, question: 'What was seen?' }],
  asksAdvice: (who: string): Step => [who, { type: 'AskAdvice', question: 'What would you do?' }],
  answers: (who: string, request: number): Step => [who, { type: 'Answer', request, answer: 'This.' }],
  namesTeller: (who: string, stage: string): Step => [who, { type: 'NameTeller', stage, person: 'teller' }],
  checksContact: (stage: string): Step => ['teller', { type: 'CheckContact', stage, safe: true, approach: null }],
  tells: (stage: string): Step => [
    'teller',
    { type: 'TellParents', stage, on: '2027-01-13', means: 'A visit.', everyone: true, note: null },
  ],
  approves: (who: string, stage: string): Step => [
    who,
    { type: 'ApproveLetter', stage, wording: 'For what was read.', recipients: ['agency:health', 'copy'], changes: null },
  ],
  ticks: (who: string, task: string): Step => [who, { type: 'TickTask', task, note: null }],
  books: (): Step[] => [[{ type: 'TimeChosen', booking: 1, slot, reason: null }], [sent]],
} as const;

const slot = {
  start: '2027-02-16T10:00:00Z',
  end: '2027-02-16T12:00:00Z',
  workingDay: 10,
  meetsTarget: true,
  free: [],
  tentative: [],
  busy: [],
  unknown: [],
};
const sent: CaseEvent = { type: 'InvitationSent', booking: 1, start: slot.start, calendarEvent: 'event-1', joinUrl: null };
