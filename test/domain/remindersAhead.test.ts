import { describe, expect, test } from '@jest/globals';
import { cardsDue, mainCard } from '../../src/app/cardsDue.ts';
import type { Case } from '../../src/domain/case.ts';
import { peopleTold, type Reminder, remindersOn } from '../../src/domain/reminders.ts';
import { aDissent, aRecord, camden, given, inCamden, roster, type Setting, type Step, scotland, scottish } from './given.ts';

const inScotland: Setting = { procedure: scottish, calendar: scotland, roster };
const day = (date: string) => Temporal.PlainDate.from(date);
const raisedOn = (date: string, steps: Step[] = []) => given(aDissent({ conference: { date } }), steps, `${date}T15:10:00Z`);

/** What is said on the days from the first to the last, without the week's list. */
function said(current: Case, from: string, to: string, { procedure, calendar } = inCamden) {
  const days = Array.from({ length: day(from).until(day(to)).days + 1 }, (_, index) => day(from).add({ days: index }));
  const all = days.flatMap((each) =>
    remindersOn(current, procedure, calendar, each).map(({ kind, to: whom }) => `${each} ${kind}, ${whom}`),
  );
  return all.filter((line) => !line.includes(' summary,'));
}
const told = (to: Reminder['to'], current: Case, today: string, { procedure } = inCamden) =>
  peopleTold(to, current, procedure, roster, day(today));

describe('a time limit that passes before the case is there', () => {
  test('C16: a decision that falls due with the chair: all who are next up are told once, on the next working morning, and the chair as before', () => {
    const raised = raisedOn('2027-08-11');
    const lines = said(raised, '2027-08-17', '2027-09-08');
    expect(lines).toEqual([
      '2027-08-23 not-recorded, those who act',
      '2027-08-26 overdue, all next up',
      '2027-08-31 not-recorded, those who act',
      '2027-09-06 not-recorded, those who act',
    ]);
    expect(told('all next up', raised, '2027-08-26')).toEqual(['sm', 'hos']);
    const late = given(aDissent({ conference: { date: '2027-08-11' } }), [], '2027-09-01T10:00:00Z');
    expect(said(late, '2027-09-01', '2027-09-08').filter((line) => line.includes('all next up'))).toEqual([
      '2027-09-02 overdue, all next up',
    ]);
  });

  test('S13: so with the days for the letter in Scotland, while it is not written', () => {
    const dissent = aDissent({ conference: { type: 'cppm', date: '2026-11-25' }, decision: 'meeting', grounds: ['category'] });
    const current = given(dissent, [], '2026-11-25T16:00:00Z', inScotland);
    const ahead = (each: Case) => said(each, '2026-11-25', '2026-12-11', inScotland).filter((line) => line.includes('all next up'));
    expect(ahead(current)).toEqual(['2026-12-04 overdue, all next up']);
    expect(told('all next up', current, '2026-12-04', inScotland)).toEqual(['hos']);
    const letter = { text: 'I dissent.', link: null, lateReason: null, lateBy: 0, at: '2026-11-26T10:00:00Z', by: 'health-visitor' };
    expect(ahead({ ...current, letter })).toEqual([]);
  });
});

test('C13 Q27: a request for advice is for whoever holds the role, and for the deputy while they cover', () => {
  const people = {
    ...roster,
    roles: {
      ...roster.roles,
      'head-of-service': { holder: 'hos', alternate: null, deputies: [{ person: 'hos-deputy', from: '2027-04-26', to: '2027-04-27' }] },
    },
  };
  const advised = raisedOn('2027-04-19', [
    { at: '2027-04-19T16:00:00Z', by: 'chair', does: { type: 'Record', record: aRecord, agency: null } },
    { at: '2027-04-22T10:00:00Z', by: 'sm', does: { type: 'AskAdvice', question: 'Is it so elsewhere?' } },
  ]);
  const cards = (date: string) =>
    cardsDue(advised, camden, people, day(date)).flatMap(({ person, key }) => (key === 'question:1' ? [person] : []));
  expect(cards('2027-04-23')).toEqual(['hos']);
  expect(cards('2027-04-26')).toEqual(['hos', 'hos-deputy']);
  expect(peopleTold('those asked', advised, camden, people, day('2027-04-26'))).toEqual(['hos', 'hos-deputy']);
  const viewer = { current: advised, procedure: camden, person: 'hos-deputy' };
  expect(mainCard({ ...viewer, standings: ['head-of-service'] })).toBe('question:1');
  expect(mainCard({ ...viewer, person: 'administrator', standings: ['administrator'] })).toBe('status');
});
