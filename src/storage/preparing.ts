import { createHash } from 'node:crypto';
import type pg from 'pg';

/** A statement is worth keeping once it has been asked for so often; and as many are kept as the program has, several times over. */
const OFTEN = 3;
const MOST_KEPT = 400;

/** Stands in a statement for which the values decide what is the best way to it, so that it is planned anew each time. */
export const PLANNED_ANEW = '/* planned anew */';

/** What was made ready has changed its shape, since another replica has migrated a table under it: it is made ready anew. */
const CHANGED = '0A000';
/** What was made ready is not there, or there already: something between here and the server gives each statement another session. */
const ANOTHER_SESSION = ['26000', '42P05'];

/** Which statements a pool's connections have made ready, and under which names. */
export type Prepared = { nameOf(text: string): string | null; changed(text: string, name: string): void; stop(): void };

/** Nothing is kept yet. */
export function prepared(): Prepared {
  const kept = new Map<string, { asked: number; version: number; key: string }>();
  let stopped = false;
  return {
    nameOf(text) {
      if (stopped || text.includes(PLANNED_ANEW)) return null;
      const known = kept.get(text);
      if (!known) {
        if (kept.size < MOST_KEPT)
          kept.set(text, { asked: 1, version: 0, key: createHash('sha256').update(text).digest('hex').slice(0, 24) });
        return null;
      }
      known.asked += 1;
      return known.asked < OFTEN ? null : `${known.key}.${known.version}`;
    },
    changed(text, name) {
      const known = kept.get(text);
      // Every connection has it under the name of before; one of them finding out is enough.
      if (known && name === `${known.key}.${known.version}`) known.version += 1;
    },
    stop() {
      stopped = true;
    },
  };
}

/**
 * Has the server read and plan each statement once for a connection, under a name of its own, where it is asked for often. Inside a
 * transaction nothing is: there a statement that has to be made ready anew would take with it what was done before, while by itself it
 * has done nothing and is run again at once.
 */
export function preparing(kept: Prepared, Client: typeof pg.Client): typeof pg.Client {
  return class extends Client {
    // biome-ignore lint/suspicious/noExplicitAny: the client's own overloads cannot be named.
    override query(text: any, values?: any, callback?: any): any {
      const name = typeof text === 'string' && values?.length > 0 && this.getTransactionStatus() !== 'T' ? kept.nameOf(text) : null;
      if (name === null) return super.query(text, values, callback);
      const asked = super.query({ name, text, values }).catch((fault: { code?: string }) => {
        if (fault.code === CHANGED) kept.changed(text, name);
        else if (ANOTHER_SESSION.includes(fault.code ?? '')) kept.stop();
        else throw fault;
        return super.query(text, values);
      });
      if (typeof callback !== 'function') return asked;
      asked.then((result) => callback(undefined, result), callback);
    }
  };
}
