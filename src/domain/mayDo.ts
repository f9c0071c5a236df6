import type { Case } from './case.ts';
import { commandFacts } from './commands/allCommands.ts';
import type { Standing } from './events/trail.ts';
import { notYours } from './notYours.ts';
import type { Refusal } from './refusal.ts';
import type { CommandContext, Intention } from './rule.ts';

/**
 * Whether a person may do this to the case now, whatever they would write: by standing first (X3), then by what has been
 * done already (X4) and by the stage the case is at (X5). Returns the standing that allows it, or a refusal.
 */
export function mayDo(current: Case, intention: Intention, context: CommandContext): { role: Standing } | Refusal {
  const rule = commandFacts(intention.type).rule(current, intention, context);
  const role =
    rule.by.find((standing) => context.standings.includes(standing)) ?? (rule.orDecider === context.person ? 'decided' : undefined);
  const chosen = rule.onlyPerson === undefined || rule.onlyPerson === context.person;
  if (role === undefined || !chosen) return notYours(intention.type, context.procedure, rule.only);
  return rule.bar ?? { role };
}
