import { type Roster, standingsOf } from '../../src/domain/authority.ts';
import { type Case, type CaseEvent, type Dissent, evolve, type RecordedEvent, replay } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { decide } from '../../src/domain/decide.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import type { CommandContext } from '../../src/domain/mayDo.ts';
import type { Procedure } from '../../src/domain/procedure.ts';
import { raise } from '../../src/domain/raise.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import type { Calendar } from '../../src/domain/workingDays.ts';

/** The people of the tables, each with one part and no more, and how a case comes to where somebody presses a button. */

const post = (role: string) => ({
  holder: role,
  alternate: `${role}-alternate`,
  deputies: [
    { person: `${role}-deputy`, from: '2027-02-01', to: '2027-02-28' },
    { person: `${role}-deputy-of-january`, from: '2027-01-01', to: '2027-01-31' },
  ],
});

export const roster: Roster = {
  roles: {
    'service-manager': post('service-manager'),
    'head-of-service': post('head-of-service'),
    'register-keeper': { holder: 'register-keeper', alternate: null, deputies: [] },
  },
  administrators: ['administrator'],
  chairs: ['chair', 'other-chair', 'third-chair'],
  agencyLeads: { health: 'agency-lead', school: 'other-agency-lead' },
  representatives: { health: 'representative' },
  lineManagers: { dissenter: 'line-manager' },
};

/** Everybody who has no column in a table: on no case may any of them do anything. */
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

export type Setting = { procedure: Procedure; calendar: Calendar };

/** What was done, and by whom; or what the bot reported. */
export type Step = [who: string, does: Command] | [happened: CaseEvent];

export const dissent: Dissent = {
  conference: { type: 'initial', date: '2027-01-12', chair: 'chair' },
  decision: 'not_make',
  children: ['CH-1041'],
  dissenter: 'dissenter',
  agency: 'health',
  grounds: ['threshold'],
  reasons: 'Three injuries in six weeks.',
  newInformation: null,
  affirmed: true,
};

/** What a person presses with, at an instant. */
export function contextOf(person: string, current: Case, { procedure, calendar }: Setting, now = NOW): CommandContext {
  const standings = standingsOf(person, current, procedure, roster, dateOf(now));
  return { person, standings, procedure, calendar, roster, now };
}

/** A case to which this was done, each step allowed by the rules at its time. @throws Error for a step that they refuse */
export function caseAfter(setting: Setting, raised: Dissent, steps: Step[]): Case {
  const { procedure } = setting;
  const opened = raise(raised, procedure, roster, ['health', 'school'], THEN);
  if (isRefusal(opened) || 'divert' in opened) throw new Error(`nothing was raised: ${JSON.stringify(opened)}`);
  const recorded = (event: CaseEvent, revision: number, person: string, role: string): RecordedEvent => ({
    ...event,
    revision,
    at: THEN.toString(),
    actor: { person, role },
  });
  const first = replay(
    'DIS-27-001',
    { id: procedure.id, version: procedure.version },
    opened.events.map((event, index) => recorded(event, index + 1, raised.dissenter, 'dissenter')),
  );
  if (!first) throw new Error('nothing was raised');
  return steps.reduce((current, [who, does]) => {
    if (typeof who !== 'string') return evolve(current, recorded(who, current.revision + 1, 'bot', 'bot'));
    if (!does) throw new Error(`${who} does nothing`);
    const answer = decide(current, does, contextOf(who, current, setting, THEN));
    if (isRefusal(answer)) throw new Error(`${who} may not ${does.type}: ${answer.sentence} ${JSON.stringify(answer.fields ?? {})}`);
    return answer.events.reduce((before, event) => evolve(before, recorded(event, before.revision + 1, who, answer.role)), current);
  }, first);
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
