import { freshDatabase } from '../../support/database.ts';
import { alterations } from './alterations.ts';
import { fillStore, played } from './play.ts';

/**
 * Plays every alteration there is (EV1, EV3). @throws Error that lists those which were not found, or found by a checkpoint alone where
 * going through the trail ought to have been enough
 */
export async function tamperingSoak(): Promise<Record<string, number>> {
  const database = await freshDatabase();
  try {
    await fillStore(database);
    const all = await database.kysely.transaction().execute(alterations);
    const missed: string[] = [];
    const counts = { altered: 0, foundByVerify: 0, onlyAgainstACheckpoint: 0 };
    for (const alteration of all) {
      const result = await played(database, alteration);
      if (result === 'changed nothing') continue;
      counts.altered++;
      if (result.found !== null) counts.foundByVerify++;
      else if (alteration.finds === 'checkpoint') counts.onlyAgainstACheckpoint++;
      else missed.push(alteration.what);
    }
    if (missed.length > 0) throw new Error(`not found: ${missed.join('; ')}`);
    return counts;
  } finally {
    await database.close();
  }
}
