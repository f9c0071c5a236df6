import { deciderTitle, stageOfKind } from '../procedure.ts';
import type { StageFacts } from './stageFacts.ts';

/** The professional writes, in their own name (S12, S13, Q17). It may be written before the case has come here. */
export const submit: StageFacts<'submit'> = {
  actors: () => [],
  waitsFor: () => ['dissenter'],
  next: ({ next }) => next,
  ways: ({ next }) => [next],
  beforeDecision: true,
  once: true,
  ends: false,
  doneAhead: ({ letter }) => letter?.at ?? null,
  calendared: () => null,
  late: { nextUpOn: 1, said: 'overdue' },
  decider: () => null,
  nextUp: () => null,
  end: ({ letter, next }, procedure) => {
    const decides = stageOfKind(procedure, next, 'decide');
    return `the day the ${letter} reached ${decides ? `the ${deciderTitle(procedure, decides)}` : 'the next stage'}`;
  },
  tasks: () => [],
  check(_stage, checks, { raisedBy }) {
    if (raisedBy === 'staff') checks.fault(['kind'], 'nobody can write here: where "raisedBy" is staff, no professional dissents');
  },
};
