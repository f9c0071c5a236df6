import { deciders, titleOf } from '../procedure.ts';
import { type Task, toldOf } from '../task.ts';
import type { StageFacts } from './stageFacts.ts';

/** What is left is told, sent and filed, and the case closes when nothing is (C17-C18, C22-C24, S21-S23). */
export const conclude: StageFacts<'conclude'> = {
  actors: () => [],
  waitsFor: () => [],
  next: () => null,
  ways: ({ next }) => (next === undefined ? [] : [next]),
  beforeDecision: false,
  once: false,
  ends: true,
  doneAhead: () => null,
  calendared: () => null,
  late: null,
  decider: () => null,
  nextUp: () => null,
  end: ({ title }) => `the end of "${title}"`,
  tasks: ({ file, tell }, name, current, procedure) => {
    if (current.stage !== name) return [];
    const told = tell ? toldOf(current, procedure, name, tell, null, `the ${titleOf(procedure.roles, deciders(procedure)[0] ?? '')}`) : [];
    const filed = current.dissent.children.map(
      (child): Task => ({
        id: `file:${child}`,
        kind: 'file',
        stage: name,
        of: child,
        role: null,
        source: file?.source ?? '',
        done: current.conclusion.filed[child] ?? null,
      }),
    );
    return [...told, ...(file ? filed : [])];
  },
  check({ next, tell }, checks) {
    checks.teller(tell, {});
    if (next) checks.fault(['next'], 'nothing comes after a "conclude" stage');
  },
};
