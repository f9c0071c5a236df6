import type { peopleAt } from './partnership.ts';
import { textOf } from './partnership.ts';

type People = ReturnType<typeof peopleAt>;
type Sent = { at: string; summary?: string; card?: object };

const REMINDER = /^Conference Dissent: (\d+) cases? (.*)$/;

async function messagesOf(people: People): Promise<(Sent & { person: string })[]> {
  const everybody = (await people.call('GET', '/people')).body as unknown as { id: string }[];
  const chats = await Promise.all(
    everybody.map(async ({ id }) => ((await people.chat(id)) as unknown as Sent[]).map((message) => ({ ...message, person: id }))),
  );
  return chats.flat().filter(({ summary }) => REMINDER.test(summary ?? ''));
}

/** Every message of reminders in anybody's chat, in order of time: `2027-08-26 09:00 head-of-service: 1 to know about`. */
export async function remindersSent(people: People): Promise<string[]> {
  const lines = (await messagesOf(people)).map(({ at, person, summary = '' }) => {
    const [, count, rest] = REMINDER.exec(summary) ?? [];
    const when = Temporal.Instant.from(at).toZonedDateTimeISO('Europe/London');
    return `${when.toPlainDate()} ${when.toPlainTime().toString({ smallestUnit: 'minute' })} ${person}: ${count} ${rest}`;
  });
  return lines.toSorted();
}

/** The words of a person's message of reminders of a date in London; empty where there is none. */
export async function reminderOf(people: People, person: string, date: string): Promise<string> {
  const found = (await messagesOf(people)).find((message) => message.person === person && message.at.startsWith(date));
  return found ? textOf(found.card) : '';
}
