import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alwaysHolds } from '../support/properties.ts';
import { anyConference, type Drawn, play } from './anyConference.ts';
import { cardsOf, listsOf } from './onCards.ts';
import { documentsOf, outsideOf } from './outside.ts';
import { textsOf, trailsApart, type World } from './world.ts';

test('Part E X6 X7 X9 X10 X11 P7 C17 C22 S22 Q23: whatever comes of a conference, nobody reads on any card, list, letter, file, mail or invitation what is not theirs', async () => {
  await alwaysHolds(
    fc.asyncProperty(anyConference, async (drawn) => {
      expect(await faultsIn(drawn)).toEqual([]);
    }),
    20,
  );
});

async function faultsIn(drawn: Drawn): Promise<string[]> {
  const played = await play(drawn);
  const cases = played.trails.map(({ reference }) => played.see(reference, 'bot'));
  const world: World = { ...played, cases, texts: textsOf(played, cases), faults: [] };
  trailsApart(world);
  for (const seen of cases) {
    await cardsOf(world, seen);
    documentsOf(world, seen);
  }
  await listsOf(world);
  outsideOf(world);
  return world.faults;
}
