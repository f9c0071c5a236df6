import { describe, expect, test } from '@jest/globals';
import { oversightOf } from '../../src/app/oversight.ts';
import type { CaseSummary, Cases } from '../../src/app/ports.ts';
import { register } from '../../src/app/register.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';

const library = loadLibrary('procedures');
const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} });

const summary = (number: number, changes: Partial<CaseSummary> = {}): CaseSummary => ({
  reference: `DIS-27-${String(number).padStart(3, '0')}`,
  partnership: 'camden',
  procedure: { id: 'camden-dissent', version: 1 },
  status: 'open',
  stage: 'decide',
  revision: 5,
  raisedAt: '2027-01-12T15:10:00Z',
  dueOn: '2027-01-26',
  waitsFor: 'service-manager',
  ...changes,
});

/** The register at a moment, over some open cases in the store's own order. */
function at(now: string, open: CaseSummary[]) {
  const asked: [string[], number, number][] = [];
  const openBySoonest: Cases['openBySoonest'] = async (...args) => {
    asked.push(args);
    return open.slice(args[2], args[2] + args[1]);
  };
  const deps = { library, directory, clock: { now: () => Temporal.Instant.from(now) }, cases: { openBySoonest } as Cases };
  return { deps, asked };
}

describe('the register', () => {
  test('given more cases than a page holds, then a page is read at a time, and says whether there are more', async () => {
    const { deps, asked } = at(
      '2027-01-12T16:00:00Z',
      Array.from({ length: 41 }, (_, index) => summary(index + 1)),
    );
    const pages = await Promise.all([0, 1, 2].map((page) => register(deps, 'service-manager', page)));
    expect(pages.map((page) => [page?.rows[0]?.reference, page?.rows.length, page?.more])).toEqual([
      ['DIS-27-001', 20, true],
      ['DIS-27-021', 20, true],
      ['DIS-27-041', 1, false],
    ]);
    expect(asked).toEqual([0, 20, 40].map((offset) => [['camden'], 21, offset]));
  });

  test.each([
    ['2027-01-12T16:00:00Z', '2027-01-26', 10],
    ['2027-01-26T23:59:00Z', '2027-01-26', 0],
    ['2027-01-27T00:00:00Z', '2027-01-26', -1],
    ['2027-01-30T12:00:00Z', '2027-01-29', -1],
    ['2027-08-31T09:00:00Z', '2027-08-25', -3],
  ])('C16 Q4: at %s a case due on %s has %d working days left', async (now, dueOn, left) => {
    const page = await register(at(now, [summary(1, { dueOn })]).deps, 'service-manager', 0);
    expect(page?.rows[0]).toMatchObject({ dueOn, left, waitsFor: 'the Service Manager' });
  });
});

describe('who oversees what', () => {
  const today = (now: string) => at(now, []).deps;
  test.each([
    ['service-manager', { posts: ['service-manager'], register: ['camden'], figures: ['camden'], stuck: [] }],
    ['administrator', { posts: [], register: ['camden'], figures: ['camden'], stuck: ['camden'] }],
    ['scottish-administrator', { posts: [], register: ['strathmallow'], figures: ['strathmallow'], stuck: ['strathmallow'] }],
    ['service-manager-deputy', { posts: [], register: [], figures: [], stuck: [] }],
    ['service-manager-alternate', { posts: [], register: [], figures: [], stuck: [] }],
    ['chair', { posts: [], register: [], figures: [], stuck: [] }],
    ['somebody-unknown', { posts: [], register: [], figures: [], stuck: [] }],
  ])('X3: %s', (person, expected) => {
    const { posts, complaints: _, ...rest } = oversightOf(today('2027-01-12T16:00:00Z'), person);
    expect({ posts: posts.map(({ role }) => role), ...rest }).toEqual(expected);
  });

  test('Q27: a deputy has the register while they cover, and names no deputy in turn', () => {
    expect(oversightOf(today('2027-12-20T00:00:00Z'), 'service-manager-deputy')).toMatchObject({
      posts: [],
      register: ['camden'],
      figures: ['camden'],
      stuck: [],
    });
    expect(oversightOf(today('2028-01-08T00:00:00Z'), 'service-manager-deputy').register).toEqual([]);
  });

  test('Part E: a reader of statistics sees the figures and no register', () => {
    const read = directory();
    const camden = { ...read.partnerships.camden!, statisticsReaders: ['gp'] };
    const deps = { ...today('2027-01-12T16:00:00Z'), directory: () => ({ ...read, partnerships: { ...read.partnerships, camden } }) };
    expect(oversightOf(deps, 'gp')).toMatchObject({ posts: [], register: [], figures: ['camden'], stuck: [] });
  });
});
