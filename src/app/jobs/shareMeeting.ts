import { currentBooking } from '../../domain/bookings.ts';
import { type ReconveneStage, stageOf } from '../../domain/procedure.ts';
import { cameToStage, guestOf, mayHost } from '../../domain/sharing.ts';
import { reportOnCase } from '../actOnCase.ts';
import { type CaseDependencies, type CaseForViewer, linkedCases, seenBy } from '../seeCase.ts';

/**
 * Has one conference serve a case that has come to meet again and another that came to it before (X10). Two dissents under one procedure
 * share by themselves; otherwise those who book are asked first (Q26). Returns whether the case's conference is now the other's, so
 * that no times of its own are wanted. The other case is asked first and answers for itself, so that running this again, or in
 * two places, comes to the same.
 */
export async function shareMeeting(deps: CaseDependencies, seen: CaseForViewer): Promise<boolean> {
  const { current } = seen;
  const { reference, sharing } = current;
  if (sharing?.state === 'shared') {
    await tellGuests(deps, sharing.with);
    return true;
  }
  const others = await linkedCases(deps, seen);
  const joined = others.find((other) => other.current.guests.some((guest) => guest.reference === reference));
  if (joined) return join(deps, seen, joined.current.reference);
  const agreed = sharing?.state === 'agreed';
  if (!agreed && (current.guests.length > 0 || currentBooking(current))) return false;
  const host = hostAmong(others, seen);
  if (host && !agreed && !joinsByItself(host, seen)) {
    await reportOnCase(deps, reference, { type: 'OfferSharing', with: host.current.reference });
    return false;
  }
  if (host && (await join(deps, seen, host.current.reference))) return true;
  if (sharing) await reportOnCase(deps, reference, { type: 'EndSharing' });
  return false;
}

/** Whether the other case's conference serves this one from now on; it does not when it was held meanwhile. */
async function join(deps: CaseDependencies, { current, procedure }: CaseForViewer, host: string): Promise<boolean> {
  const { reference } = current;
  const after = await reportOnCase(deps, host, { type: 'JoinMeeting', guest: guestOf(current, procedure) });
  if (!after?.guests.some((guest) => guest.reference === reference)) return false;
  await reportOnCase(deps, reference, { type: 'ShareMeeting', with: host });
  await tellGuests(deps, host);
  return true;
}

/** Tells every case that a conference serves what has become of its booking; each takes only what it does not have yet. */
export async function tellGuests(deps: CaseDependencies, host: string): Promise<void> {
  const trail = await deps.cases.load(host);
  if (!trail) return;
  const { guests, bookings } = seenBy(deps, trail, 'bot').current;
  const booking = bookings.findLast(({ heldFor }) => heldFor === undefined) ?? null;
  for (const { reference } of guests) await reportOnCase(deps, reference, { type: 'FollowMeeting', with: host, booking });
}

/**
 * The case whose conference could serve this one too: of those that came to meet again before it, the first. One that is booked for a time
 * that has passed may have been held, so that only a person can say that it serves both.
 */
function hostAmong(others: CaseForViewer[], seen: CaseForViewer): CaseForViewer | null {
  const agreedWith = seen.current.sharing?.state === 'agreed' ? seen.current.sharing.with : null;
  const possible = others.filter(
    (other) =>
      mayHost(other.current, other.procedure) &&
      !(hasBegun(other) && joinsByItself(other, seen)) &&
      (agreedWith === null || other.current.reference === agreedWith) &&
      inOrder(other, seen) < 0,
  );
  return possible.toSorted(inOrder)[0] ?? null;
}

function hasBegun({ current, now }: CaseForViewer): boolean {
  const booking = currentBooking(current);
  return booking !== null && Temporal.Instant.compare(booking.slot.start, now) <= 0;
}

function inOrder({ current: one }: CaseForViewer, { current: other }: CaseForViewer): number {
  const order = Temporal.Instant.compare(cameToStage(one), cameToStage(other));
  return order === 0 ? one.reference.localeCompare(other.reference) : order;
}

function joinsByItself(...both: CaseForViewer[]): boolean {
  return both.every(({ current, procedure }) => (stageOf(procedure, current.stage) as ReconveneStage).joins === 'itself');
}
