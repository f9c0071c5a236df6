import type { Span } from './events/meetingEvents.ts';
import { dateOf, LONDON, sayDate } from './londonTime.ts';

/** Phrases that cards and documents share, so that both say a thing in the same way. */

/** Things in one phrase: "A", "A and B", "A, B and C". */
export function listOf(things: string[]): string {
  const last = things.at(-1) ?? '';
  return things.length < 2 ? last : `${things.slice(0, -1).join(', ')} and ${last}`;
}

/** As {@link listOf}, with no more than a few of many named: "A, B, C and 36 others". */
export function fewOf(things: string[], named = 4): string {
  const others = things.length - named;
  return others < 2 ? listOf(things) : listOf([...things.slice(0, named), `${others} others`]);
}

/** A text whose first letter is a capital. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A title as it goes on inside a sentence: "The notes" as "the notes", and "GP notes" as it is. */
export function inSentence(title: string): string {
  return /^\p{Lu}(\p{Lu}|\p{N})/u.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

/** A number of working days: "1 working day", "3 working days". */
export function workingDays(count: number): string {
  return `${count} working day${count === 1 ? '' : 's'}`;
}

/** A meeting's time in London: `Tue 2 Mar 2027, 10:00 to 12:00`. `start` and `end` are instants; `say` puts its day into words. */
export function sayMeeting({ start, end }: Span, say: (day: Temporal.PlainDate | string) => string = sayDate): string {
  const clock = (instant: string) =>
    Temporal.Instant.from(instant).toZonedDateTimeISO(LONDON).toPlainTime().toString({ smallestUnit: 'minute' });
  return `${say(dateOf(start))}, ${clock(start)} to ${clock(end)}`;
}

/**
 * When a booked meeting is to be, as Outlook has it once it is there (OB4), or the day on which it was held where that was another (Q29).
 * `say` puts a day into words.
 */
export function sayWhen(
  { slot, inOutlook = slot, heldOn }: { slot: Span; inOutlook?: Span; heldOn: string | null },
  say: (day: Temporal.PlainDate | string) => string = sayDate,
): string {
  if (heldOn === null) return sayMeeting(inOutlook, say);
  return heldOn === dateOf(slot.start).toString() ? sayMeeting(slot, say) : say(heldOn);
}
