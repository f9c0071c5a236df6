import { type Kysely, sql, type Transaction } from 'kysely';
import type { Reminded, ReminderRows } from '../app/reminders.ts';
import type { Tables } from './tables.ts';

type Round = Parameters<ReminderRows['goneRound']>[0];

/** The day's reminders to each person, and the days on which they were decided. */
export function reminderRows(kysely: Kysely<Tables>): ReminderRows {
  const become = async (state: Tables['reminder']['state'], rows: number[]) => {
    await kysely.updateTable('reminder').set({ state }).where('number', 'in', rows).execute();
  };
  return {
    async lastRounds() {
      const rows = await kysely.selectFrom('reminder_round').selectAll().execute();
      return new Map(rows.map(({ calendar, day }) => [calendar, day]));
    },
    async goneRound(round) {
      if (round.messages.length === 0) return void (await claim(kysely, round));
      await kysely.transaction().execute(async (transaction) => {
        if (await claim(transaction, round)) await write(transaction, round);
      });
    },
    async waiting() {
      const rows = await kysely
        .selectFrom('reminder')
        .select((row) => row.fn.max('number').as('number'))
        .where('state', '=', 'waiting')
        .groupBy('person')
        .orderBy('number')
        .execute();
      return rows.map(({ number }) => `reminder-${number}`);
    },
    async take(reference) {
      // Taken and read in one statement: of two that take at once, one has the rows and the other has none.
      const { rows } = await sql<{ number: number; person: string; about: Reminded[] }>`
        UPDATE reminder SET state = 'taken'
        WHERE state = 'waiting' AND person = (SELECT person FROM reminder WHERE number = ${numberOf(reference)})
        RETURNING number, person, about
      `.execute(kysely);
      const [first] = rows;
      return first ? { person: first.person, about: rows.flatMap(({ about }) => about), rows: rows.map(({ number }) => number) } : null;
    },
    giveBack: (rows) => become('waiting', rows),
    sent: (rows) => become('sent', rows),
  };
}

/** Whether this process is the one that makes the round of the day by a calendar. */
async function claim(on: Kysely<Tables>, { day, calendar }: Round): Promise<boolean> {
  const claimed = await on
    .insertInto('reminder_round')
    .values({ calendar, day })
    .onConflict((conflict) => conflict.column('calendar').doUpdateSet({ day }).where('reminder_round.day', '<>', day))
    .returning('calendar')
    .executeTakeFirst();
  return claimed !== undefined;
}

async function write(transaction: Transaction<Tables>, { day, messages }: Round): Promise<void> {
  await transaction
    .insertInto('reminder')
    .values(messages.map(({ person, about }) => ({ person, day, about: JSON.stringify(about), state: 'waiting' as const })))
    .onConflict((conflict) => conflict.columns(['person', 'day']).doUpdateSet({ about: sql`reminder.about || excluded.about` }))
    .execute();
}

function numberOf(reference: string): number {
  return Number(reference.slice('reminder-'.length));
}
