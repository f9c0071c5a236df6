import { haveChildInCommon } from '../domain/children.ts';
import type { PersonId } from '../domain/events/trail.ts';
import { oversightOf } from './oversight.ts';
import type { CaseDependencies } from './seeCase.ts';
import { seeEach } from './seeEach.ts';

/** References of the cases of some partnerships about a child, open and closed; a few more may be among them. */
export type CasesAboutChild = (partnerships: string[], child: string) => Promise<string[]>;

/** A case about a child: that it is there and where it is, and nothing else of it. */
export type AboutChild = { reference: string; closed: boolean };

/**
 * Whether there are cases about a child, for somebody who decides or administrates in a partnership (OP8): their references, open or closed.
 * The question is a look at each case found and, where none is, a look at no case; the child's reference is kept nowhere. Null for
 * somebody who oversees nothing.
 */
export async function childSearch(
  deps: CaseDependencies & { casesAboutChild: CasesAboutChild },
  person: PersonId,
  child: string,
): Promise<AboutChild[] | null> {
  const partnerships = oversightOf(deps, person).register;
  if (partnerships.length === 0) return null;
  const candidates = await seeEach(deps, await deps.casesAboutChild(partnerships, child), person);
  const found = candidates.filter(({ current }) => haveChildInCommon(current.dissent.children, [child]));
  const look = { person, role: 'oversight', action: 'child', cardRevision: null, result: 'viewed', code: null, rule: 'OP8' } as const;
  const references = found.length > 0 ? found.map(({ current }) => current.reference) : [null];
  for (const reference of references) await deps.access.record({ ...look, reference, at: deps.clock.now() });
  return found.map(({ current: { reference, status } }) => ({ reference, closed: status === 'closed' }));
}
