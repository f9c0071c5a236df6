import type { UnreachedPeople, UnreachedPerson } from '../../src/app/unreached.ts';

/** Who could not be told in Teams, in memory, by the same rules as the store. */
export function unreachedInMemory(): UnreachedPeople {
  const people = new Map<string, UnreachedPerson>();
  return {
    all: async () => [...people.values()],
    async note(person, cause, at) {
      if (people.has(person)) return false;
      people.set(person, { person, since: at.toString(), cause, mailedOn: null });
      return true;
    },
    async forget(person) {
      const { since = null } = people.get(person) ?? {};
      people.delete(person);
      return since;
    },
    async claimMail(person, day) {
      const noted = people.get(person);
      if (!noted || (noted.mailedOn !== null && noted.mailedOn >= day)) return false;
      people.set(person, { ...noted, mailedOn: day });
      return true;
    },
    async releaseMail(person) {
      const noted = people.get(person);
      if (noted) people.set(person, { ...noted, mailedOn: null });
    },
  };
}
