import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readActivity } from '../../src/bot/envelope.ts';
import { isLocalRequest } from '../../src/bot/localRequest.ts';
import { caseAction, readCardData } from '../../src/cards/actions.ts';
import { plainWords } from '../../src/conversation/plainText.ts';
import { readWords } from '../../src/conversation/words.ts';
import { readQuarter } from '../../src/domain/quarter.ts';
import { alwaysHolds } from '../support/properties.ts';
import { activityFrom } from '../support/teamsClient.ts';

/** Everything that reads what comes from outside before anybody knows how long or strange it is. */
const readers: Record<string, (text: string) => unknown> = {
  'a typed message': readWords,
  'its words': plainWords,
  'a quarter': readQuarter,
  'an activity, by its text': (text) => readActivity(activityFrom('https://teams.example/', { text })),
  'an activity, by its ids': (text) => readActivity(activityFrom('https://teams.example/', { id: text, name: text, replyToId: text })),
  "a card's verb": (text) => readCardData({ reference: 'DIS-27-001', revision: 1, verb: text }),
  "a verb's argument": (text) => caseAction(`decide:${text}`),
  "a card's reference": (text) => readCardData({ reference: text, revision: 1, verb: 'see:status' }),
  "a card's inputs": (text) => readCardData({ reference: 'DIS-27-001', revision: 1, verb: 'refer', reasons: text }),
  'the host that was asked for': (text) => isLocalRequest({ headers: { host: text, origin: text } }),
};

/** The body limit: nothing longer reaches a reader. */
const LONGEST = 256 * 1024;
/** Processor time of this process, in milliseconds, so that a busy machine does not matter. */
const LIMIT = 50;

const units = [
  ' ',
  '\u00a0',
  '\t',
  '\n',
  '<at>',
  '</at>',
  '<',
  '>',
  '&',
  '-',
  '–',
  '.',
  ',',
  'a',
  '1',
  'case ',
  'figures ',
  'show ',
  'please ',
  'a ',
  '1-',
  '@',
  '\u200b',
  '\u0301',
  '\ufdfa',
  '🙏',
  ':',
  '"',
  '\\',
];
const starts = ['', 'case', 'case ', 'figures', 'figures for ', 'please ', '<at', '<at>', 'DIS-', 'raise dissent'];
const ends = ['', '!', 'x', '<', ' as a document', '</at>', '-001'];

function processorTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test.each(Object.keys(readers))('TM5: no text, however long, takes more than fifty milliseconds to read as %s', (name) => {
  const read = readers[name]!;
  const longest = (unit: string) => unit.repeat(Math.floor(LONGEST / Buffer.byteLength(unit)));
  alwaysHolds(
    fc.property(fc.constantFrom(...starts), fc.constantFrom(...units), fc.constantFrom(...ends), (start, unit, end) => {
      const text = `${start}${longest(unit)}${end}`;
      // What is quadratic takes seconds each time; only what the engine does beside takes long once.
      const times = [1, 2, 3].map(() => processorTime(() => read(text)));
      expect(Math.min(...times)).toBeLessThan(LIMIT);
    }),
    60,
  );
});

test('TM5: what was said before a long tail is still understood', () => {
  expect(readWords(`raise dissent${' '.repeat(28_000)}`)).toEqual({ ask: 'raise' });
  expect(readWords(`case${' '.repeat(200_000)}`)).toEqual({ ask: 'which-case' });
  expect(readWords('<at>'.repeat(50_000))).toEqual({ ask: 'help' });
});
