import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { harmless, harmlessName } from '../../src/domain/harmlessText.ts';
import { alwaysHolds } from '../support/properties.ts';

const tags = (letters: string) => [...letters].map((letter) => String.fromCodePoint(0xe0000 + letter.codePointAt(0)!)).join('');
const flagOf = (nation: string) => `\u{1F3F4}${tags(`gb${nation}`)}\u{E007F}`;

describe('EV9: a text cannot deceive its reader', () => {
  test.each<[string, string, string]>([
    ['an override of direction', 'not \u202Edlehpu\u202C', 'not dlehpu'],
    ['an embedding', 'a\u202Ab\u202Bc\u202C\u202C', 'abc'],
    ['a forced isolate', '\u2067 5 \u2069\u2066 6 \u2069', ' 5  6 '],
    ['an isolate that never ends', 'a \u2068 b', 'a  b'],
    ['marks of direction', 'a\u200E\u200F\u061Cb', 'ab'],
    ['zero-width characters', 'up\u200Bhe\u2060ld\uFEFF', 'upheld'],
    ['joiners where nothing joins', 'up\u200Dhe\u200Cld', 'upheld'],
    ['soft hyphens', 'not up\u00ADheld', 'not upheld'],
    ['letters that are blank', 'a\u3164b\u115F\u1160c\uFFA0d\u2800', 'abcd'],
    ['tag characters', `upheld${tags('not')}`, 'upheld'],
    ['a flag of no nation', `\u{1F3F4}${tags('secret')}\u{E007F}`, '\u{1F3F4}'],
    ['variation selectors', `u\uFE00p\u{E0100}held\uFE0F`, 'upheld'],
    ['annotations between lines', 'a\uFFF9b\uFFFAc\uFFFB', 'abc'],
    ['control characters', 'a\0b\x07c\x1Bd\x7Fe\x9F', 'abcde'],
    ['half a character', 'a\uD800b', 'a\uFFFDb'],
    [
      "a macro of the cards' renderer",
      '{{DATE(2027-01-01T00:00:00Z, LONG)}} {{TIME(2027-01-01T00:00:00Z)}}',
      '{ {DATE(2027-01-01T00:00:00Z, LONG)}} { {TIME(2027-01-01T00:00:00Z)}}',
    ],
    ['a macro that something invisible parts', '{\u200B{DA\u00ADTE(2027-01-01T00:00:00Z)}}', '{ {DATE(2027-01-01T00:00:00Z)}}'],
    ['every end of line that there is', 'a\r\nb\rc\vd\fe\x85f\u2028g\u2029h', 'a\nb\nc\nd\ne\nf\ng\nh'],
  ])('%s', (_what, typed, read) => {
    expect(harmless(typed)).toBe(read);
  });

  test.each([
    'Siân Llŷr, Tŷ Gwyn',
    '{{not a date}} $ {neither} <b>nor this</b> £5 – “so”',
    'محمد علي خان, دستخط',
    'می\u200Cخواهم',
    'שָׁלוֹם',
    'क्\u200Dष',
    'ශ්\u200Dරී',
    'Nguyễn Thị, Žižek, 山田, 홍길동',
    '\u{1F469}\u{1F3FD}\u200D\u{1F467} \u{1F3F3}\uFE0F\u200D\u{1F308} ❤\uFE0F 1\uFE0F\u20E3',
    `${flagOf('wls')} ${flagOf('sct')} ${flagOf('eng')}`,
    'one\ttwo\nthree',
    '\u2068isolated\u2069',
  ])('%j is left as it is', (legitimate) => {
    expect(harmless(legitimate)).toBe(legitimate);
  });

  test('whatever is typed, nothing invisible is left and a second time changes nothing', () => {
    const odd = fc.constantFrom(
      ...'\u202E\u2066\u2068\u2069\u200B\u200C\u200D\u200F\u00AD\uFE0F\u3164\u0645\u0915\u094D{}\v\r\n\x85\u2028Da1',
      '\u{1F469}',
      '\u{1F3FD}',
      '\u{E0067}',
      '{{DATE(',
      '{{TIME(',
    );
    alwaysHolds(
      fc.property(fc.array(fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 30 }), (parts) => {
        const read = harmless(parts.join(''));
        expect(harmless(read)).toBe(read);
        expect(read).not.toMatch(/[\u202A-\u202E\u2066\u2067\u200E\u200F\u200B\u00AD\u2028\u2029\v\f\x85\r]|\{\{(DATE|TIME)\(/u);
        expect([...read.matchAll(/\u2068/gu)]).toHaveLength([...read.matchAll(/\u2069/gu)].length);
      }),
      500,
    );
  });

  test('a long hostile text takes no longer than its length', () => {
    for (const part of ['\u2068', '{', '\u{1F3F4}\u{E0067}', '\u0645\u200C', '\r', '\u{1F469}\u200D']) {
      const began = performance.now();
      harmless(part.repeat(100_000));
      expect(performance.now() - began).toBeLessThan(2000);
    }
  });

  test('a name stands on one line, and one that is read from right to left is isolated from the words beside it', () => {
    expect(harmlessName('Ann\u2028Lee\u202E ')).toBe('Ann Lee');
    expect(harmlessName('محمد علي')).toBe('\u2068محمد علي\u2069');
    expect(harmlessName(harmlessName('דנה'))).toBe('\u2068דנה\u2069');
  });
});
