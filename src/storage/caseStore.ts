import type { Kysely, Transaction } from 'kysely';
import type { Cases, Commit, Job, Trail } from '../app/ports.ts';
import { eventRows, recordedEvent } from './caseEvents.ts';
import { concerning, onConference, openBySoonest, openReferences } from './caseLists.ts';
import { closingIn, toView, viewWritten } from './caseView.ts';
import { type HeldCase, headerHash, headMoved, holdCase, instantText } from './chain.ts';
import { makeKey, type StoreKeys, unwrapped } from './storeKeys.ts';
import type { Tables } from './tables.ts';

/** Where a commit leaves its jobs: written in the commit's own transaction, and looked for as soon as it stands. */
export type Outbox = {
  enqueue(job: Job, transaction: Transaction<Tables>): Promise<void>;
  wake(names?: Job['name'][]): void;
};

type Store = { kysely: Kysely<Tables>; keys: StoreKeys; outbox: Outbox };

const UNIQUE_VIOLATION = '23505';

/**
 * The cases, in the database, their events sealed with a key each. Every write is one transaction: events, view and jobs, together
 * or not at all.
 */
export function caseStore(kysely: Kysely<Tables>, keys: StoreKeys, outbox: Outbox): Cases {
  const store = { kysely, keys, outbox };
  return {
    open: (opening) => openCase(store, opening),
    load: (reference) => loadTrail(store, reference),
    erasedAt: (reference) => erasedAt(kysely, reference),
    append: (commit) => appendTo(store, commit),
    concerning: (person, partnerships) => concerning(kysely, person, partnerships),
    openReferences: () => openReferences(kysely),
    openBySoonest: (partnerships, limit, offset) => openBySoonest(kysely, partnerships, limit, offset),
    onConference: (reference) => onConference(kysely, reference),
  };
}

async function openCase(store: Store, opening: Parameters<Cases['open']>[0]): ReturnType<Cases['open']> {
  const { kysely, keys, outbox } = store;
  const { draft, prefix, year, partnership, procedure } = opening;
  const opened = await kysely
    .transaction()
    .execute(async (transaction) => {
      const number = await nextNumber(transaction, prefix, year);
      const reference = referenceOf(prefix, year, number);
      const header = {
        reference,
        partnership,
        procedure_id: procedure.id,
        procedure_version: procedure.version,
        procedure_fingerprint: procedure.fingerprint,
        draft,
        prefix,
        year,
        number,
      };
      const head = { length: 0, hash: headerHash(header) };
      await transaction
        .insertInto('case_header')
        .values({ ...header, hash: head.hash })
        .execute();
      await transaction
        .insertInto('chain_head')
        .values({ chain: 'event', reference, ...head })
        .execute();
      const key = await makeKey(transaction, keys, reference);
      await write(transaction, store, { ...opening.build(reference), reference }, { ...header, ...head }, key);
      return reference;
    })
    .catch((fault: unknown) => {
      if (isUniqueViolation(fault)) return null;
      throw fault;
    });
  if (opened !== null) {
    outbox.wake();
    return { reference: opened, repeated: false };
  }
  // The draft has its case already: the number that was taken went back with the transaction.
  const { reference } = await kysely.selectFrom('case_header').select('reference').where('draft', '=', draft).executeTakeFirstOrThrow();
  return { reference, repeated: true };
}

/** The next number, held until the transaction ends: two at once wait for each other, and one that fails leaves no gap. */
async function nextNumber(transaction: Transaction<Tables>, prefix: string, year: string): Promise<number> {
  const { last } = await transaction
    .insertInto('case_number')
    .values({ prefix, year, last: 1 })
    .onConflict((conflict) => conflict.columns(['prefix', 'year']).doUpdateSet((row) => ({ last: row('case_number.last', '+', 1) })))
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
}

/** `DIS-27-001`: the prefix, the year's last two digits and the running number, of three digits or more. */
export function referenceOf(prefix: string, year: string, number: number): string {
  return `${prefix}-${year}-${String(number).padStart(3, '0')}`;
}

async function loadTrail({ kysely, keys }: Store, reference: string): Promise<Trail | null> {
  const rows = await kysely
    .selectFrom('case_header as header')
    .innerJoin('case_key as key', 'key.reference', 'header.reference')
    .innerJoin('case_event as event', 'event.reference', 'header.reference')
    .select(['header.partnership', 'header.procedure_id', 'header.procedure_version', 'key.wrapped', 'key.key_id'])
    .select(['event.reference', 'event.revision', 'event.type', 'event.sealed', 'event.at', 'event.actor_person', 'event.actor_role'])
    .where('header.reference', '=', reference)
    .orderBy('event.revision')
    .execute();
  const [first] = rows;
  const key = first && (await unwrapped(keys.vault, first));
  if (!key) return null;
  const procedure = { id: first.procedure_id, version: first.procedure_version };
  return { reference, partnership: first.partnership, procedure, events: rows.map((row) => recordedEvent(row, key)) };
}

async function erasedAt(kysely: Kysely<Tables>, reference: string): Promise<string | null> {
  const row = await kysely.selectFrom('case_key').select('erased_at').where('reference', '=', reference).executeTakeFirst();
  return row?.erased_at ? instantText(row.erased_at) : null;
}

async function appendTo(store: Store, commit: Commit): Promise<'committed' | 'conflict'> {
  const answer = await store.kysely.transaction().execute(async (transaction) => {
    const held = await holdCase(transaction, commit.reference);
    const key = held && (await unwrapped(store.keys.vault, held));
    if (!key || held.length !== commit.expectedRevision) return 'conflict';
    await write(transaction, store, commit, held, key);
    return 'committed';
  });
  if (answer === 'committed') store.outbox.wake(commit.jobs.map(({ name }) => name));
  return answer;
}

async function write(
  transaction: Transaction<Tables>,
  { keys, outbox }: Store,
  commit: Omit<Commit, 'expectedRevision'>,
  held: Omit<HeldCase, 'wrapped' | 'key_id'>,
  key: Buffer,
): Promise<void> {
  const { rows, head } = eventRows(commit, held, key);
  if (rows.length > 0) {
    const view = toView({ ...commit, partnership: held.partnership, closedAt: closingIn(commit) }, keys);
    // One statement, since each takes a way to the database and back while others wait for the connection.
    await viewWritten(
      transaction
        .with('events', (on) => on.insertInto('case_event').values(rows))
        .with('head', (on) => headMoved(on, 'event', commit.reference, head)),
      view,
    ).execute();
  }
  for (const job of commit.jobs) await outbox.enqueue(job, transaction);
}

function isUniqueViolation(fault: unknown): boolean {
  return fault instanceof Error && (fault as Error & { code?: string }).code === UNIQUE_VIOLATION;
}
