import { currentBooking } from '../bookings.ts';
import type { StageFacts } from './stageFacts.ts';

/** The conference meets again: it is booked inside its window, and recorded as held (C21, S19, P8). */
export const reconvene: StageFacts<'reconvene'> = {
  actors: ({ by }) => [by, 'administrator'],
  waitsFor: ({ by }) => ['administrator', by],
  next: ({ next }) => next,
  ways: ({ next }) => [next],
  beforeDecision: false,
  once: true,
  ends: false,
  doneAhead: () => null,
  calendared: (current) => {
    const booking = currentBooking(current);
    return booking?.status === 'wanted' || booking?.status === 'sent' ? booking.slot.start : null;
  },
  late: { nextUpOn: 1, said: 'overdue' },
  decider: () => null,
  nextUp: () => null,
  end: ({ title }) => `the end of "${title}"`,
  tasks: () => [],
  check({ by }, checks) {
    checks.role(by, ['by']);
  },
};
