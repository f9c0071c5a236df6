import { type Roster, standingsOf } from '../../src/domain/authority.ts';
import { type Case, evolve, replay } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { type CommandResult, decide } from '../../src/domain/decide.ts';
import type { ConferenceRecord, Dissent } from '../../src/domain/events/dissentEvents.ts';
import type { CaseEvent, RecordedEvent } from '../../src/domain/events/events.ts';
import type { Actor } from '../../src/domain/events/trail.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { raise } from '../../src/domain/raise.ts';
import { isRefusal, type Refusal } from '../../src/domain/refusal.ts';
import type { CommandContext } from '../../src/domain/rule.ts';

/** The one builder of a dissent and of its case, by the domain's own rules; each folder of tests has its own words for what happens then. */

type Changes = Partial<Omit<Dissent, 'conference'>> & { conference?: Partial<Dissent['conference']> };

/** A dissent with every field in order; a test changes what it is about. */
export function aDissent({ conference, ...rest }: Changes = {}): Dissent {
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

/** What a chair of Camden's writes of the conference, in order. */
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

/** The cast: who holds each post, with an alternate and perhaps deputies, an administrator and two chairs; a test changes the rest. */
export function aRoster(
  holders: Record<string, string>,
  { deputies, ...changes }: Partial<Roster> & { deputies?: DeputiesOf } = {},
): Roster {
  const post = ([role, holder]: [string, string]) => [role, { holder, alternate: `${holder}-alternate`, deputies: deputies?.(role) ?? [] }];
  return {
    roles: Object.fromEntries(Object.entries(holders).map(post)),
    administrators: ['administrator'],
    chairs: ['chair', 'other-chair'],
    agencyLeads: {},
    lineManagers: {},
    representatives: {},
    ...changes,
  };
}
type DeputiesOf = (role: string) => Roster['roles'][string]['deputies'];

/** What a dissent's case begins with, where no flag is of interest. */
export function openedWith(dissent: Dissent, stage = 'record'): CaseEvent[] {
  return [
    { type: 'DissentRaised', dissent, flags: [] },
    { type: 'StageEntered', stage },
  ];
}

/** The bot, as the trail names it. */
export const bot: Actor = { person: 'bot', role: 'bot' };

/** Events as the trail holds them, done in one moment by one person; the first is revision `from`. */
export function recorded(events: CaseEvent[], at: string, actor: Actor, from = 1): RecordedEvent[] {
  return events.map((event, index) => ({ ...event, revision: from + index, at, actor }));
}

/** A case as its events make it. @throws where there are none */
export function caseOf(reference: string, { id, version }: Case['procedure'], events: RecordedEvent[]): Case {
  const current = replay(reference, { id, version }, events);
  if (!current) throw new Error('no events');
  return current;
}

/** The case after more has happened. */
export function added(before: Case, events: CaseEvent[], at: string, actor: Actor): Case {
  return recorded(events, at, actor, before.revision + 1).reduce(evolve, before);
}

/** Under which procedure, by which calendar and among whom. */
export type Setting = Pick<CommandContext, 'procedure' | 'calendar' | 'roster'>;

/** The events of a dissent that is raised, under its own rules. @throws where it is not */
export function raising(
  { procedure, roster, calendar }: Setting,
  dissent: Dissent,
  agencies: string[],
  at: string,
  role = 'dissenter',
): RecordedEvent[] {
  const raised = raise(dissent, procedure, roster, agencies, Temporal.Instant.from(at), calendar);
  if (!('events' in raised)) throw new Error(`the dissent was not raised: ${JSON.stringify(raised)}`);
  return recorded(raised.events, at, { person: dissent.dissenter, role });
}

/** What a person presses with at an instant. */
export function contextOf(setting: Setting, current: Case, person: string, now: Temporal.Instant): CommandContext {
  const standings = standingsOf(person, current, setting.procedure, setting.roster, dateOf(now));
  return { person, standings, now, ...setting };
}

/** What a command by a person at an instant comes to. */
export function tried(setting: Setting, current: Case, command: Command, by: string, at: string): CommandResult | Refusal {
  return decide(current, command, contextOf(setting, current, by, Temporal.Instant.from(at)));
}

/** The events of a command that has to be allowed. @throws where it is refused */
export function doing(setting: Setting, current: Case, command: Command, by: string, at: string): RecordedEvent[] {
  const result = tried(setting, current, command, by, at);
  if (isRefusal(result)) throw new Error(`${command.type} by ${by} was refused: ${result.sentence} ${JSON.stringify(result.fields ?? {})}`);
  return recorded(result.events, at, { person: by, role: result.role }, current.revision + 1);
}

/** The case after a command that has to be allowed. @throws where it is refused */
export const done = (setting: Setting, current: Case, command: Command, by: string, at: string): Case =>
  doing(setting, current, command, by, at).reduce(evolve, current);
