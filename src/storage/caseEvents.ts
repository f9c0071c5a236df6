import { createHash, createHmac } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Commit } from '../app/ports.ts';
import { canonicalJson } from '../domain/canonicalJson.ts';
import { type CaseEvent, type RecordedEvent, readEvent } from '../domain/events/events.ts';
import { type Head, headAfter, nextInstant } from './chain.ts';
import { linked } from './evidenceRows.ts';
import { instantText } from './instants.ts';
import { seal, unseal } from './seal.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

/** A row of the trail as it is read. */
export type EventRow = Selectable<Tables['case_event']>;

/** What an event's seal is bound to: in format 1 its place in its case, in format 2 all that a reader is told beside the words. */
const FORMAT = 2;

type Bound = Pick<
  EventRow,
  'reference' | 'revision' | 'type' | 'actor_person' | 'actor_role' | 'at' | 'procedure_id' | 'procedure_version' | 'previous_hash'
>;

/**
 * A row of the trail as the domain knows it, opened with the case's key and read through the schema of its type.
 * @throws Error when the row was altered behind the program, or holds what no event of its type holds
 */
export function recordedEvent(row: EventRow, key: Buffer): RecordedEvent {
  const event = inShape(row, JSON.parse(wordsOf(row, key)));
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
 * What is sealed in an event's row: JSON of all that was typed or chosen, in format 2 with sorted keys and no spaces.
 * @throws Error when the row was altered behind the program
 */
export function wordsOf(row: EventRow, key: Buffer): string {
  return unseal(key, row.sealed, row.format === 1 ? firstPlaceOf(row) : placeOf(row));
}

/**
 * The number that hides an event's words in its commitment: HMAC-SHA256, under the case's key, of "commitment v1", a line feed, and the
 * place that the seal is bound to. Destroying the key destroys it too.
 */
export function commitmentNonce(row: Bound, key: Buffer): Buffer {
  return createHmac('sha256', key).update('commitment v1\n').update(placeOf(row)).digest();
}

/** The SHA-256, in hexadecimal, of the 32 bytes of the nonce and the words in UTF-8: whoever is given both can check it. */
export function commitmentTo(words: string, nonce: Buffer): string {
  return createHash('sha256').update(nonce).update(words, 'utf8').digest('hex');
}

/**
 * The rows of a commit's events, each sealed and chained to the one before it, and the chain's new end.
 * @throws Error when an event has not the shape of its type
 */
export function eventRows(
  { trail, events, actor, at: clock }: Pick<Commit, 'trail' | 'events' | 'actor' | 'at'>,
  key: Buffer,
  keys: StoreKeys,
) {
  const { reference, procedure } = trail;
  let head = endOf(trail);
  const at = nextInstant(head, clock);
  const rows = events.map((event) => {
    const place = { reference, revision: head.length + 1, type: event.type };
    // What could not be read again must not be written: a trail that does not open is a case that nobody can act on.
    const { type: _, ...data } = inShape(place, event);
    const told = {
      format: FORMAT,
      ...place,
      actor_person: actor.person,
      actor_role: actor.role,
      at,
      procedure_id: procedure.id,
      procedure_version: procedure.version,
    };
    const bound = { ...told, previous_hash: head.hash };
    const words = canonicalJson(data);
    const sealed = seal(key, words, placeOf(bound));
    const commitment = commitmentTo(words, commitmentNonce(bound, key));
    const row = linked(keys.rows, 'case_event', head.hash, { ...told, sealed, commitment });
    head = headAfter(head, row, at);
    return { ...row, at: instantText(at) };
  });
  return { rows, head };
}

/** The end of a trail as it was read. */
export function endOf({ reference, events, end }: Commit['trail']): Head {
  const last = events.at(-1);
  return { chain: 'event', reference, length: events.length, hash: end.hash, at: last ? new Date(last.at) : null };
}

function firstPlaceOf({ reference, revision, type }: Bound): string {
  return `${reference} ${revision} ${type}`;
}

function placeOf(row: Bound): string {
  const { reference, revision, type, actor_person, actor_role, at, procedure_id, procedure_version, previous_hash } = row;
  const told = { reference, revision, type, actor_person, actor_role, at: instantText(at), procedure_id, procedure_version, previous_hash };
  return canonicalJson(told);
}
