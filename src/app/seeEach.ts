import type { PersonId } from '../domain/events/trail.ts';
import { type CaseDependencies, type CaseForViewer, seenBy } from './seeCase.ts';

/**
 * Some cases as one person sees them, each read apart from the others, for whatever goes through many. One that cannot be read, since a row
 * of its was altered, or its partnership or procedure is not here, is named in the log and left out: the other cases go on. The job that
 * tells people of it fails by the same fault, and so comes under what is stuck.
 */
export async function seeEach(deps: CaseDependencies, references: string[], person: PersonId): Promise<CaseForViewer[]> {
  const cases: CaseForViewer[] = [];
  for (const reference of references) {
    const seen = await seeOne(deps, reference, person);
    if (seen) cases.push(seen);
  }
  return cases;
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
