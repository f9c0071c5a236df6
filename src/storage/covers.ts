import type { Insertable, Kysely, Selectable, Transaction } from 'kysely';
import type { Covers } from '../app/cover.ts';
import { WHOLE_TRAIL } from '../app/jobs/checkEvidence.ts';
import type { Log } from '../app/ports.ts';
import type { Outbox } from './caseStore.ts';
import { BEGINNING, type Head, headAfter, headMoved, holdChain, NO_CASE } from './chain.ts';
import { isGenuine, linked, type Row } from './evidenceRows.ts';
import { instantText, storedInstant } from './instants.ts';
import { find } from './look.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';
import { withInstant } from './trailRows.ts';

type CoverRow = Selectable<Tables['cover']>;
type CoverEndRow = Selectable<Tables['cover_end']>;

const WHOLE_CHAIN = `
  SELECT json_build_object(
    'begun', (SELECT coalesce(json_agg(cover), '[]') FROM cover),
    'ended', (SELECT coalesce(json_agg(cover_end), '[]') FROM cover_end),
    'head', (SELECT to_json(head) FROM chain_head head WHERE chain = 'cover' AND reference = $1)
  )`;

/**
 * The deputies named in chat (Q27), beginnings and early ends as rows of one chain. Each change leaves its job in the same transaction.
 * A row that somebody else wrote gives nobody any power: it is left out, told in the log, and administrators by the check of the whole trail. Where a row of the chain is gone, no cover
 * counts, since it may have been the end of any of them.
 */
export function covers(kysely: Kysely<Tables>, keys: StoreKeys, outbox: Outbox, log: Pick<Log, 'error'>): Covers {
  const told = new Set<string>();
  const tell = async (what: string) => {
    if (told.has(what)) return;
    told.add(what);
    log.error('covers are not as the program wrote them, and those give nobody any power: run verify-audit', new Error(what));
    await outbox.enqueue({ name: 'check-evidence', reference: WHOLE_TRAIL });
  };
  return {
    async all() {
      const found = (await find(kysely, { text: WHOLE_CHAIN, values: [NO_CASE] })) as { begun: Row[]; ended: Row[]; head: Row | null };
      const begun = found.begun.map((row) => withInstant(row, 'made_at') as CoverRow);
      const ended = found.ended.map((row) => withInstant(row, 'ended_at') as CoverEndRow);
      const head = found.head && (withInstant(found.head, 'at') as Selectable<Tables['chain_head']>);
      const genuine = {
        begun: begun.filter((row) => isGenuine(keys.rows, 'cover', row)),
        ended: ended.filter((row) => isGenuine(keys.rows, 'cover_end', row)),
      };
      const forged = begun.length + ended.length - genuine.begun.length - genuine.ended.length;
      if (forged > 0) await tell(`${forged} of ${begun.length + ended.length} rows were altered or added`);
      if (head && !isGenuine(keys.rows, 'chain_head', head)) await tell('the end of their chain was altered');
      else if (isWhole([...genuine.begun, ...genuine.ended], head)) return inOrder(genuine);
      else await tell('a row of their chain is missing');
      return [];
    },
    begin: ({ from: from_date, to: to_date, ...cover }, draft, clock) =>
      change(async (transaction) => {
        const head = await holdChain(transaction, keys, 'cover', NO_CASE);
        const made = await transaction.selectFrom('cover').select('number').where('draft', '=', draft).executeTakeFirst();
        if (made) return null;
        const { highest } = await transaction
          .selectFrom('cover')
          .select(({ fn }) => fn.max<number | null>('number').as('highest'))
          .executeTakeFirstOrThrow();
        const made_at = storedInstant(clock);
        const row = { ...cover, number: (highest ?? 0) + 1, draft, from_date, to_date, made_at };
        await add(transaction, 'cover', head, row, made_at);
        return cover.partnership;
      }),
    end: (number, by, clock) =>
      change(async (transaction) => {
        const head = await holdChain(transaction, keys, 'cover', NO_CASE);
        const { partnership, ended } = await transaction
          .selectFrom('cover')
          .leftJoin('cover_end', 'cover_end.cover', 'cover.number')
          .select(['partnership', 'cover_end.cover as ended'])
          .where('number', '=', number)
          .executeTakeFirstOrThrow();
        if (ended !== null) return null;
        const ended_at = storedInstant(clock);
        await add(transaction, 'cover_end', head, { cover: number, ended_by: by, ended_at }, ended_at);
        return partnership;
      }),
  };

  /** Makes a change; where there was one, the cards of the partnership that it answers are brought up to date. */
  async function change(make: (transaction: Transaction<Tables>) => Promise<string | null>): Promise<void> {
    await kysely.transaction().execute(async (transaction) => {
      const reference = await make(transaction);
      if (reference !== null) await outbox.enqueue({ name: 'tell-partnership', reference }, transaction);
    });
    outbox.wake();
  }

  async function add(transaction: Transaction<Tables>, table: 'cover' | 'cover_end', head: Head, content: Row, at: Date): Promise<void> {
    const row = linked(keys.rows, table, head.hash, { ...content, sequence: head.length + 1 });
    await transaction
      .insertInto(table)
      .values(row as unknown as Insertable<Tables[typeof table]>)
      .execute();
    await headMoved(transaction, keys, headAfter(head, row, at)).execute();
  }
}

/** Whether the rows are all of the chain, from its beginning to its end. */
function isWhole(rows: { sequence: number; previous_hash: string; hash: string }[], head: Pick<Head, 'length' | 'hash'> | null): boolean {
  let previous = BEGINNING;
  for (const [index, row] of rows.toSorted((one, other) => one.sequence - other.sequence).entries()) {
    if (row.sequence !== index + 1 || row.previous_hash !== previous) return false;
    previous = row.hash;
  }
  return rows.length === (head?.length ?? 0) && previous === (head?.hash ?? BEGINNING);
}

function inOrder({ begun, ended }: { begun: CoverRow[]; ended: CoverEndRow[] }) {
  const endings = new Map(ended.map(({ cover, ended_at }) => [cover, instantText(ended_at)]));
  return begun
    .map(({ number, partnership, role, holder, deputy, from_date: from, to_date: to }) => ({
      ...{ number, partnership, role, holder, deputy, from, to },
      endedAt: endings.get(number) ?? null,
    }))
    .toSorted((one, other) => one.from.localeCompare(other.from) || one.number - other.number);
}
