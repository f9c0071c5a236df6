import type { Shelf } from '../shelf.ts';

/** A document as it is given to whoever opens it. */
export type Content = { name: string; type: string; bytes: Uint8Array };

/** Where the sandbox's documents lie. */
export type Contents = ReturnType<typeof openContents>;

/** The bytes of documents, kept on the shelf apart from what is said of them, so that a new document does not write the others again. */
export function openContents(shelf: Shelf) {
  return {
    /** Keeps the bytes; returns the name to read them by. */
    keep(bytes: Uint8Array): string {
      const kept = `graph-content-${crypto.randomUUID()}`;
      shelf.write(kept, bytes.toBase64());
      return kept;
    },
    read: (kept: string): Uint8Array => Uint8Array.fromBase64(shelf.read(kept, '')),
  };
}
