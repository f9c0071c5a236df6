import { type Case, evolve } from './case.ts';
import { commandFacts } from './commands/allCommands.ts';
import type { Command } from './commands.ts';
import type { CaseEvent } from './events/events.ts';
import type { Actor, Standing } from './events/trail.ts';
import { mayDo } from './mayDo.ts';
import type { Procedure } from './procedureShape.ts';
import type { Refusal } from './refusal.ts';
import type { CommandContext } from './rule.ts';
import { nothingLeft } from './tasks.ts';

/** What a command comes to: the facts, and the standing that allowed it (X1). */
export type CommandResult = { events: CaseEvent[]; role: Standing };

/**
 * The domain's one gate: events, or a refusal that changes nothing. Pure: `now` is passed in, and the same question
 * always has the same answer. Lateness never refuses (C16); it asks for a reason.
 */
export function decide(current: Case, command: Command, context: CommandContext): CommandResult | Refusal {
  const allowed = mayDo(current, command, context);
  if ('refused' in allowed) return allowed;
  const { role } = allowed;
  const came = commandFacts(command.type).consequences(current, command, context);
  if ('refused' in came) return came;
  return { events: closing(current, came.events, context.procedure, context.now, { person: context.person, role }), role };
}

/** The events, and that the case is closed where they leave nothing to do (Q29). */
export function closing(current: Case, events: CaseEvent[], procedure: Procedure, now: Temporal.Instant, actor: Actor): CaseEvent[] {
  const after = events.reduce(
    (before, event) => evolve(before, { ...event, revision: before.revision + 1, at: now.toString(), actor }),
    current,
  );
  return events.length > 0 && nothingLeft(after, procedure) ? [...events, { type: 'CaseClosed' }] : events;
}
