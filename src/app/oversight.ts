import { type Directory, type Partnership, personOf, rosterOf } from '../directory/directory.ts';
import type { PersonId } from '../domain/events/trail.ts';
import { dateOf } from '../domain/londonTime.ts';
import { deciders, mayRaise, titleOf } from '../domain/procedure.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import type { Clock, Library, ReadDirectory } from './ports.ts';

/** What saying whose business a whole partnership is depends on. */
export type OversightDependencies = { directory: ReadDirectory; library: Library; clock: Clock };

/** A deciding role of a partnership, as somebody holds it. */
export type Post = { partnershipId: string; partnership: Partnership; role: string; title: string };

/** What a person may ask for beyond their own cases. */
export type Oversight = {
  /** The deciding roles that they hold and may name a deputy for (Q27). */
  posts: Post[];
  /** Partnerships whose open cases they may list: they hold a deciding role there, cover for one today, or administrate. */
  register: string[];
  /** Partnerships whose figures they may see: those, and where they read the statistics. */
  figures: string[];
  /** Partnerships that they administrate. */
  stuck: string[];
  /** Partnerships where they may log what families say (P1). */
  complaints: string[];
};

/** What a person may ask for today beyond their own cases: nothing, for most. Their own partnership comes first in each list. */
export function oversightOf(deps: OversightDependencies, person: PersonId): Oversight {
  const directory = deps.directory();
  const today = dateOf(deps.clock.now()).toString();
  const own = personOf(directory, person);
  const all = Object.entries(directory.partnerships).toSorted(([one], [other]) => rank(one, own) - rank(other, own));
  const deciding = all.flatMap(([partnershipId, partnership]) =>
    decidingRoles(deps.library, partnership, today).map((role) => ({ partnershipId, partnership, ...role })),
  );
  const posts = deciding.filter(({ partnership, role }) => partnership.roles[role]?.holder === person);
  const covered = deciding.filter(({ partnership, role }) =>
    partnership.roles[role]?.deputies.some((deputy) => deputy.person === person && deputy.from <= today && today <= deputy.to),
  );
  const stuck = all.map(([id]) => id).filter((id) => own?.administrates && own.partnership === id);
  const acts = new Set([...[...posts, ...covered].map(({ partnershipId }) => partnershipId), ...stuck]);
  const register = all.map(([id]) => id).filter((id) => acts.has(id));
  const figures = all.flatMap(([id, { statisticsReaders }]) => (acts.has(id) || statisticsReaders?.includes(person) ? [id] : []));
  const complaints = all.flatMap(([id, { procedures }]) => {
    const logged = inForce(deps.library, procedures, today).some(
      (each) => each.raisedBy === 'staff' && mayRaise(each, person, rosterOf(directory, id)),
    );
    return logged ? [id] : [];
  });
  return { posts, register, figures, stuck, complaints };
}

const rank = (partnershipId: string, own: ReturnType<typeof personOf>) => (own?.partnership === partnershipId ? 0 : 1);

/** The roles of a partnership that decide in a procedure that is in force. */
function decidingRoles(library: Library, { procedures, roles }: Partnership, today: string): { role: string; title: string }[] {
  const titles = new Map<string, string>();
  for (const procedure of inForce(library, procedures, today))
    for (const role of deciders(procedure)) titles.set(role, titleOf(procedure.roles, role));
  return Object.keys(roles).flatMap((role) => (titles.has(role) ? [{ role, title: titles.get(role) ?? role }] : []));
}

function inForce(library: Library, procedures: string[], today: string): Procedure[] {
  return procedures.flatMap((id) => library.inForce(id, Temporal.PlainDate.from(today)) ?? []);
}

/** Everybody of a partnership who administrates. */
export function administratorsOf(directory: Directory, partnershipId: string): PersonId[] {
  return directory.people.filter((person) => person.administrates && person.partnership === partnershipId).map(({ id }) => id);
}
