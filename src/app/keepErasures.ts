import { type Erasure, erasuresName, isErasures, openErasures, signErasures } from '../evidence/erasures.ts';
import { NoteFault, readVerifier, type Signer } from '../evidence/note.ts';
import type { Place } from './checkpoint.ts';

/** Writes the list of all erased cases to every place that keeps it; answers why for each where that failed. */
export async function keepErasures(erased: readonly Erasure[], signer: Signer, places: readonly Place[]): Promise<string[]> {
  const keeping = places.filter(({ canBeRead }) => canBeRead);
  if (erased.length === 0) return [];
  const list = await signErasures(erased, signer);
  const written = await Promise.allSettled(keeping.map((place) => place.write(erasuresName(erased.length), list)));
  return written.flatMap((result, index) => (result.status === 'fulfilled' ? [] : [`${keeping[index]!.name}: ${result.reason}`]));
}

/** Every erasure that a place holds a list of, signed by this store's key; a list of somebody else's counts for nothing (corner 34). */
export async function erasuresKept(signer: Signer, places: readonly Place[]): Promise<Erasure[]> {
  const verifier = readVerifier(signer.verifier);
  const kept = new Map<string, Erasure>();
  for (const place of places.filter(({ canBeRead }) => canBeRead)) {
    for (const name of (await place.list()).filter(isErasures)) {
      for (const erasure of await listIn(place, name)) if (!kept.has(erasure.reference)) kept.set(erasure.reference, erasure);
    }
  }
  return [...kept.values()];

  async function listIn(place: Place, name: string): Promise<Erasure[]> {
    try {
      return openErasures(await place.read(name), verifier);
    } catch (fault) {
      if (fault instanceof NoteFault) return [];
      throw fault;
    }
  }
}
