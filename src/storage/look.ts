import type { Kysely } from 'kysely';
import { composed, run, type Statement } from './statement.ts';
import type { Tables } from './tables.ts';

type Waiting = { look: Statement; resolve(found: unknown): void; reject(fault: unknown): void };
const waiting = new WeakMap<Kysely<Tables>, Waiting[]>();

/**
 * Reads one value, of JSON where it has parts. All that is asked for in the same moment, outside a transaction, goes to the database as one
 * statement, and so is seen as it was at one instant; should that fail, each is read by itself, so that a fault is that of whoever asked
 * for what is at fault.
 */
export function find(kysely: Kysely<Tables>, look: Statement): Promise<unknown> {
  if (kysely.isTransaction) return together(kysely, [look]).then(([found]) => found);
  return new Promise((resolve, reject) => {
    const others = waiting.get(kysely);
    if (others) others.push({ look, resolve, reject });
    else {
      waiting.set(kysely, [{ look, resolve, reject }]);
      process.nextTick(() => void read(kysely));
    }
  });
}

async function read(kysely: Kysely<Tables>): Promise<void> {
  const asked = waiting.get(kysely) ?? [];
  waiting.delete(kysely);
  const looks = asked.map(({ look }) => look);
  try {
    const found = await together(kysely, looks);
    for (const [index, { resolve }] of asked.entries()) resolve(found[index]);
  } catch (fault) {
    for (const { look, resolve, reject } of asked)
      if (asked.length === 1) reject(fault);
      else void together(kysely, [look]).then(([found]) => resolve(found), reject);
  }
}

async function together(kysely: Kysely<Tables>, looks: Statement[]): Promise<unknown[]> {
  const [row] = await run<Record<string, unknown>>(
    kysely,
    composed(looks, (texts) => `SELECT ${texts.map((text, index) => `(${text}) AS look_${index}`).join(', ')}`),
  );
  return looks.map((_, index) => row?.[`look_${index}`] ?? null);
}
