import { describe, expect, test } from '@jest/globals';
import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import type { DecideStage, Stage } from '../../src/domain/procedureParts.ts';
import { childrenAt } from '../../src/domain/tasks.ts';
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
  const decided = (more: Record<string, string>, otherwise: string) => {
    const all = { reasons: 'Read with care.', answers: { ...answers, ...more }, delayReason: null };
    const command: Command = { type: 'Decide', stage: 'review', outcome, ...all, children: ['CH-1'], otherwise };
    return when(reviewed, command, 'hos', '2026-12-16T10:00:00Z', setting.roster, setting);
  };

  test('and another category for the other: the old and the new one are needed, and kept', () => {
    expect(decided({ old_category: 'A' }, 'change_category')).toMatchObject({
      refused: 'invalid',
      rule: 'S18',
      fields: { new_category: 'Please answer: The new category' },
    });
    expect(events(decided({ old_category: 'A', new_category: 'B' }, 'change_category'))[0]).toMatchObject({
      perChild: { 'CH-1': outcome, 'CH-2': 'change_category' },
      answers: { ...answers, old_category: 'A', new_category: 'B' },
    });
  });

  test('and no other category for the other: what was written about one is not part of the decision', () => {
    const other = outcome === 'keep' ? 'new_meeting' : 'keep';
    expect(events(decided({ old_category: 'A', new_category: 'B' }, other))[0]).toMatchObject({ answers });
    expect(events(decided({ old_category: 'A' }, other))[0]).not.toHaveProperty('answers.old_category');
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
