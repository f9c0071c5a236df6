import { nameOf } from '../../directory/names.ts';
import { holdersOf } from '../../domain/authority.ts';
import type { Decision } from '../../domain/case.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { titleOf } from '../../domain/procedure.ts';
import type { DecideStage } from '../../domain/procedureParts.ts';
import { signatoryOf } from '../keepWith.ts';
import type { CaseForViewer } from '../seeCase.ts';

/**
 * Who decided, as the letter is signed, a line each: name, full title, and for whom where a deputy or an alternate decided for the one
 * who holds the post (LE1, Q27, C26): "Piotr Linnetwood", "Deputy Service Manager for Child Protection", "for Farida Oakenshaw, Service
 * Manager for Child Protection". As it was signed on the day (CD11), or where that was not kept, by who holds the post now.
 */
export function signature(seen: CaseForViewer, { by: role }: DecideStage, decision: Decision): string[] {
  const { current, procedure, roster, directory } = seen;
  const title = titleOf(procedure.roles, role);
  const { by, at, kept } = decision;
  const now = Temporal.Instant.from(at);
  const signed = kept.by ?? signatoryOf({ person: by, role }, current, { ...seen, now }) ?? { name: nameOf(directory, by) };
  const { name, job, post, standsIn } = signed;
  const own = job === undefined ? [] : [job];
  if (standsIn) return [name, ...own, `for ${standsIn.for}, ${post ?? title}`];
  const inRole = kept.by ? decision.role === role : holdersOf(role, current, roster, dateOf(at)).principal === by;
  return inRole ? [name, post ?? job ?? title] : [name, ...own, `who then acted as ${title}`];
}
