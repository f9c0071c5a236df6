import { describe, expect, test } from '@jest/globals';
import type { CardKey } from '../../src/app/ports.ts';
import { type Linked, withLinked } from '../../src/app/seeCase.ts';
import { readRaise } from '../../src/cards/actions.ts';
import { LARGEST_CARD, sizeOf } from '../../src/cards/fit.ts';
import { keyFor } from '../../src/cards/present/present.ts';
import { showCase, showRaise } from '../../src/cards/show.ts';
import type { Case } from '../../src/domain/case.ts';
import { complaintOpening, seenAs, shared } from './complaining.ts';
import { wordsOf } from './fixtures.ts';
import { states, viewers } from './states.ts';

const LATER = '2027-02-17T12:00:00Z';
const complaints = Object.entries(shared).filter(([, { procedure }]) => procedure.id === 'camden-complaint');

/** Every card of a case that somebody may see. */
const cardsOf = (current: Case, now: string) =>
  viewers.flatMap((viewer) => {
    const seen = seenAs(viewer, current, now);
    if (seen.standings.length === 0) return [];
    const stages = Object.keys(seen.procedure.stages).flatMap((name): CardKey[] => [`stage:${name}`, `outcome:${name}`, `parents:${name}`]);
    const keys: CardKey[] = ['receipt', 'record', 'status', 'checklist', ...stages];
    return keys.filter((key) => keyFor(key, seen) === key).map((key) => ({ viewer, key, card: showCase(key, seen) }));
  });

describe('the cards of a complaint', () => {
  test.each(complaints)('P7 C12: %s says on every card that a complaint cannot change the decision, which stands', (_, current) => {
    const cards = cardsOf(current, LATER);
    expect(cards.length).toBeGreaterThan(0);
    for (const { card } of cards)
      expect(wordsOf(card)).toContain('A complaint cannot change the decision of the conference. The decision of the conference stands.');
  });

  test.each(complaints)('X10 Part E: %s never shows who dissents or why, nor speaks of a dissent of its own', (_, current) => {
    for (const { card } of cardsOf(current, LATER)) {
      expect(wordsOf(card)).not.toMatch(/Amara Okoro|three injuries|DIS-27/);
      expect(wordsOf(card)).not.toMatch(/dissent/i);
    }
  });

  test('P14: no date is due on any of them', () => {
    for (const [, current] of complaints.filter(([name]) => name !== 'guest'))
      for (const { card } of cardsOf(current, LATER)) expect(wordsOf(card)).not.toMatch(/Decide by|Hold by|due by|OVERDUE|time limit/);
  });

  test('P1 X9: those with a part in it are the one who logged it, administrators, chair and Service Manager; nobody of an agency, and not the dissenter', () => {
    const people = new Set(cardsOf(shared.passed, LATER).map(({ viewer }) => viewer));
    expect([...people].sort()).toEqual(['administrator', 'chair', 'sm']);
  });

  test('LE4: the form asks on which day it was made, and takes today where it is left empty', () => {
    const filled = {
      ...{ complainant: 'parent', meeting: 'initial', date: '2027-01-08', chair: 'chair', children: 'CH-1041', grounds: 'category' },
      reasons: 'The wrong word.',
    };
    const { today } = complaintOpening();
    const earlier = Temporal.PlainDate.from(today).subtract({ days: 2 }).toString();
    const later = Temporal.PlainDate.from(today).add({ days: 1 }).toString();
    expect(readRaise({ ...filled, madeOn: earlier }, complaintOpening())).toMatchObject({ dissent: { madeOn: earlier } });
    expect(readRaise({ ...filled, madeOn: '' }, complaintOpening())).toMatchObject({ dissent: { madeOn: today } });
    expect(readRaise(filled, complaintOpening())).toMatchObject({ dissent: { madeOn: today } });
    expect(readRaise({ ...filled, madeOn: later }, complaintOpening())).toMatchObject({
      fields: { madeOn: expect.stringMatching(/has not come yet\. Give the day on which the complaint was made/) },
    });
  });

  test('the form and every card fit in Teams', () => {
    const cards = [
      ...Object.values(shared).flatMap((current) => cardsOf(current, LATER).map(({ card }) => card)),
      showRaise(complaintOpening(), 'draft-1'),
    ];
    expect(Math.max(...cards.map(sizeOf))).toBeLessThanOrEqual(LARGEST_CARD);
  });
});

describe('a complaint or another dissent beside a case', () => {
  const linked: Linked[] = [
    { reference: 'CMP-27-001', case: 'complaint', alike: false },
    { reference: 'DIS-27-002', case: 'dissent', alike: true },
    { reference: null, case: 'dissent', alike: true },
  ];
  const current = states.referred?.current as Case;

  test('Scenario 12 X10: whoever decides reads that there is a complaint, and which other dissent they have a part in, and no more', () => {
    const words = wordsOf(showCase('stage:decide', seenAs('sm', current, LATER, linked)));
    expect(words).toContain('A complaint is open on this conference.');
    expect(words).toContain('Another dissent on this conference: DIS-27-002.');
    expect(words).toContain('Another dissent is open on this conference.');
    expect(words).not.toContain('CMP-27-001');
  });

  /** The same dissent as its chair, before and after they refer it, or as somebody else sees it, with another of the day and a complaint beside it. */
  const beside = (person: string, now: Case) => {
    const dissent = { ...now.dissent, dissenter: 'managed-worker', agency: 'kites', reasons: 'What the child said at school.' };
    const others = [{ ...now, reference: 'DIS-27-002', dissent }, complaints[0]?.[1] as Case];
    return withLinked(
      seenAs(person, now, LATER),
      others.map((other) => seenAs('bot', other, LATER)),
    );
  };

  test.each(['raised', 'referred'])(
    'CD8: a chair reads that another dissent stands on the same conference (%s), and not whose or why',
    (name) => {
      const words = wordsOf(showCase('record', beside('chair', states[name]?.current as Case)));
      expect(words).toContain('Another dissent on this conference: DIS-27-002.');
      expect(words).not.toMatch(/Ed Marsh|Kites|said at school/);
    },
  );

  test('CD8 Scenario 12: nobody but those who decide or administer reads on a dissent that there is a complaint', () => {
    const words = wordsOf(showCase('record', beside('chair', current)));
    expect(words).not.toMatch(/complaint|CMP/);
  });

  test('X10: the cards of the dissenter and of the lead of their agency say nothing of it', () => {
    for (const viewer of ['health-visitor', 'health-lead'])
      expect(wordsOf(showCase('receipt', beside(viewer, current)))).not.toMatch(/complaint|Another dissent|DIS-27-002/);
  });
});
