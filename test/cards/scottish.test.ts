import { describe, expect, test } from '@jest/globals';
import { readRaise } from '../../src/cards/actions.ts';
import { openingsList } from '../../src/cards/plainCards.ts';
import { showRaise } from '../../src/cards/show.ts';
import { render } from '../../src/cards/template.ts';
import { buttonsOf, scottishOpening, wordsOf } from './fixtures.ts';
import { look, open, read } from './scottishSights.ts';
import { scottishStates } from './scottishStates.ts';
import { nodesOf } from './wellFormed.ts';

/** Every word here that is the Scottish procedure's own comes from its file: the cards know no procedure. */

const inputsOf = (card: object) => nodesOf(card as never).flatMap(({ type, id }) => (type?.startsWith('Input.') ? [id] : []));

describe('the dissent form', () => {
  test('S1 S7 S8: one opening for each kind of meeting, with the grounds that it has', () => {
    const openings = [scottishOpening('cppm'), scottishOpening('carm')];
    const choice = render(openingsList(openings, 'draft-1'));
    expect(buttonsOf(choice)).toEqual(['Child Protection Planning Meeting (CPPM)', 'Care and Risk Management meeting (CARM)']);
    const grounds = /The category of concern|on the Child Protection Register/;
    expect(wordsOf(showRaise(scottishOpening('cppm'), 'draft-1'))).toMatch(grounds);
    const carm = wordsOf(showRaise(scottishOpening('carm'), 'draft-1'));
    expect(carm).not.toMatch(grounds);
    expect(carm).toContain('The protection plan');
    expect(carm).toContain('Meeting\nCare and Risk Management meeting (CARM)');
  });

  test('S4: families are told whom to turn to, before the form and on it', () => {
    const families = 'If you are a parent, carer or child, speak to the chair of the meeting or to your social worker.';
    expect(wordsOf(showRaise(scottishOpening('cppm'), 'draft-1'))).toContain(families);
    expect(wordsOf(render(openingsList([scottishOpening('cppm')], 'draft-1')))).toContain(families);
  });

  const filled = {
    date: '2026-11-25',
    chair: 'meeting-chair',
    children: 'CH-7',
    grounds: 'plan',
    reasons: 'The plan is too thin.',
    affirmed: 'yes',
  };

  test('S4 S5: what is known is not asked; the affirmation is a tick, and has to be set', () => {
    const card = showRaise(scottishOpening('cppm'), 'draft-1');
    const besides = ['leadConsulted', 'categoryThen', 'contact'];
    const asked = ['date', 'chair', 'children', 'attended', 'grounds', 'reasons', 'newInformation', 'affirmed', ...besides];
    expect(inputsOf(card)).toEqual(asked);
    expect(nodesOf(card).find(({ id }) => id === 'affirmed')).toMatchObject({
      type: 'Input.Toggle',
      isRequired: true,
      title: expect.stringContaining('cannot support it professionally'),
    });
    expect(readRaise(filled, scottishOpening('cppm'))).toMatchObject({
      dissent: { conference: { type: 'cppm' }, decision: 'meeting', grounds: ['plan'], affirmed: true },
    });
    expect(readRaise({ ...filled, affirmed: 'no' }, scottishOpening('cppm'))).toEqual({ fields: { affirmed: expect.any(String) } });
  });

  test('S7 S8 Q20: a CARM form takes no ground of a CPPM, and no other kind of meeting', () => {
    expect(readRaise({ ...filled, grounds: 'category' }, scottishOpening('carm'))).toEqual({
      fields: { grounds: 'Choose one ground or more.' },
    });
    expect(readRaise({ ...filled, meeting: 'cppm' }, scottishOpening('carm'))).toMatchObject({ dissent: { conference: { type: 'carm' } } });
  });
});

describe("the chair's card", () => {
  test('S9 S11 S14: asks what the procedure asks, takes its papers by link, and says "Record"', () => {
    const { words, buttons } = look('dissented', 'meeting-chair', 'record');
    expect(buttons).toEqual(['Record', 'I was not the chair']);
    expect(words).toContain('Record by Thu 26 Nov 2026 (local target, working day 1; today is day 0)');
    expect(words).not.toMatch(/\brefer\b|conference/i);
    const form = look('dissented', 'meeting-chair', 'record', open('refer'));
    expect(inputsOf(form.card)).toEqual(['asked', 'resolved', 'account', 'notes', 'plan', 'required', 'optional']);
    expect(form.buttons).toEqual(['Record', 'Back']);
  });

  test('S11: comes to a record; what is not answered is named', () => {
    expect(read('refer', { asked: 'yes', plan: 'https://files.example/plan' }, 'dissented', 'meeting-chair')).toEqual({
      fields: { resolved: 'Choose yes or no.', account: 'Write your answer.' },
    });
    expect(
      read('refer', { asked: 'yes', resolved: 'no', account: 'Twice.', plan: 'https://files.example/plan' }, 'dissented', 'meeting-chair'),
    ).toEqual({
      command: {
        type: 'Record',
        agency: null,
        record: {
          answers: { asked: 'yes', resolved: 'no', account: 'Twice.' },
          documents: { notes: null, plan: 'https://files.example/plan' },
          agencies: [],
          required: [],
          optional: [],
        },
      },
    });
  });

  test('S11: resolved in the meeting is said to everybody who reads the case, with the reasons kept', () => {
    for (const [viewer, key] of [
      ['nurse', 'receipt'],
      ['meeting-chair', 'record'],
    ] as const) {
      const { words } = look('resolved', viewer, key);
      expect(words).toContain('Closed Wed 25 Nov 2026: Resolved in the meeting');
      expect(words).toContain('three injuries');
    }
  });
});

describe('writing the letter', () => {
  test('S12 S13: only the dissenter is offered it, and sees until when', () => {
    const { words, buttons } = look('recorded', 'nurse', 'receipt');
    expect(words).toContain('Write by Thu 3 Dec 2026 (working day 5; today is day 0)');
    expect(buttons[0]).toBe('Write the dissent letter');
    expect(inputsOf(look('recorded', 'meeting-chair', 'record', open('submit')).card)).toEqual([]);
    expect(look('recorded', 'nurse-lead', 'receipt').buttons).toEqual([]);
  });

  test('S12 Q18: it may be words, a link or both', () => {
    const form = look('recorded', 'nurse', 'receipt', open('submit'));
    expect(inputsOf(form.card)).toEqual(['letter', 'link']);
    expect(form.buttons).toEqual(['Send to the Head of Service', 'Back']);
    expect(read('submit', { letter: ' I dissent. ' }, 'recorded', 'nurse')).toEqual({
      command: { type: 'Submit', text: 'I dissent.', link: null, lateReason: null },
    });
    expect(read('submit', { link: 'ftp://x.example' }, 'recorded', 'nurse')).toEqual({
      fields: { link: expect.stringContaining('https://') },
    });
  });

  test('S13: late, the form says how late, that it goes all the same, and asks why', () => {
    const form = look('writingLate', 'nurse', 'receipt', open('submit'));
    expect(form.words).toContain('1 working day late; it will still go to the Head of Service; say why.');
    expect(inputsOf(form.card)).toEqual(['letter', 'link', 'lateReason']);
    expect(read('submit', { letter: 'I dissent.' }, 'writingLate', 'nurse')).toEqual({ fields: { lateReason: 'Say why it is late.' } });
  });

  test('S12: the letter is for its writer, the lead of their agency and those who decide', () => {
    for (const [viewer, key] of [
      ['nurse', 'receipt'],
      ['nurse-lead', 'receipt'],
      ['head', 'stage:review'],
    ] as const) {
      expect(look('written', viewer, key).words).toContain('the bruises point to category B');
    }
    expect(look('written', 'meeting-chair', 'record').words).not.toContain('the bruises point');
    expect(look('written', 'meeting-administrator', 'status').words).not.toContain('the bruises point');
  });
});

describe("the decider's card", () => {
  test('S14: notes, plan and letter, each present with its link or not attached', () => {
    const { words } = look('written', 'head', 'stage:review');
    expect(words).toContain('Notes of the meeting\npresent');
    expect(words).toContain('The protection plan\nnot attached');
    expect(words).toContain('Dissent letter\npresent');
    expect(words).toContain('Open notes of the meeting');
    expect(words).toContain('Open the dissent letter');
  });

  test('Q17: a late letter stands out in words, with its reason, and is judged before anything is decided', () => {
    const { words, buttons } = look('writtenLate', 'head', 'stage:review');
    expect(words).toContain('LATE: the dissent letter came 1 working day late. First say whether you accept it.');
    expect(words).toContain('I was at court for two days.');
    expect(buttons).toEqual(['Accept late', 'Not accept', 'Ask dissenter', 'Ask chair']);
    expect(read('late:refuse', { reasons: 'Too late.' }, 'writtenLate', 'head')).toEqual({
      command: { type: 'JudgeLateness', accepted: false, reasons: 'Too late.' },
    });
    expect(read('late:accept', {}, 'writtenLate', 'head')).toEqual({ fields: { reasons: 'Write your reasons.' } });
    expect(look('accepted', 'head', 'stage:review').buttons).toEqual([
      'Keep the decision',
      'Change the category',
      'Recommend a new meeting',
      'Ask dissenter',
      'Ask chair',
    ]);
  });

  test("Q17: the writer and their agency's lead are told, with the reasons; the chair without them", () => {
    for (const viewer of ['nurse', 'nurse-lead']) {
      const { words, buttons } = look('notAccepted', viewer, 'receipt');
      expect(words).toContain('Late dissent letter\nNot accepted');
      expect(words).toContain('Two days at court');
      expect(buttons).toEqual(viewer === 'nurse' ? ['Send me the dissent letter'] : []);
    }
    expect(look('notAccepted', 'meeting-chair', 'record').words).toContain('Not accepted');
    expect(look('notAccepted', 'meeting-chair', 'record').words).not.toContain('Two days at court');
    expect(look('notAccepted', 'head', 'stage:review').buttons).toEqual(['Send me the whole case', 'Back']);
  });

  test('S24: the review has a target that is called one, and no time limit', () => {
    expect(look('accepted', 'head', 'stage:review').words).toContain(
      'Decide by Fri 18 Dec 2026 (local target, working day 10; today is day 1)',
    );
  });

  test('S18 Q20: a CARM has no category to change', () => {
    expect(look('carm', 'head', 'stage:review').buttons).toEqual([
      'Keep the decision',
      'Recommend a new meeting',
      'Ask dissenter',
      'Ask chair',
    ]);
    expect(read('decide:review.change_category', { reasons: 'x' }, 'carm', 'head')).toEqual({ fields: {} });
  });

  test('S15 S17 S18 S21: the form asks for guidance, edition, improvements, who tells the parents, and the old and new category', () => {
    const form = look('accepted', 'head', 'stage:review', open('decide:review.change_category'));
    const apart = ['outcome', 'reasons', 'old_category', 'new_category'];
    expect(inputsOf(form.card)).toEqual([
      'reasons',
      'old_category',
      'new_category',
      'guidance',
      'edition',
      'improvements',
      'parents',
      ...apart.map((id) => `C1_${id}`),
      ...apart.map((id) => `C2_${id}`),
    ]);
    const filled = {
      reasons: 'Read.',
      old_category: 'A',
      new_category: 'B',
      guidance: 'yes',
      edition: '2021',
      parents: 'lead-professional',
    };
    expect(read('decide:review.change_category', filled, 'accepted', 'head')).toEqual({
      command: {
        type: 'Decide',
        stage: 'review',
        outcome: 'change_category',
        reasons: 'Read.',
        answers: { old_category: 'A', new_category: 'B', guidance: 'yes', edition: '2021', parents: 'lead-professional' },
        delayReason: null,
      },
    });
    expect(read('decide:review.change_category', { ...filled, guidance: 'no', parents: 'health-visitor' }, 'accepted', 'head')).toEqual({
      fields: { guidance: expect.any(String), parents: 'Choose a person from the list.' },
    });
  });

  test('S15 S17 S18 S21: afterwards the decision holds all of it, for the dissenter too', () => {
    for (const [viewer, key] of [
      ['nurse', 'receipt'],
      ['head', 'stage:review'],
    ] as const) {
      const { words } = look('changed', viewer, key);
      for (const said of [
        'Change the category',
        'B: neglect',
        '2021, updated 2023',
        'The parents are told by\nMorag Pit, Lead professional',
        'Share reports two days before.',
      ]) {
        expect(words).toContain(said);
      }
    }
  });

  test('S19: a new meeting is for the administrator to book, in the words of the procedure and with no last day', () => {
    const { words, buttons } = look('newMeeting', 'meeting-administrator', 'stage:reconvene');
    expect(buttons).toContain('Choose a time');
    expect(words).not.toMatch(/conference|Hold by/);
  });
});

test('no card of any Scottish case says "conference"', () => {
  for (const name of Object.keys(scottishStates)) {
    for (const viewer of ['nurse', 'nurse-lead', 'meeting-chair', 'head', 'meeting-administrator']) {
      expect([name, viewer, look(name, viewer, 'status').words.match(/conference/i)]).toEqual([name, viewer, null]);
    }
  }
});
