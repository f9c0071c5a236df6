import { describe, expect, test } from '@jest/globals';
import type { CardKey } from '../../src/app/ports.ts';
import type { CardState } from '../../src/cards/cardState.ts';
import { showCase } from '../../src/cards/show.ts';
import { aDissent, after, aRecord, buttonsOf, raised, seenBy, wordsOf } from './fixtures.ts';
import { keysOf, type State, states } from './states.ts';

/** What a person reads on a card of a named state. */
const look = (name: string, viewer: string, key: CardKey, showing?: CardState) => {
  const { current, now } = states[name] as State;
  const card = showCase(key, seenBy(viewer, current, now), showing);
  return { words: wordsOf(card), buttons: buttonsOf(card) };
};

/** Anything that only those who read the case may know. */
const CONTENT =
  /three injuries|CH-104|threshold|Hospital|read out|guidance on|notes and the reasons|What did you see|hospital can come|To end a child/i;

describe('who may see a case (Part E)', () => {
  test('X9: somebody with no part in it sees the reference, whatever card they ask for and whatever they would read', () => {
    for (const state of Object.values(states)) {
      for (const key of keysOf(state)) {
        const seen = seenBy('teacher', state.current, state.now);
        expect(seen.standings).toEqual([]);
        for (const showing of [{}, { reading: `reasons@${key}` }, { form: { verb: 'refer', values: {}, errors: {} } }]) {
          expect(wordsOf(showCase(key, seen, showing))).toBe('Case DIS-27-004\nThere is nothing here for you to see now.');
        }
      }
    }
  });

  test('administrators see booking facts only: no reasons, grounds, decision or child, on any card they ask for', () => {
    for (const [name, state] of Object.entries(states)) {
      for (const key of keysOf(state)) {
        const { words } = look(name, 'administrator', key, { reading: 'reasons' });
        // A reason for the time was written by those who book, for those who book; and who files has to know whose file it is.
        const others = words.replaceAll('The hospital can come only then.', '').replaceAll(/(File )?CH-104\d(?=: |, part 2)/g, '');
        expect(others).not.toMatch(CONTENT);
      }
    }
  });

  test('whoever only tells the parents, or only has a task, sees that card whatever they ask for: no reasons, nobody who dissents', () => {
    for (const [viewer, key, others] of [
      ['social-worker', 'parents:decide', /Okoro|Health visitor|threshold|three injuries|notes and|Helen Stroud|upheld because/],
      ['lead-professional', 'parents:review', /Catriona|Family nurse|bruises|Notes and letter|Shona Aber|Share reports|B: neglect/],
      ['keeper', 'task:review.register', /Catriona|Family nurse|bruises|Notes and letter|Share reports|2021/],
    ] as const) {
      let looks = 0;
      for (const [name, state] of Object.entries(states)) {
        const { standings } = seenBy(viewer, state.current, state.now);
        for (const asked of standings.length === 0 ? [] : keysOf(state)) {
          const own = look(name, viewer, key).words;
          expect([name, asked, look(name, viewer, asked, { reading: `reasons@${asked}` }).words]).toEqual([name, asked, own]);
          expect(own).not.toMatch(others);
          looks += 1;
        }
      }
      expect(looks).toBeGreaterThan(10);
    }
  });

  test('corner 11 Q28: whoever is chosen to chair it again sees when and where it meets and the papers, whatever card they ask for', () => {
    for (const name of ['otherChair', 'chairedByAnother']) {
      const own = look(name, 'other-chair', 'meeting');
      expect(own.words).toContain('You were chosen to chair this conference.');
      expect(own.words).toMatch(/Review child protection conference, Thu 4 Feb 2027[\s\S]*Open notes of the conference/);
      expect(own.words).toContain(name === 'otherChair' ? 'No time yet' : 'Tue 2 Mar 2027, 10:00 to 12:00');
      expect(own.words.replace('Open notes of the conference', '')).not.toMatch(CONTENT);
      expect(own.words).not.toMatch(/Okoro|Community Health|upheld|letter from the hospital/i);
      expect(own.buttons).toEqual([]);
      for (const key of keysOf(states[name] as State))
        expect([key, look(name, 'other-chair', key, { reading: `reasons@${key}` })]).toEqual([key, own]);
    }
    expect(look('booked', 'other-chair', 'meeting').words).not.toContain('chair this');
  });

  test("the dissenter sees their own case and its outcome with reasons, and not the chair's record or others' answers", () => {
    const { words, buttons } = look('booked', 'health-visitor', 'receipt');
    expect(words).toContain('Upheld');
    expect(words).toContain('The notes and the reasons were read together.');
    expect(words).toContain('Tue 2 Mar 2027, 10:00 to 12:00');
    expect(words).not.toMatch(/read out the threshold|Yes, in full|guidance on repeated/);
    expect(buttons).toEqual([]);
    for (const key of ['record', 'stage:decide', 'stage:review', 'stage:reconvene', 'question:2', 'question:3'] as CardKey[]) {
      expect(look('answered', 'health-visitor', key).words).not.toMatch(/read out the threshold|Yes, in full|guidance on repeated/);
    }
  });

  test("the agency's lead reads what the dissenter reads, with no buttons", () => {
    for (const key of ['receipt', 'status', 'record', 'stage:decide'] as CardKey[]) {
      const { words, buttons } = look('referred', 'health-lead', key);
      expect(words).toContain('three injuries');
      expect(words).not.toContain('read out the threshold');
      expect(buttons).toEqual([]);
    }
  });

  test('C14 C15: a question is seen by the one who was asked, and by those who decide', () => {
    expect(look('asked', 'health-visitor', 'question:1').words).toContain('What did you see on Monday?');
    expect(look('asked', 'health-visitor', 'question:2').words).not.toContain('school report');
    expect(look('asked', 'chair', 'question:1').words).not.toContain('What did you see');
    expect(look('asked', 'sm', 'stage:decide').words).toMatch(/What did you see on Monday\?[\s\S]*school report/);
  });

  test('C13: the advice card holds the case and no decision buttons', () => {
    const { words, buttons } = look('asked', 'hos', 'question:3');
    expect(words).toContain('Is the threshold applied as elsewhere?');
    expect(words).toContain('three injuries');
    expect(buttons).toEqual(['Answer']);
  });

  test("C9: only the chair's own card offers Refer, and only before the referral", () => {
    expect(look('raised', 'chair', 'record').buttons).toEqual(['Refer', 'I was not the chair']);
    expect(look('raised', 'other-chair', 'record').buttons).toEqual([]);
    expect(look('referred', 'chair', 'record').buttons).toEqual(['Send me the entry for the notes', 'Add a paper']);
    expect(look('raised', 'health-visitor', 'record').buttons).toEqual(['Add to my dissent', 'Withdraw']);
  });

  test('a form is opened for nobody who may not send it', () => {
    const form = { verb: 'refer', values: {}, errors: {} };
    expect(look('referred', 'chair', 'record', { form }).words).not.toContain('threshold for significant harm looked at');
    expect(look('raised', 'health-visitor', 'receipt', { form }).words).not.toContain('threshold for significant harm looked at');
  });

  test('C26: the alternate is told instead of whom and why, and the one who stands aside does not decide', () => {
    const alternate = look('chairedByManager', 'sm-alternate', 'stage:decide');
    expect(alternate.words).toContain('Sent to you instead of Helen Stroud: they chaired this conference.');
    expect(alternate.buttons).toContain('Upheld');
    expect(look('chairedByManager', 'sm', 'stage:decide').buttons).toEqual(['Send me the entry for the notes', 'Add a paper']);
    expect(look('referred', 'sm', 'stage:decide').words).not.toContain('instead of');
  });

  test('C26: so it is for one who raised the dissent, and for one who decided earlier', () => {
    const own = raised('2027-02-04T15:10:00Z', aDissent({ dissenter: 'sm', agency: null, conference: { date: '2027-02-04' } }));
    const current = after(own, 'chair', '2027-02-05T10:00:00Z', { type: 'Record', record: aRecord, agency: 'kites' });
    expect(wordsOf(showCase('stage:decide', seenBy('sm-alternate', current, '2027-02-05T10:00:00Z')))).toContain(
      'they raised the dissent.',
    );
  });

  test('Q27: a deputy is told for whom and until when', () => {
    const own = raised('2027-01-12T15:10:00Z', aDissent());
    const current = after(own, 'chair', '2027-01-12T16:10:00Z', { type: 'Record', record: aRecord, agency: null });
    const words = wordsOf(showCase('stage:decide', seenBy('sm-deputy', current, '2027-01-14T10:00:00Z')));
    expect(words).toContain('You are covering for Helen Stroud until Fri 15 Jan 2027.');
  });

  test('Scenario 10: a line manager may decide, and is told that it is noted', () => {
    const { words, buttons } = look('lineManaged', 'sm', 'stage:decide');
    expect(words).toContain("You are this person's line manager.");
    expect(buttons).toContain('Upheld');
  });
});
