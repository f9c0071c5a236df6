import type { Kysely, Transaction } from 'kysely';
import type { CaseSummary, Cases, Commit, Job, Trail } from '../app/ports.ts';
import { eventRows, recordedEvent } from './caseEvents.ts';
import { toView, writeView } from './caseView.ts';
import { type HeldCase, headerHash, holdCase, instantText, moveHead } from './chain.ts';
import type { Tables } from './tables.ts';

/** Where a commit leaves its jobs: written in the commit's own transaction, and looked for as soon as it stands. */
export type Outbox = {
  enqueue(job: Job, transaction: Transaction<Tables>): Promise<void>;
  wake(): void;
};

const UNIQUE_VIOLATION = '23505';

/** The cases, in the database. Every write is one transaction: events, view and jobs, together or not at all. */
export function caseStore(kysely: Kysely<Tables>, outbox: Outbox): Cases {
  return {
    open: (opening) => openCase(kysely, outbox, opening),
    load: (reference) => loadTrail(kysely, reference),
    append: (commit) => appendTo(kysely, outbox, commit),
    concerning: (person, partnerships) => summariesFor(kysely, person, partnerships),
    async openReferences() {
      const rows = await kysely.selectFrom('case_view').select('reference').where('status', '=', 'open').orderBy('reference').execute();
      return rows.map(({ reference }) => reference);
    },
  };
}

async function openCase(kysely: Kysely<Tables>, outbox: Outbox, opening: Parameters<Cases['open']>[0]): ReturnType<Cases['open']> {
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
      await write(transaction, outbox, { ...opening.build(reference), reference }, { ...header, ...head });
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

async function loadTrail(kysely: Kysely<Tables>, reference: string): Promise<Trail | null> {
  const rows = await kysely
    .selectFrom('case_header as header')
    .innerJoin('case_event as event', 'event.reference', 'header.reference')
    .select(['header.partnership', 'header.procedure_id', 'header.procedure_version'])
    .select(['event.revision', 'event.type', 'event.data', 'event.at', 'event.actor_person', 'event.actor_role'])
    .where('header.reference', '=', reference)
    .orderBy('event.revision')
    .execute();
  const [first] = rows;
  if (!first) return null;
  const procedure = { id: first.procedure_id, version: first.procedure_version };
  return { reference, partnership: first.partnership, procedure, events: rows.map(recordedEvent) };
}

async function appendTo(kysely: Kysely<Tables>, outbox: Outbox, commit: Commit): Promise<'committed' | 'conflict'> {
  const answer = await kysely.transaction().execute(async (transaction) => {
    const held = await holdCase(transaction, commit.reference);
    if (held?.length !== commit.expectedRevision) return 'conflict';
    await write(transaction, outbox, commit, held);
    return 'committed';
  });
  if (answer === 'committed') outbox.wake();
  return answer;
}

async function write(
  transaction: Transaction<Tables>,
  outbox: Outbox,
  commit: Omit<Commit, 'expectedRevision'>,
  held: HeldCase,
): Promise<void> {
  const { rows, head } = eventRows(commit, held);
  if (rows.length > 0) {
    await transaction.insertInto('case_event').values(rows).execute();
    await moveHead(transaction, 'event', commit.reference, head);
    await writeView(transaction, toView(commit.after, held.partnership));
  }
  for (const job of commit.jobs) await outbox.enqueue(job, transaction);
}

async function summariesFor(kysely: Kysely<Tables>, person: string, partnerships: string[]): Promise<CaseSummary[]> {
  const rows = await kysely
    .selectFrom('case_view')
    .selectAll()
    .where((where) =>
      where.or([
        where('dissenter', '=', person),
        where('chair', '=', person),
        where('partnership', '=', where.fn.any(where.val(partnerships))),
      ]),
    )
    .orderBy('raised_at', 'desc')
    .orderBy('reference', 'desc')
    .execute();
  return rows.map(({ reference, partnership, procedure_id: id, procedure_version: version, status, stage, revision, raised_at }) => ({
    reference,
    partnership,
    procedure: { id, version },
    status,
    stage,
    revision,
    raisedAt: instantText(raised_at),
  }));
}

function isUniqueViolation(fault: unknown): boolean {
  return fault instanceof Error && (fault as Error & { code?: string }).code === UNIQUE_VIOLATION;
}
