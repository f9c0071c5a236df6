import { forFamily } from '../case.ts';
import type { StageFacts } from './stageFacts.ts';

/** Whoever raised it chooses how it goes on: further, or no further (PL3). */
export const choose: StageFacts<'choose'> = {
  actors: () => [],
  waitsFor: (_stage, { dissent }) => [forFamily(dissent) ? 'logger' : 'dissenter'],
  next: () => null,
  ways: ({ choices }) => Object.values(choices).map(({ next }) => next),
  beforeDecision: false,
  once: false,
  ends: false,
  doneAhead: () => null,
  calendared: () => null,
  late: { nextUpOn: 1, said: 'overdue' },
  decider: () => null,
  nextUp: () => null,
  end: ({ title }) => `the choice made at "${title}"`,
  tasks: () => [],
  check({ choices, silence, limit, next }, checks, { meetings }) {
    if (next) checks.fault(['next'], 'each choice says where the case goes from here: take this out, and give every choice its "next"');
    if (Object.keys(choices).length === 0) checks.fault(['choices'], 'there has to be something to choose');
    checks.only(choices, ['choices']);
    for (const [id, each] of Object.entries(choices)) {
      checks.stage(each.next, ['choices', id, 'next']);
      checks.only(each.asks, ['choices', id, 'asks']);
      checks.names(Object.keys(each.asks), ['choices', id, 'asks']);
    }
    for (const meeting of Object.keys(meetings)) {
      if (Object.values(choices).every(({ only }) => only !== undefined && !only.includes(meeting)))
        checks.fault(['choices'], `there is none for the meeting "${meeting}", so that nothing can be chosen after one`);
    }
    if (!silence) return;
    if (!Object.hasOwn(choices, silence.as)) checks.fault(['silence', 'as'], `there is no choice "${silence.as}"`);
    if (!limit || limit.within === null) checks.fault(['silence'], 'nobody is silent before a last day: give the stage a "limit"');
  },
};
