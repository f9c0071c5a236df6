import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../src/domain/commands.ts';
import { aDissent, events, given, type Setting, scotland, scottish, when } from './given.ts';

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
