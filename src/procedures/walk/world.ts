import { standingsOf } from '../../domain/authority.ts';
import { type Case, evolve, replay } from '../../domain/case.ts';
import type { Command, Report } from '../../domain/commands.ts';
import { closing, decide } from '../../domain/decide.ts';
import type { Dissent } from '../../domain/events/dissentEvents.ts';
import type { CaseEvent } from '../../domain/events/events.ts';
import type { Actor, PersonId } from '../../domain/events/trail.ts';
import { dateOf } from '../../domain/londonTime.ts';
import type { Procedure } from '../../domain/procedureShape.ts';
import { raise } from '../../domain/raise.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { takeReport } from '../../domain/reports.ts';
import type { Calendar } from '../../domain/workingDays.ts';
import type { Cast } from './cast.ts';

/** Where a walk takes place: under which procedure and calendar, and among whom. */
export type World = { procedure: Procedure; calendar: Calendar; cast: Cast };

/** A case at a moment of a walk. */
export type Scene = { current: Case; now: Temporal.Instant };

const BOT: Actor = { person: 'bot', role: 'bot' };

/** A case that has just been raised, or why it cannot be: the real rules' own answer. A diverted one is refused. */
export function raisedAt({ procedure, cast, calendar }: World, dissent: Dissent, now: Temporal.Instant): Scene | Refusal {
  const raised = raise(dissent, procedure, cast.roster, cast.agencies, now, calendar);
  if ('refused' in raised) return raised;
  if ('divert' in raised) return { refused: 'not-now', rule: 'C4', sentence: `it is sent to "${raised.divert}", and no case is opened` };
  const actor = { person: dissent.dissenter, role: procedure.raisedBy === 'staff' ? 'logger' : 'dissenter' };
  const recorded = raised.events.map((event, index) => ({ ...event, revision: index + 1, at: now.toString(), actor }));
  const current = replay('WALK-27-001', { id: procedure.id, version: procedure.version }, recorded);
  if (!current) throw new Error('a case was raised without events');
  return { current, now };
}

/** The scene after a command by whoever may give it, or the refusal of the person who came nearest to it. */
export function does(world: World, scene: Scene, command: Command): Scene | Refusal {
  let nearest: Refusal | null = null;
  for (const person of world.cast.people) {
    const came = pressed(world, scene, command, person);
    if (!('refused' in came)) return came;
    if (nearest === null || nearest.refused === 'not-allowed') nearest = came;
  }
  return nearest ?? { refused: 'not-allowed', rule: 'X3', sentence: 'there is nobody who could' };
}

/** The scene after a command by one person, or why it is refused. */
export function pressed(
  { procedure, calendar, cast }: World,
  { current, now }: Scene,
  command: Command,
  person: PersonId,
): Scene | Refusal {
  const standings = standingsOf(person, current, procedure, cast.roster, dateOf(now));
  const answer = decide(current, command, { person, standings, procedure, calendar, roster: cast.roster, now });
  return 'refused' in answer ? answer : { current: after(current, answer.events, now, { person, role: answer.role }), now };
}

/** The scene after several commands, or the first refusal. */
export function doesEach(world: World, scene: Scene, commands: Command[]): Scene | Refusal {
  let at: Scene | Refusal = scene;
  for (const command of commands) {
    if ('refused' in at) return at;
    at = does(world, at, command);
  }
  return at;
}

/** The scene after the bot has reported its work. */
export function reports({ procedure }: World, { current, now }: Scene, report: Report): Scene {
  return { current: after(current, closing(current, takeReport(current, report, procedure), procedure, now, BOT), now, BOT), now };
}

/** The scene later on. */
export function later({ current, now }: Scene, at: Temporal.Instant): Scene {
  return { current, now: Temporal.Instant.compare(at, now) > 0 ? at : now };
}

function after(current: Case, events: CaseEvent[], now: Temporal.Instant, actor: Actor): Case {
  return events.reduce((before, event) => evolve(before, { ...event, revision: before.revision + 1, at: now.toString(), actor }), current);
}
