import { type Roster, standingsOf } from '../../src/domain/authority.ts';
import {
  type Actor,
  type Case,
  type CaseEvent,
  type ConferenceRecord,
  type Dissent,
  evolve,
  type RecordedEvent,
  replay,
} from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { type CommandResult, decide } from '../../src/domain/decide.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import type { Procedure } from '../../src/domain/procedure.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { Calendar } from '../../src/domain/workingDays.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';

/** Given events, when a command, then events: the words that the domain's tests are written in. */

const library = loadLibrary('procedures');
export const camden = library.procedure('camden-dissent', 1);
export const england = library.calendar('england-and-wales');
export const scottish = library.procedure('scottish-dissent', 1);
export const scotland = library.calendar('scotland');

export const roster: Roster = {
  roles: {
    'service-manager': {
      holder: 'sm',
      alternate: 'sm-alternate',
      deputies: [{ person: 'sm-deputy', from: '2027-12-20', to: '2028-01-07' }],
    },
    'head-of-service': { holder: 'hos', alternate: 'hos-alternate', deputies: [] },
  },
  administrators: ['administrator'],
  chairs: ['chair', 'other-chair', 'sm', 'hos'],
  agencyLeads: { health: 'health-lead' },
  lineManagers: { 'managed-worker': 'sm' },
  representatives: { health: 'health-representative' },
};

/** A dissent with every field in order; a test changes what it is about. */
export function aDissent(changes: Partial<Omit<Dissent, 'conference'>> & { conference?: Partial<Dissent['conference']> } = {}): Dissent {
  const { conference, ...rest } = changes;
  return {
    conference: { type: 'initial', date: '2027-01-12', chair: 'chair', ...conference },
    decision: 'not_make',
    children: ['CH-1041'],
    dissenter: 'health-visitor',
    agency: 'health',
    grounds: ['threshold'],
    reasons: 'Three injuries in six weeks.',
    newInformation: null,
    affirmed: false,
    ...rest,
  };
}

export const aRecord: ConferenceRecord = {
  answers: {
    consensus: 'yes',
    threshold: 'The threshold was read out and discussed.',
    decision: 'No plan.',
    basis: 'The information shared at the conference.',
  },
  documents: { notes: null },
  agencies: ['health'],
  required: [],
  optional: [],
};

/** Under which procedure, by which calendar and among whom. */
export type Setting = { procedure: Procedure; calendar: Calendar; roster: Roster };
export const inCamden: Setting = { procedure: camden, calendar: england, roster };

/** Something done by somebody at a moment, in the order it happened. */
export type Step = { at: string; by: string; event: CaseEvent } | { at: string; by: string; does: Command };

/** A case with a history: each step is an event taken as it is, or a command that must be allowed. */
export function given(dissent: Dissent, steps: Step[] = [], raisedAt = '2027-01-12T15:10:00Z', setting: Setting = inCamden): Case {
  const raised: CaseEvent[] = [
    { type: 'DissentRaised', dissent, flags: [] },
    { type: 'StageEntered', stage: 'record' },
  ];
  const actor: Actor = { person: dissent.dissenter, role: 'dissenter' };
  const recorded = raised.map((event, index): RecordedEvent => ({ ...event, revision: index + 1, at: raisedAt, actor }));
  const { id, version } = setting.procedure;
  const start = replay('DIS-27-001', { id, version }, recorded);
  if (!start) throw new Error('no events');
  return steps.reduce((current, step) => {
    if ('event' in step) return add(current, [step.event], step.at, { person: step.by, role: 'test' });
    const outcome = when(current, step.does, step.by, step.at, setting.roster, setting);
    if ('refused' in outcome) throw new Error(`a given step was refused: ${step.does.type}: ${outcome.sentence}`);
    return add(current, outcome.events, step.at, { person: step.by, role: outcome.role });
  }, start);
}

function add(current: Case, events: CaseEvent[], at: string, actor: Actor): Case {
  return events.reduce((before, event) => evolve(before, { ...event, revision: before.revision + 1, at, actor }), current);
}

/** What a command by a person at an instant comes to. */
export function when(
  current: Case,
  command: Command,
  by: string,
  at: string,
  people: Roster = roster,
  { procedure, calendar }: Setting = inCamden,
): CommandResult | Refusal {
  const now = Temporal.Instant.from(at);
  const standings = standingsOf(by, current, procedure, people, dateOf(now));
  return decide(current, command, { person: by, standings, procedure, calendar, roster: people, now });
}

/** The events of an allowed command. */
export function events(answer: CommandResult | Refusal): CaseEvent[] {
  if ('refused' in answer) throw new Error(`refused: ${answer.sentence}`);
  return answer.events;
}

export const referred: Step = { at: '2027-01-12T16:30:00Z', by: 'chair', does: { type: 'Record', record: aRecord, agency: null } };

export function decides(by: string, at: string, stage: string, outcome: string): Step {
  return { at, by, does: { type: 'Decide', stage, outcome, reasons: 'Because of what was read.', answers: {}, delayReason: null } };
}
