import type { CaseForViewer } from '../../src/app/seeCase.ts';
import { personOf } from '../../src/directory/directory.ts';
import { currentBooking } from '../../src/domain/bookings.ts';
import type { Recipient } from '../../src/domain/events/concludingEvents.ts';
import type { World } from './world.ts';

type Posted = { reference: string; person: string; activity: string | null };

/** What the world holds against what each case says was done: one event for a booking, one mail for a letter, one document for a child. */
export function effectsOf(world: World, cases: CaseForViewer[], posted: Posted[]): { faults: string[]; counts: Record<string, number> } {
  const counts = {
    bookings: 0,
    'letters sent': 0,
    'letters in doubt': 0,
    'reasons filed': 0,
    'cards in chats': 0,
    'cards posted again': 0,
  };
  const faults = [
    ...cases.flatMap((seen) => [
      ...bookingFaults(world, seen, counts),
      ...letterFaults(world, seen, counts),
      ...fileFaults(world, seen, counts),
    ]),
    ...cardFaults(world, cases, posted, counts),
  ];
  return { faults, counts };
}

type Counts = Record<string, number>;

const count = (counts: Counts, what: string, by = 1) => {
  counts[what] = (counts[what] ?? 0) + by;
};

function bookingFaults({ graph }: World, { current, partnership }: CaseForViewer, counts: Counts): string[] {
  const { reference } = current;
  const organiser = graph.calendars().find(({ email }) => email === partnership.mailbox);
  const events = (organiser?.events ?? []).filter(({ subject, cancelled }) => subject === `Meeting ${reference}` && !cancelled);
  const booking = currentBooking(current);
  const wanted = booking ? 1 : 0;
  count(counts, 'bookings', wanted);
  if (events.length !== wanted) return [`${reference} has ${wanted} booking and ${events.length} events in the calendar.`];
  if (booking && booking.status !== 'sent' && booking.status !== 'lost') return [`The booking of ${reference} is still ${booking.status}.`];
  const [event] = events;
  // A move to a time that was no longer free has gone back to whoever asked for it: Outlook has the time from before (OB2, OB4).
  const start = booking?.status === 'lost' ? booking.inOutlook?.start : booking?.slot.start;
  const same = !event || start === undefined || Temporal.Instant.compare(event.start, start) === 0;
  return same ? [] : [`The calendar has ${reference} at ${event?.start}, the case at ${start}.`];
}

function letterFaults({ graph }: World, seen: CaseForViewer, counts: Counts): string[] {
  const { reference, conclusion } = seen.current;
  const mails = graph.mail().filter(({ subject }) => subject.endsWith(` ${reference}`) && !subject.startsWith('Meeting '));
  const byAddress = Map.groupBy(conclusion.sendings, ({ to }) => addressOf(seen, to));
  const strangers = mails
    .filter(({ to }) => !byAddress.has(to[0] ?? ''))
    .map(({ to }) => `${reference} went to ${to}, who was to have nothing.`);
  const faults = [...byAddress].flatMap(([address, sendings]) => {
    const has = (status: string) => sendings.filter((each) => each.status === status).length;
    const went = mails.filter(({ to }) => to.includes(address)).length;
    count(counts, 'letters sent', has('sent'));
    count(counts, 'letters in doubt', has('uncertain'));
    const settled = has('sent') + has('uncertain') === sendings.length;
    if (!settled) return [`Letters of ${reference} to ${address} are ${sendings.map(({ status }) => status)}.`];
    const right = went >= has('sent') && went <= sendings.length;
    return right ? [] : [`${reference} has ${has('sent')} letters sent to ${address} and ${has('uncertain')} in doubt; ${went} arrived.`];
  });
  return [...strangers, ...faults];
}

function addressOf({ partnership, directory }: CaseForViewer, to: Recipient): string {
  if (to === 'copy') return partnership.copyTo ?? '';
  const [kind, id = ''] = to.split(':');
  if (kind === 'person') return personOf(directory, id)?.email ?? '';
  return partnership.agencies[id]?.mailbox ?? personOf(directory, partnership.agencies[id]?.lead ?? '')?.email ?? '';
}

function fileFaults({ graph }: World, { current, procedure }: CaseForViewer, counts: Counts): string[] {
  const { reference, conclusion, dissent, stage } = current;
  const files = graph.files().filter(({ path }) => path.includes(reference));
  const concluding = procedure.stages[stage]?.kind === 'conclude' ? dissent.children.length : 0;
  count(counts, 'reasons filed', Object.keys(conclusion.filed).length);
  if (Object.keys(conclusion.filed).length !== concluding) return [`${reference} has not filed its reasons.`];
  return files.length === concluding ? [] : [`${reference} filed ${concluding} documents, and the library has ${files.length}.`];
}

/** Every card that the program knows of stands in its chat. One that stands there and that it does not know of was posted before a kill. */
function cardFaults({ teams }: World, cases: CaseForViewer[], posted: Posted[], counts: Counts): string[] {
  const references = new Set(cases.map(({ current }) => current.reference));
  const known = new Set(posted.map(({ person, activity }) => `${person} ${activity}`));
  const cards = teams.chats
    .all()
    .flatMap(({ members, messages }) =>
      messages.filter(({ from, card }) => from === 'bot' && card).map((message) => ({ ...message, person: members[0] ?? '' })),
    );
  const about = cards.filter(({ summary }) => references.has(/^DIS-\d\d-\d{3,}/.exec(summary ?? '')?.[0] ?? ''));
  count(counts, 'cards in chats', posted.length);
  count(counts, 'cards posted again', about.filter(({ person, activityId }) => !known.has(`${person} ${activityId}`)).length);
  const there = new Set(cards.map(({ person, activityId }) => `${person} ${activityId}`));
  return posted
    .filter(({ person, activity }) => !there.has(`${person} ${activity}`))
    .map(({ reference, person }) => `A card of ${reference} that ${person} has is not in the chat.`);
}
