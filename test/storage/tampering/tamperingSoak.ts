import { freshDatabase } from '../../support/database.ts';
import { alterations } from './alterations.ts';
import { fillStore, played } from './play.ts';

/**
 * Plays every alteration there is (EV1, EV3). @throws Error that lists those which were not found, or not by
 * what ought to find them
 */
export async function tamperingSoak(): Promise<Record<string, number>> {
  const database = await freshDatabase();
  try {
    const witness = await fillStore(database);
    const all = await database.kysely.transaction().execute(alterations);
    const missed: string[] = [];
    const counts = { altered: 0, foundByVerify: 0, onlyBesideACheckpoint: 0 };
    for (const alteration of all) {
      const result = await played(database, witness, alteration);
      if (result === 'changed nothing') continue;
      counts.altered++;
      if (result.found?.by !== alteration.finds) missed.push(`${alteration.what}, by ${result.found?.by ?? 'anything'}`);
      else if (result.found.by === 'verify') counts.foundByVerify++;
      else counts.onlyBesideACheckpoint++;
    }
    if (missed.length > 0) throw new Error(`not found: ${missed.join('; ')}`);
    return counts;
  } finally {
    await database.close();
  }
}
