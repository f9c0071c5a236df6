import type { Shelf } from '../../src/sandbox/shelf.ts';

/** For a sandbox that is not started a second time: nothing is kept, and no time goes by in writing it. */
export const noShelf: Shelf = { read: (_, empty) => empty, write: () => {} };
