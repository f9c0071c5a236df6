import { sql } from 'kysely';
import { caseSummary } from '../../src/app/caseSummary.ts';
import type { Trail } from '../../src/app/ports.ts';
import { type CaseForViewer, seenBy } from '../../src/app/seeCase.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { verifyAudit } from '../../src/storage/audit/verifyAudit.ts';
import { caseStore, noOutbox } from '../../src/storage/caseStore.ts';
import { rebuildViews } from '../../src/storage/caseView.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { masterKeyVault } from '../../src/storage/keyVault.ts';
import { openKeys } from '../../src/storage/storeKeys.ts';
import type { Answered } from './clicks.ts';
import { effectsOf } from './effects.ts';
import type { KillRun } from './killRun.ts';
import { masterKey, type World } from './world.ts';

/** What a run left behind: what is wrong, one sentence each, and how much there was to look at. */
export type Verdict = { faults: string[]; counts: Record<string, number> };

/**
 * Holds what the program left in its store and in the world against what people were answered: nothing that was answered is lost, no
 * case is in a state that its events do not give, and whatever a case says was done outside was done once.
 */
export async function verify({ world, answered }: KillRun, environment: Record<string, string>): Promise<Verdict> {
  const database = await openDatabase({ databaseUrl: environment.DATABASE_URL, dataDirectory: environment.DATA_DIR ?? '' });
  try {
    const { kysely } = database;
    const keys = await openKeys(kysely, masterKeyVault(masterKey));
    const audit = await verifyAudit(kysely, { vault: keys.vault });
    const cases = caseStore(kysely, keys, noOutbox);
    const { rows } = await sql<{ reference: string }>`SELECT reference FROM case_header ORDER BY reference`.execute(kysely);
    const trails = (await Promise.all(rows.map(({ reference }) => cases.load(reference)))).filter((trail) => trail !== null);
    const seeing = seer(world);
    const rowsOfView = async () => JSON.stringify((await sql`SELECT * FROM case_view ORDER BY reference`.execute(kysely)).rows, null, 1);
    const before = await rowsOfView();
    await rebuildViews(kysely, keys, (trail) => {
      const { current, procedure, calendar, now } = seeing(trail);
      return caseSummary(current, procedure, calendar, now);
    });
    const left = await sql<{ name: string; state: string; reference: string }>`
      SELECT name, state::text, data->>'reference' AS reference FROM pgboss.job WHERE state IN ('created', 'retry', 'active')
    `.execute(kysely);
    const { rows: posted } = await sql<{ reference: string; person: string; activity: string }>`
      SELECT reference, person, activity_id AS activity FROM posted_card
    `.execute(kysely);
    const effects = effectsOf(world, trails.map(seeing), posted);
    return {
      faults: [
        ...(audit.fault ? [audit.fault.sentence] : []),
        ...(before === (await rowsOfView()) ? [] : ['The stored view is not what the events give.']),
        ...answered.flatMap((each) => lost(each, trails)),
        ...trails.flatMap(twice),
        ...left.rows.map(({ name, state, reference }) => `The job ${name} of ${reference} is still ${state}.`),
        ...effects.faults,
      ],
      counts: { answered: answered.length, cases: audit.cases, events: audit.events, accesses: audit.accesses, ...effects.counts },
    };
  } finally {
    await database.close();
  }
}

function seer({ directory, clock }: World): (trail: Trail) => CaseForViewer {
  const library = loadLibrary('procedures');
  return (trail) => seenBy({ library, directory, clock }, trail, 'bot');
}

/** An answered click whose event is not in the trail. */
function lost({ reference, event, person, after, upTo }: Answered, trails: Trail[]): string[] {
  const stands = trails
    .find((trail) => trail.reference === reference)
    ?.events.some(({ type, actor, revision }) => type === event && actor.person === person && revision > after && revision <= upTo);
  return stands ? [] : [`${person} was answered that ${event} stands on ${reference} by revision ${upTo}, and it does not.`];
}

/** What may happen to a case once only, and happened again; a decision once at each stage. */
function twice({ reference, events }: Trail): string[] {
  const once = events.flatMap((event) => {
    if (event.type === 'DecisionMade' || event.type === 'LetterApproved') return [`${event.type} at ${event.stage}`];
    if (event.type === 'SendingDone') return [`${event.type} ${event.sending}`];
    if (event.type === 'ReasonsFiled') return [`${event.type} ${event.child}`];
    return ['DissentRaised', 'ConferenceRecorded', 'CaseClosed', 'ParentsTold'].includes(event.type) ? [event.type] : [];
  });
  return once.filter((each, index) => once.indexOf(each) !== index).map((each) => `${reference} has ${each} twice.`);
}
