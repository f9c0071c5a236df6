import { currentBooking } from '../../domain/bookings.ts';
import { stageOfKind } from '../../domain/procedure.ts';
import { cameToStage, guestOf, mayHost } from '../../domain/sharing.ts';
import { reportOnCase } from '../actOnCase.ts';
import { type CaseDependencies, type CaseForViewer, linkedCases, seenBy } from '../seeCase.ts';

/**
 * Has one conference serve a case that has come to meet again and others that came to it before (X10). Two dissents under one procedure
 * share by themselves; otherwise those who book are asked first (Q26), and where one of several that share is asked, so are the others, and
 * all go together. Returns whether the case's conference is now another's, so that no times of its own are wanted. Each case is asked and
 * answers for itself, so that running this again, or in two places, comes to the same.
 */
export async function shareMeeting(deps: CaseDependencies, seen: CaseForViewer): Promise<boolean> {
  const { current } = seen;
  const { reference, sharing } = current;
  if (sharing?.state === 'shared') {
    const { onward } = sharing;
    if (onward?.agreed) await reportOnCase(deps, sharing.with, { type: 'AgreeSharing', with: onward.with });
    await settle(deps, reference);
    return true;
  }
  const others = await linkedCases(deps, seen);
  const joined = others.find((other) => serves(other, reference) && other.current.sharing?.state !== 'shared');
  if (joined) return join(deps, seen, joined.current.reference);
  const agreed = sharing?.state === 'agreed';
  if (!agreed && currentBooking(current)) return false;
  const found = agreed ? await agreedHost(deps, seen) : await hostAmong(deps, others, seen);
  if (found && !found.unasked) {
    await reportOnCase(deps, reference, { type: 'OfferSharing', with: found.host.current.reference });
    await tellGuests(deps, reference);
    return false;
  }
  if (found && (await join(deps, seen, found.host.current.reference))) return true;
  if (sharing) {
    await reportOnCase(deps, reference, { type: 'EndSharing' });
    await tellGuests(deps, reference);
  }
  return false;
}

/**
 * Whether the other case's conference serves this one from now on, and those that this one serves; it does not when it was held meanwhile.
 */
async function join(deps: CaseDependencies, { current, procedure }: CaseForViewer, host: string): Promise<boolean> {
  const { reference } = current;
  const after = await reportOnCase(deps, host, { type: 'JoinMeeting', guests: [guestOf(current, procedure), ...current.guests] });
  if (!after?.guests.some((guest) => guest.reference === reference)) return false;
  await reportOnCase(deps, reference, { type: 'ShareMeeting', with: host });
  await settle(deps, reference);
  return true;
}

/**
 * Once a case shares another's conference: whichever case it served goes there with it, and where that conference has become a third
 * case's, so does this one. Nobody joins a case that shares, so that those whom it serves are all known by then.
 */
async function settle(deps: CaseDependencies, reference: string): Promise<void> {
  const seen = await sightOf(deps, reference);
  const host = seen?.current.sharing?.state === 'shared' ? await sightOf(deps, seen.current.sharing.with) : null;
  if (!seen || !host) return;
  const there = host.current.reference;
  const { sharing } = host.current;
  if (sharing?.state === 'shared') return bring(deps, there, sharing.with, [guestOf(seen.current, seen.procedure), ...seen.current.guests]);
  await bring(deps, reference, there, seen.current.guests);
  await tellGuests(deps, there);
}

/** Has the conference of a case serve those whom another served until now; whoever came too late for it has one of their own again. */
async function bring(deps: CaseDependencies, from: string, to: string, guests: CaseForViewer['current']['guests']): Promise<void> {
  if (guests.length === 0) return;
  const after = await reportOnCase(deps, to, { type: 'JoinMeeting', guests });
  for (const { reference } of guests) {
    const there = after?.guests.some((guest) => guest.reference === reference);
    await reportOnCase(deps, reference, there ? { type: 'ShareMeeting', with: to, instead: from } : { type: 'EndSharing', from });
  }
  await tellGuests(deps, to);
}

/**
 * Tells every case that a conference serves what has become of its booking, and whose conference its own case is offered; each takes only
 * what it does not have yet. A case that shares another's itself has nothing to tell.
 */
export async function tellGuests(deps: CaseDependencies, host: string): Promise<void> {
  const seen = await sightOf(deps, host);
  if (!seen || seen.current.sharing?.state === 'shared') return;
  const { guests, bookings, sharing, calledOff } = seen.current;
  if (calledOff) {
    // They have one of their own again.
    for (const { reference } of guests) await reportOnCase(deps, reference, { type: 'EndSharing', from: host });
    return;
  }
  const booking = bookings.findLast(({ heldFor }) => heldFor === undefined) ?? null;
  const onward = sharing?.with ?? null;
  for (const { reference } of guests) await reportOnCase(deps, reference, { type: 'FollowMeeting', with: host, booking, onward });
}

/** Whose conference could serve a case, and whether that needs nobody's word. */
type Host = { host: CaseForViewer; unasked: boolean };

/**
 * The case whose conference could serve this one too: of those that came to meet again before it, the first that it joins by itself, or
 * else the first that those who book are asked about. A case that it would join by itself leads to the conference that serves that case. One
 * that is booked for a time that has passed may have been held, so that only a person can say that it serves both.
 */
async function hostAmong(deps: CaseDependencies, others: CaseForViewer[], seen: CaseForViewer): Promise<Host | null> {
  const possible: Host[] = [];
  for (const other of others) {
    const unasked = joinsByItself(other, seen);
    const host = unasked ? await servedBy(deps, other) : other;
    if (mayServe(host, seen) && !(unasked && hasBegun(host))) possible.push({ host, unasked });
  }
  const [first] = possible.toSorted((one, other) => Number(other.unasked) - Number(one.unasked) || inOrder(one.host, other.host));
  return first ?? null;
}

/** The conference that it was agreed to share: that of the case named, or the one that serves that case since. */
async function agreedHost(deps: CaseDependencies, seen: CaseForViewer): Promise<Host | null> {
  const agreedWith = await sightOf(deps, seen.current.sharing?.with ?? '');
  const host = agreedWith && (await servedBy(deps, agreedWith));
  return host && mayServe(host, seen) ? { host, unasked: true } : null;
}

/** The case that books for a case, or will: itself, unless it shares another's conference, or that is agreed. */
async function servedBy(deps: CaseDependencies, seen: CaseForViewer): Promise<CaseForViewer> {
  const { sharing } = seen.current;
  const other = sharing && sharing.state !== 'offered' ? await sightOf(deps, sharing.with) : null;
  return other ? servedBy(deps, other) : seen;
}

function mayServe(host: CaseForViewer, seen: CaseForViewer): boolean {
  return mayHost(host.current, host.procedure) && inOrder(host, seen) < 0;
}

function serves({ current }: CaseForViewer, reference: string): boolean {
  return current.guests.some((guest) => guest.reference === reference);
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
  return both.every(({ current, procedure }) => stageOfKind(procedure, current.stage, 'reconvene')?.joins === 'itself');
}

async function sightOf(deps: CaseDependencies, reference: string): Promise<CaseForViewer | null> {
  const trail = await deps.cases.load(reference);
  return trail && seenBy(deps, trail, 'bot');
}
