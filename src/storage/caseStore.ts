import type { Kysely, Transaction } from 'kysely';
import { TrailFault } from '../app/faults.ts';
import type { Job } from '../app/job.ts';
import type { Cases, Commit, Trail } from '../app/ports.ts';
import { endOf, eventRows, recordedEvent } from './caseEvents.ts';
import { concerning, onConference, openBySoonest, openReferences, partnershipOf, raisedOn, unfinished } from './caseLists.ts';
import { closingIn, conferenceHash, toView, viewWritten } from './caseView.ts';
import { BEGINNING, headRow, NO_CASE, newHead, nextInstant } from './chain.ts';
import { isGenuine, rowHash, signed } from './evidenceRows.ts';
import { instantText } from './instants.ts';
import { composed, insertion, run, type Statement } from './statement.ts';
import { makeKey, type StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';
import { keyRow, trailRows } from './trailRows.ts';

/** Where a commit leaves its jobs: written in the commit's own transaction, where there is one, and looked for as soon as it stands. */
export type Outbox = {
  enqueue(job: Job, transaction?: Transaction<Tables>): Promise<void>;
  /** The statement that leaves a job, to be a part of the commit's own. */
  leaving(job: Job): Promise<Statement>;
  wake(names?: Job['name'][]): void;
};

/** What is asked for once a commit stands, and not as a part of it. */
const isForLater = ({ name }: Job) => name === 'checkpoint';

/** Leaves nothing: for what looks at cases beside the program and finishes nothing of theirs. */
export const noOutbox: Outbox = { enqueue: async () => {}, leaving: async () => ({ text: 'SELECT 1', values: [] }), wake: () => {} };

type Store = { kysely: Kysely<Tables>; keys: StoreKeys; outbox: Outbox; later(job: Job): void };

const UNIQUE_VIOLATION = '23505';
const DIVISION_BY_ZERO = '22012';

/**
 * The cases, in the database, their events sealed with a key each. Every write is one transaction: events, view and jobs, together
 * or not at all; to add to a case it is one statement, so that a click waits for one way to the database and back.
 */
export function caseStore(kysely: Kysely<Tables>, keys: StoreKeys, outbox: Outbox): Cases {
  const store = { kysely, keys, outbox, later: askedTogether(outbox) };
  return {
    open: (opening) => openCase(store, opening),
    load: (reference) => loadTrail(store, reference),
    erasedAt: (reference) => erasedAt(store, reference),
    partnershipOf: (reference) => partnershipOf(kysely, reference),
    append: (commit) => appendTo(store, commit),
    concerning: (person, partnerships, page) => concerning(kysely, person, partnerships, page),
    openReferences: () => openReferences(kysely),
    openBySoonest: (partnerships, limit, offset) => openBySoonest(kysely, partnerships, limit, offset),
    unfinished: (partnerships) => unfinished(kysely, partnerships),
    raisedOn: (person, conference, draft) => raisedOn(kysely, person, conferenceHash(keys.own, conference), draft),
    onConference: (reference) => onConference(kysely, reference),
  };
}

/**
 * Leaves jobs that nobody waits for; what is asked for while one is being left is left once, after it, since one such job sees to all. Were
 * the asking lost, the hourly one makes up for it.
 */
function askedTogether(outbox: Outbox): (job: Job) => void {
  let asking = false;
  let next: Job | null = null;
  const ask = async (job: Job) => {
    asking = true;
    for (let due: Job | null = job; due; due = next) {
      next = null;
      await outbox.enqueue(due).catch(() => {});
    }
    asking = false;
  };
  return (job) => {
    if (asking) next = job;
    else void ask(job);
  };
}

async function openCase(store: Store, opening: Parameters<Cases['open']>[0]): ReturnType<Cases['open']> {
  const { kysely, keys, outbox } = store;
  const { draft, prefix, year, partnership, procedure } = opening;
  const opened = await kysely
    .transaction()
    .execute(async (transaction) => {
      const number = await nextNumber(transaction, keys, prefix, year);
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
      const hash = rowHash('case_header', BEGINNING, header);
      await transaction
        .insertInto('case_header')
        .values(signed(keys.rows, 'case_header', { ...header, hash }))
        .execute();
      await transaction
        .insertInto('chain_head')
        .values(headRow(keys, newHead('event', reference, hash)))
        .execute();
      const key = await makeKey(transaction, keys, reference);
      const trail = { reference, partnership, procedure, events: [], end: { hash, ...key } };
      await run(transaction, await addition(store, { ...opening.build(reference), trail }));
      return reference;
    })
    .catch((fault: unknown) => {
      if (isFault(fault, UNIQUE_VIOLATION)) return null;
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
async function nextNumber(transaction: Transaction<Tables>, { rows }: StoreKeys, prefix: string, year: string): Promise<number> {
  const before = await transaction
    .insertInto('case_number')
    .values(signed(rows, 'case_number', { prefix, year, last: 0 }))
    .onConflict((conflict) => conflict.columns(['prefix', 'year']).doUpdateSet((row) => ({ last: row.ref('case_number.last') })))
    .returningAll()
    .executeTakeFirstOrThrow();
  if (!isGenuine(rows, 'case_number', before)) throw new TrailFault(NO_CASE, null, `the last number of ${prefix}-${year} was altered`);
  const { last, mac } = signed(rows, 'case_number', { prefix, year, last: before.last + 1 });
  await transaction.updateTable('case_number').set({ last, mac }).where('prefix', '=', prefix).where('year', '=', year).execute();
  return last;
}

/** `DIS-27-001`: the prefix, the year's last two digits and the running number, of three digits or more. */
export function referenceOf(prefix: string, year: string, number: number): string {
  return `${prefix}-${year}-${String(number).padStart(3, '0')}`;
}

async function loadTrail({ kysely, keys }: Store, reference: string): Promise<Trail | null> {
  const rows = await trailRows(kysely, keys, reference);
  if (!rows || rows.key.wrapped === null) return null;
  const { header, head, events } = rows;
  const end = { hash: head.hash, wrapped: rows.key.wrapped, keyId: rows.key.key_id };
  const key = await keys.vault.unwrap(end, reference);
  const procedure = { id: header.procedure_id, version: header.procedure_version };
  return { reference, partnership: header.partnership, procedure, events: events.map((row) => recordedEvent(row, key)), end };
}

async function erasedAt({ kysely, keys }: Store, reference: string): Promise<string | null> {
  const row = await keyRow(kysely, keys, reference);
  return row?.erased_at ? instantText(row.erased_at) : null;
}

async function appendTo(store: Store, commit: Commit): Promise<'committed' | 'conflict'> {
  const statement = await addition(store, commit);
  try {
    await run(store.kysely, statement);
  } catch (fault) {
    if (isFault(fault, DIVISION_BY_ZERO)) return 'conflict';
    throw fault;
  }
  store.outbox.wake(commit.jobs.map(({ name }) => name));
  for (const job of commit.jobs.filter(isForLater)) store.later(job);
  return 'committed';
}

/**
 * The one statement that adds to a case: its new events, end and row of the view, and the jobs. It counts the ends that it moved of cases
 * that can still be opened, and divides by that number, so that it fails as a whole where the case has moved on or was erased.
 */
async function addition({ keys, outbox }: Store, commit: Commit): Promise<Statement> {
  const { trail, jobs } = commit;
  const key = await keys.vault.unwrap(trail.end, trail.reference);
  const { rows, head } = eventRows(commit, key, keys);
  const closedAt = closingIn(commit.events, nextInstant(endOf(trail), commit.at));
  const view = toView({ ...commit, partnership: trail.partnership, closedAt }, keys);
  const { length, hash, at, mac } = headRow(keys, head);
  const moved = { text: END_MOVED, values: [length, hash, at, mac, trail.reference, trail.events.length, trail.end.hash] };
  const left = await Promise.all(jobs.filter((each) => !isForLater(each)).map((job) => outbox.leaving(job)));
  return composed([moved, insertion('case_event', rows), viewWritten(view), ...left], asOne);
}

const END_MOVED = `
  UPDATE chain_head SET length = $1, hash = $2, at = $3, mac = $4
  WHERE chain = 'event' AND reference = $5 AND length = $6 AND hash = $7 RETURNING reference`;

function asOne([moved, added, viewed, ...left]: string[]): string {
  const jobs = left.map((text, number) => `, left_${number} AS (${text})`);
  return `
    WITH moved AS (${moved}),
    opened AS (
      SELECT case_key.reference FROM case_key JOIN moved ON moved.reference = case_key.reference WHERE wrapped IS NOT NULL FOR SHARE OF case_key
    ),
    added AS (${added}),
    viewed AS (${viewed})${jobs.join('')}
    SELECT 1 / (SELECT count(*) FROM opened) AS added`;
}

function isFault(fault: unknown, code: string): boolean {
  return fault instanceof Error && (fault as Error & { code?: string }).code === code;
}
