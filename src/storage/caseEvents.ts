import type { Insertable, Selectable } from 'kysely';
import type { Commit } from '../app/ports.ts';
import { type CaseEvent, type RecordedEvent, readEvent } from '../domain/events/events.ts';
import { eventHash, type Head, instantText, storedInstant } from './chain.ts';
import { seal, unseal } from './seal.ts';
import type { Tables } from './tables.ts';

/** Everything of an event's row that a reader of the trail needs. */
export type EventRow = Pick<
  Selectable<Tables['case_event']>,
  'reference' | 'revision' | 'type' | 'sealed' | 'at' | 'actor_person' | 'actor_role'
>;

/**
 * A row of the trail as the domain knows it, opened with the case's key and read through the schema of its type.
 * @throws Error when the row was altered behind the program, or holds what no event of its type holds
 */
export function recordedEvent(row: EventRow, key: Buffer): RecordedEvent {
  const event = inShape(row, JSON.parse(unseal(key, row.sealed, placeOf(row))));
  return { ...event, revision: row.revision, at: instantText(row.at), actor: { person: row.actor_person, role: row.actor_role } };
}

/**
 * The content of an event as its schema has it. The fault says where the content differs, and nothing of what it says (X6).
 * @throws Error when it differs
 */
function inShape({ reference, revision, type }: Pick<EventRow, 'reference' | 'revision' | 'type'>, content: object): CaseEvent {
  const read = readEvent({ ...content, type });
  if ('event' in read) return read.event;
  throw new Error(
    `event ${revision} of ${reference} is no ${type} as this program knows it; it differs at: ${read.faults.join(', ')}. ` +
      'Check that no older program runs on a newer store, and run npm run verify-audit.',
  );
}

/**
 * The rows of a commit's events, each sealed and chained to the one before it, and the chain's new end.
 * @throws Error when an event has not the shape of its type
 */
export function eventRows(
  { trail, events, actor, at: instant }: Pick<Commit, 'trail' | 'events' | 'actor' | 'at'>,
  key: Buffer,
): { rows: Insertable<Tables['case_event']>[]; head: Head } {
  const { reference, procedure } = trail;
  const at = storedInstant(instant);
  let { hash } = trail.end;
  let { length } = trail.events;
  const rows = events.map((event) => {
    const place = { reference, revision: ++length, type: event.type };
    // What could not be read again must not be written: a trail that does not open is a case that nobody can act on.
    const { type: _, ...data } = inShape(place, event);
    const content = {
      ...place,
      sealed: seal(key, JSON.stringify(data), placeOf(place)),
      actor_person: actor.person,
      actor_role: actor.role,
      procedure_id: procedure.id,
      procedure_version: procedure.version,
    };
    const previous_hash = hash;
    hash = eventHash(previous_hash, { ...content, at });
    return { ...content, at: instantText(at), previous_hash, hash };
  });
  return { rows, head: { length, hash } };
}

/** What an event's content is bound to. */
function placeOf({ reference, revision, type }: Pick<EventRow, 'reference' | 'revision' | 'type'>): string {
  return `${reference} ${revision} ${type}`;
}
