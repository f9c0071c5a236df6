import { describe, expect, test } from '@jest/globals';
import type { CaseForViewer } from '../../src/app/seeCase.ts';
import { LARGEST_CARD, sizeOf } from '../../src/cards/fit.ts';
import { reminder, reminderSummary } from '../../src/cards/reminderCard.ts';
import { render } from '../../src/cards/template.ts';
import { wordsOf } from './fixtures.ts';
import { casesOf } from './reminding.ts';

const words = (cases: CaseForViewer[], date: string) => wordsOf(render(reminder(cases, Temporal.PlainDate.from(date))));

describe("the day's message", () => {
  test('C16: to whoever has to act it says what, by when, and how many working days are left', () => {
    const on = (at: string) => words(casesOf('sm', ['referred'], at), at.slice(0, 10));
    expect(on('2027-02-15T09:00:00Z')).toContain('Decide by Thu 18 Feb 2027: 3 working days left.');
    expect(on('2027-02-17T09:00:00Z')).toContain('Decide by Thu 18 Feb 2027: 1 working day left.');
    expect(on('2027-02-18T09:00:00Z')).toContain('Decide by Thu 18 Feb 2027: today is the last day.');
    expect(on('2027-02-19T09:00:00Z')).toContain('OVERDUE by 1 working day. You have to decide. The last day was Thu 18 Feb 2027.');
  });

  test('Scenario 6: to the next up it says who has to act; that the decision stands is for the cases themselves (C12)', () => {
    const told = words(casesOf('hos', ['overdue']), '2027-08-26');
    expect(told).toContain('Cases to know about');
    expect(told).toContain('OVERDUE by 1 working day. The Service Manager has to decide. The last day was Wed 25 Aug 2027.');
    expect(told).not.toContain('The decision of the conference stands.');
  });

  test('Q1 Q30: of a chair who has not referred, the Service Manager sees when their own decision is due', () => {
    const told = words(casesOf('sm', ['notReferred']), '2027-02-09');
    expect(told).toContain('With the chair, not yet referred');
    expect(told).toContain('2 working days past the local target. The chair has to refer. The last day was Fri 5 Feb 2027.');
    expect(told).toContain('The decision is due by Thu 18 Feb 2027.');
    expect(words(casesOf('chair', ['notReferred']), '2027-02-09')).toContain('2 working days past the local target. You have to refer.');
  });

  test('C16: of a decision that falls due with the chair everybody told reads by how much it is over, and where it still is', () => {
    const over = 'OVERDUE by 2 working days, still with the chair: the decision was due by Thu 18 Feb 2027.';
    for (const person of ['sm', 'hos', 'chair'])
      expect(words(casesOf(person, ['notReferred'], '2027-02-22T09:00:00Z'), '2027-02-22')).toContain(over);
    expect(words(casesOf('health-visitor', ['notReferred'], '2027-02-22T09:00:00Z'), '2027-02-22')).not.toContain('OVERDUE');
  });

  test('S13: while the chair is silent it tells the professional of their own last day, and the chair of theirs', () => {
    const on = (person: string, at: string) => words(casesOf(person, ['dissented'], at), at.slice(0, 10));
    expect(on('nurse', '2026-12-02T09:00:00Z')).toContain('Write the dissent letter by Thu 3 Dec 2026: 1 working day left.');
    expect(on('nurse', '2026-12-04T09:00:00Z')).toContain('OVERDUE by 1 working day. You have to write the dissent letter.');
    expect(on('meeting-chair', '2026-12-02T09:00:00Z')).not.toContain('rite the dissent letter');
  });

  test('C17 Q29: of a decided case it names who still has to send its letter', () => {
    const told = words(casesOf('hos', ['notUpheld'], '2027-03-01T09:00:00Z'), '2027-03-01');
    expect(told).toContain('The Service Manager has to send, tell or file what is left.');
  });

  test('Q10: a local target is called one', () => {
    expect(words(casesOf('hos', ['upheld'], '2027-02-19T09:00:00Z'), '2027-02-19')).toContain(
      'Decide by Fri 19 Feb 2027 (local target): today is the last day.',
    );
    expect(words(casesOf('hos', ['upheld'], '2027-02-22T09:00:00Z'), '2027-02-22')).toContain(
      '1 working day past the local target. You have to decide.',
    );
  });

  test('C21: of a conference that nobody recorded as held it asks for that', () => {
    expect(words(casesOf('administrator', ['booked'], '2027-03-03T09:00:00Z'), '2027-03-03')).toContain(
      'It was to be on Tue 2 Mar 2027. Record that it was held, or move it.',
    );
  });

  test('X6: the notification counts and names nothing, and the card holds references only', () => {
    const cases = casesOf('sm', ['referred', 'overdue', 'notReferred'], '2027-08-26T08:00:00Z');
    expect(reminderSummary(cases)).toBe('Conference Dissent: 2 cases wait for you');
    expect(reminderSummary(cases.slice(0, 1))).toBe('Conference Dissent: 1 case waits for you');
    expect(reminderSummary(casesOf('hos', ['overdue']))).toBe('Conference Dissent: 1 case to know about');
    expect(words(cases, '2027-08-26')).not.toMatch(/CH-1041|injur|threshold|Amara|Health/i);
  });

  test('however many cases there are, the card fits, with the most pressing first and the number of the others', () => {
    const [late] = casesOf('sm', ['overdue'], '2027-08-26T08:00:00Z');
    const [later] = casesOf('sm', ['raised'], '2027-08-26T08:00:00Z');
    const many = Array.from({ length: 30 }, () => late as CaseForViewer);
    const card = render(reminder([...many, later as CaseForViewer], Temporal.PlainDate.from('2027-08-26')));
    expect(sizeOf(card)).toBeLessThan(LARGEST_CARD);
    expect(wordsOf(card)).toContain('16 more cases are not shown here.');
    expect(wordsOf(card)).toContain('With the chair');
  });
});
