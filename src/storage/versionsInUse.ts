import { type Kysely, sql } from 'kysely';
import type { PartnershipInUse } from '../directory/crossChecks.ts';
import type { VersionInUse } from '../procedures/publishedVersions.ts';
import type { Tables } from './tables.ts';

/** The partnerships that have open cases, and how many. */
export function partnershipsInUse(kysely: Kysely<Tables>): Promise<PartnershipInUse[]> {
  return kysely
    .selectFrom('case_view')
    .select(({ fn, cast }) => ['partnership as id', cast<number>(fn.countAll(), 'integer').as('open')])
    .where('status', '=', sql.lit('open'))
    .groupBy('partnership')
    .orderBy('partnership')
    .execute();
}

/** The versions of procedures that cases keep (X2), with what each said when they were opened, and how many are open and closed. */
export function versionsInUse(kysely: Kysely<Tables>): Promise<VersionInUse[]> {
  return kysely
    .selectFrom('case_header as header')
    .innerJoin('case_view as view', 'view.reference', 'header.reference')
    .select(['header.procedure_id as id', 'header.procedure_version as version', 'header.procedure_fingerprint as fingerprint'])
    .select(({ fn, cast }) => [
      cast<number>(fn.countAll().filterWhere('view.status', '=', 'open'), 'integer').as('open'),
      cast<number>(fn.countAll().filterWhere('view.status', '=', 'closed'), 'integer').as('closed'),
    ])
    .groupBy(['header.procedure_id', 'header.procedure_version', 'header.procedure_fingerprint'])
    .orderBy('id')
    .orderBy('version')
    .orderBy('fingerprint')
    .execute();
}
