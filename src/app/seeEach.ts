import type { PersonId } from '../domain/events/trail.ts';
import { type CaseDependencies, type CaseForViewer, seenBy } from './seeCase.ts';

/** Those are read from the store together. */
const AT_ONCE = 10;

/**
 * Some cases as one person sees them, each read apart from the others, for whatever goes through many. One that cannot be read, since a row
 * of its was altered, or its partnership or procedure is not here, is named in the log and left out: the other cases go on. The job that
 * tells people of it fails by the same fault, and so comes under what is stuck.
 */
export async function seeEach(deps: CaseDependencies, references: string[], person: PersonId): Promise<CaseForViewer[]> {
  const cases: CaseForViewer[] = [];
  for await (const page of pagesSeen(deps, references, person)) cases.push(...page);
  return cases;
}

/** The same some at a time, so that however many there are, few are held at once, and whoever else waits for the program has a turn between. */
export async function* pagesSeen(deps: CaseDependencies, references: string[], person: PersonId): AsyncGenerator<CaseForViewer[]> {
  for (let next = 0; next < references.length; next += AT_ONCE) {
    const page = await Promise.all(references.slice(next, next + AT_ONCE).map((reference) => seeOne(deps, reference, person)));
    yield page.filter((seen) => seen !== null);
  }
}

async function seeOne(deps: CaseDependencies, reference: string, person: PersonId): Promise<CaseForViewer | null> {
  try {
    const trail = await deps.cases.load(reference);
    return trail && seenBy(deps, trail, person);
  } catch (fault) {
    deps.log.error('a case cannot be read; it is passed over, and the others go on', fault, { reference });
    return null;
  }
}
