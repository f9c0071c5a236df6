import { describe, expect, test } from '@jest/globals';
import type { CardKey } from '../../src/app/ports.ts';
import { showCase, showCaseList, showRaise } from '../../src/cards/show.ts';
import { whatHolds } from '../../src/domain/whatHolds.ts';
import { aDissent, after, aRecord, openingFor, raised, seenBy, wordsOf } from './fixtures.ts';
import { type State, states, viewers } from './states.ts';

const look = (name: string, viewer: string, key: CardKey) => {
  const { current, now } = states[name] as State;
  return wordsOf(showCase(key, seenBy(viewer, current, now)));
};
const refer = { type: 'Record', record: aRecord, agency: null } as const;

describe('dates on cards', () => {
  test('C16 Scenario 1: the decider reads the date, its working day and which day today is', () => {
    const referred = after(raised(), 'chair', '2027-01-12T16:30:00Z', refer);
    const words = (at: string) => wordsOf(showCase('stage:decide', seenBy('sm', referred, at)));
    expect(words('2027-01-12T16:30:00Z')).toContain('Decide by Tue 26 Jan 2027 (working day 10; today is day 0)');
    expect(words('2027-01-21T10:00:00Z')).toContain('Decide by Tue 26 Jan 2027 (working day 10; today is day 7)');
  });

  test('X12 Scenario 4: the date explains itself: start, days counted, days skipped with their names', () => {
    const current = raised('2027-04-19T14:00:00Z', aDissent({ conference: { date: '2027-04-19' } }));
    const words = wordsOf(showCase('receipt', seenBy('health-visitor', current, '2027-04-19T14:00:00Z')));
    expect(words).toContain('A decision is due by Tue 4 May 2027 (working day 10; today is day 0)');
    expect(words).toContain('10 working days from the conference, Mon 19 Apr 2027. That day is day 0. Calendar: England and Wales.');
    expect(words).toContain('Days 1 to 4\nTue 20 Apr 2027 to Fri 23 Apr 2027');
    expect(words).toContain('Sat 1 May 2027 (Saturday), Sun 2 May 2027 (Sunday), Mon 3 May 2027 (Early May bank holiday)');
    expect(words).toContain('Day 10\nTue 4 May 2027');
  });

  test('C14 Q13 Scenario 4: a question says when a reply is wanted, and that the decision date does not move', () => {
    const referred = after(
      raised('2027-04-19T14:00:00Z', aDissent({ conference: { date: '2027-04-19' } })),
      'chair',
      '2027-04-19T15:00:00Z',
      refer,
    );
    const asked = after(referred, 'sm', '2027-04-22T09:00:00Z', { type: 'Ask', of: 'dissenter', question: 'What did you see?' });
    const words = wordsOf(showCase('question:1', seenBy('health-visitor', asked, '2027-04-22T09:00:00Z')));
    expect(words).toContain('Reply wanted by Tue 27 Apr 2027 (local target). The decision date does not move: Tue 4 May 2027.');
  });

  test('C16 Q12 Scenario 6: overdue is said to the decider, and without blame to the dissenter', () => {
    expect(look('overdue', 'sm', 'stage:decide')).toContain('OVERDUE by 1 working day.');
    const dissenter = look('overdue', 'health-visitor', 'receipt');
    expect(dissenter).toContain('Not yet decided. The date aimed for was Wed 25 Aug 2027.');
    expect(dissenter).not.toMatch(/overdue|late\b/i);
    expect(look('decidedLate', 'sm', 'stage:decide')).toContain('3 working days over');
    expect(look('decidedLate', 'health-visitor', 'receipt')).not.toMatch(/working days over|I waited/);
  });

  test('C16: overdue with the chair is said to those who can see to it, on the card and in the list, and without blame to the dissenter', () => {
    const { current } = states.notReferred as State;
    const seen = (viewer: string) => seenBy(viewer, current, '2027-02-22T09:00:00Z');
    const over = 'OVERDUE by 2 working days, still with the chair: the decision was due by Thu 18 Feb 2027.';
    for (const [viewer, key] of [
      ['chair', 'record'],
      ['sm', 'status'],
      ['hos', 'status'],
    ] as const) {
      expect(wordsOf(showCase(key, seen(viewer)))).toContain(over);
      expect(wordsOf(showCaseList([seen(viewer)]))).toContain(over);
    }
    for (const card of [showCase('receipt', seen('health-visitor')), showCaseList([seen('health-visitor')])]) {
      expect(wordsOf(card)).toContain('Not yet decided. The date aimed for was Thu 18 Feb 2027.');
      expect(wordsOf(card)).not.toMatch(/overdue/i);
    }
  });

  test('C16: the list of cases says by how much one is over, as the case card does, and which date is a local target', () => {
    const list = (name: string, viewer: string, at: string) => wordsOf(showCaseList([seenBy(viewer, (states[name] as State).current, at)]));
    expect(list('referred', 'sm', '2027-02-18T09:00:00Z')).toContain('Decision due by Thu 18 Feb 2027');
    expect(list('referred', 'sm', '2027-02-24T09:00:00Z')).toContain('OVERDUE by 4 working days. Decision due by Thu 18 Feb 2027');
    expect(list('referred', 'chair', '2027-02-24T09:00:00Z')).toContain('Not yet decided. The date aimed for was Thu 18 Feb 2027.');
    expect(list('upheld', 'hos', '2027-02-15T09:00:00Z')).toContain('Decision due by Fri 19 Feb 2027 (local target)');
    expect(list('upheld', 'hos', '2027-02-23T09:00:00Z')).toContain('2 working days past the local target.');
  });

  test('Q30: after its target day a dissent reads as not yet referred', () => {
    expect(look('raised', 'health-visitor', 'receipt')).toContain('With the chair');
    expect(look('raised', 'health-visitor', 'receipt')).not.toContain('not yet referred');
    expect(look('notReferred', 'health-visitor', 'receipt')).toContain('With the chair, not yet referred');
  });

  test('Q10: a local target is labelled as one', () => {
    expect(look('upheld', 'hos', 'stage:review')).toContain('Decide by Fri 19 Feb 2027 (local target, working day 5; today is day 0)');
    expect(look('raised', 'chair', 'record')).toContain('Refer by Fri 5 Feb 2027 (local target, working day 1; today is day 0)');
  });

  test('a date past the last known holidays says that it may change', () => {
    const current = raised('2028-12-27T10:00:00Z', aDissent({ conference: { date: '2028-12-27' } }));
    expect(wordsOf(showCase('receipt', seenBy('health-visitor', current, '2028-12-27T10:00:00Z')))).toContain(
      'The holidays after Sun 31 Dec 2028 are not known yet, so the date may change.',
    );
  });
});

describe('what every card says', () => {
  test('C12 CD2 X2: that the decision stands, or what holds since, and under which procedure and version', () => {
    for (const [name, { current, now }] of Object.entries(states)) {
      for (const viewer of viewers) {
        const seen = seenBy(viewer, current, now);
        if (seen.standings.length === 0) continue;
        const words = wordsOf(showCase('status', seen));
        expect([name, words.includes(whatHolds(seen.current, seen.procedure))]).toEqual([name, true]);
        expect(words).toContain(`Procedure ${seen.procedure.id}, version 1.`);
      }
    }
  });

  test('C10 C5 C6: everything needed to decide is on one card; missing notes are said and bar nothing', () => {
    const words = look('answered', 'sm', 'stage:decide');
    for (const needed of [
      'Review child protection conference, Thu 4 Feb 2027',
      'To end a child protection plan',
      'CH-1041 and CH-1042',
      'Amara Okoro, Health visitor',
      'North Quarter Community Health',
      'Whether the threshold for significant harm is met',
      'three injuries',
      'Consensus attempted\nYes',
      'read out the threshold',
      'No plan is needed.',
      'What was shared at the conference.',
      'Notes of the conference\npresent',
      'Open notes of the conference',
      'Yes, in full.',
      'Compare it with the guidance',
      'Not answered yet. Wanted by Thu 11 Feb 2027 (local target).',
    ]) {
      expect(words).toContain(needed);
    }
    expect(look('withoutNotes', 'sm', 'stage:decide')).toContain('Notes of the conference\nnot attached');
    expect(look('added', 'sm', 'stage:decide')).toContain('The hospital wrote to me today.');
  });

  test('Q14 C19: the review card holds the first decision and the advice given', () => {
    const words = look('upheld', 'hos', 'stage:review');
    expect(words).toContain('Decision of the Service Manager\nUpheld');
    expect(words).toContain('Compare it with the guidance on repeated injuries.');
  });

  test('Q5 Q6 Q15 C2: what sets a dissent apart is said in words', () => {
    const words = look('flagged', 'chair', 'record');
    expect(words).toContain('Raised after the day of the conference, on Mon 8 Feb 2027, 10:00.');
    expect(words).toContain('Continuing a plan is not listed in the procedure.');
    expect(words).toContain('Dissent about the category is not listed in the procedure.');
    expect(words).toContain('The chair has to confirm which agency this person represents.');
    expect(words).not.toContain('8d1f4c1e');
  });

  test('P12 C4: the dissent form has the thresholds link and the Escalation Policy', () => {
    const card = JSON.stringify(showRaise(openingFor('health-visitor'), 'draft-1'));
    expect(card).toContain('https://partnership.example/thresholds');
    expect(card).toContain('https://partnership.example/escalation');
  });
});

describe('the booking card (C21)', () => {
  test('Scenario 3: the window, what is booked, who is free and who is not known', () => {
    const words = look('booked', 'administrator', 'stage:reconvene');
    expect(words).toContain('Hold by Wed 10 Mar 2027; earlier target Fri 5 Mar 2027.');
    expect(words).toContain('Tue 2 Mar 2027, 10:00 to 12:00');
    expect(words).toContain('Working day\n9 of 15');
    expect(words).toContain('Free\nRuth Calder, Amara Okoro and Dev Shah');
    expect(words).toContain('Not known\nLena Fox. Please ask them.');
    expect(words).toContain("In everyone's calendar");
    expect(words).not.toContain('after the earlier target');
  });

  test('Q2: a time after the earlier target, or after the last day, says so', () => {
    expect(look('moved', 'administrator', 'stage:reconvene')).toContain(
      'This is after the earlier target, Fri 5 Mar 2027, and inside the time limit.',
    );
    const late = look('movedLate', 'hos', 'stage:reconvene');
    expect(late).toContain('OVERDUE: this is after the last day, Wed 10 Mar 2027.');
    expect(late).toContain('The hospital can come only then.');
  });

  test.each([
    ['requested', 'Reading calendars.'],
    ['found', "Being put in everyone's calendar"],
    ['failed', 'Ask your IT support to allow it, then press "Try again".'],
    ['chairUnread', 'Ruth Calder, who chairs it, has a calendar that cannot be read'],
    ['mayBeBusy', 'Ruth Calder, who chairs it, may be busy then'],
    ['mayBeBusy', 'may be busy: Ruth Calder'],
    ['heldLater', 'Held on\nWed 3 Mar 2027'],
    ['blocked', 'no time by Wed 10 Mar 2027 is free for everyone who has to be there. Most often busy: Ruth Calder and Dev Shah'],
    ['blocked', 'Ask Ruth Calder to make room.'],
    ['exhausted', 'No time is left by Wed 10 Mar 2027.'],
    ['cancelled', 'The building is shut.'],
    ['held', 'Recorded as held'],
  ])('%s: %s', (name, words) => {
    expect(look(name, 'administrator', 'stage:reconvene')).toContain(words);
  });

  test.each([
    ['requested', ['Choose a time', 'Change the chair', 'Change who is invited', 'It will not take place']],
    ['booked', ['Move', 'Change the chair', 'Change who is invited', 'Cancel the conference', 'It will not take place']],
    ['onTheDay', ['Record as held', 'Move', 'Change the chair', 'Cancel the conference', 'It will not take place']],
    ['failed', ['Try again', 'Move', 'Change the chair', 'Change who is invited', 'Cancel the conference', 'It will not take place']],
    ['blocked', ['Choose a time', 'Change the chair', 'Change who is invited', 'Look again for times', 'It will not take place']],
    ['held', ['Back']],
  ])('%s offers %j', (name, buttons) => {
    const { current, now } = states[name] as State;
    for (const viewer of ['administrator', 'hos']) {
      const { actions } = showCase('stage:reconvene', seenBy(viewer, current, now)) as { actions: { title: string }[] };
      expect(actions.map(({ title }) => title)).toEqual(buttons);
    }
  });
});
