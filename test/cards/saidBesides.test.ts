import { describe, expect, test } from '@jest/globals';
import type { CardKey } from '../../src/app/ports.ts';
import { LARGEST_CARD, sizeOf } from '../../src/cards/fit.ts';
import { showCase } from '../../src/cards/show.ts';
import { aDissent, after, aRecord, raised, seenBy, wordsOf } from './fixtures.ts';

/** What a professional said besides on the form, and a conference of long ago, as those read it who chair and decide. */

const besides = { attended: false, leadConsulted: 'Ana Vale, on Monday', categoryThen: 'Neglect', contact: '020 7946 0000' };
const at = '2027-02-05T10:00:00Z';

describe('CD15: on the cards of the chair and of whoever decides', () => {
  const long = aDissent({ conference: { type: 'review', date: '1999-03-04' }, decision: 'end', ...besides });
  const started = raised('2027-02-04T15:10:00Z', long);
  const referred = after(started, 'chair', at, { type: 'Record', record: aRecord, agency: null });

  test.each([
    ['the chair', 'chair', 'record', started],
    ['the decider', 'sm', 'stage:decide', referred],
  ] as const)('%s reads what was said, and that the conference was long ago', (_who, person, key, current) => {
    const card = showCase(key as CardKey, seenBy(person, current, at));
    const words = wordsOf(card);
    for (const said of ['No, they were not there', ...Object.values(besides).filter((each) => each !== false)])
      expect(words).toContain(said);
    expect(words).toContain('The conference was held 27 years before this was raised. Check that its date is right.');
    expect(sizeOf(card)).toBeLessThanOrEqual(LARGEST_CARD);
  });

  test('an earlier dissent, without any of it, says nothing of it', () => {
    const words = wordsOf(showCase('record', seenBy('chair', raised('2027-02-04T15:10:00Z', aDissent()), at)));
    expect(words).not.toMatch(/Agency lead consulted|Category at the time|How to reach them|At the conference/);
  });
});
