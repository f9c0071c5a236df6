import { describe, expect, test } from '@jest/globals';
import { cardsDue } from '../../src/app/cardsDue.ts';
import { chairHasLeft, type Roster } from '../../src/domain/authority.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { peopleTold } from '../../src/domain/reminders.ts';
import { aDissent, aRecord, camden, events, given, referred, roster, type Step, when } from './given.ts';

/** Whoever was named as chair is no chair of the partnership any more when it is to be recorded. */

const without: Roster = { ...roster, chairs: roster.chairs.filter((chair) => chair !== 'chair') };
const raised = () => given(aDissent());
const names = (chair: string): Command => ({ type: 'NameChair', chair });
const at = '2027-01-13T10:00:00Z';
const today = Temporal.PlainDate.from('2027-01-13');
const toldOf = (current: Case, people: Roster) =>
  cardsDue(current, camden, people, today)
    .filter(({ key }) => key === 'told:chair:chair')
    .map(({ person }) => person);

describe('a chair who has left before recording', () => {
  test.each(['health-visitor', 'administrator'])('corner 8 CD7: %s names another, who can then record', (person) => {
    expect(when(raised(), names('other-chair'), person, at)).toHaveProperty('refused');
    expect(events(when(raised(), names('other-chair'), person, at, without))).toEqual([{ type: 'ChairNamed', chair: 'other-chair' }]);
    const named = given(aDissent(), [{ at, by: person, event: { type: 'ChairNamed', chair: 'other-chair' } }]);
    expect(chairHasLeft(named, camden, without)).toBe(false);
    expect(events(when(named, { type: 'Record', record: aRecord, agency: null }, 'other-chair', at, without))).not.toEqual([]);
  });

  test('corner 8 X3: nobody else may, nor is the one who left named again', () => {
    for (const person of ['sm', 'other-chair', 'health-lead', 'stranger'])
      expect(when(raised(), names('other-chair'), person, at, without)).toMatchObject({ refused: 'not-allowed' });
    expect(when(raised(), names('chair'), 'administrator', at, without)).toMatchObject({ refused: 'invalid', rule: 'C9' });
  });

  test('corner 8 CD7: the dissenter and the administrators have a card of it and the reminders, and the chair who left has none', () => {
    expect([toldOf(raised(), roster), toldOf(raised(), without)]).toEqual([[], ['health-visitor', 'administrator']]);
    expect(peopleTold('those who act', raised(), camden, roster, today)).toEqual(['chair']);
    expect(peopleTold('those who act', raised(), camden, without, today)).toEqual(['health-visitor', 'administrator']);
  });

  test('corner 8: a chair who leaves once it is recorded, or has said that it was not them, changes nothing of this', () => {
    expect(chairHasLeft(given(aDissent(), [referred]), camden, without)).toBe(false);
    const declines: Step = { at, by: 'chair', does: { type: 'DeclineChair', reason: 'I was away.' } };
    expect(when(given(aDissent(), [declines]), names('other-chair'), 'administrator', at, without)).toMatchObject({
      refused: 'not-allowed',
    });
  });
});
