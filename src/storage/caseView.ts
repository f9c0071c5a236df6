import { type Insertable, type Kysely, sql } from 'kysely';
import type { Cases, Commit, Summary, Trail } from '../app/ports.ts';
import { peopleNamed } from '../domain/authority.ts';
import { canonicalJson } from '../domain/canonicalJson.ts';
import { type Case, replay } from '../domain/case.ts';
import { failuresOf } from '../domain/failures.ts';
import { recordedEvent } from './caseEvents.ts';
import { childHash } from './casesAboutChild.ts';
import { instantText } from './instants.ts';
import { keyedHash } from './seal.ts';
import { insertion, run, type Statement } from './statement.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';
import { heldTrail } from './trailRows.ts';

type View = Insertable<Tables['case_view']>;

/** What a case's row is made from: the case as it is after some events, and what of them the row needs. */
type Viewed = { after: Case; summary: Summary; partnership: string; closedAt: string | undefined };

/** What lists and figures need to know of a case. Without `closedAt` the row keeps what it has. */
export function toView({ after, summary, partnership, closedAt }: Viewed, { own }: StoreKeys): View {
  const { reference, procedure, status, stage, revision, raisedAt, dissent } = after;
  const { date, chair } = dissent.conference;
  return {
    reference,
    partnership,
    procedure_id: procedure.id,
    procedure_version: procedure.version,
    status,
    stage,
    revision,
    raised_at: raisedAt,
    ...(closedAt === undefined ? {} : { closed_at: closedAt }),
    agency: dissent.agency,
    dissenter: dissent.dissenter,
    chair,
    others: peopleNamed(after),
    unfinished: Object.values(failuresOf(after)).some((count) => count > 0),
    conference: conferenceHash(own, { partnership, date, chair }),
    children: dissent.children.map((child) => childHash(own, child)),
    due_on: summary.dueOn,
    waits_for: summary.waitsFor,
    figures: canonicalJson(summary.figures),
  };
}

/** What tells conferences apart in the view without saying whose they were. */
export function conferenceHash(own: StoreKeys['own'], { partnership, date, chair }: Parameters<Cases['raisedOn']>[1]): string {
  return keyedHash(own, ['conference', partnership, date, chair].join('\n'));
}

/** The instant at which some events closed a case; undefined where none of them did. */
export function closingIn(events: Commit['events'], at: Date): string | undefined {
  return events.some(({ type }) => type === 'CaseClosed') ? instantText(at) : undefined;
}

/** The statement that writes a case's row of the view, in place of the one there was. */
export function viewWritten(view: View): Statement {
  const { text, values } = insertion('case_view', [view]);
  const { reference: _, ...rest } = view;
  const changes = Object.keys(rest).map((column) => `${column} = excluded.${column}`);
  return { text: `${text} ON CONFLICT (reference) DO UPDATE SET ${changes.join(', ')}`, values };
}

/**
 * Makes the whole view again from the events, case by case, while the program goes on working; `summarise` says what a case waits for.
 * The row of an erased case stays as it is, since nothing is left to make it from. Answers how many cases it went through.
 * @throws at a case whose events cannot be opened or replayed; the rows of the others stay as they are
 */
export async function rebuildViews(kysely: Kysely<Tables>, keys: StoreKeys, summarise: (trail: Trail) => Summary): Promise<number> {
  const headers = await kysely.selectFrom('case_header').select('reference').orderBy('reference').execute();
  for (const { reference } of headers) {
    await kysely.transaction().execute(async (transaction) => {
      const held = await heldTrail(transaction, keys, reference);
      if (!held || held.key.wrapped === null) return;
      const { partnership, procedure_id: id, procedure_version: version } = held.header;
      const end = { hash: held.head.hash, wrapped: held.key.wrapped, keyId: held.key.key_id };
      const key = await keys.vault.unwrap(end, reference);
      const events = held.events.map((row) => recordedEvent(row, key));
      const procedure = { id, version };
      const after = replay(reference, procedure, events);
      if (!after) throw new Error(`case ${reference} has no events: run verify-audit`);
      const closedAt = events.find(({ type }) => type === 'CaseClosed')?.at;
      const summary = summarise({ reference, partnership, procedure, events, end });
      await run(transaction, viewWritten(toView({ after, summary, partnership, closedAt }, keys)));
    });
  }
  await sql`DELETE FROM case_view v WHERE NOT EXISTS (SELECT FROM case_header h WHERE h.reference = v.reference)`.execute(kysely);
  return headers.length;
}
