import { describe, expect, test } from '@jest/globals';
import type { Case, Decision } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { decidedAlike, decidedOn } from '../../src/domain/decided.ts';
import type { DecideStage, Stage } from '../../src/domain/procedureParts.ts';
import { childrenAt } from '../../src/domain/tasks.ts';
import { added } from '../support/dissents.ts';
import { aDissent, camden, events, given, type Setting, scotland, scottish, when } from './given.ts';

/** A decision that is not the same for every child (X11, Q16). */

const setting: Setting = {
  procedure: scottish,
  calendar: scotland,
  roster: {
    roles: { 'head-of-service': { holder: 'hos', alternate: null, deputies: [] } },
    administrators: [],
    chairs: ['chair'],
    agencyLeads: {},
    lineManagers: {},
    representatives: {},
  },
};
const reviewed = given(
  aDissent({
    conference: { type: 'cppm', date: '2026-11-25' },
    decision: 'meeting',
    dissenter: 'nurse',
    grounds: ['category'],
    children: ['CH-1', 'CH-2'],
  }),
  [{ at: '2026-12-04T09:12:00Z', by: 'nurse', event: { type: 'StageEntered', stage: 'review' } }],
  '2026-11-25T16:00:00Z',
  setting,
);
const answers = { guidance: 'yes', edition: '2021, updated 2023', parents: 'lead-professional' };

describe.each(['keep', 'new_meeting'])('S18: of two children, %s for one', (outcome) => {
  const decided = (more: Record<string, string>, other: string) => {
    const all = { reasons: 'Read with care.', answers, delayReason: null };
    const own = { 'CH-2': { outcome: other, reasons: null, answers: more } };
    return when(
      reviewed,
      { type: 'Decide', stage: 'review', outcome, ...all, own },
      'hos',
      '2026-12-16T10:00:00Z',
      setting.roster,
      setting,
    );
  };

  test('and another category for the other: the old and the new one are needed, and kept', () => {
    expect(decided({ old_category: 'A' }, 'change_category')).toMatchObject({
      refused: 'invalid',
      rule: 'S18',
      fields: { C2_new_category: 'Please answer: The new category' },
    });
    expect(events(decided({ old_category: 'A', new_category: 'B' }, 'change_category'))[0]).toMatchObject({
      perChild: { 'CH-1': outcome, 'CH-2': 'change_category' },
      answers,
      own: { 'CH-2': { reasons: null, answers: { old_category: 'A', new_category: 'B' } } },
    });
  });

  test('and no other category for the other: what was written about one is not part of the decision', () => {
    const other = outcome === 'keep' ? 'new_meeting' : 'keep';
    expect(events(decided({ old_category: 'A', new_category: 'B' }, other))[0]).toMatchObject({ answers });
    expect(events(decided({ old_category: 'A' }, other))[0]).not.toHaveProperty('own');
  });
});

describe('CD1: three children, each with something of its own', () => {
  const three = given(
    aDissent({ ...reviewed.dissent, children: ['CH-1', 'CH-2', 'CH-3'] }),
    [{ at: '2026-12-04T09:12:00Z', by: 'nurse', event: { type: 'StageEntered', stage: 'review' } }],
    '2026-11-25T16:00:00Z',
    setting,
  );
  const own = {
    'CH-2': { outcome: null, reasons: 'The second is younger.', answers: { new_category: 'C' } },
    'CH-3': { outcome: 'keep', reasons: 'Nothing has changed for the third.', answers: {} },
  };
  const command: Command = {
    type: 'Decide',
    stage: 'review',
    outcome: 'change_category',
    reasons: 'Read with care.',
    answers: { ...answers, old_category: 'A', new_category: 'B' },
    own,
    delayReason: null,
  };
  const decided = added(
    three,
    events(when(three, command, 'hos', '2026-12-16T10:00:00Z', setting.roster, setting)),
    '2026-12-16T10:00:00Z',
    {
      person: 'hos',
      role: 'head-of-service',
    },
  ).decisions.review as Decision;

  test('two children have two new categories, and each its own outcome, reasons and answers; what is not its own is that of all', () => {
    expect(decidedOn(decided, 'CH-1')).toMatchObject({
      outcome: 'change_category',
      reasons: 'Read with care.',
      answers: { new_category: 'B' },
    });
    expect(decidedOn(decided, 'CH-2')).toMatchObject({
      outcome: 'change_category',
      reasons: 'The second is younger.',
      answers: { old_category: 'A', new_category: 'C' },
    });
    expect(decidedOn(decided, 'CH-3')).toMatchObject({ outcome: 'keep', reasons: 'Nothing has changed for the third.' });
    expect(decidedAlike(decided).map(({ children }) => children)).toEqual([['CH-1'], ['CH-2'], ['CH-3']]);
  });

  test('one tap gives all of them the same, and nothing is kept as anybody’s own', () => {
    const { own: _, ...same } = command;
    const [made] = events(when(three, same as Command, 'hos', '2026-12-16T10:00:00Z', setting.roster, setting));
    expect(made).not.toHaveProperty('own');
    expect(made).toMatchObject({ perChild: { 'CH-1': 'change_category', 'CH-2': 'change_category', 'CH-3': 'change_category' } });
  });

  test('an outcome that there is not is sent back at that child', () => {
    const wrong = { ...command, own: { 'CH-2': { outcome: 'acquitted', reasons: null, answers: {} } } };
    expect(when(three, wrong, 'hos', '2026-12-16T10:00:00Z', setting.roster, setting)).toMatchObject({
      rule: 'CD1',
      fields: { C2_outcome: 'Choose one of these.' },
    });
  });
});

describe('PL1 X11: a child is decided on again after what comes between two decisions', () => {
  const { decide, review, reconvene } = camden.stages as Record<'decide' | 'review' | 'reconvene', Stage>;
  const reply: Stage = { kind: 'submit', title: 'Their answer', letter: 'answer', next: 'review', button: 'Send' } as Stage;
  const outcomes = (stage: Stage, next: string) => {
    const { upheld, not_upheld } = (stage as DecideStage).outcomes;
    return { ...stage, outcomes: { upheld: { ...upheld, next }, not_upheld } } as Stage;
  };
  const decided = (perChild: Record<string, string>) => {
    const children = Object.keys(perChild);
    return { dissent: aDissent({ children }), decisions: { decide: { outcome: 'upheld', perChild } } } as unknown as Case;
  };

  test.each([
    ['a letter', { decide: outcomes(decide, 'reply'), reply, review }],
    ['a meeting', { decide: outcomes(decide, 'again'), again: { ...reconvene, next: 'review' } as Stage, review }],
    ['nothing', { decide: outcomes(decide, 'review'), review }],
  ])('by way of %s, and not one whose outcome leads elsewhere', (_way, stages) => {
    const procedure = { ...camden, stages: { ...stages, conclude: camden.stages.conclude! } };
    expect(childrenAt(decided({ 'CH-1': 'upheld', 'CH-2': 'not_upheld' }), procedure, 'review')).toEqual(['CH-1']);
  });
});
