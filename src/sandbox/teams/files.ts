import { randomUUID } from 'node:crypto';
import type { Shelf } from '../shelf.ts';
import type { SentFile } from './chats.ts';

/** A file as somebody sends it. */
export type GivenFile = { name: string; contentType: string; bytes: Uint8Array };

/** The files that people sent in chats, kept on the shelf. */
export type Files = {
  keep(file: GivenFile): SentFile;
  /** A file by the name under which it was kept, or null. */
  read(kept: string): { name: string; type: string; bytes: Uint8Array } | null;
};

type Kept = { name: string; contentType: string; base64: string };

/** The files on a shelf. */
export function keptFiles(shelf: Shelf): Files {
  const nameOf = (kept: string) => `chat-file-${kept}`;
  return {
    keep({ name, contentType, bytes }) {
      const kept = randomUUID();
      shelf.write(nameOf(kept), { name, contentType, base64: bytes.toBase64() } satisfies Kept);
      return { name, contentType, size: bytes.length, kept };
    },
    read(kept) {
      const file = /^[0-9a-f-]{36}$/.test(kept) ? shelf.read<Kept | null>(nameOf(kept), null) : null;
      return file && { name: file.name, type: file.contentType, bytes: Uint8Array.fromBase64(file.base64) };
    },
  };
}
