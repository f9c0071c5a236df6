import type { PersonId } from '../domain/events/trail.ts';
import type { CaseSummary } from './ports.ts';
import type { CaseDependencies, CaseForViewer } from './seeCase.ts';
import { seeEach } from './seeEach.ts';

/** As many as a list shows, and a few more, for those on which the person has no standing any more. */
const PAGE = 30;

/**
 * The open and closed cases on which a person has a standing today, newest first, at most `limit` of them.
 * The list is a look at each, so it shows references and stages only and puts nothing of theirs in the trail.
 */
export async function myCases(deps: CaseDependencies, person: PersonId, limit = 20): Promise<CaseForViewer[]> {
  const directory = deps.directory();
  const posts = Object.entries(directory.partnerships).filter(
    ([id, { roles, agencies }]) =>
      directory.people.some((each) => each.id === person && each.partnership === id && each.administrates) ||
      Object.values(roles).some(({ holder, alternate, deputies }) =>
        [holder, alternate, ...deputies.map((deputy) => deputy.person)].includes(person),
      ) ||
      Object.values(agencies).some(({ lead }) => lead === person),
  );
  const partnerships = posts.map(([id]) => id);
  const mine: CaseForViewer[] = [];
  for (let after: CaseSummary | undefined; ; ) {
    const page = await deps.cases.concerning(person, partnerships, { limit: PAGE, after });
    const references = page.map(({ reference }) => reference);
    mine.push(...(await seeEach(deps, references, person)).filter(({ standings }) => standings.length > 0));
    after = page.at(-1);
    if (mine.length >= limit || page.length < PAGE) return mine.slice(0, limit);
  }
}
