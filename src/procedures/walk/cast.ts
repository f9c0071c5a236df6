import type { Roster } from '../../domain/authority.ts';
import type { PersonId } from '../../domain/events/trail.ts';
import type { Procedure } from '../../domain/procedureShape.ts';

/** The people of a walk: an invented partnership that has everybody whom the procedure names, each post with an alternate. */
export type Cast = { roster: Roster; people: PersonId[]; agencies: string[]; professional: PersonId; chair: PersonId; logger: PersonId };

const OWN = 'own-agency';
const OTHER = 'other-agency';

/** The people for a procedure. `chair` and `professional` may be somebody who holds a post, who then stands aside (C26). */
export function castOf({ roles }: Procedure, { chair = 'chair', professional = 'professional' } = {}): Cast {
  const posts = Object.keys(roles).map(
    (role) =>
      [role, { holder: role, alternate: `${role}-alternate`, deputies: [] }] as [string, Roster['roles'][string] & { alternate: string }],
  );
  const held = posts.flatMap(([, { holder, alternate }]) => [holder, alternate]);
  const agencyPeople = ['own-lead', 'other-lead', 'own-representative', 'other-representative', 'their-manager'];
  const people = [...new Set([...held, ...agencyPeople, 'administrator', 'chair', 'other-chair', 'colleague', chair, professional])];
  return {
    roster: {
      roles: Object.fromEntries(posts),
      people,
      administrators: ['administrator'],
      chairs: [...new Set(['chair', 'other-chair', chair])],
      agencyLeads: { [OWN]: 'own-lead', [OTHER]: 'other-lead' },
      lineManagers: { [professional]: 'their-manager' },
      representatives: { [OWN]: 'own-representative', [OTHER]: 'other-representative' },
    },
    people,
    agencies: [OWN, OTHER],
    professional,
    chair,
    logger: 'administrator',
  };
}
