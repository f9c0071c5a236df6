import { describe, expect, test } from '@jest/globals';
import { keepWith } from '../../src/app/keepWith.ts';
import type { Directory } from '../../src/directory/directory.ts';
import { nameAndJob } from '../../src/directory/names.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { factsOf } from '../../src/domain/figures.ts';
import { datesMoved, movesToTell } from '../../src/domain/keptDates.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { timeLimitsOfStage } from '../../src/domain/timeLimits.ts';
import type { Calendar } from '../../src/domain/workingDays.ts';
import { added, bot, caseOf, openedWith, recorded, tried } from '../support/dissents.ts';
import { aDissent, aRecord, camden, england, events, roster } from './given.ts';

/** CD10: a judgement stands as it was made, and a date that a calendar moves is recorded. CD11: who acted is kept with the act. */

const longer: Calendar = { ...england, holidays: new Map([...england.holidays, ['2027-01-20', 'A day of mourning']]) };
const directory = { partnerships: {}, people: [{ id: 'sm', name: 'Farida Oakenshaw', role: 'Service Manager' }] } as unknown as Directory;

const at = (instant: string) => Temporal.Instant.from(instant);
const today = (calendar: Calendar, now: string) => ({ procedure: camden, calendar, directory, roster, now: at(now) });

/** What somebody does under a calendar, with all that is kept with it. */
function does(current: Case, command: Command, by: string, when: string, calendar: Calendar): Case {
  const came = events(tried({ procedure: camden, calendar, roster }, current, command, by, when));
  const actor = { person: by, role: by === 'sm' ? 'service-manager' : 'chair' };
  const kept = keepWith(came, actor, added(current, came, when, actor), today(calendar, when));
  return added(current, kept, when, actor);
}

const raisedAt = '2027-01-12T15:10:00Z';
const opened = openedWith(aDissent());
const plain = caseOf('DIS-27-001', camden, recorded(opened, raisedAt, { person: 'health-visitor', role: 'dissenter' }));
const raised = caseOf(
  'DIS-27-001',
  camden,
  recorded(keepWith(opened, bot, plain, today(england, raisedAt)), raisedAt, { person: 'health-visitor', role: 'dissenter' }),
);
const withManager = (from: Case) => does(from, { type: 'Record', record: aRecord, agency: null }, 'chair', '2027-01-12T16:30:00Z', england);
const decision: Command = {
  type: 'Decide',
  stage: 'decide',
  outcome: 'not_upheld',
  reasons: 'Read.',
  answers: {},
  delayReason: 'Sickness.',
};
const judged = (current: Case, calendar: Calendar) => timeLimitsOfStage(current, camden, 'decide', calendar, at('2027-06-01T09:00:00Z'))[0];

describe('CD10', () => {
  test('a decision that was a day late stays a day late, with its count, when a holiday is added to the calendar afterwards', () => {
    const late = does(withManager(raised), decision, 'sm', '2027-01-27T11:00:00Z', england);
    expect(judged(late, longer)).toEqual(judged(late, england));
    expect(judged(late, longer)).toMatchObject({ due: '2027-01-26', overdueBy: 1, today: 11 });
    expect(factsOf(late, camden, longer)).toEqual(factsOf(late, camden, england));
  });

  test('a decision in time stays in time when a day is taken out of the calendar, and its days from the conference are the same', () => {
    const inTime = does(withManager(raised), decision, 'sm', '2027-01-27T11:00:00Z', longer);
    expect(judged(inTime, england)).toMatchObject({ due: '2027-01-27', overdueBy: 0 });
    expect(factsOf(inTime, camden, england).decision?.days).toBe(10);
    expect(factsOf(inTime, camden, england).lateFrom).toBeNull();
  });

  test('a date that still runs follows the calendar; that it moved is recorded once, old and new, and told', () => {
    const open = withManager(raised);
    expect(datesMoved(open, camden, england, at('2027-01-13T09:00:00Z'))).toEqual([]);
    const moved = datesMoved(open, camden, longer, at('2027-01-13T09:00:00Z'));
    expect(moved).toEqual([{ type: 'DateMoved', stage: 'decide', kind: 'time limit', from: '2027-01-26', to: '2027-01-27' }]);
    const came = takeReport(open, { type: 'MoveDates', moved }, camden);
    const when = '2027-01-13T09:00:00Z';
    const after = added(open, keepWith(came, bot, added(open, came, when, bot), today(longer, when)), when, bot);
    expect(movesToTell(after)).toMatchObject([{ from: '2027-01-26', to: '2027-01-27' }]);
    expect(datesMoved(after, camden, longer, at(when))).toEqual([]);
    expect(takeReport(after, { type: 'MoveDates', moved }, camden)).toEqual([]);
    expect(movesToTell(does(after, decision, 'sm', '2027-01-27T11:00:00Z', longer))).toEqual([]);
  });

  test('a trail from before dates were kept is counted by the calendar of today, and nothing of it has moved', () => {
    const before = added(plain, [{ type: 'StageEntered', stage: 'decide' }], '2027-01-12T16:30:00Z', bot);
    expect(judged(before, longer)?.due).toBe('2027-01-27');
    expect(datesMoved(before, camden, longer, at('2027-01-13T09:00:00Z'))).toEqual([]);
  });
});

test('CD11: the decision keeps who signed it, by name and job, and reads the same when they have left the directory', () => {
  const decided = does(withManager(raised), decision, 'sm', '2027-01-20T11:00:00Z', england);
  expect(decided.decisions.decide?.kept).toEqual({ by: { name: 'Farida Oakenshaw', job: 'Service Manager' }, day: 6 });
  expect(nameAndJob({ ...directory, people: [], unlisted: decided.signatories }, 'sm')).toBe('Farida Oakenshaw, Service Manager');
});
