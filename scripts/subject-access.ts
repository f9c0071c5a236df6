import { seenBy } from '../src/app/seeCase.ts';
import { dataSubject, heldAbout } from '../src/app/subjectAccess.ts';
import { readDirectory } from '../src/directory/readDirectory.ts';
import { loadLibrary } from '../src/procedures/loadLibrary.ts';
import { accessLog } from '../src/storage/accessLog.ts';
import { caseStore, noOutbox } from '../src/storage/caseStore.ts';
import { heldAboutPerson } from '../src/storage/heldAboutPerson.ts';
import { withStore } from './openStore.ts';
import { readCommandLine } from './operator.ts';

/**
 * `npm run subject-access -- <person or child> --by <account>`: everything that is held about a person (by id, Entra object ID, mailbox or name)
 * or a child (by reference), on standard output, other people's names in double square brackets (OP8). A case that is given out is a look at
 * it, and in its trail. Reads case by case; ends with 1 where nothing is held.
 */
const { words, operator } = readCommandLine('npm run -s subject-access -- "Amara Larkspur" --by data.protection > file.txt', {
  words: 1,
  reason: false,
});
await withStore(async ({ database: { kysely }, keys, config }) => {
  const opened = await keys();
  const cases = caseStore(kysely, opened, noOutbox);
  const access = accessLog(kysely, opened);
  const deps = {
    library: loadLibrary(config.proceduresDir),
    directory: readDirectory(config.directoryFile, { onFaults: () => {} }),
    clock: { now: () => Temporal.Now.instant() },
  };
  const subject = dataSubject(deps.directory(), words[0] ?? '');
  const beside = subject.kind === 'person' ? await heldAboutPerson(kysely, opened, subject.ids) : [];
  for (const { title, lines } of beside) console.log([`== ${title}`, ...lines, ''].join('\n'));
  let found = beside.length;
  let erased = 0;
  for (const { reference } of await kysely.selectFrom('case_header').select('reference').orderBy('reference').execute()) {
    const trail = await cases.load(reference);
    if (!trail) erased += 1;
    const held = trail && heldAbout(subject, seenBy(deps, trail, 'bot'));
    if (!held) continue;
    const look = { reference, person: operator, role: 'data-protection', action: 'subject-access', cardRevision: null };
    await access.record({ ...look, result: 'viewed', code: null, rule: null, at: deps.clock.now() });
    console.log(`== Case ${reference}\n${held}\n`);
    found += 1;
  }
  const who = subject.kind === 'person' ? `the person ${subject.ids[0]}` : `the child ${subject.reference}`;
  console.error(
    `Asked about ${who}. ${found === 0 ? 'Nothing is held.' : 'Names in [[double brackets]] are of others: decide about each.'}`,
  );
  if (erased > 0) console.error(`Cases that were erased hold nothing that can be read: ${erased}.`);
  return found === 0 ? 1 : 0;
});
