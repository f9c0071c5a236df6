import { describe, expect, test } from '@jest/globals';
import type { CardKey } from '../../src/app/ports.ts';
import { caseAction } from '../../src/cards/actions.ts';
import type { CardState } from '../../src/cards/cardState.ts';
import { showCase } from '../../src/cards/show.ts';
import { tasksOf } from '../../src/domain/tasks.ts';
import { reported, seenBy, wordsOf } from './fixtures.ts';
import { type State, states } from './states.ts';
import { nodesOf } from './wellFormed.ts';

/** What people see and press after a decision: the letter, telling, filing and escalation. */

const seenAt = (name: string, viewer: string) => {
  const { current, now } = states[name] as State;
  return seenBy(viewer, current, now);
};
const look = (name: string, viewer: string, key: CardKey, showing?: CardState) => {
  const card = showCase(key, seenAt(name, viewer), showing);
  const verbs = nodesOf(card).flatMap(({ type, verb }) => (type === 'Action.Execute' ? [String(verb)] : []));
  return { card, words: wordsOf(card), verbs };
};
const read = (verb: string, inputs: Record<string, string>, name: string, viewer: string) =>
  caseAction(verb)?.read(inputs, seenAt(name, viewer));
const REASONS = 'The notes and the reasons were read together.';

describe('the letter', () => {
  test('C17: whoever decided sees it first, as it will be sent, and nobody else may approve it', () => {
    const { words, verbs } = look('notUpheld', 'sm', 'stage:decide');
    expect(words.indexOf('The letter: read it and send it')).toBeLessThan(words.indexOf('Decision of the Service Manager\nNot upheld'));
    expect(words).toMatch(
      /Our reference: DIS-27-004[\s\S]*not upheld[\s\S]*notes and the reasons[\s\S]*Yours sincerely\nHelen Stroud\nService Manager/,
    );
    expect(verbs).toEqual(expect.arrayContaining(['approve:decide', 'document:letter:decide']));
    for (const viewer of ['chair', 'health-visitor', 'administrator', 'hos']) {
      for (const key of ['stage:decide', 'checklist', 'record', 'receipt'] as CardKey[])
        expect(look('notUpheld', viewer, key).verbs).not.toContain('approve:decide');
    }
  });

  test("C17 C18 Q7: the form has the reasons' own words, the agencies proposed, and the copy that nobody can take away", () => {
    const { card, words } = look('notUpheld', 'sm', 'stage:decide', { form: { verb: 'approve:decide', values: {}, errors: {} } });
    const input = (id: string) => nodesOf(card).find((node) => node.id === id);
    expect(input('wording')?.value).toBe(REASONS);
    expect(input('recipients')?.value).toBe('agency:health,agency:school');
    expect(words).toContain('Camden Safeguarding Children Partnership always gets one');
    // The letter stands beside its form, and nothing else between the two.
    expect(words).toContain('See the letter');
    expect(words).not.toMatch(/To tell and to file\n\d|Decision of the Service Manager\nNot upheld\n\w+ \d/);
    const filled = { wording: 'In short: no.', recipients: 'agency:health,agency:kites', changes: 'The school has closed.' };
    expect(read('approve:decide', filled, 'notUpheld', 'sm')).toEqual({
      command: {
        type: 'ApproveLetter',
        stage: 'decide',
        wording: 'In short: no.',
        recipients: ['agency:health', 'agency:kites'],
        changes: 'The school has closed.',
      },
    });
    expect(read('approve:decide', { ...filled, recipients: 'copy', wording: ' ' }, 'notUpheld', 'sm')).toEqual({
      fields: { wording: 'Write the reasons for the letter.', recipients: 'Choose agencies from the list.' },
    });
  });

  test('S22 Q23: a note to everyone goes to people, those who were there ticked', () => {
    const { card } = look('changed', 'head', 'stage:review', { form: { verb: 'approve:review', values: {}, errors: {} } });
    expect(nodesOf(card).find(({ id }) => id === 'recipients')?.value).toBe('lead-professional,meeting-chair,nurse');
    expect(read('approve:review', { wording: 'x', recipients: 'nurse' }, 'changed', 'head')).toMatchObject({
      command: { recipients: ['person:nurse'], changes: null },
    });
  });

  test('C17 C18: afterwards each recipient has its state in words, and what did not go has its buttons', () => {
    expect(look('letterSent', 'sm', 'stage:decide').words).toMatch(
      /Decision letter\nSent\n[\s\S]*Larkfield Primary School\nSent Fri 12 Feb 2027, 11:12/,
    );
    for (const [viewer, key] of [
      ['sm', 'stage:decide'],
      ['administrator', 'checklist'],
    ] as const) {
      const { words, verbs } = look('letterTroubled', viewer, key);
      expect(words).toContain('Not sent: there is no e-mail address for this.');
      expect(words).toContain('It is not known whether this went. Look in the Sent Items of conferences@example.org, then say.');
      expect(verbs.filter((verb) => verb.startsWith('settle:'))).toEqual([
        'settle:2.again',
        'settle:2.dropped',
        'settle:3.sent',
        // The third is the partnership's own copy, which has to go.
        'settle:3.again',
      ]);
    }
    expect(caseAction('settle:3.sent')?.hasForm).toBe(false);
    expect(read('settle:3.sent', {}, 'letterTroubled', 'sm')).toEqual({ command: { type: 'SettleSending', sending: 3, as: 'sent' } });
  });

  test('C17: a document asked for to read first is on its way, and is not the letter being sent', () => {
    const { words, verbs } = look('documentWanted', 'sm', 'stage:decide');
    expect(words).toContain('Sent to you\nDecision letter\nIt is on its way to your mailbox.');
    expect(words).toContain('The letter: read it and send it');
    expect(verbs).toContain('approve:decide');
    const { current, now } = states.documentWanted as State;
    const had = seenBy('sm', reported(current, now, { type: 'ConfirmSending', sending: 1 }), now);
    expect(tasksOf(had.current, had.procedure).find(({ id }) => id === 'letter:decide')?.done).toBeNull();
    expect(look('documentFailed', 'sm', 'stage:decide').words).toContain('the bot may not send from conferences@example.org');
  });
});

describe('the checklist', () => {
  test('C22 C23 C17 C18: says of every task what is done, by whom and when, or what is left', () => {
    const { words } = look('partlyTold', 'sm', 'checklist');
    expect(words).toContain('Left to do: 4');
    expect(words).toContain('Decision letter\nSent Fri 12 Feb 2027, 11:12');
    expect(words).toMatch(
      /Done: the Service Manager's decision\n[\s\S]*The agency that dissents\nTold by the letter Fri 12 Feb 2027, 11:12/,
    );
    expect(words).toContain('Still to be told: The father, at the contact centre on Friday. Agreed: Agreed with my manager');
    expect(words).toContain('CH-1042: not filed yet. File it by hand, then say where.');
  });

  test('C22: what is left after two decisions and is the same is one thing, said once, with a button for each or one for all', () => {
    const { words, verbs } = look('notReconvened', 'administrator', 'checklist');
    const both = "the Service Manager's decision, and the Head of Service's decision";
    for (const once of [`Tell the chair: ${both}`, `Tell the parents: ${both}`, 'Nobody is named to tell the parents yet.'])
      expect(words.split(once)).toHaveLength(2);
    expect(words).not.toContain('Tell the chair: the Head of Service');
    expect(verbs).toEqual(expect.arrayContaining(['tick:chair:decide', 'tick:chair:review', 'teller:decide']));
    expect(words).toContain("The chair has been told: the Head of Service's decision");
    const left = Number(/Left to do: (\d+)/.exec(words)?.[1]);
    const undone = tasksOf(seenAt('notReconvened', 'administrator').current, seenAt('notReconvened', 'administrator').procedure).length;
    expect([left < undone, look('notReconvened', 'hos', 'stage:review').words.includes(`${left} things are left to do.`)]).toEqual([
      true,
      true,
    ]);
  });

  test('C22: a form that a button of the checklist opens stands by itself, and says what it is about', () => {
    const { words } = look('partlyTold', 'sm', 'checklist', { form: { verb: 'tick:chair:decide', values: {}, errors: {} } });
    expect(words).toContain("What\nTell the chair: the Service Manager's decision");
    expect(words).not.toMatch(/Left to do|Done:/);
  });

  test('C22: what is left is not for the dissenter and the chair to do: to them the case is decided', () => {
    for (const [viewer, key] of [
      ['health-visitor', 'receipt'],
      ['chair', 'record'],
    ] as const) {
      expect(look('notUpheld', viewer, key).words).toMatch(/^DIS-27-004\n.*\n.*\nNow: Decided\n/);
    }
    expect(look('notUpheld', 'sm', 'stage:decide').words).toMatch(/^DIS-27-004\n.*\n.*\nNow: To tell and to file\n/);
  });

  test('Part E: an administrator sees neither reasons, outcome, letters nor how parents can be reached', () => {
    for (const [name, state] of Object.entries(states)) {
      if (Object.keys(state.current.decisions).length === 0) continue;
      const { words } = look(name, 'administrator', 'checklist');
      expect(words).not.toMatch(/notes and the reasons|notes and dissent|upheld|contact centre|father|three injuries/i);
    }
  });

  test('Q29: a closed case says when it closed and offers nothing that is over', () => {
    const { words, verbs } = look('closed', 'administrator', 'checklist');
    expect(words).toContain('Closed Wed 17 Feb 2027');
    expect(words).toContain('CH-1041: Filed Wed 17 Feb 2027, by Helen Stroud. Reference: File CH-1041, part 2');
    expect(verbs).toEqual([]);
    expect(look('closed', 'sm', 'stage:decide').verbs).toEqual(['document:letter:decide', 'document:case']);
    expect(look('closed', 'health-visitor', 'receipt').verbs).toContain('concerned');
  });

  test('Q8 C22: naming who tells the parents, ticking a task, and filing by hand', () => {
    expect(read('teller:decide', { person: 'social-worker' }, 'letterSent', 'sm')).toEqual({
      command: { type: 'NameTeller', stage: 'decide', person: 'social-worker' },
    });
    expect(read('tick:chair:decide', { done: 'yes', note: '' }, 'approved', 'administrator')).toEqual({
      command: { type: 'TickTask', task: 'chair:decide', note: null },
    });
    expect(read('file:2', { fileReference: 'Part 2' }, 'told', 'administrator')).toEqual({
      command: { type: 'FileReasons', child: 'CH-1042', fileReference: 'Part 2' },
    });
    expect(caseAction('file:9')?.intention((states.told as State).current)).toEqual({ type: 'FileReasons', child: '' });
  });

  test('C23: what could not be filed says why, and can be filed again or by hand', () => {
    const { words, verbs } = look('filingFailed', 'meeting-administrator', 'checklist');
    expect(words).toContain('CH-1041: not filed. The bot may not write to the document library.');
    expect(words).toContain('CH-1042: being filed.');
    expect(verbs.filter((verb) => verb.startsWith('file'))).toEqual(['file:1', 'file-again']);
  });
});

describe('telling the parents', () => {
  test('X8: the first question is whether it is safe; only then can they be said to have been told', () => {
    expect(look('tellerNamed', 'social-worker', 'parents:decide').verbs).toEqual(['contact:decide']);
    const { words, verbs } = look('contactUnsafe', 'social-worker', 'parents:decide');
    expect(words).toContain('There is no safe way on record. Do only what was agreed.');
    expect(words).toContain('Agreed with my manager: tell at the contact centre.');
    expect(verbs).toEqual(['parents:decide', 'contact:decide']);
  });

  test('C22: its form takes the day, the means, whether all were told, and a note', () => {
    const told = { on: '2027-02-14', means: 'visit', everyone: 'yes', note: '' };
    expect(read('parents:decide', told, 'contactUnsafe', 'social-worker')).toEqual({
      command: { type: 'TellParents', stage: 'decide', on: '2027-02-14', means: 'visit', everyone: true, note: null },
    });
    for (const on of ['2027-02-11', '2027-02-16', ''])
      expect(read('parents:decide', { ...told, on }, 'contactUnsafe', 'social-worker')).toEqual({ fields: { on: expect.any(String) } });
  });

  test('Scenario 12: who is still to be told stays in sight', () => {
    expect(look('partlyTold', 'social-worker', 'parents:decide').words).toContain(
      'Still to be told: The father, at the contact centre on Friday.',
    );
    expect(look('told', 'social-worker', 'parents:decide').words).not.toContain('Still to be told');
  });
});

describe('X11 Q16: several children', () => {
  test('an outcome that is not the same for every child is said child by child', () => {
    for (const [viewer, key] of [
      ['sm', 'stage:decide'],
      ['health-visitor', 'outcome:decide'],
      ['chair', 'outcome:decide'],
    ] as const) {
      const { words } = look('upheldForOne', viewer, key);
      expect(words).toContain('Not the same for every child');
      expect(words).toContain('CH-1041: Not upheld\nCH-1042: Upheld');
    }
    expect(look('upheld', 'sm', 'stage:decide').words).not.toContain('For each child');
  });

  test('a later decision says which child it is about', () => {
    expect(look('reviewedForOne', 'health-visitor', 'outcome:review').words).toContain('For each child\nCH-1042: Do not reconvene');
  });
});

test('CD9: what the viewer does not act on now stands behind a button', () => {
  for (const [name, viewer, key, titles] of [
    ['notUpheld', 'sm', 'stage:decide', ['See the letter', 'See the dissent', 'See the details', 'See what the chair recorded']],
    ['notUpheld', 'health-visitor', 'receipt', ['See what you sent', 'See the details']],
    ['referred', 'chair', 'record', ['See the dissent', 'See the details', 'See what the chair recorded']],
    ['referred', 'sm', 'stage:decide', ['See the details', 'See what the chair recorded']],
    ['raised', 'health-visitor', 'receipt', ['See the details']],
  ] as const) {
    const { card } = look(name, viewer, key);
    const toggles = nodesOf(card).filter(({ type, title }) => type === 'Action.ToggleVisibility' && String(title).startsWith('See '));
    expect(toggles.map(({ title }) => title)).toEqual(titles);
    for (const { targetElements } of toggles)
      expect(nodesOf(card).find(({ id }) => id === (targetElements as string[])[0])?.isVisible).toBe(false);
  }
});
