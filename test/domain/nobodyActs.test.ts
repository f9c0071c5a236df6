import { describe, expect, test } from '@jest/globals';
import { cardsDue } from '../../src/app/cardsDue.ts';
import { type Roster, roleNobodyHolds, standingsOf } from '../../src/domain/authority.ts';
import { peopleTold } from '../../src/domain/reminders.ts';
import { aDissent, camden, decides, events, given, inCamden, referred, roster, type Setting, type Step, when } from './given.ts';

/** CD7: a stage at which nobody may act is told at once, and somebody can be named for this case. */

// The Service Manager's deputy is also the Head of Service's alternate, and the Head of Service chaired the conference.
const barred: Roster = {
  ...roster,
  roles: { ...roster.roles, 'head-of-service': { holder: 'hos', alternate: 'sm', deputies: [] } },
};
const setting: Setting = { ...inCamden, roster: barred };
const decided: Step[] = [{ ...referred, by: 'hos' }, decides('sm', '2027-01-20T11:00:00Z', 'decide', 'upheld')];
const waiting = given(aDissent({ conference: { chair: 'hos' } }), decided, undefined, setting);
const at = '2027-01-20T12:00:00Z';
const today = Temporal.PlainDate.from('2027-01-21');
const names = (person: string) => ({ type: 'NameActor' as const, person });
const tries = (person: string, by: string, current = waiting) => when(current, names(person), by, at, barred);

describe('CD7: the holder chaired it, and the alternate has decided', () => {
  test('administrators and whoever decided last are told; nobody who may not act is reminded', () => {
    expect(roleNobodyHolds(waiting, camden, barred, today)).toBe('head-of-service');
    const told = cardsDue(waiting, camden, barred, today).filter(({ key }) => key === 'told:nobody:review');
    expect(told.map(({ person }) => person)).toEqual(['administrator', 'sm']);
    expect(peopleTold('those who act', waiting, camden, barred, today)).toEqual(['administrator']);
  });

  test.each(['administrator', 'sm'])('%s names somebody for this case, who may then decide it and nothing else', (by) => {
    expect(events(tries('other-chair', by))).toEqual([{ type: 'ActorNamed', role: 'head-of-service', person: 'other-chair' }]);
    const named = given(
      aDissent({ conference: { chair: 'hos' } }),
      [...decided, { at, by, does: names('other-chair') }],
      undefined,
      setting,
    );
    expect(standingsOf('other-chair', named, camden, barred, today)).toEqual(['head-of-service']);
    expect(roleNobodyHolds(named, camden, barred, today)).toBe(null);
    expect(cardsDue(named, camden, barred, today)).toContainEqual({ person: 'other-chair', key: 'stage:review' });
    const decision = { type: 'Decide', stage: 'review', outcome: 'no_reconvene', reasons: '.', answers: {}, delayReason: null } as const;
    expect(events(when(named, decision, 'other-chair', at, barred))[0]).toMatchObject({ type: 'DecisionMade', stage: 'review' });
    expect(tries('teacher', by, named)).toMatchObject({ refused: 'already-done' });
  });

  test('C26: nobody with a part in it can be named; nobody else may name', () => {
    for (const person of ['hos', 'sm', 'health-visitor']) expect(tries(person, 'administrator')).toMatchObject({ rule: 'C26' });
    for (const by of ['health-visitor', 'hos', 'teacher']) expect(tries('other-chair', by)).toMatchObject({ refused: 'not-allowed' });
  });

  test('where somebody may act, nobody is named', () => {
    const current = given(aDissent(), [referred]);
    expect(when(current, names('other-chair'), 'administrator', at)).toMatchObject({ refused: 'already-done' });
  });
});
