import { CompiledQuery, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** SQL with `$1` and so on in place of its values. */
export type Statement = { text: string; values: unknown[] };

/** As many texts are kept as there are shapes of statements; a program has few. */
const MOST_KEPT = 500;
const kept = new Map<string, string>();

/**
 * Runs it; on PostgreSQL, prepared where it is asked for often. A statement of this kind is composed of texts, which stay the same from one
 * time to the next, where building it anew costs more than the rest of a click's reading and writing.
 */
export async function run<R>(kysely: Kysely<Tables>, { text, values }: Statement): Promise<R[]> {
  return (await kysely.executeQuery<R>(CompiledQuery.raw(text, values))).rows;
}

/** Several statements as parts of one, in the order in which they are given. `join` makes one text of theirs, and depends on nothing else. */
export function composed(parts: Statement[], join: (texts: string[]) => string): Statement {
  const key = parts.map(({ text }) => text).join('\0');
  let text = kept.get(key);
  if (text === undefined) {
    let before = 0;
    const renumbered = parts.map((part) => {
      const moved = part.text.replaceAll(/\$(\d+)/g, (_, place: string) => `$${Number(place) + before}`);
      before += part.values.length;
      return moved;
    });
    text = join(renumbered);
    if (kept.size < MOST_KEPT) kept.set(key, text);
  }
  return { text, values: parts.flatMap(({ values }) => values) };
}

/** The statement that adds rows, all with the same columns, to a table. */
export function insertion(table: keyof Tables, rows: object[]): Statement {
  const [first = {}] = rows;
  const columns = Object.keys(first);
  const tuples = rows.map((_, row) => `(${columns.map((_, column) => `$${row * columns.length + column + 1}`).join(', ')})`);
  return {
    text: `INSERT INTO ${table} (${columns.map((column) => JSON.stringify(column)).join(', ')}) VALUES ${tuples.join(', ')}`,
    values: rows.flatMap((row) => Object.values(row)),
  };
}
