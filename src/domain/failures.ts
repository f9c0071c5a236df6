import { currentBooking } from './bookings.ts';
import type { Case } from './case.ts';
import { unsettled } from './conclusion.ts';

/**
 * How many things of a case failed and wait for a person: messages of every kind, for which a closed case waits too (C17, C24), and while
 * it is open filings, and an invitation that is in no calendar (C23, C21).
 */
export function failuresOf(current: Case): { letters: number; filings: number; invitation: number } {
  const { conclusion, status } = current;
  const open = status === 'open';
  return {
    letters: unsettled(conclusion).length,
    filings: open ? Object.keys(conclusion.filingFailed).length : 0,
    invitation: open && currentBooking(current)?.status === 'failed' ? 1 : 0,
  };
}
