import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readWords } from '../../src/conversation/words.ts';

describe('design 6: it works in words', () => {
  const said: [string, object][] = [
    ['help', { ask: 'help' }],
    ['Help!', { ask: 'help' }],
    ['hello', { ask: 'help' }],
    ['Raise dissent, please', { ask: 'raise' }],
    ['please raise a dissent.', { ask: 'raise' }],
    ['my case', { ask: 'my-cases' }],
    ['rase dissent', { ask: 'unclear' }],
    ['please', { ask: 'unclear' }],
    ['raise dissent', { ask: 'raise' }],
    ['Raise dissent.', { ask: 'raise' }],
    ['raise', { ask: 'raise' }],
    ['dissent', { ask: 'raise' }],
    ['I dissent!', { ask: 'raise' }],
    ['I want to raise a dissent', { ask: 'raise' }],
    ['Log a complaint.', { ask: 'log' }],
    ['log complaint', { ask: 'log' }],
    ['<at>Conference Dissent</at> raise dissent', { ask: 'raise' }],
    ['<at>Conference Dissent</at>&nbsp;my cases', { ask: 'my-cases' }],
    ['My  Cases', { ask: 'my-cases' }],
    ['case DIS-27-001', { ask: 'case', reference: 'DIS-27-001' }],
    ['Case DIS-27-004 as a document', { ask: 'document', reference: 'DIS-27-004' }],
    ['DIS-27-004 as a document.', { ask: 'document', reference: 'DIS-27-004' }],
    ['  case   dis-27-001 . ', { ask: 'case', reference: 'DIS-27-001' }],
    ['Case: DIS 27 001', { ask: 'case', reference: 'DIS-27-001' }],
    ['case DIS – 27 – 001', { ask: 'case', reference: 'DIS-27-001' }],
    ['case DIS-S-26-041', { ask: 'case', reference: 'DIS-S-26-041' }],
    ['dis-27-001', { ask: 'case', reference: 'DIS-27-001' }],
    ['show case DIS-27-001', { ask: 'case', reference: 'DIS-27-001' }],
    ['Cover', { ask: 'cover' }],
    ['name a deputy', { ask: 'cover' }],
    ['show the register', { ask: 'register' }],
    ['figures', { ask: 'figures' }],
    ['Figures 2027 Q1.', { ask: 'figures', quarter: { year: 2027, number: 1 } }],
    ['figures for q4 2026', { ask: 'figures', quarter: { year: 2026, number: 4 } }],
    ['figures 2027 Q5', { ask: 'unclear' }],
    ['register as a file', { ask: 'file', asked: { what: 'register' }, format: 'xlsx' }],
    ['the register as CSV, please', { ask: 'file', asked: { what: 'register' }, format: 'csv' }],
    [
      'figures for 2027 Q1 as a spreadsheet',
      { ask: 'file', asked: { what: 'figures', quarter: { year: 2027, number: 1 } }, format: 'xlsx' },
    ],
    ['figures as an Excel', { ask: 'file', asked: { what: 'figures' }, format: 'xlsx' }],
    ['case DIS-27-004 as csv', { ask: 'file', asked: { what: 'case', reference: 'DIS-27-004' }, format: 'csv' }],
    ['child CH-1041', { ask: 'child', child: 'CH-1041' }],
    ['Child reference ch 1041?', { ask: 'child', child: 'CH-1041' }],
    ['child Amara Larkspur', { ask: 'unclear' }],
    ['child', { ask: 'unclear' }],
    ['my cases as a file', { ask: 'unclear' }],
    ["what's stuck?", { ask: 'stuck' }],
    ['stuck', { ask: 'stuck' }],
    ['case <script>alert(1)</script>', { ask: 'unclear' }],
    [`case ${'9'.repeat(400)}`, { ask: 'unclear' }],
    ['', { ask: 'help' }],
    ['what is the weather like', { ask: 'unclear' }],
    ['my cases are late', { ask: 'unclear' }],
  ];
  test.each(said)('%j is read', (text, request) => {
    expect(readWords(text)).toEqual(request);
  });
});

describe('TM5: words are understood as people write them', () => {
  const said: [string, object][] = [
    ["I'd like to raise a dissent", { ask: 'raise' }],
    ['I’d like to raise a dissent, thanks', { ask: 'raise' }],
    ['raise dissent thanks', { ask: 'raise' }],
    ['please could I raise a dissent', { ask: 'raise' }],
    ['Good morning, can I please raise a new dissent? Many thanks!', { ask: 'raise' }],
    ['@Conference Dissent raise dissent', { ask: 'raise' }],
    ['Conference Dissent, my cases please', { ask: 'my-cases' }],
    ['my cases @Conference Dissent', { ask: 'my-cases' }],
    ['/my cases', { ask: 'my-cases' }],
    ['"raise dissent"', { ask: 'raise' }],
    ['raise\u00a0dissent', { ask: 'raise' }],
    ['raise\u2003dissent\u000b', { ask: 'raise' }],
    ['raise\u0085dissent', { ask: 'raise' }],
    ['\u200braise dis\u200dsent\ufeff', { ask: 'raise' }],
    ['\u202eraise dissent', { ask: 'raise' }],
    ['Ｒａｉｓｅ ｄｉｓｓｅｎｔ', { ask: 'raise' }],
    ['<p>raise dissent</p>', { ask: 'raise' }],
    ['raise dissent 🙏🏽', { ask: 'raise' }],
    ['*raise dissent*', { ask: 'raise' }],
    ['hello Conference Dissent', { ask: 'help' }],
    ['@Conference Dissent', { ask: 'help' }],
    ['thank you', { ask: 'help' }],
    ['case', { ask: 'which-case' }],
    ['Case?', { ask: 'which-case' }],
    ['show a case please', { ask: 'which-case' }],
    ...['-', '\u2010', '\u2011', '\u2012', '–', '—', '\u2212', '\ufe58', '\uff0d', ' ', '\u00a0', ' - '].map((hyphen): [string, object] => [
      `case DIS${hyphen}27${hyphen}001`,
      { ask: 'case', reference: 'DIS-27-001' },
    ]),
    ['case number DIS-27-001', { ask: 'case', reference: 'DIS-27-001' }],
    ['case:DIS-27-001', { ask: 'case', reference: 'DIS-27-001' }],
    ['case #DIS-27-001', { ask: 'case', reference: 'DIS-27-001' }],
    ['case "DIS-27-001"', { ask: 'case', reference: 'DIS-27-001' }],
    ['can I see DIS-27-001 please?', { ask: 'case', reference: 'DIS-27-001' }],
    ['DIS\u00ad-27-001', { ask: 'case', reference: 'DIS-27-001' }],
    ['could you show me the figures for Q4 2026?', { ask: 'figures', quarter: { year: 2026, number: 4 } }],
    ['please show case DIS-27-004 as a document, thanks', { ask: 'document', reference: 'DIS-27-004' }],
    ['as a document', { ask: 'unclear' }],
    ['do not raise a dissent', { ask: 'unclear' }],
    ['raise dissent about my neighbour', { ask: 'unclear' }],
    ['I would like to withdraw my dissent', { ask: 'unclear' }],
  ];
  test.each(said)('%j is read', (text, request) => {
    expect(readWords(text)).toEqual(request);
  });

  test('TM8: every command in the app package is understood', () => {
    const { bots } = JSON.parse(readFileSync('appPackage/manifest.json', 'utf8')) as {
      bots: { commandLists: { commands: { title: string }[] }[] }[];
    };
    const titles = bots.flatMap(({ commandLists }) => commandLists.flatMap(({ commands }) => commands.map(({ title }) => title)));
    expect(titles.length).toBeGreaterThan(0);
    expect(titles.filter((title) => readWords(title).ask === 'unclear')).toEqual([]);
  });
});
