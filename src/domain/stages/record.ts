import { forFamily } from '../case.ts';
import { afterRecord } from '../procedure.ts';
import { toldOf } from '../task.ts';
import type { StageFacts } from './stageFacts.ts';

/** The dissent is recorded, or what staff logged for a family is acknowledged and passed on (C5-C9, S9-S11, P6). */
export const record: StageFacts<'record'> = {
  actors: ({ by }) => [by],
  // Nothing can be recorded while it is not known who chaired: whoever raised it has to say (C9).
  waitsFor: ({ by }, { chairStands, dissent }) => (chairStands ? [by] : [forFamily(dissent) ? 'logger' : 'dissenter']),
  next: ({ next }, procedure, dissent) => afterRecord(procedure, dissent) ?? next,
  ways: ({ next }, { levels }) => [next, ...Object.values(levels).flatMap((level) => level.next ?? [])],
  beforeDecision: true,
  once: true,
  ends: false,
  doneAhead: () => null,
  calendared: () => null,
  // A chair has one reminder first (Q30).
  late: { nextUpOn: 2, said: 'not-recorded' },
  decider: () => null,
  nextUp: () => null,
  end: ({ title }) => `the end of "${title}"`,
  tasks: ({ tell }, name, current, procedure) => {
    const reached = current.stage === name || current.finished[name] !== undefined;
    return tell && reached ? toldOf(current, procedure, name, tell) : [];
  },
  check({ asks, documents, closes, tell }, checks) {
    checks.only(asks, ['asks']);
    checks.names([...Object.keys(asks), ...Object.keys(documents)], ['asks']);
    if (closes && asks[closes.question]?.kind !== 'yes-no')
      checks.fault(['closes', 'question'], `there is no yes-no question "${closes.question}" in "asks"`);
    checks.teller(tell, asks);
    for (const [id, { eachChild }] of Object.entries(asks))
      if (eachChild) checks.fault(['asks', id, 'eachChild'], 'only a decision is made about each child');
  },
};
