import { type Insertable, type Kysely, sql } from 'kysely';
import { type Case, replay } from '../domain/case.ts';
import { recordedEvent } from './caseEvents.ts';
import { holdCase } from './chain.ts';
import type { Tables } from './tables.ts';

/** What lists need to know of a case. */
export function toView(current: Case, partnership: string): Insertable<Tables['case_view']> {
  const { reference, procedure, status, stage, revision, raisedAt, dissent } = current;
  return {
    reference,
    partnership,
    procedure_id: procedure.id,
    procedure_version: procedure.version,
    status,
    stage,
    revision,
    raised_at: raisedAt,
    dissenter: dissent.dissenter,
    chair: dissent.conference.chair,
  };
}

/** Writes a case's row of the view, in place of the one there was. */
export async function writeView(on: Kysely<Tables>, view: Insertable<Tables['case_view']>): Promise<void> {
  const { reference: _, ...rest } = view;
  await on
    .insertInto('case_view')
    .values(view)
    .onConflict((conflict) => conflict.column('reference').doUpdateSet(rest))
    .execute();
}

/**
 * Makes the whole view again from the events, case by case, while the program goes on working. Answers how many cases it holds.
 * @throws at a case whose events cannot be replayed; the rows of the others stay as they are
 */
export async function rebuildViews(kysely: Kysely<Tables>): Promise<number> {
  const headers = await kysely.selectFrom('case_header').selectAll().orderBy('reference').execute();
  for (const { reference, partnership, procedure_id: id, procedure_version: version } of headers) {
    await kysely.transaction().execute(async (transaction) => {
      await holdCase(transaction, reference);
      const rows = await transaction.selectFrom('case_event').selectAll().where('reference', '=', reference).orderBy('revision').execute();
      const current = replay(reference, { id, version }, rows.map(recordedEvent));
      if (!current) throw new Error(`case ${reference} has no events: run verify-audit`);
      await writeView(transaction, toView(current, partnership));
    });
  }
  await sql`DELETE FROM case_view v WHERE NOT EXISTS (SELECT FROM case_header h WHERE h.reference = v.reference)`.execute(kysely);
  return headers.length;
}
