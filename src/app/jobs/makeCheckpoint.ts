import { type Checkpoint, openCheckpoint, signCheckpoint } from '../../evidence/checkpoint.ts';
import { type Erasure, erasuresName, signErasures } from '../../evidence/erasures.ts';
import { NoteFault, readVerifier, type Signer } from '../../evidence/note.ts';
import { append, EMPTY, type Frontier, rootOf } from '../../evidence/tree.ts';
import { type EvidenceLog, isCheckpoint, isDue, nameOf, type Place, type Placed } from '../checkpoint.ts';
import { mayMend, OutsideFault } from '../faults.ts';
import type { Clock } from '../ports.ts';

/** What making a checkpoint needs. */
export type CheckpointDependencies = {
  evidence: EvidenceLog;
  places: Place[];
  signer: Signer;
  clock: Clock;
};

/**
 * The job that signs a checkpoint of all evidence (EV2) and writes it to each place that is due one. The new tree is worked out from the
 * oldest of the checkpoints that stand outside, so that it goes on from every one of them; where it does not, nothing is signed.
 * A place that fails does not keep it from the others. With `now` every place is due one.
 * @throws OutsideFault when the store does not go on from what stands outside, or when a place failed
 */
export function checkpointMaker(deps: CheckpointDependencies, { now = false } = {}): () => Promise<void> {
  const { evidence, signer, clock } = deps;
  /** What this process has signed already: the store cannot have been put back behind it. */
  let mine: Checkpoint | null = null;
  return async () => {
    const faults: unknown[] = [];
    const attempt = <T>(work: Promise<T>) => work.catch((fault) => void faults.push(fault));
    const before: Checkpoint[] = mine ? [mine] : [];
    for (const place of deps.places) {
      const standing = await attempt(newestOf(place, signer));
      if (standing) before.push(standing);
    }
    const size = await evidence.takeIn();
    const at = clock.now();
    const placed = await evidence.places();
    const due = deps.places.filter((place) => now || isDue(place, placed.get(place.name), { size, at }));
    const frontier = await goneOnFrom(deps, before, size);
    if (due.length > 0) {
      const root = rootOf(frontier);
      const note = await signCheckpoint({ size, root }, signer);
      await evidence.keep({ size, root, frontier, note, at });
      mine = { origin: signer.name, size, root };
      const erased = await evidence.erasures();
      for (const place of due) await attempt(write(deps, place, { size, at, note, erased }));
    }
    const worst = faults.find((fault) => !(fault instanceof OutsideFault) || !mayMend(fault.kind)) ?? faults[0];
    if (worst) throw worst;
  };
}

type Written = Placed & { note: string; erased: Erasure[] };

async function write({ evidence, signer }: CheckpointDependencies, place: Place, { size, at, note, erased }: Written): Promise<void> {
  if (erased.length > 0 && place.canBeRead) await place.write(erasuresName(erased.length), await signErasures(erased, signer));
  await place.write(nameOf(size, at), note);
  await evidence.placed(place.name, size, at);
}

/** The newest checkpoint of this log in a place. Those of another log may stand beside it, and damaged ones are not of this log. */
async function newestOf(place: Place, signer: Signer): Promise<Checkpoint | null> {
  const verifier = readVerifier(signer.verifier);
  for (const name of (await place.list()).filter(isCheckpoint).reverse()) {
    try {
      return openCheckpoint(await place.read(name), [verifier]);
    } catch (fault) {
      if (!(fault instanceof NoteFault)) throw fault;
    }
  }
  return null;
}

/**
 * The tree over the log's first `size` leaves, grown from the smallest of the trees that were signed before.
 * @throws OutsideFault when the leaves do not lead to every one of them
 */
async function goneOnFrom({ evidence }: CheckpointDependencies, before: Checkpoint[], size: number): Promise<Frontier> {
  const signed = before.toSorted((one, other) => one.size - other.size);
  const beyond = signed.find((each) => each.size > size);
  if (beyond) throw inconsistent(`it holds ${size} rows, and a checkpoint of ${beyond.size} was signed before`);
  const [oldest] = signed;
  let tree = (oldest && (await evidence.frontierAt(oldest.size))) ?? EMPTY;
  const next = signed.values();
  let due = next.next();
  const compare = () => {
    for (; !due.done && due.value.size === tree.size; due = next.next())
      if (!rootOf(tree).equals(due.value.root))
        throw inconsistent(`its first ${tree.size} rows are not those of a checkpoint signed before`);
  };
  compare();
  for await (const leaf of evidence.leaves(tree.size, size)) {
    tree = append(tree, leaf);
    compare();
  }
  if (tree.size < size) throw inconsistent(`row ${tree.size} of its log is missing`);
  return tree;
}

function inconsistent(why: string): OutsideFault {
  return new OutsideFault(
    'rejected',
    `the store does not go on from the checkpoints outside: ${why}; no checkpoint was signed`,
    'who has changed the database or put an older one back: run verify-audit, and read docs/audit.md',
  );
}
