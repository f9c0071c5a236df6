import type { Case } from './case.ts';
import { commandFacts } from './commands/allCommands.ts';
import type { Standing } from './events/trail.ts';
import { dateOf } from './londonTime.ts';
import { notYours } from './notYours.ts';
import { partsEnded } from './partsEnded.ts';
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
  if (role === undefined || !chosen) {
    const { person, procedure, roster, now } = context;
    const ended = partsEnded(person, current, procedure, roster, dateOf(now)).find(({ standing }) => rule.by.includes(standing));
    return notYours(intention.type, procedure, ended?.sentence ?? rule.only);
  }
  return rule.bar ?? { role };
}
