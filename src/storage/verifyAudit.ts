import type { Kysely, Transaction } from 'kysely';
import { referenceOf } from './caseStore.ts';
import { accessHash, BEGINNING, eventHash, type Head, headerHash, retentionHash } from './chain.ts';
import { OWN_KEY } from './storeKeys.ts';
import type { Tables } from './tables.ts';

/** The chain that hangs on no one case. */
const ALL_CASES = '-';

/** What going through the trail found: how much was read, and the first thing that is not as it was written. */
export type AuditReport = {
  cases: number;
  /** Of those, the ones whose content was erased at the end of their retention; their chains are followed all the same. */
  erased: number;
  events: number;
  accesses: number;
  fault: AuditFault | null;
};

/** The first thing in the trail that is not as it was written. */
export type AuditFault = {
  /** The case, or `-` for looks at no case. */
  reference: string;
  /** The event's revision or the look's number, where one row can be named. */
  revision: number | null;
  /** One plain sentence. */
  sentence: string;
};

/**
 * Goes through the whole audit trail (X1): every case's events and key, every look at it, the log of keeping and erasing, and the run of
 * case numbers, as they stand at one moment. It needs no key: the chains are over what is sealed, so that they hold after a case is
 * erased, and no content can be printed. Stops at the first row that was altered, removed, added or moved. Somebody who can rewrite every
 * row, hash and head alike leaves no trace here; a copy of the database kept elsewhere does.
 */
export function verifyAudit(kysely: Kysely<Tables>): Promise<AuditReport> {
  return kysely
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => {
      const report: AuditReport = { cases: 0, erased: 0, events: 0, accesses: 0, fault: null };
      report.fault =
        (await faultInRetention(transaction)) ??
        (await faultInNumbers(transaction)) ??
        (await faultInCases(transaction, report)) ??
        (await faultInKeys(transaction, report)) ??
        (await faultInAccesses(transaction, report));
      return report;
    });
}

async function faultInRetention(on: Transaction<Tables>): Promise<AuditFault | null> {
  const rows = await on.selectFrom('retention_log').selectAll().orderBy('sequence').execute();
  const links = rows.map((row) => ({ ...row, number: row.sequence, expected: retentionHash(row.previous_hash, row) }));
  const fault = faultInChain(links, BEGINNING, await headOf(on, 'retention', ALL_CASES));
  return fault && { reference: ALL_CASES, revision: fault.number, sentence: `Entry ${fault.number} of the retention log ${fault.what}.` };
}

/** The cases that the retention log says were erased, or removed. */
async function casesLogged(on: Transaction<Tables>, action: 'erased' | 'removed'): Promise<Set<string>> {
  const rows = await on.selectFrom('retention_log').select('reference').where('action', '=', action).execute();
  return new Set(rows.map(({ reference }) => reference));
}

/** A case has a key until the log says that it was erased, and none from then on. */
async function faultInKeys(on: Transaction<Tables>, report: AuditReport): Promise<AuditFault | null> {
  const logged = await casesLogged(on, 'erased');
  const rows = await on
    .selectFrom('case_header as header')
    .leftJoin('case_key as key', 'key.reference', 'header.reference')
    .select(['header.reference', 'key.wrapped'])
    .orderBy('header.reference')
    .execute();
  for (const { reference, wrapped } of rows) {
    const says = (sentence: string) => ({ reference, revision: null, sentence });
    const erased = logged.has(reference);
    if (wrapped === null && !erased) return says(`The key of case ${reference} is gone, and nothing says that the case was erased.`);
    if (wrapped !== null && erased) return says(`Case ${reference} was erased, and yet it has a key.`);
    if (erased) report.erased++;
  }
  const stray = await on
    .selectFrom('case_key as key')
    .leftJoin('case_header as header', 'header.reference', 'key.reference')
    .select('key.reference')
    .where('header.reference', 'is', null)
    .where('key.reference', '<>', OWN_KEY)
    .limit(1)
    .executeTakeFirst();
  return stray
    ? { reference: stray.reference, revision: null, sentence: `Case ${stray.reference} is missing, though it has a key.` }
    : null;
}

async function faultInNumbers(on: Transaction<Tables>): Promise<AuditFault | null> {
  const removed = await casesLogged(on, 'removed');
  const counters = await on.selectFrom('case_number').selectAll().orderBy('prefix').orderBy('year').execute();
  for (const { prefix, year, last } of counters) {
    const rows = await on.selectFrom('case_header').select('number').where('prefix', '=', prefix).where('year', '=', year).execute();
    const present = new Set(rows.map(({ number }) => number));
    const highest = Math.max(last, ...present);
    for (let number = 1; number <= highest; number++) {
      const reference = referenceOf(prefix, year, number);
      if (!present.has(number) && !removed.has(reference))
        return { reference, revision: null, sentence: `Case ${reference} is missing: its number was given out, and the case is gone.` };
      if (number > last) return { reference, revision: null, sentence: `Case ${reference} was added: its number was never given out.` };
    }
  }
  return null;
}

async function faultInCases(on: Transaction<Tables>, report: AuditReport): Promise<AuditFault | null> {
  const headers = await on.selectFrom('case_header').selectAll().orderBy('reference').execute();
  for (const header of headers) {
    const { reference } = header;
    report.cases++;
    if (header.hash !== headerHash(header) || reference !== referenceOf(header.prefix, header.year, header.number)) {
      return { reference, revision: null, sentence: `What case ${reference} was opened with was altered.` };
    }
    const rows = await on.selectFrom('case_event').selectAll().where('reference', '=', reference).orderBy('revision').execute();
    if (rows.length === 0) return { reference, revision: null, sentence: `All events of case ${reference} are missing.` };
    report.events += rows.length;
    const links = rows.map((row) => ({ ...row, number: row.revision, expected: eventHash(row.previous_hash, row) }));
    const fault = faultInChain(links, header.hash, await headOf(on, 'event', reference));
    if (fault) return { reference, revision: fault.number, sentence: `Event ${fault.number} of case ${reference} ${fault.what}.` };
  }
  const stray = await on
    .selectFrom('case_event as event')
    .leftJoin('case_header as header', 'header.reference', 'event.reference')
    .select('event.reference')
    .where('header.reference', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return stray
    ? { reference: stray.reference, revision: null, sentence: `Case ${stray.reference} is missing, though it has events.` }
    : null;
}

async function faultInAccesses(on: Transaction<Tables>, report: AuditReport): Promise<AuditFault | null> {
  const references = await on
    .selectFrom('case_access')
    .select('reference')
    .union(on.selectFrom('chain_head').select('reference').where('chain', '=', 'access'))
    .orderBy('reference')
    .execute();
  for (const { reference } of references) {
    const rows = await on.selectFrom('case_access').selectAll().where('reference', '=', reference).orderBy('sequence').execute();
    report.accesses += rows.length;
    const links = rows.map((row) => ({ ...row, number: row.sequence, expected: accessHash(row.previous_hash, row) }));
    const fault = faultInChain(links, BEGINNING, await headOf(on, 'access', reference));
    const about = reference === '-' ? 'presses about no case' : `looks at case ${reference}`;
    if (fault) return { reference, revision: fault.number, sentence: `Entry ${fault.number} of the ${about} ${fault.what}.` };
  }
  return null;
}

async function headOf(on: Transaction<Tables>, chain: Tables['chain_head']['chain'], reference: string): Promise<Head> {
  const head = await on
    .selectFrom('chain_head')
    .select(['length', 'hash'])
    .where('chain', '=', chain)
    .where('reference', '=', reference)
    .executeTakeFirst();
  return head ?? { length: 0, hash: BEGINNING };
}

type Link = { number: number; previous_hash: string; hash: string; expected: string };

/** Follows one chain from its beginning to its head; answers the first row that breaks it. */
function faultInChain(links: Link[], beginning: string, head: Head): { number: number; what: string } | null {
  let previous = beginning;
  let length = 0;
  for (const { number, previous_hash, hash, expected } of links) {
    length++;
    if (number !== length) return { number: length, what: 'is missing' };
    if (hash !== expected) return { number, what: 'was altered' };
    if (previous_hash !== previous) return { number, what: 'does not follow from the one before it: one of the two was replaced or moved' };
    previous = hash;
  }
  if (head.length > length) return { number: length + 1, what: 'is missing' };
  if (head.length < length) return { number: head.length + 1, what: 'was added by something other than this program' };
  if (head.hash !== previous) return { number: length, what: 'was replaced' };
  return null;
}
