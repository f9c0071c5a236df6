import { describe, expect, test } from '@jest/globals';
import type { PendingJob } from '../../src/app/stuck.ts';
import { figuresCard } from '../../src/cards/figuresCard.ts';
import { LARGEST_CARD, sizeOf } from '../../src/cards/fit.ts';
import { readCover } from '../../src/cards/forms/coverForm.ts';
import { registerCard } from '../../src/cards/registerCard.ts';
import { stuckCard } from '../../src/cards/stuckCard.ts';
import { type Card, render } from '../../src/cards/template.ts';
import { libraryFaults } from './cardModel.ts';
import { directory, wordsOf } from './fixtures.ts';
import { aRow, facts, overseeing, posts, quarterFigures } from './overseeing.ts';
import { houseFaults, nodesOf, schemaFaults, templateWarnings } from './wellFormed.ts';

const faultsOf = (card: Card) => [...houseFaults(card), ...schemaFaults(card), ...libraryFaults(card)];

describe('the cards about a whole partnership', () => {
  test.each(Object.keys(overseeing))('%s is a good card', (name) => {
    const drawing = overseeing[name]!;
    expect([templateWarnings(drawing), faultsOf(render(drawing))]).toEqual([[], []]);
  });

  test('a full page of the register, ten stuck jobs and thirty agencies fit on a card', () => {
    const rows = Array.from({ length: 20 }, (_, index) =>
      aRow(90_000 + index, {
        left: -123,
        stage: 'Waiting for the Head of Service',
        waitsFor: "the Head of Children's Health, Care and Justice Services",
      }),
    );
    const job: PendingJob = {
      name: 'tell-partnership',
      reference: 'DIS-27-90000',
      state: 'waiting',
      attempts: 9999,
      lastError: { kind: 'permission', check: 'the application permission Calendars.ReadWrite, and the access policy of the mailbox' },
      retryAt: '2027-01-12T09:40:00Z',
      since: '2027-01-12T09:40:00Z',
    };
    const agency = (index: number) => `Agency number ${index} with a long name of its own`;
    const figures = quarterFigures(Array.from({ length: 300 }, (_, index) => facts(1, agency(index % 30), `Outcome ${index % 6}`)).flat());
    const cards = [
      registerCard({ rows, page: 1, more: true }),
      stuckCard({ stuck: Array.from({ length: 10 }, () => job), unfinished: [], notTold: [], more: true }),
      figuresCard(figures, true),
      figuresCard(figures, false),
    ].map((drawing) => render(drawing));
    expect(cards.map((card) => [sizeOf(card) <= LARGEST_CARD, faultsOf(card)])).toEqual(cards.map(() => [true, []]));
  });

  test('Part E: in Teams the figures are charts, elsewhere tables, of the same numbers, and never of a small one', () => {
    const charts = nodesOf(render(overseeing['figures.charts']!)).filter(({ type }) => type?.startsWith('Chart.'));
    const tables = nodesOf(render(overseeing['figures.tables']!)).filter(({ type }) => type === 'Table');
    expect(charts.map(({ fallback }) => fallback)).toEqual(tables);
    expect(charts).toHaveLength(2);
    for (const { data } of charts) for (const { y } of data as { y: number }[]) expect(y).toBeGreaterThan(4);
    const words = wordsOf(render(overseeing['figures.tables']!));
    expect(words).toMatch(/Kites Family Support\nfewer than 5/);
    expect(words).toContain('Past the time limit\n9 (30%)');
  });

  test('X6: the register holds references, stages and dates, in words for being late', () => {
    const words = wordsOf(render(overseeing['register.first']!));
    expect(words).toContain('DIS-27-001: 2 working days over (Fri 8 Jan 2027)');
    expect(words).toContain('DIS-27-002: due today (Tue 12 Jan 2027)');
    expect(words).toContain('DIS-27-003: 1 working day left (Wed 13 Jan 2027)');
    expect(words).toContain('DIS-27-004: no date');
    expect(words).not.toMatch(/CH-1041|health|threshold|injur/i);
  });

  test('the help card speaks of register, figures and cover to those who can use them alone', () => {
    expect(wordsOf(render(overseeing['welcome.decider']!))).toMatch(/Register[\s\S]*Figures[\s\S]*Cover/);
    expect(wordsOf(render(overseeing['welcome.decider']!))).not.toContain('Stuck');
  });
});

describe('Q27: the form for cover', () => {
  const asked = { posts, directory, today: '2027-01-12' };
  const good = { deputy: 'sm-deputy', from: '2027-01-12', to: '2027-01-15' };

  test('filled in, it is a cover of the only role that the person holds', () => {
    expect(readCover(good, asked)).toEqual({ cover: { partnership: 'camden', role: 'service-manager', ...good } });
  });

  test.each([
    ['oneself', { deputy: 'sm' }, 'deputy'],
    ['somebody of another partnership', { deputy: 'nurse' }, 'deputy'],
    ['no date', { from: '' }, 'from'],
    ['yesterday', { from: '2027-01-11' }, 'from'],
    ['more than a year ahead', { from: '2028-01-13' }, 'from'],
    ['a last day in the past', { to: '2027-01-11' }, 'to'],
  ])('%s is sent back', (_what, changes, field) => {
    expect(Object.keys((readCover({ ...good, ...changes }, asked) as { fields: object }).fields)).toEqual([field]);
  });
});
