import { AsyncLocalStorage } from 'node:async_hooks';

/** What part of the time that one call may take a whole turn has for all its calls, and each of them at most: the next can still be made. */
const TURN = 0.8;
const CALL = 0.4;

type Turn = { ends: number; longest: number };
const turns = new AsyncLocalStorage<Turn>();

/**
 * Does the work of a turn, whose calls to Teams share one limit however many there are (TM6): whoever wrote or pressed is answered, and
 * Teams does not send the same again. What goes on after the turn is held to it no more.
 * @param limit what one call may take outside a turn, in milliseconds
 */
export async function inTurn<T>(limit: number, work: () => Promise<T>): Promise<T> {
  const turn: Turn = { ends: performance.now() + limit * TURN, longest: limit * CALL };
  try {
    return await turns.run(turn, work);
  } finally {
    turn.ends = turn.longest = Number.POSITIVE_INFINITY;
  }
}

/** How long a call that begins now may take, in milliseconds: so long, or what is left to the turn that it is made in. */
export function timeFor(limit: number): number {
  const turn = turns.getStore();
  return turn ? Math.max(0, Math.floor(Math.min(limit, turn.longest, turn.ends - performance.now()))) : limit;
}
