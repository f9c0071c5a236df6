import { createHash } from 'node:crypto';
import type { QueryCreator, Transaction } from 'kysely';
import { canonicalJson } from '../domain/canonicalJson.ts';
import type { Tables } from './tables.ts';

/** What stands before the first row of a chain. */
export const BEGINNING = '0'.repeat(64);

/** A chain's end: how many rows it has and the hash of the last. */
export type Head = { length: number; hash: string };

/** The SHA-256, in hexadecimal, of a row's content and of the row before it (X1). */
export function chainHash(previous: string, content: object): string {
  return createHash('sha256').update(previous).update('\n').update(canonicalJson(content)).digest('hex');
}

/** What a case's header is hashed by: the chain of its events begins there. */
export function headerHash(header: Omit<Tables['case_header'], 'hash'>): string {
  const { reference, partnership, procedure_id, procedure_version, procedure_fingerprint, draft, prefix, year, number } = header;
  return chainHash(BEGINNING, {
    reference,
    partnership,
    procedure_id,
    procedure_version,
    procedure_fingerprint,
    draft,
    prefix,
    year,
    number,
  });
}

type EventContent = Omit<Tables['case_event'], 'at' | 'previous_hash' | 'hash'> & { at: Date };

/** What an event is hashed by: its content as it is sealed, so that the chain can be followed without a key, and once the key is gone. */
export function eventHash(previous: string, row: EventContent): string {
  const { reference, revision, type, sealed, actor_person, actor_role, at, procedure_id, procedure_version } = row;
  return chainHash(previous, {
    reference,
    revision,
    type,
    sealed,
    actor_person,
    actor_role,
    at: instantText(at),
    procedure_id,
    procedure_version,
  });
}

type AccessContent = Omit<Tables['case_access'], 'at' | 'previous_hash' | 'hash'> & { at: Date };

/** What a look at a case is hashed by. */
export function accessHash(previous: string, row: AccessContent): string {
  const { reference, sequence, person, role, action, card_revision, result, code, rule, at } = row;
  return chainHash(previous, { reference, sequence, person, role, action, card_revision, result, code, rule, at: instantText(at) });
}

type RetentionContent = Omit<Tables['retention_log'], 'at' | 'previous_hash' | 'hash'> & { at: Date };

/** What an entry about keeping and erasing is hashed by. */
export function retentionHash(previous: string, row: RetentionContent): string {
  const { sequence, reference, action, operator, sealed, early, at } = row;
  return chainHash(previous, { sequence, reference, action, operator, sealed, early, at: instantText(at) });
}

/** An instant as the database keeps it: to the millisecond. */
export function storedInstant(at: Temporal.Instant): Date {
  return new Date(at.epochMilliseconds);
}

/** A stored instant as the domain writes it: ISO, UTC, `2027-01-12T15:10:00Z`. */
export function instantText(at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toString();
}

/** A case that nobody else can add to until the transaction ends: the end of its events, and what each of them repeats. */
export type HeldCase = Head &
  Pick<Tables['case_header'], 'partnership' | 'procedure_id' | 'procedure_version'> &
  Pick<Tables['case_key'], 'wrapped' | 'key_id'>;

/** Holds a case until the transaction ends; null if there is no such case. */
export async function holdCase(transaction: Transaction<Tables>, reference: string): Promise<HeldCase | null> {
  const held = await transaction
    .selectFrom('chain_head as head')
    .innerJoin('case_header as header', 'header.reference', 'head.reference')
    .innerJoin('case_key as key', 'key.reference', 'head.reference')
    .select(['head.length', 'head.hash', 'header.partnership', 'header.procedure_id', 'header.procedure_version'])
    .select(['key.wrapped', 'key.key_id'])
    .where('head.chain', '=', 'event')
    .where('head.reference', '=', reference)
    .forUpdate('head')
    .executeTakeFirst();
  return held ?? null;
}

/** The end of a chain, held until the transaction ends; made if there is none. */
export function holdChain(transaction: Transaction<Tables>, chain: Tables['chain_head']['chain'], reference: string): Promise<Head> {
  return transaction
    .insertInto('chain_head')
    .values({ chain, reference, length: 0, hash: BEGINNING })
    .onConflict((conflict) => conflict.columns(['chain', 'reference']).doUpdateSet((row) => ({ length: row.ref('chain_head.length') })))
    .returning(['length', 'hash'])
    .executeTakeFirstOrThrow();
}

/** The statement that writes down a chain's new end. */
export function headMoved(on: QueryCreator<Tables>, chain: Tables['chain_head']['chain'], reference: string, head: Head) {
  return on.updateTable('chain_head').set(head).where('chain', '=', chain).where('reference', '=', reference);
}
