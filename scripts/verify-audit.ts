import { parseArgs } from 'node:util';
import { checkpointsIn, type PlacedCheckpoint, placeAt } from '../src/checkpoints/inPlace.ts';
import { readVerifier } from '../src/evidence/note.ts';
import { verifyAgainst } from '../src/storage/audit/againstCheckpoints.ts';
import { excessivePowers } from '../src/storage/audit/guards.ts';
import { verifyAudit } from '../src/storage/audit/verifyAudit.ts';
import { checkpointSigner } from '../src/storage/checkpointSigner.ts';
import { presentKeys } from '../src/storage/storeKeys.ts';
import { placesOf } from './checkpointPlaces.ts';
import { type OpenStore, withStore } from './openStore.ts';

const SAID_EVERY_MILLISECONDS = 2000;

/** Says from time to time how far a long piece of work has come. */
function saying(what: string): (read: number) => void {
  let said = performance.now();
  return (read) => {
    if (performance.now() - said < SAID_EVERY_MILLISECONDS) return;
    said = performance.now();
    console.error(`${read} ${what} have been read.`);
  };
}

const { values } = parseArgs({ options: { against: { type: 'string' }, key: { type: 'string' } } });

/**
 * `npm run verify-audit`: goes through the audit trail, and compares it with the checkpoints in the configured places, or with those of
 * `--against <file or folder>`, which `--key <verifier key>` signed. Ends with 0 when it is whole, 1 when it is not, 2 when it cannot be read.
 */
await withStore(async (store) => {
  const { database, vault } = store;
  const { kysely, embedded } = database;
  // Checkpoints first: what is signed while the store is read would be of more rows than were read.
  const outside = await checkpointsOutside(store);
  const progress = saying('cases');
  const { cases, erased, events, accesses, fault, unchecked } = await verifyAudit(kysely, { vault, progress });
  console.log(
    fault
      ? `The audit trail is not whole. ${fault.sentence}`
      : `The audit trail is whole: ${cases} cases (${erased} of them erased), ${events} events, ${accesses} looks and refused presses.`,
  );
  const powers = embedded
    ? "This is the sandbox's embedded database, which has one role: whoever has the folder owns it all."
    : await excessivePowers(kysely);
  const against = outside.checkpoints.length > 0 ? await verifyAgainst(kysely, outside.checkpoints, saying('rows of the log')) : null;
  if (against)
    console.log(
      against.fault
        ? `It is not what was signed. ${against.fault.sentence}`
        : `It is what ${against.checkpoints === 1 ? 'one checkpoint says' : `${against.checkpoints} checkpoints say`}; the last ${against.uncovered} of ${against.leaves} rows are in none yet.`,
    );
  else console.log('It was compared with no checkpoint, so that an older state put back, or a cut end, would not show: see docs/audit.md.');
  for (const file of outside.altered) console.log(`Checkpoint ${file} was altered: its signature does not hold.`);
  for (const sentence of outside.unread) console.log(sentence);
  for (const sentence of [...unchecked, ...(powers === null ? [] : [powers])]) console.log(sentence);
  return fault || against?.fault || outside.altered.length > 0 ? 1 : 0;
});

type Outside = { checkpoints: PlacedCheckpoint[]; altered: string[]; unread: string[] };

/** The checkpoints to compare with, by the key that was given, or else by this store's own. */
async function checkpointsOutside(store: OpenStore): Promise<Outside> {
  const { against, key } = values;
  const found: Outside = { checkpoints: [], altered: [], unread: [] };
  const keys = key === undefined && store.vault ? await presentKeys(store.database.kysely, store.vault) : null;
  const verifierKey = key ?? (keys && checkpointSigner(keys, store.config.checkpoints).verifier);
  if (verifierKey === null) {
    const sentence = 'Checkpoints were not read: give their public key with --key, or set MASTER_KEY to the one that opens the store.';
    if (against !== undefined) throw new Error(sentence);
    return { ...found, unread: [sentence] };
  }
  const verifier = readVerifier(verifierKey);
  for (const place of against === undefined ? placesOf(store.config) : [await placeAt(against)]) {
    try {
      const { checkpoints, altered } = await checkpointsIn(place, verifier);
      found.checkpoints.push(...checkpoints);
      found.altered.push(...altered);
    } catch (fault) {
      if (against !== undefined) throw fault;
      found.unread.push(`The checkpoints in ${place.name} could not be read: ${fault instanceof Error ? fault.message : fault}.`);
    }
  }
  if (against !== undefined && found.checkpoints.length === 0 && found.altered.length === 0)
    throw new Error(`There is no checkpoint of this log, signed by this key, at ${against}.`);
  return found;
}
