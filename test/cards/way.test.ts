import { describe, expect, test } from '@jest/globals';
import { wayOf } from '../../src/cards/present/way.ts';
import { showCase } from '../../src/cards/show.ts';
import { seenBy } from './fixtures.ts';
import { states, viewers } from './states.ts';

/** The line as somebody hears it, who does not see the marks between. */
function heard(state: string, viewer: string): string {
  const at = states[state];
  if (!at) throw new Error(`no state ${state}`);
  return wayOf(seenBy(viewer, at.current, at.now))
    .map(({ text }) => text)
    .join('')
    .replaceAll('\u00a0\u203a', ',');
}

describe('CD12: every case card opens with the way so far and the way to come', () => {
  test.each([
    [
      'raised',
      'chair',
      'Raised, Now: With the chair, Then: Service Manager decides, Perhaps: Head of Service decides, Meets again, At the end: Closed',
    ],
    [
      'referred',
      'sm',
      'Raised, Referred, Now: With the Service Manager, Perhaps: Head of Service decides, Meets again, At the end: Closed',
    ],
    ['notUpheld', 'sm', 'Raised, Referred, Service Manager decided, Now: To tell and to file, Then: Closed'],
    ['notUpheld', 'health-visitor', 'Raised, Referred, Now: Decided, Then: Closed'],
    [
      'booked',
      'chair',
      'Raised, Referred, Service Manager decided, Head of Service decided, Now: Meets again Tue 2 Mar 2027, 10:00, Then: Closed',
    ],
    ['closed', 'sm', 'Raised, Referred, Service Manager decided, Now: Closed Wed 17 Feb 2027'],
    ['withdrawn', 'sm', 'Raised, Referred, Now: Withdrawn Mon 8 Feb 2027'],
  ])('%s, to %s', (state, viewer, line) => {
    expect(heard(state, viewer)).toBe(line);
  });

  test('it stands in the head of each card of a case, whoever looks, and nowhere twice', () => {
    const cards = Object.values(states).flatMap(({ current, now }) =>
      viewers.flatMap((viewer) => {
        const seen = seenBy(viewer, current, now);
        return seen.standings.length === 0 ? [] : [{ card: showCase('status', seen), way: wayOf(seen).map(({ text }) => text) }];
      }),
    );
    expect(cards.length).toBeGreaterThan(100);
    const without = cards.filter(
      ({ card, way }) => !JSON.stringify((card.body as object[])[0]).includes(JSON.stringify(way[0]).slice(1, -1)),
    );
    expect(without).toEqual([]);
  });
});
