import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OutsideFault } from '../src/app/faults.ts';
import { checkpointMaker } from '../src/app/jobs/makeCheckpoint.ts';
import { openCheckpoint } from '../src/evidence/checkpoint.ts';
import { readVerifier } from '../src/evidence/note.ts';
import { consistencyRanges, proofMaker } from '../src/evidence/proofs.ts';
import { accessLog } from '../src/storage/accessLog.ts';
import { checkpointSigner } from '../src/storage/checkpointSigner.ts';
import { evidenceLog, lastNote } from '../src/storage/evidenceLog.ts';
import { exportChronology } from '../src/storage/exportChronology.ts';
import { checkFiles } from './checkChronology.ts';
import { placesOf } from './checkpointPlaces.ts';
import { type OpenStore, withStore } from './openStore.ts';

const USAGE = `Write it like this:
  npm run checkpoint                                                       make one now
  npm run checkpoint -- key                                                the public key, to be kept where checkpoints are checked
  npm run checkpoint -- chronology <case> <file> --by <account>            a case's chronology with its proofs
  npm run checkpoint -- verify <checkpoint> <chronology> --key <key>       check one against the other; needs no database
  npm run checkpoint -- witness <size>                                     what a witness wants that has seen the log at that size`;

const clock = { now: () => Temporal.Now.instant() };

/** The log of an open store, who signs it, and where its checkpoints go. */
async function opened(store: OpenStore) {
  const keys = await store.keys();
  const signer = checkpointSigner(keys, store.config.checkpoints);
  return { keys, signer, evidence: evidenceLog(store.database.kysely), places: placesOf(store.config) };
}

const makeNow = () =>
  withStore(async (store) => {
    const { signer, evidence, places } = await opened(store);
    await checkpointMaker({ evidence, places, signer, clock }, { now: true })().catch((fault) => {
      if (fault instanceof OutsideFault) throw new Error(`${fault.message}; check ${fault.check}`, { cause: fault });
      throw fault;
    });
    for (const [place, { size, at }] of await evidence.places()) console.log(`${place}: ${size} rows of evidence, ${at}`);
    return 0;
  });

const tellKey = () =>
  withStore(async (store) => {
    console.log((await opened(store)).signer.verifier);
    return 0;
  });

/** The look is in the trail, as every look of an auditor is. */
const writeChronology = (reference: string, file: string, operator: string) =>
  withStore(async (store) => {
    const { keys, signer } = await opened(store);
    const { kysely } = store.database;
    const shared = { cardRevision: null, result: 'viewed', code: null, rule: null } as const;
    const access = accessLog(kysely, keys);
    const exported = await exportChronology(kysely, keys, reference, readVerifier(signer.verifier));
    if ('why' in exported) {
      console.log(exported.why);
      return 1;
    }
    await access.record({ ...shared, reference, person: operator, role: 'auditor', action: 'chronology', at: clock.now() });
    writeFileSync(file, `${JSON.stringify(exported.chronology, null, 1)}\n`, { flag: 'wx', mode: 0o600 });
    writeFileSync(`${file}.checkpoint`, exported.note, { flag: 'wx' });
    console.log(`${file} holds case ${reference} with its proofs, and ${file}.checkpoint the checkpoint that they are for.`);
    return 0;
  });

/** The request that a witness takes (c2sp.org/tlog-witness): from which size, the proof that the log goes on from there, the checkpoint. */
const forWitness = (size: number) =>
  withStore(async (store) => {
    const { signer, evidence } = await opened(store);
    const last = await lastNote(store.database.kysely);
    if (last === null) throw new Error('No checkpoint has been made yet.');
    const checkpoint = openCheckpoint(last, [readVerifier(signer.verifier)]);
    if (size > checkpoint.size) throw new Error(`The last checkpoint is of ${checkpoint.size} rows.`);
    const ranges = consistencyRanges(size, { from: 0, to: checkpoint.size });
    const maker = proofMaker(ranges);
    for await (const leaf of evidence.leaves(0, checkpoint.size)) maker.take(leaf);
    const proof = maker.roots(ranges).map((root) => `${root.toString('base64')}\n`);
    process.stdout.write(`old ${size}\n${proof.join('')}\n${last}`);
    return 0;
  });

const { values, positionals } = parseArgs({ allowPositionals: true, options: { by: { type: 'string' }, key: { type: 'string' } } });
const [what = 'now', first = '', second = ''] = positionals;
if (what === 'now') await makeNow();
else if (what === 'key') await tellKey();
else if (what === 'chronology' && second && /^[\w.@-]{2,60}$/.test(values.by ?? '')) await writeChronology(first, second, values.by!);
else if (what === 'verify' && second && values.key) process.exitCode = checkFiles(first, second, values.key, console.log);
else if (what === 'witness' && /^\d+$/.test(first)) await forWitness(Number(first));
else {
  console.error(USAGE);
  process.exitCode = 2;
}
