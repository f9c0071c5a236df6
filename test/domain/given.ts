import type { Roster } from '../../src/domain/authority.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import type { CommandResult } from '../../src/domain/decide.ts';
import type { Dissent } from '../../src/domain/events/dissentEvents.ts';
import type { CaseEvent } from '../../src/domain/events/events.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { added, aRecord, aRoster, caseOf, done, openedWith, recorded, type Setting, tried } from '../support/dissents.ts';

export { aDissent, aRecord, type Setting } from '../support/dissents.ts';

/** Given events, when a command, then events: the words that the domain's tests are written in. */

const library = loadLibrary('procedures');
export const camden = library.procedure('camden-dissent', 1);
export const england = library.calendar('england-and-wales');
export const scottish = library.procedure('scottish-dissent', 1);
export const scotland = library.calendar('scotland');

export const roster = aRoster(
  { 'service-manager': 'sm', 'head-of-service': 'hos' },
  {
    chairs: ['chair', 'other-chair', 'sm', 'hos'],
    agencyLeads: { health: 'health-lead' },
    lineManagers: { 'managed-worker': 'sm' },
    representatives: { health: 'health-representative' },
    deputies: (role) => (role === 'service-manager' ? [{ person: 'sm-deputy', from: '2027-12-20', to: '2028-01-07' }] : []),
  },
);

export const inCamden: Setting = { procedure: camden, calendar: england, roster };

/** Something done by somebody at a moment, in the order it happened. */
export type Step = { at: string; by: string; event: CaseEvent } | { at: string; by: string; does: Command };

/** A case with a history: each step is an event taken as it is, or a command that must be allowed. */
export function given(dissent: Dissent, steps: Step[] = [], raisedAt = '2027-01-12T15:10:00Z', setting: Setting = inCamden): Case {
  const opened = recorded(openedWith(dissent), raisedAt, { person: dissent.dissenter, role: 'dissenter' });
  return steps.reduce(
    (current, step) =>
      'event' in step
        ? added(current, [step.event], step.at, { person: step.by, role: 'test' })
        : done(setting, current, step.does, step.by, step.at),
    caseOf('DIS-27-001', setting.procedure, opened),
  );
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
  return tried({ procedure, calendar, roster: people }, current, command, by, at);
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
