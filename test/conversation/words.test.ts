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
    ["what's stuck?", { ask: 'stuck' }],
    ['stuck', { ask: 'stuck' }],
    ['case', { ask: 'unclear' }],
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
