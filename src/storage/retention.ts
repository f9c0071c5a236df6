import { type Kysely, sql, type Transaction } from 'kysely';
import { dateOf, LONDON, sayDate } from '../domain/londonTime.ts';
import type { Erasure } from '../evidence/erasures.ts';
import { recordedEvent } from './caseEvents.ts';
import type { Head } from './chain.ts';
import { signed } from './evidenceRows.ts';
import { instantText, storedInstant } from './instants.ts';
import { holdRetention, logRetention, RESTORE, type RetentionAct, retentionActs } from './retentionLog.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';
import { heldTrail, type TrailRows, trailRows } from './trailRows.ts';

/**
 * Keeping and erasing (Part E, Retention). A closed case's content may be erased `days` after the day it closed; what stays (who did
 * what kind of thing and when, and the hashes) may be removed `years` after the erasure. A legal hold stops both.
 */
export type Periods = { days: number; years: number };

/** Who does something about retention, and why. */
export type Operator = { operator: string; reason: string };

type Store = { kysely: Kysely<Tables>; keys: StoreKeys };

/** Something that stops an operator, in one sentence; null when it was done. */
type Refused = string | null;

/** What may be erased or removed now, each with the date since when, and what is on hold. Dates are of London. */
export type RetentionList = {
  erase: { reference: string; since: string }[];
  remove: { reference: string; since: string }[];
  held: RetentionAct[];
};

/** What is due by the periods at `now`, with the cases on hold apart. */
export async function retentionDue({ kysely, keys }: Store, periods: Periods, now: Temporal.Instant): Promise<RetentionList> {
  const held = [...holdsIn(await retentionActs(kysely, keys)).values()];
  const free = ({ reference }: { reference: string }) => !held.some((hold) => hold.reference === reference);
  const today = dateOf(now);
  const closed = await kysely
    .selectFrom('case_view as view')
    .innerJoin('case_key as key', 'key.reference', 'view.reference')
    .select(['view.reference', 'view.closed_at'])
    .where('key.erased_at', 'is', null)
    .where('view.closed_at', '<', startOf(today.subtract({ days: periods.days }).add({ days: 1 })))
    .orderBy('view.closed_at')
    .orderBy('view.reference')
    .execute();
  const erased = await kysely
    .selectFrom('case_key')
    .select(['reference', 'erased_at'])
    .where('erased_at', '<', startOf(today.subtract({ years: periods.years }).add({ days: 1 })))
    .orderBy('erased_at')
    .orderBy('reference')
    .execute();
  return {
    erase: closed.filter(free).map(({ reference, closed_at }) => ({ reference, since: erasableFrom(closed_at!, periods).toString() })),
    remove: erased.filter(free).map(({ reference, erased_at }) => ({ reference, since: removableFrom(erased_at!, periods).toString() })),
    held,
  };
}

/**
 * Erases what a closed case says: its key is destroyed, and with it every copy of its content in this database; the trail still
 * verifies. `force` does so before the period is over, never against a hold or while the case is open.
 */
export function eraseCase(
  store: Store,
  reference: string,
  { operator, reason, force }: Operator & { force: boolean },
  periods: Periods,
  now: Temporal.Instant,
): Promise<Refused> {
  return store.kysely.transaction().execute(async (transaction) => {
    const head = await holdRetention(transaction, store.keys);
    const trail = await heldTrail(transaction, store.keys, reference);
    if (!trail) return noSuchCase(reference);
    const { erased_at } = trail.key;
    if (erased_at) return `Case ${reference} was erased already, on ${sayDate(dateOf(instantText(erased_at)))}.`;
    const closedAt = closingOf(trail);
    if (!closedAt) return `Case ${reference} is open. It can be erased after it has closed.`;
    if (await hasWork(transaction, reference)) return `Work for case ${reference} is still under way. Try again once it is done.`;
    const guest = await openGuestOf(transaction, store.keys, trail);
    if (guest) return `Case ${reference} holds the conference that case ${guest} shares. It can be erased once that one has closed.`;
    const hold = await holdOn(transaction, store.keys, reference);
    if (hold) return onHold(hold);
    const from = erasableFrom(closedAt, periods);
    const early = Temporal.PlainDate.compare(dateOf(now), from) < 0;
    if (early && !force)
      return `Case ${reference} closed on ${sayDate(dateOf(instantText(closedAt)))} and is kept until ${sayDate(from)}. To erase it now all the same, add --force.`;
    await destroyKey(transaction, store.keys, head, trail, { operator, reason, early, at: now });
    return null;
  });
}

/**
 * Erases again, in a restore's transaction, a case that had been erased after its back-up was made (corner 34), as of the same instant. It
 * may be open in the back-up; from then on it counts as closed. Returns whether there was anything to erase.
 */
export async function eraseAgain(transaction: Transaction<Tables>, keys: StoreKeys, { reference, at }: Erasure): Promise<boolean> {
  const head = await holdRetention(transaction, keys);
  const trail = await heldTrail(transaction, keys, reference);
  if (!trail || trail.key.wrapped === null) return false;
  const reason = 'It had been erased after the back-up was made.';
  await destroyKey(transaction, keys, head, trail, { operator: RESTORE, reason, early: false, at: Temporal.Instant.from(at) });
  await transaction
    .updateTable('case_view')
    .set({ status: 'closed', due_on: null, waits_for: null })
    .where('reference', '=', reference)
    .execute();
  return true;
}

/** Writes an erasure down, destroys the case's key, and clears what the working copies say of it. */
async function destroyKey(
  transaction: Transaction<Tables>,
  keys: StoreKeys,
  head: Head,
  { header: { reference }, key }: TrailRows,
  act: Pick<RetentionAct, 'operator' | 'reason' | 'early' | 'at'>,
): Promise<void> {
  const at = await logRetention(transaction, keys, head, { ...act, reference, action: 'erased' });
  const { mac } = signed(keys.rows, 'case_key', { ...key, wrapped: null, erased_at: at });
  const destroyed = { wrapped: null, erased_at: instantText(at), mac };
  await transaction.updateTable('case_key').set(destroyed).where('reference', '=', reference).execute();
  await clearWorkingCopy(transaction, reference);
}

/**
 * Ends a run of erasures: the file that the keys were in is written anew without them, since PostgreSQL leaves a row's earlier form where
 * it was (corner 33).
 */
export async function rewriteKeys(kysely: Kysely<Tables>): Promise<void> {
  await sql`SELECT rewrite_keys()`.execute(kysely);
}

/** Removes what is left of an erased case once its years are over; its number stays accounted for in the log. */
export function removeCase(store: Store, reference: string, by: Operator, periods: Periods, now: Temporal.Instant): Promise<Refused> {
  return store.kysely.transaction().execute(async (transaction) => {
    const head = await holdRetention(transaction, store.keys);
    const trail = await heldTrail(transaction, store.keys, reference);
    if (!trail) return noSuchCase(reference);
    const { erased_at } = trail.key;
    if (!erased_at) return `Case ${reference} has not been erased yet.`;
    const hold = await holdOn(transaction, store.keys, reference);
    if (hold) return onHold(hold);
    const from = removableFrom(erased_at, periods);
    if (Temporal.PlainDate.compare(dateOf(now), from) < 0) return `What is left of case ${reference} is kept until ${sayDate(from)}.`;
    await logRetention(transaction, store.keys, head, { ...by, reference, action: 'removed', early: false, at: now });
    for (const table of ['case_view', 'case_event', 'case_access', 'chain_head', 'case_header', 'case_key'] as const)
      await transaction.deleteFrom(table).where('reference', '=', reference).execute();
    return null;
  });
}

/** Puts a case on legal hold, open or closed, or lifts the hold: while it stands nothing of the case is erased or removed. */
export function setHold(
  store: Store,
  reference: string,
  on: boolean,
  { operator, reason }: Operator,
  now: Temporal.Instant,
): Promise<Refused> {
  return store.kysely.transaction().execute(async (transaction) => {
    const head = await holdRetention(transaction, store.keys);
    if (!(await heldTrail(transaction, store.keys, reference))) return noSuchCase(reference);
    const hold = await holdOn(transaction, store.keys, reference);
    if (on && hold) return onHold(hold);
    if (!on && !hold) return `Case ${reference} is not on hold.`;
    const action = on ? 'hold-on' : 'hold-off';
    await logRetention(transaction, store.keys, head, { reference, action, operator, reason, early: false, at: now });
    return null;
  });
}

/** What the lists, chats and effects keep of a case. Figures need the rest of its row: when it was raised and closed, and its agency. */
async function clearWorkingCopy(transaction: Transaction<Tables>, reference: string): Promise<void> {
  await transaction
    .updateTable('case_view')
    .set({ dissenter: null, chair: null, others: [], unfinished: false, conference: null, children: [] })
    .where('reference', '=', reference)
    .execute();
  for (const table of ['posted_card', 'booking_effect', 'booking_claim', 'sending_effect', 'case_system_reach'] as const)
    await transaction.deleteFrom(table).where('reference', '=', reference).execute();
  await sql`
    UPDATE reminder SET about = coalesce(
      (SELECT jsonb_agg(each) FROM jsonb_array_elements(about) each WHERE each->>'reference' <> ${reference}), '[]'
    ) WHERE about @> jsonb_build_array(jsonb_build_object('reference', ${reference}::text))
  `.execute(transaction);
  await sql`DELETE FROM reminder WHERE about = '[]'`.execute(transaction);
}

/** The holds that stand after some acts, by reference. */
function holdsIn(acts: RetentionAct[]): Map<string, RetentionAct> {
  const held = new Map<string, RetentionAct>();
  for (const act of acts) {
    if (act.action === 'hold-on') held.set(act.reference, act);
    if (act.action === 'hold-off') held.delete(act.reference);
  }
  return held;
}

async function holdOn(transaction: Transaction<Tables>, keys: StoreKeys, reference: string): Promise<RetentionAct | undefined> {
  return holdsIn(await retentionActs(transaction, keys, reference)).get(reference);
}

/** When the trail says that the case closed: the lists could be behind it. */
function closingOf({ events }: TrailRows): Date | undefined {
  return events.findLast(({ type }) => type === 'CaseClosed')?.at;
}

/** An open case that shares the conference which this one booked (X10). */
async function openGuestOf(transaction: Transaction<Tables>, keys: StoreKeys, { header, key, events }: TrailRows): Promise<string | null> {
  const joined = events.filter(({ type }) => type === 'MeetingJoined');
  if (joined.length === 0) return null;
  const opened = await keys.vault.unwrap({ wrapped: key.wrapped!, keyId: key.key_id }, header.reference);
  for (const row of joined) {
    const event = recordedEvent(row, opened);
    const guest = event.type === 'MeetingJoined' ? await trailRows(transaction, keys, event.guest.reference) : null;
    if (guest && !closingOf(guest)) return guest.header.reference;
  }
  return null;
}

/** Whether a job about the case is waiting or running; those that were given up wait for a person, and for ever if nobody comes. */
async function hasWork(transaction: Transaction<Tables>, reference: string): Promise<boolean> {
  if (!(await sql<{ there: boolean }>`SELECT to_regclass('pgboss.job') IS NOT NULL AS there`.execute(transaction)).rows[0]?.there)
    return false;
  const { rows } = await sql`
    SELECT FROM pgboss.job
    WHERE state IN ('created', 'retry', 'active') AND name <> 'failed' AND data->>'reference' = ${reference} LIMIT 1
  `.execute(transaction);
  return rows.length > 0;
}

function erasableFrom(closedAt: Date, { days }: Periods): Temporal.PlainDate {
  return dateOf(instantText(closedAt)).add({ days });
}

function removableFrom(erasedAt: Date, { years }: Periods): Temporal.PlainDate {
  return dateOf(instantText(erasedAt)).add({ years });
}

/** The first moment of a date in London, as the database reads it. */
function startOf(date: Temporal.PlainDate): Date {
  return storedInstant(date.toZonedDateTime(LONDON).toInstant());
}

function noSuchCase(reference: string): string {
  return `There is no case ${reference}.`;
}

function onHold({ reference, at }: RetentionAct): string {
  return `Case ${reference} is on legal hold since ${sayDate(dateOf(at))}, and stays as it is until the hold is lifted.`;
}
