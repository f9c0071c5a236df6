import { type Kysely, sql } from 'kysely';
import type { CaseSummary, Cases } from '../app/ports.ts';
import type { CaseEvent } from '../domain/events/events.ts';
import { instantText } from './instants.ts';
import { find } from './look.ts';
import { PLANNED_ANEW } from './preparing.ts';
import type { Tables } from './tables.ts';

/**
 * As {@link Cases.concerning}; an erased case concerns nobody any more. Whoever has a part in most cases is read along the order of time,
 * and whoever has a part in few by their name.
 */
export async function concerning(
  kysely: Kysely<Tables>,
  person: string,
  partnerships: string[],
  { limit, after }: { limit?: number; after?: CaseSummary | undefined } = {},
): Promise<CaseSummary[]> {
  const rows = await summaries(kysely)
    .modifyFront(sql.raw(PLANNED_ANEW))
    .where('dissenter', 'is not', null)
    .where((where) =>
      where.or([
        where('dissenter', '=', person),
        where('chair', '=', person),
        where('others', '@>', sql.val([person])),
        where('partnership', '=', where.fn.any(where.val(partnerships))),
      ]),
    )
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(raised_at, reference) < (${after?.raisedAt}::timestamptz, ${after?.reference}::text)`),
    )
    .orderBy('raised_at', 'desc')
    .orderBy('reference', 'desc')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute();
  return rows.map(summaryOf);
}

/** As {@link Cases.partnershipOf}. */
export async function partnershipOf(kysely: Kysely<Tables>, reference: string): Promise<string | null> {
  const row = await kysely.selectFrom('case_header').select('partnership').where('reference', '=', reference).executeTakeFirst();
  return row?.partnership ?? null;
}

/** As {@link Cases.openReferences}. */
export async function openReferences(kysely: Kysely<Tables>): Promise<string[]> {
  const rows = await kysely.selectFrom('case_view').select('reference').where('status', '=', 'open').orderBy('reference').execute();
  return rows.map(({ reference }) => reference);
}

/** As {@link Cases.openBySoonest}, along an index of the open cases alone. */
export async function openBySoonest(kysely: Kysely<Tables>, partnerships: string[], limit: number, offset: number): Promise<CaseSummary[]> {
  const rows = await summaries(kysely)
    .where('status', '=', sql.lit('open'))
    .where('partnership', '=', ({ fn, val }) => fn.any(val(partnerships)))
    .orderBy('due_on')
    .orderBy('reference')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(summaryOf);
}

const FAILURES = ['SendingFailed', 'FilingFailed', 'InvitationFailed'] satisfies CaseEvent['type'][];

/** As {@link Cases.unfinished}; of rows that do not say so yet, those on which anything ever failed. */
export async function unfinished(kysely: Kysely<Tables>, partnerships: string[]): Promise<string[]> {
  const rows = await kysely
    .selectFrom('case_view as view')
    .select('view.reference')
    .where('view.partnership', '=', ({ fn, val }) => fn.any(val(partnerships)))
    .where(({ and, or, eb, exists, selectFrom }) =>
      or([
        eb('view.unfinished', 'is', true),
        and([
          eb('view.unfinished', 'is', null),
          exists(
            selectFrom('case_event as event')
              .select('event.revision')
              .whereRef('event.reference', '=', 'view.reference')
              .where('event.type', 'in', FAILURES),
          ),
        ]),
      ]),
    )
    .orderBy('view.reference')
    .execute();
  return rows.map(({ reference }) => reference);
}

/** As {@link Cases.raisedOn}; `conference` is the conference's hash. */
export async function raisedOn(kysely: Kysely<Tables>, person: string, conference: string, exceptDraft: string): Promise<string[]> {
  const rows = await kysely
    .selectFrom('case_view as view')
    .innerJoin('case_header as header', 'header.reference', 'view.reference')
    .select('view.reference')
    .where('view.conference', '=', conference)
    .where('view.dissenter', '=', person)
    .where('view.status', '=', sql.lit('open'))
    .where('header.draft', '<>', exceptDraft)
    .orderBy('view.raised_at')
    .orderBy('view.reference')
    .execute();
  return rows.map(({ reference }) => reference);
}

const ON_CONFERENCE = `
  SELECT coalesce(json_agg(other.reference ORDER BY other.raised_at, other.reference), '[]')
  FROM case_view one JOIN case_view other ON other.conference = one.conference
  WHERE one.reference = $1 AND other.reference <> $1`;

/** As {@link Cases.onConference}. */
export async function onConference(kysely: Kysely<Tables>, reference: string): Promise<string[]> {
  return (await find(kysely, { text: ON_CONFERENCE, values: [reference] })) as string[];
}

function summaries(kysely: Kysely<Tables>) {
  return kysely
    .selectFrom('case_view')
    .select(['reference', 'partnership', 'procedure_id', 'procedure_version', 'status', 'stage', 'revision', 'raised_at', 'waits_for'])
    .select(sql<string | null>`due_on::text`.as('due'));
}

type Row = Awaited<ReturnType<ReturnType<typeof summaries>['execute']>>[number];

function summaryOf({
  procedure_id: id,
  procedure_version: version,
  raised_at,
  due: dueOn,
  waits_for: waitsFor,
  ...rest
}: Row): CaseSummary {
  return { ...rest, procedure: { id, version }, raisedAt: instantText(raised_at), dueOn, waitsFor };
}
