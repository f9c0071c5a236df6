import { type Kysely, sql, type Transaction } from 'kysely';
import type { Reminded, ReminderRows } from '../app/reminders.ts';
import type { Tables } from './tables.ts';

type Round = Parameters<ReminderRows['goneRound']>[0];

/** The day's reminders to each person, and the days on which they were decided. */
export function reminderRows(kysely: Kysely<Tables>): ReminderRows {
  const become = async (change: Pick<Tables['reminder'], 'state'> & { sent_on?: string | null }, rows: number[]) => {
    await kysely.updateTable('reminder').set(change).where('number', 'in', rows).execute();
  };
  return {
    async lastRounds() {
      const rows = await kysely.selectFrom('reminder_round').selectAll().execute();
      return new Map(rows.map(({ calendar, day }) => [calendar, day]));
    },
    async goneRound(round) {
      await kysely.transaction().execute(async (transaction) => {
        await hold(transaction, round);
        const messages = await untold(transaction, round.messages);
        if (messages.length > 0) await write(transaction, round.day, messages);
      });
    },
    async waiting(today) {
      const rows = await kysely
        .selectFrom('reminder')
        .select((row) => row.fn.max('number').as('number'))
        .where('state', '=', 'waiting')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('reminder as gone')
                .select('gone.number')
                .whereRef('gone.person', '=', 'reminder.person')
                .where('sent_on', '=', today),
            ),
          ),
        )
        .groupBy('person')
        .orderBy('number')
        .execute();
      return rows.map(({ number }) => `reminder-${number}`);
    },
    async take(reference, today) {
      // Taken and read in one statement: of two that take at once, one has the rows and the other has none.
      const { rows } = await sql<{ number: number; person: string; about: Reminded[] }>`
        UPDATE reminder SET state = 'taken'
        WHERE state = 'waiting' AND person = (SELECT person FROM reminder WHERE number = ${numberOf(reference)})
          AND NOT EXISTS (SELECT FROM reminder gone WHERE gone.person = reminder.person AND gone.sent_on = ${today})
        RETURNING number, person, about
      `.execute(kysely);
      const [first] = rows;
      return first ? { person: first.person, about: rows.flatMap(({ about }) => about), rows: rows.map(({ number }) => number) } : null;
    },
    giveBack: (rows) => become({ state: 'waiting' }, rows),
    sent: (rows, on) => become({ state: 'sent', sent_on: on }, rows),
  };
}

/** Writes down that the round of a day is made by a calendar, and holds it until the transaction ends: two at once go one after the other. */
async function hold(transaction: Transaction<Tables>, { day, calendar }: Round): Promise<void> {
  await transaction
    .insertInto('reminder_round')
    .values({ calendar, day })
    .onConflict((conflict) => conflict.column('calendar').doUpdateSet({ day }))
    .execute();
}

/** Messages without what their person was told of, or is to be told of, already. */
async function untold(transaction: Transaction<Tables>, messages: Round['messages']): Promise<Round['messages']> {
  const [earliest] = messages.flatMap(({ about }) => about.flatMap(({ due }) => due)).toSorted();
  if (earliest === undefined) return [];
  const people = messages.map(({ person }) => person);
  // What fell due on a day is only in messages of that day and later ones.
  const earlier = await transaction
    .selectFrom('reminder')
    .select(['person', 'day', 'about'])
    .where('person', 'in', people)
    .where('day', '>=', earliest)
    .execute();
  const key = (person: string, { reference, stage }: Omit<Reminded, 'due'>, day: string) => [person, reference, stage, day].join('\n');
  // Rows of the version before say no days: what they tell of was due on their own.
  const told = new Set(
    earlier.flatMap(({ person, day, about }) => about.flatMap((of) => (of.due ?? [day]).map((due) => key(person, of, due)))),
  );
  return messages
    .map(({ person, about }) => ({
      person,
      about: about
        .map((of) => ({ ...of, due: of.due.filter((day) => !told.has(key(person, of, day))) }))
        .filter(({ due }) => due.length > 0),
    }))
    .filter(({ about }) => about.length > 0);
}

async function write(transaction: Transaction<Tables>, day: string, messages: Round['messages']): Promise<void> {
  await transaction
    .insertInto('reminder')
    .values(messages.map(({ person, about }) => ({ person, day, about: JSON.stringify(about), state: 'waiting' as const })))
    .execute();
}

function numberOf(reference: string): number {
  return Number(reference.slice('reminder-'.length));
}
