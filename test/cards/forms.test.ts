import { describe, expect, test } from '@jest/globals';
import { caseAction, readCardData, readRaise } from '../../src/cards/actions.ts';
import { showCase } from '../../src/cards/show.ts';
import { openingFor, seenBy, wordsOf } from './fixtures.ts';
import { formVerbs, type State, states } from './states.ts';

const seenAt = (name: string, viewer: string) => {
  const { current, now } = states[name] as State;
  return seenBy(viewer, current, now);
};
const read = (verb: string, inputs: Record<string, string>, name: string, viewer: string) =>
  caseAction(verb)?.read(inputs, seenAt(name, viewer));

describe('what a button sends', () => {
  const data = { reference: 'DIS-27-001', revision: 3, verb: 'refer' };

  test('is read as data and inputs, and nothing else is kept', () => {
    expect(readCardData({ ...data, reasons: 'x', old_category: 'A', 'not a name': 'y', _hidden: 'z', ['x'.repeat(50)]: 'w' })).toEqual({
      data,
      inputs: { reasons: 'x', old_category: 'A' },
    });
    expect(
      readCardData(JSON.parse('{"reference":"DIS-27-001","revision":3,"verb":"refer","__proto__":{"reasons":"x"},"constructor":"y"}')),
    ).toEqual({ data, inputs: {} });
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`input${index}`, 'x']));
    expect(Object.keys(readCardData({ ...data, ...many })?.inputs ?? {})).toHaveLength(120);
    expect(readCardData({ ...data, reasons: 7, children: ['a'] })?.inputs).toEqual({});
    expect(readCardData({ ...data, reasons: 'x'.repeat(1_000_000) })?.inputs.reasons).toHaveLength(6000);
  });

  test.each([
    null,
    undefined,
    'refer',
    [],
    {},
    { ...data, verb: 7 },
    { ...data, verb: '' },
    { ...data, verb: 'x'.repeat(500) },
    { ...data, revision: -1 },
    { ...data, revision: 'x' },
    { ...data, reference: '../..' },
    { verb: 'refer' },
  ])('is refused when no card of ours sends it: %j', (value) => expect(readCardData(value)).toBeNull());

  test.each([
    'see:receipt',
    'read:reasons',
    'help',
    'raise',
    'constructor',
    '__proto__',
    'decide:',
    'decide:decide',
    'answer:0',
    'answer:x',
    'ask:gp',
    'approve:constructor',
    'parents:__proto__',
    'settle:1.lost',
    'settle:0.sent',
    'file:CH-1041',
    'document:escalation',
    'document:letter:',
  ])('%s changes no case', (verb) => {
    expect(caseAction(verb)).toBeNull();
  });

  test('every form knows its card', () => {
    const keys = Object.fromEntries(formVerbs.map((verb) => [verb, caseAction(verb)?.key(seenAt('booked', 'hos'))]));
    expect(keys).toMatchObject({
      refer: 'record',
      withdraw: 'receipt',
      'answer:2': 'question:2',
      'decide:decide.upheld': 'stage:decide',
      move: 'stage:reconvene',
    });
    expect(formVerbs.every((verb) => caseAction(verb)?.hasForm)).toBe(true);
    expect(['times', 'retry'].map((verb) => [caseAction(verb)?.hasForm, caseAction(verb)?.read({}, seenAt('booked', 'hos'))])).toEqual([
      [false, { command: { type: 'LookForTimes' } }],
      [false, { command: { type: 'RetryInvitation' } }],
    ]);
  });
});

describe('the dissent form (C1-C4, C7)', () => {
  const opening = openingFor('health-visitor');
  const filled = {
    meeting: 'initial',
    date: '2027-01-12',
    decision: 'not_make',
    chair: 'chair',
    children: 'CH-1041, CH-1042\nch/7 ch-1041, CH/7',
    grounds: 'threshold,needs',
    reasons: ' Three injuries.\r\n\r\n\r\n\r\nSix weeks.\u0000 ',
    newInformation: '',
  };

  test('C3 X11: comes to a dissent, its text made harmless, and a child who is written in two ways one child, as first written', () => {
    expect(readRaise(filled, opening)).toEqual({
      dissent: {
        conference: { type: 'initial', date: '2027-01-12', chair: 'chair' },
        decision: 'not_make',
        children: ['CH-1041', 'CH-1042', 'ch/7'],
        dissenter: 'health-visitor',
        agency: 'health',
        grounds: ['threshold', 'needs'],
        reasons: 'Three injuries.\n\nSix weeks.',
        newInformation: null,
        affirmed: false,
      },
    });
  });

  test('CD15: a conference of any age is taken, and what else was asked is kept where it was answered', () => {
    const besides = { leadConsulted: 'Ana Vale, on Monday', categoryThen: 'Neglect', contact: '020 7946 0000' };
    const read = readRaise({ ...filled, date: '1999-03-04', attended: 'no', ...besides }, opening);
    expect(read).toMatchObject({ dissent: { conference: { date: '1999-03-04' }, attended: false, ...besides } });
  });

  test('C2: who dissents, and for which agency, comes from the directory and never from the form', () => {
    const answer = readRaise({ ...filled, agency: 'school', dissenter: 'sm' }, openingFor('8d1f4c1e', '2027-01-12', null));
    expect(answer).toMatchObject({ dissent: { dissenter: '8d1f4c1e', agency: null } });
  });

  test.each([
    ['meeting', '', 'Choose the kind of conference.'],
    ['meeting', 'constructor', 'Choose the kind of conference.'],
    ['date', '', 'Give the date of the conference.'],
    ['date', '12/01/2027', 'This is not a date. Give the date of the conference.'],
    ['date', '2027-02-30', 'This is not a date. Give the date of the conference.'],
    ['date', '2027-01-13', 'Wed 13 Jan 2027 has not come yet. Give the date of the conference.'],
    ['date', '0202-01-12', 'Tue 12 Jan 202 is more than 100 years ago. Check the year.'],
    ['attended', 'perhaps', 'Choose yes or no.'],
    ['contact', 'x'.repeat(201), 'Write at most 200 characters.'],
    ['decision', 'other', 'Choose the decision that you do not agree with.'],
    ['chair', 'health-visitor', 'Choose the chair of the conference.'],
    ['chair', 'teacher', 'Choose the chair of the conference.'],
    ['children', '', 'Give the reference of one child or more.'],
    ['children', 'Tom', "Use the child's reference, not the name."],
    ['children', 'CH-1041, Tom Smith', "Use the child's reference, not the name."],
    ['children', Array.from({ length: 13 }, (_, index) => `CH-${index}`).join(','), 'Give at most 12 references.'],
    ['grounds', '', 'Choose one ground or more.'],
    ['grounds', 'threshold,other', 'Choose one ground or more.'],
    ['reasons', ' \u200b\n', 'Say why you dissent.'],
    ['reasons', 'x'.repeat(4001), 'Write at most 4,000 characters.'],
    ['newInformation', 'x'.repeat(4001), 'Write at most 4,000 characters.'],
  ])('%s: %j is sent back: %s', (field, value, sentence) => {
    expect(readRaise({ ...filled, [field]: value }, opening)).toEqual({ fields: { [field]: sentence } });
  });

  test('an empty form is sent back with a sentence for each field', () => {
    expect(Object.keys((readRaise({}, opening) as { fields: object }).fields)).toEqual([
      'meeting',
      'date',
      'decision',
      'chair',
      'children',
      'grounds',
      'reasons',
    ]);
  });
});

describe('the forms of a case', () => {
  const record = { consensus: 'no', threshold: 'We read it out.', decision: 'No plan.', basis: 'What was shared.' };

  test('C5 C6 C9: the referral holds the attempt at consensus, reasoning, decision, basis, agencies and people', () => {
    const people = { agencies: 'health,school', required: 'social-worker', optional: 'teacher', notes: 'https://files.example/a b' };
    expect(read('refer', { ...record, ...people }, 'raised', 'chair')).toEqual({
      command: {
        type: 'Record',
        agency: null,
        record: {
          answers: { consensus: 'no', threshold: 'We read it out.', decision: 'No plan.', basis: 'What was shared.' },
          documents: { notes: 'https://files.example/a%20b' },
          agencies: ['health', 'school'],
          required: ['social-worker'],
          optional: ['teacher'],
        },
      },
    });
    expect(read('refer', record, 'raised', 'chair')).toMatchObject({
      command: { record: { documents: { notes: null }, agencies: [], required: [] } },
    });
  });

  test('C2: where the agency is not known, the chair has to give it', () => {
    expect(read('refer', record, 'flagged', 'chair')).toEqual({ fields: { agency: 'Choose the agency that this person represents.' } });
    expect(read('refer', { ...record, agency: 'kites' }, 'flagged', 'chair')).toMatchObject({ command: { agency: 'kites' } });
  });

  const NO_ADDRESS = 'Give a web address that begins with https:// or http:// and has at most 1,000 characters.';

  test('C10: a link may lead to a place inside the council, which has no https://', () => {
    expect(read('refer', { ...record, notes: 'http://intranet/notes/7' }, 'raised', 'chair')).toMatchObject({
      command: { record: { documents: { notes: 'http://intranet/notes/7' } } },
    });
  });

  test.each([
    ['notes', 'javascript:alert(1)', NO_ADDRESS],
    ['notes', 'file:///s:/notes.docx', NO_ADDRESS],
    ['notes', 's:\\notes.docx', NO_ADDRESS],
    ['notes', 'https://name:password@files.example', NO_ADDRESS],
    ['consensus', 'maybe', 'Choose yes or no.'],
    ['required', 'health-visitor', 'Choose people from the list.'],
    ['agencies', 'nobody', 'Choose agencies from the list.'],
    ['basis', '...', 'Write your answer.'],
  ])('refer, %s: %j is sent back', (field, value, sentence) => {
    expect(read('refer', { ...record, [field]: value }, 'raised', 'chair')).toEqual({ fields: { [field]: sentence } });
  });

  test('C11 C20: an outcome needs reasons; new information is asked for only where the outcome has it', () => {
    expect(read('decide:decide.upheld', { reasons: 'Read.', new_information: 'Ignored.' }, 'referred', 'sm')).toEqual({
      command: {
        type: 'Decide',
        stage: 'decide',
        outcome: 'upheld',
        reasons: 'Read.',
        answers: {},
        delayReason: null,
      },
    });
    expect(read('decide:review.reconvene', { reasons: 'Read.', new_information: 'A letter.' }, 'upheld', 'hos')).toMatchObject({
      command: { answers: { new_information: 'A letter.' } },
    });
    expect(read('decide:decide.upheld', { C1_outcome: 'same' }, 'referred', 'sm')).toEqual({ fields: { reasons: 'Write your reasons.' } });
  });

  test('CD1 X11 Q16: of several children, each may get another outcome or other reasons; what is left alone, or is no choice, is the same', () => {
    const reasons = 'Read.';
    const apart = { C1_outcome: 'not_upheld', C1_reasons: 'Older.', C2_outcome: 'same', C2_reasons: ' ' };
    expect(read('decide:decide.upheld', { reasons, ...apart }, 'referred', 'sm')).toMatchObject({
      command: { reasons, own: { 'CH-1041': { outcome: 'not_upheld', reasons: 'Older.', answers: {} } } },
    });
    for (const C1_outcome of ['', 'acquitted', 'upheld'])
      expect(read('decide:decide.upheld', { reasons, C1_outcome }, 'referred', 'sm')).not.toHaveProperty('command.own');
    const words = wordsOf(
      showCase('stage:decide', seenAt('referred', 'sm'), { form: { verb: 'decide:decide.upheld', values: {}, errors: {} } }),
    );
    expect(words).toContain('Something else for CH-1041');
    // The review is about the one child whose dissent was upheld, and asks for none.
    expect(read('decide:review.no_reconvene', { reasons }, 'upheldForOne', 'hos')).toEqual({
      command: { type: 'Decide', stage: 'review', outcome: 'no_reconvene', reasons, answers: {}, delayReason: null },
    });
  });

  test('C16: once it is late, why it is late has to be said', () => {
    expect(read('decide:decide.upheld', { reasons: 'Read.' }, 'overdue', 'sm')).toEqual({
      fields: { delayReason: 'Say why it is late.' },
    });
    expect(read('decide:decide.upheld', { reasons: 'Read.', delayReason: 'Leave.' }, 'overdue', 'sm')).toMatchObject({
      command: { delayReason: 'Leave.' },
    });
  });

  test.each(['withdraw', 'add', 'decline-chair', 'name-chair', 'ask:chair', 'advice', 'answer:1', 'cancel', 'held'])(
    '%s, empty, is sent back with what to do',
    (verb) => {
      const { fields } = read(verb, {}, 'asked', 'sm') as { fields: Record<string, string> };
      expect(Object.values(fields)).toEqual([expect.stringMatching(/^[A-Z].+\.$/)]);
    },
  );

  test('a form sent back keeps what was typed, marks the fields, and names them on top and, where the form is long, by the button', () => {
    const values = { ...record, basis: '', notes: 'ftp://x' };
    const sent = read('refer', values, 'raised', 'chair') as { fields: Record<string, string> };
    const card = showCase('record', seenAt('raised', 'chair'), {
      form: { verb: 'refer', values, errors: sent.fields },
      refusal: 'Nothing has been sent yet. Please check what is marked.',
    });
    const words = wordsOf(card);
    expect(words).toContain(
      'Nothing has been sent yet. Please check "What does that decision rest on?" and "Link to notes of the conference".',
    );
    expect(words).toContain('Error: Write your answer.');
    expect(words).toContain('We read it out.');
    expect(words).toContain('ftp://x');
    const said = words.split('Nothing has been sent yet').length - 1;
    expect(said).toBe(2);
  });
});
