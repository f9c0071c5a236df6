import { sayFrom, startOf } from './anchors.ts';
import type { Roster } from './authority.ts';
import { type Booking, byHand, currentBooking, type Sharing } from './bookings.ts';
import { canonicalJson } from './canonicalJson.ts';
import { type Case, forFamily } from './case.ts';
import type { SharingReport } from './commands.ts';
import type { CaseEvent } from './events/events.ts';
import type { Followed, Guest } from './events/meetingEvents.ts';
import type { PersonId } from './events/trail.ts';
import { stageOf, stageOfKind } from './procedure.ts';
import type { ReconveneStage } from './procedureParts.ts';
import type { Procedure } from './procedureShape.ts';

/**
 * One conference for several cases (X10, Q26). The case that came first to meet again books it, and the others join it: they add who
 * has to be there and what it has to meet, and follow what becomes of it. Each has all of it in its own trail.
 */

/** The chair of the reconvened conference: another where one was chosen (Q28, P8). */
export function meetingChairOf({ otherChair, dissent }: Pick<Case, 'otherChair' | 'dissent'>): PersonId {
  return otherChair ?? dissent.conference.chair;
}

/** Whether somebody else has to chair it: the case's own procedure says so, or that of a case that it serves too (P8). */
export function differentChair(current: Case, procedure: Procedure): boolean {
  const required = stageOfKind(procedure, current.stage, 'reconvene')?.differentChair === 'required';
  return required || current.guests.some((guest) => guest.differentChair);
}

/**
 * Whether another chair still has to be chosen before a time can be, or anybody is invited (P8): where somebody else has to chair it than
 * did, and where the one who was chosen has a part in a case that it came to serve since (C26).
 */
export function chairWanted(current: Case, procedure: Procedure): boolean {
  const { otherChair, dissent } = current;
  if (otherChair !== null && hasPart(current).has(otherChair)) return true;
  if (meetingChairOf(current) === '') return true;
  return differentChair(current, procedure) && meetingChairOf(current) === dissent.conference.chair;
}

/** Those who may be chosen to chair it instead: chairs of the partnership who have no part in any case that it serves (Q28, P8, C26). */
export function chairsToChoose(current: Case, procedure: Procedure, { chairs }: Pick<Roster, 'chairs'>): PersonId[] {
  const { conference } = current.dissent;
  const there = new Set(attendeesOf(current).map(({ person }) => person));
  const parts = hasPart(current);
  const stays = (chair: PersonId) => chair === conference.chair && differentChair(current, procedure);
  return chairs.filter((chair) => !there.has(chair) && !parts.has(chair) && !stays(chair));
}

/** Who dissents in a case that it serves, or decided in one, to have it meet again or anything else: none of them chairs it (C26). */
function hasPart(current: Case): Set<PersonId> {
  return new Set([...judgesOf(current), ...current.guests.flatMap(({ aside }) => aside ?? [])]);
}

function judgesOf({ dissent, decisions }: Case): PersonId[] {
  return [...(forFamily(dissent) ? [] : [dissent.dissenter]), ...Object.values(decisions).map(({ by }) => by)];
}

/**
 * The people who have to be at the reconvened conference, and those who may be: its chair always, the dissenter, and whoever the cases
 * that it serves bring (C21, X10). Somebody who only logged a complaint is no party to it.
 */
export function attendeesOf(current: Case): { person: PersonId; required: boolean }[] {
  const brought = (part: 'required' | 'optional') => current.guests.flatMap((guest) => guest[part]);
  const required = [...new Set([meetingChairOf(current), ...partiesOf(current), ...brought('required')])].filter((person) => person !== '');
  const optional = [...new Set([...listedIn(current).optional, ...brought('optional')])].filter((each) => !required.includes(each));
  return [...required.map((person) => ({ person, required: true })), ...optional.map((person) => ({ person, required: false }))];
}

/** Who is invited by name: as those who book last had it, or else as the chair listed them (CD5). */
export function listedIn({ invited, record }: Case): { required: PersonId[]; optional: PersonId[] } {
  return invited ?? { required: record?.required ?? [], optional: record?.optional ?? [] };
}

/** Those who are invited whatever is listed: the chair, the dissenter, and whom the cases that it serves bring. */
export function alwaysThere(current: Case): Set<PersonId> {
  return new Set(attendeesOf({ ...current, invited: { required: [], optional: [] } }).map(({ person }) => person));
}

function partiesOf(current: Case): PersonId[] {
  const { dissent } = current;
  return [...(forFamily(dissent) ? [] : [dissent.dissenter]), ...listedIn(current).required];
}

/** What a case brings to a conference that another case books. */
export function guestOf(current: Case, procedure: Procedure): Guest {
  const stage = stageOf(procedure, current.stage);
  const windows = [
    { kind: 'time limit' as const, window: stage.limit },
    { kind: 'local target' as const, window: stage.target },
  ].flatMap(({ kind, window }) => {
    const start = window && startOf(current, window.from);
    if (!start) return [];
    const { date, instant } = start;
    return [{ kind, window, start: { date: date.toString(), instant: instant.toString() }, countedFrom: sayFrom(window.from, procedure) }];
  });
  const { reference, otherChair } = current;
  return {
    reference,
    family: forFamily(current.dissent),
    required: partiesOf(current),
    optional: listedIn(current).optional,
    windows,
    differentChair: differentChair(current, procedure),
    chair: otherChair,
    aside: [...new Set(judgesOf(current))],
  };
}

/** Whether a conference of this case can still serve another case too: also while it is only offered another one's. */
export function mayHost(current: Case, procedure: Procedure): boolean {
  const meets = stageOfKind(procedure, current.stage, 'reconvene') !== null;
  const itsOwn = current.sharing === null || current.sharing.state === 'offered';
  return meets && current.status === 'open' && itsOwn && currentBooking(current)?.status !== 'held';
}

/** When a case came to the stage that it is at: of several that meet again, the first books for all. An instant. */
export function cameToStage({ finished, raisedAt }: Case): string {
  return Object.values(finished).toSorted(Temporal.Instant.compare).at(-1) ?? raisedAt;
}

/** What a report about sharing comes to: nothing where the case has it already, or has moved past it. */
export function takeSharingReport(current: Case, report: SharingReport, procedure: Procedure): CaseEvent[] {
  const { sharing } = current;
  const stage = stageOfKind(procedure, current.stage, 'reconvene');
  if (current.status === 'closed' || stage === null) return [];
  switch (report.type) {
    case 'OfferSharing':
      return sharing === null ? [{ type: 'SharingOffered', with: report.with }] : [];
    case 'AgreeSharing':
      return sharing?.state === 'offered' && sharing.with === report.with ? [{ type: 'SharingAgreed' }] : [];
    case 'EndSharing':
      return sharing === null ? [] : ended(sharing, report.from);
    case 'LeaveMeeting':
      return current.guests.some(({ reference }) => reference === report.guest) && currentBooking(current)?.status !== 'held'
        ? [{ type: 'MeetingLeft', reference: report.guest }]
        : [];
    case 'JoinMeeting':
      return joined(current, report.guests, procedure);
    case 'ShareMeeting':
      // What was asked for before the case went on to another conference does not bring it back.
      return sharing?.state === 'shared' && sharing.with !== report.instead
        ? []
        : [...withoutOwn(current), { type: 'MeetingShared', with: report.with }];
    case 'FollowMeeting':
      if (sharing?.state !== 'shared' || sharing.with !== report.with) return [];
      return [...offeredOn(sharing, report.onward), ...(report.booking ? follow(current, report.booking, stage) : [])];
  }
}

function ended({ with: host, state, onward }: Sharing, from: string | undefined): CaseEvent[] {
  if (state !== 'shared') return [{ type: 'SharingEnded' }];
  if (from !== host) return [];
  return [...(onward ? [{ type: 'SharingEnded' } as const] : []), { type: 'SharingEnded' }, { type: 'TimesRequested' }];
}

function offeredOn({ onward }: Sharing, other: string | null): CaseEvent[] {
  if ((onward?.with ?? null) === other) return [];
  return [
    ...(onward ? [{ type: 'SharingEnded' } as const] : []),
    ...(other === null ? [] : [{ type: 'SharingOffered', with: other } as const]),
  ];
}

function joined(current: Case, guests: Guest[], procedure: Procedure): CaseEvent[] {
  const known = new Set([current.reference, ...current.guests.map(({ reference }) => reference)]);
  const newcomers = guests.filter(({ reference }) => !known.has(reference));
  if (newcomers.length === 0 || !mayHost(current, procedure)) return [];
  const parts = hasPart({ ...current, guests: [...current.guests, ...newcomers] });
  const chair =
    current.otherChair === null ? newcomers.map((guest) => guest.chair).find((each) => each !== null && !parts.has(each)) : null;
  const chosen: CaseEvent[] = chair ? [{ type: 'ChairChosen', chair }] : [];
  return [...newcomers.map((guest): CaseEvent => ({ type: 'MeetingJoined', guest })), ...chosen, { type: 'TimesRequested' }];
}

/** A booking of its own is called off when another case's conference serves this one too. */
function withoutOwn(current: Case): CaseEvent[] {
  const booked = currentBooking(current);
  if (!booked || booked.heldFor !== undefined) return [];
  return [{ type: 'MeetingCancelled', booking: booked.number, reason: 'One meeting serves this case and another.' }];
}

function follow(current: Case, booking: Booking, stage: ReconveneStage): CaseEvent[] {
  const last = current.bookings.at(-1);
  const before = last?.heldFor === undefined ? null : last;
  const { slot, status, joinUrl, failure, heldOn, chosenBy, outlook, room } = booking;
  const { outside: _, ...time } = slot;
  const alone = { ...time, free: [], tentative: [], busy: [], unknown: [] };
  // What somebody wrote about the other case stays in it (Part E).
  const found = outlook && byHand(booking) ? { found: { is: outlook.is, at: outlook.at } } : {};
  const place = room ? { place: room.name } : {};
  const now: Followed = { slot: alone, status, reason: null, joinUrl, failure, heldOn, chosenBy, ...found, ...place };
  const same =
    before !== null &&
    before.slot.start === slot.start &&
    before.status === status &&
    before.joinUrl === joinUrl &&
    before.heldOn === heldOn &&
    before.place === now.place &&
    canonicalJson(before.found ?? null) === canonicalJson(now.found ?? null);
  if (same) return [];
  const onward: CaseEvent[] = status === 'held' ? [{ type: 'StageEntered', stage: stage.next }] : [];
  return [{ type: 'MeetingFollowed', booking: now }, ...onward];
}
