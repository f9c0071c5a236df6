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
  const cases = caseStore(kysely, await keys(), noOutbox);
  const access = accessLog(kysely);
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
  for (const { at, line } of [...changes, ...looks].toSorted((one, other) => Temporal.Instant.compare(one.at, other.at)))
    console.log(`${sayInstant(at)}  ${line}`);
  return 0;
});
