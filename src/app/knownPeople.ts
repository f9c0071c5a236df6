import { type Directory, personIdOf } from '../directory/directory.ts';
import type { PersonId } from '../domain/events/trail.ts';
import { isObjectId } from '../domain/events/trail.ts';
import type { Trail } from './ports.ts';

/**
 * A trail as it is read today: somebody who raised it before they were in the directory goes by the id that they have there now, since the
 * object id and the new id are one person (C2). What is stored keeps what was written.
 */
export function asKnown(trail: Trail, directory: Directory): Trail {
  const [first] = trail.events;
  if (first?.type !== 'DissentRaised' || !isObjectId(first.dissent.dissenter)) return trail;
  const { dissenter } = first.dissent;
  const known = personIdOf(directory, dissenter);
  return known === dissenter ? trail : { ...trail, events: renamed(trail.events, dissenter, known) };
}

/** Everything that names one person, alone or as the recipient of a message, naming them by another id. */
function renamed<T>(value: T, from: PersonId, to: PersonId): T {
  const name = (each: unknown): unknown => {
    if (each === from) return to;
    if (each === `person:${from}`) return `person:${to}`;
    if (Array.isArray(each)) return each.map(name);
    return typeof each === 'object' && each !== null ? Object.fromEntries(Object.entries(each).map(([key, of]) => [key, name(of)])) : each;
  };
  return name(value) as T;
}
