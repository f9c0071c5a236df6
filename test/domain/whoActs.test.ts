import { describe, expect, test } from '@jest/globals';
import { cardsDue } from '../../src/app/cardsDue.ts';
import { holdersOf, type Roster } from '../../src/domain/authority.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { peopleTold } from '../../src/domain/reminders.ts';
import { aDissent, camden, decides, events, given, referred, roster, type Setting, type Step, scotland, scottish, when } from './given.ts';

/** Who acts where the one who would may not: who chaired, raised or decided stands aside, and so does whoever would sign for them. */

const day = (date: string) => Temporal.PlainDate.from(date);
const upheld: Command = { type: 'Decide', stage: 'decide', outcome: 'upheld', reasons: 'Read.', answers: {}, delayReason: null };

describe('corner 14: a holder who stands aside signs through nobody (C26)', () => {
  const chaired = given(aDissent({ conference: { chair: 'sm', date: '2027-12-20' } }), [], '2027-12-20T15:00:00Z');
  const covered = '2027-12-21T10:00:00Z';

  test("the holder's own deputies stand aside too, and the alternate alone decides", () => {
    expect(holdersOf('service-manager', chaired, roster, day('2027-12-21'))).toEqual({
      principal: 'sm-alternate',
      deputies: [],
      insteadOf: 'sm',
    });
    const toDecide = given(
      aDissent({ conference: { chair: 'sm', date: '2027-12-20' } }),
      [{ ...referred, at: '2027-12-20T16:30:00Z', by: 'sm' }],
      '2027-12-20T15:00:00Z',
    );
    expect(when(toDecide, upheld, 'sm-deputy', covered)).toMatchObject({
      refused: 'not-allowed',
      sentence: 'Whoever you cover for chaired this, raised it or decided in it earlier, so somebody else decides it as Service Manager.',
    });
    expect(events(when(toDecide, upheld, 'sm-alternate', covered))[0]).toMatchObject({ type: 'DecisionMade', outcome: 'upheld' });
    expect(peopleTold('those who act', toDecide, camden, roster, day('2027-12-21'))).toEqual(['sm-alternate']);
    const asked = cardsDue(toDecide, camden, roster, day('2027-12-21')).filter(({ key }) => key === 'stage:decide');
    expect(asked).toEqual([{ person: 'sm-alternate', key: 'stage:decide' }]);
  });

  test('so with whoever raised it, and with whoever decided in it in another role', () => {
    const raised = given(aDissent({ dissenter: 'sm' }), [], '2027-12-20T15:00:00Z');
    expect(holdersOf('service-manager', raised, roster, day('2027-12-21')).deputies).toEqual([]);
    const deputies = [{ person: 'hos-deputy', from: '2027-01-01', to: '2027-12-31' }];
    const both: Roster = {
      ...roster,
      roles: { ...roster.roles, 'head-of-service': { holder: 'sm', alternate: 'hos-alternate', deputies } },
    };
    const decided = given(aDissent(), [referred, decides('sm', '2027-01-20T10:00:00Z', 'decide', 'upheld')]);
    expect(holdersOf('head-of-service', decided, both, day('2027-01-21'))).toEqual({
      principal: 'hos-alternate',
      deputies: [],
      insteadOf: 'sm',
    });
  });
});

describe('corner 15: a task of a role in which nobody may act', () => {
  const keptBy = (holder: string): Setting => ({
    procedure: scottish,
    calendar: scotland,
    roster: {
      ...roster,
      roles: { ...roster.roles, 'register-keeper': { holder, alternate: null, deputies: [] } },
      chairs: ['chair', 'other-chair'],
    },
  });
  const decision: Step = {
    at: '2026-12-08T10:00:00Z',
    by: 'hos',
    event: {
      type: 'DecisionMade',
      stage: 'review',
      outcome: 'change_category',
      perChild: { 'CH-1041': 'change_category' },
      reasons: 'Read.',
      answers: {},
      delayReason: null,
      flags: [],
    },
  };
  const tick: Command = { type: 'TickTask', task: 'task:review.register', note: null };
  const after = (setting: Setting): Case =>
    given(
      aDissent({ conference: { type: 'cppm', date: '2026-11-25' }, decision: 'meeting', grounds: ['category'] }),
      [decision, { at: decision.at, by: 'hos', event: { type: 'StageEntered', stage: 'conclude' } }],
      '2026-11-25T16:00:00Z',
      setting,
    );

  test('is for the administrators where the register keeper chaired, who are reminded of it', () => {
    const setting = keptBy('chair');
    const current = after(setting);
    const tried = (by: string) => when(current, tick, by, '2026-12-09T10:00:00Z', setting.roster, setting);
    expect(events(tried('administrator'))).toEqual([tick].map(({ task, note }) => ({ type: 'TaskTicked', task, note })));
    expect(tried('chair')).toMatchObject({ refused: 'not-allowed' });
    expect(peopleTold('those who finish', current, scottish, setting.roster, day('2026-12-14'))).toContain('administrator');
  });

  test('is for nobody but its holder while there is one who may act', () => {
    const setting = keptBy('register-keeper');
    const current = after(setting);
    expect(when(current, tick, 'administrator', '2026-12-09T10:00:00Z', setting.roster, setting)).toMatchObject({ refused: 'not-allowed' });
    expect(events(when(current, tick, 'register-keeper', '2026-12-09T10:00:00Z', setting.roster, setting))).toHaveLength(1);
  });
});

describe('corner 26: a dissenter who has left where they were to write (S12)', () => {
  const dissenter = '0000aaaa-0000-4000-8000-00000000000b';
  const inScotland = (people: string[]): Setting => ({ procedure: scottish, calendar: scotland, roster: { ...roster, people } });
  const writing = (who: string) =>
    given(
      aDissent({ conference: { type: 'cppm', date: '2026-11-25' }, decision: 'meeting', grounds: ['category'], dissenter: who }),
      [{ at: '2026-11-26T10:00:00Z', by: 'chair', event: { type: 'StageEntered', stage: 'write' } }],
      '2026-11-25T16:00:00Z',
      inScotland([]),
    );
  const withdraw: Command = { type: 'Withdraw', reason: 'They have left, and a colleague raises it again.' };
  const told = (current: Case, people: string[]) =>
    peopleTold('those who act', current, scottish, inScotland(people).roster, day('2026-12-02'));
  const tries = (current: Case, does: Command, by: string, people: string[]) =>
    when(current, does, by, '2026-12-02T10:00:00Z', inScotland(people).roster, inScotland(people));
  const letter: Command = { type: 'Submit', text: 'I write for them.', link: null, lateReason: null };

  test('is reminded no more: the lead of their agency and the administrators are, and either may withdraw it', () => {
    const current = writing('nurse');
    expect(told(current, ['health-lead', 'administrator'])).toEqual(['health-lead', 'administrator']);
    expect(peopleTold('those who write', current, scottish, inScotland([]).roster, day('2026-12-02'))).not.toContain('nurse');
    for (const by of ['health-lead', 'administrator'])
      expect(events(tries(current, withdraw, by, ['health-lead', 'administrator']))).toMatchObject([
        { type: 'DissentWithdrawn' },
        { type: 'CaseClosed' },
      ]);
    for (const by of ['health-lead', 'administrator', 'hos'])
      expect(tries(current, letter, by, ['health-lead', 'administrator'])).toMatchObject({ refused: 'not-allowed' });
    expect(tries(current, withdraw, 'hos', [])).toMatchObject({ refused: 'not-allowed' });
  });

  test('where the chair declined, an administrator names another (C9)', () => {
    const declined: Step = { at: '2027-01-13T10:00:00Z', by: 'chair', event: { type: 'ChairDeclined', reason: 'I was away.' } };
    const current = given(aDissent({ dissenter: 'nurse' }), [declined]);
    const names = (people: string[]) =>
      when(current, { type: 'NameChair', chair: 'other-chair' }, 'administrator', '2027-01-14T10:00:00Z', { ...roster, people });
    expect(events(names([]))).toEqual([{ type: 'ChairNamed', chair: 'other-chair' }]);
    expect(names(['nurse'])).toMatchObject({ refused: 'not-allowed' });
  });

  test('while they are here it is theirs alone, as it is while they are known by an object id', () => {
    for (const who of ['nurse', dissenter]) {
      const current = writing(who);
      expect(told(current, ['nurse'])).toEqual([who]);
      for (const by of ['health-lead', 'administrator'])
        expect(tries(current, withdraw, by, ['nurse'])).toMatchObject({ refused: 'not-allowed' });
      expect(events(tries(current, withdraw, who, ['nurse']))).toHaveLength(2);
    }
  });
});
