import { sayInstant } from '../src/domain/londonTime.ts';
import { accessLog } from '../src/storage/accessLog.ts';
import { caseStore, noOutbox } from '../src/storage/caseStore.ts';
import { withStore } from './openStore.ts';
import { readCommandLine } from './operator.ts';

/**
 * `npm run trail -- <reference> --by <account>`: reads one case's whole trail to an auditor, opened with the master key, in order of
 * time. The look is itself in the trail (Part E).
 */
const { words, operator } = readCommandLine('npm run trail -- DIS-27-001 --by internal.audit', { words: 1, reason: false });
const [reference = ''] = words;
await withStore(async ({ database: { kysely }, keys }) => {
  const opened = await keys();
  const cases = caseStore(kysely, opened, noOutbox);
  const access = accessLog(kysely, opened);
  const trail = await cases.load(reference);
  const erasedAt = await cases.erasedAt(reference);
  if (!trail && erasedAt === null) {
    console.log(`There is no case ${reference}.`);
    return 1;
  }
  const shared = { cardRevision: null, result: 'viewed', code: null, rule: null } as const;
  await access.record({ ...shared, reference, person: operator, role: 'auditor', action: 'trail', at: Temporal.Now.instant() });
  if (erasedAt !== null) console.log(`Case ${reference} was erased on ${sayInstant(erasedAt)}. What is left is in the tables.`);
  const changes = (trail?.events ?? []).map(({ revision, at, actor, type, ...facts }) => ({
    at,
    line: `${revision}. ${type} by ${actor.person} as ${actor.role}: ${JSON.stringify(facts)}`,
  }));
  const looks = (await access.of(reference)).map(({ at, person, role, action, result, code, rule, cardRevision }) => ({
    at: at.toString(),
    line: `${result} ${action} by ${person} as ${role} ${JSON.stringify({ code, rule, cardRevision })}`,
  }));
  for (const { at, line } of merged(changes, looks)) console.log(`${sayInstant(at)}  ${line}`);
  return 0;
});

type Line = { at: string; line: string };

/** Two lists by time, each of them in its own order whatever its instants say. */
function merged(ones: Line[], others: Line[]): Line[] {
  const lines: Line[] = [];
  let next = 0;
  for (const one of ones) {
    while (next < others.length && Temporal.Instant.compare(others[next]!.at, one.at) < 0) lines.push(others[next++]!);
    lines.push(one);
  }
  return [...lines, ...others.slice(next)];
}
