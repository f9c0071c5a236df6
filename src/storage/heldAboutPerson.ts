import type { Kysely } from 'kysely';
import { conversations } from './conversations.ts';
import { directoryHistory } from './directoryTrail.ts';
import { instantText } from './instants.ts';
import type { StoreKeys } from './storeKeys.ts';
import type { Tables } from './tables.ts';

/** What the store holds about a person beside the cases, as lines of text, each table by itself (OP8). */
export async function heldAboutPerson(
  kysely: Kysely<Tables>,
  keys: StoreKeys,
  ids: string[],
): Promise<{ title: string; lines: string[] }[]> {
  const looks = await kysely.selectFrom('case_access').selectAll().where('person', 'in', ids).orderBy('at').execute();
  const covers = await kysely
    .selectFrom('cover')
    .selectAll()
    .where((where) => where.or([where('holder', 'in', ids), where('deputy', 'in', ids)]))
    .orderBy('number')
    .execute();
  const reminders = await kysely.selectFrom('reminder').select(['day', 'state']).where('person', 'in', ids).orderBy('day').execute();
  const cards = await kysely
    .selectFrom('posted_card')
    .select(['reference', 'key'])
    .where('person', 'in', ids)
    .orderBy('reference')
    .execute();
  const claims = await kysely.selectFrom('booking_claim').selectAll().where('person', 'in', ids).orderBy('starts').execute();
  const history = await directoryHistory(kysely, keys);
  const chats = (await Promise.all(ids.map((id) => conversations(kysely, keys).of(id)))).flatMap((chat) => chat ?? []);
  return [
    { title: 'Chat with the bot', lines: chats.map(({ name }) => `Teams gives the name "${name}"`) },
    {
      title: 'Looks at cases, and presses that were refused',
      lines: looks.map(({ at, reference, action, result, role, code }) =>
        [instantText(at), reference, result, action, `as ${role}`, code ?? ''].join('  ').trimEnd(),
      ),
    },
    {
      title: 'Cover',
      lines: covers.map(({ holder, deputy, role, from_date, to_date }) => `${deputy} for ${holder} as ${role}, ${from_date} to ${to_date}`),
    },
    {
      title: 'Needed at conferences',
      lines: claims.map(({ reference, starts, ends }) => `${reference}  ${instantText(starts)} to ${instantText(ends)}`),
    },
    { title: 'Cards in Teams', lines: cards.map(({ reference, key }) => `${reference}  ${key}`) },
    { title: 'Reminders', lines: reminders.map(({ day, state }) => `${day}  ${state}`) },
    {
      title: 'In the directory, with each change',
      lines: history.flatMap(({ at, changes }) =>
        changes
          .filter((change) => ids.some((id) => change.entry === `people ${id}` || JSON.stringify(change).includes(`"${id}"`)))
          .map(({ entry, was, is }) => `${at}  ${entry}  was ${JSON.stringify(was)}  is ${JSON.stringify(is)}`),
      ),
    },
  ].filter(({ lines }) => lines.length > 0);
}
