import { byHand, currentBooking } from '../bookings.ts';
import { endOf } from '../londonTime.ts';
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
  // Whoever records it later does not make it late: it has a day and no hour, which is in time wherever the day is.
  doneAhead: (current) => {
    const heldOn = currentBooking(current)?.heldOn ?? null;
    return heldOn === null ? null : endOf(Temporal.PlainDate.from(heldOn).subtract({ days: 1 })).toString();
  },
  calendared: (current) => {
    const booking = currentBooking(current);
    const inOutlook = booking?.status === 'sent' ? booking.inOutlook : undefined;
    const off = booking ? byHand(booking) === 'cancelled' || byHand(booking) === 'gone' : false;
    return !off && (booking?.status === 'wanted' || booking?.status === 'sent') ? (inOutlook ?? booking.slot).start : null;
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
