import type { Client } from '@microsoft/microsoft-graph-client';
import { OutsideFault } from '../app/faults.ts';
import type { Files } from '../app/ports.ts';
import { ask, driveItemAnswer } from './answers.ts';
import { WORD_DOCUMENT } from './wordDocument.ts';

/** A name that SharePoint takes for a folder or file; `.` and `..` would lead out of the library. */
const NAME = /^(?!\s)[^"*:<>?/\\|\p{Cc}]{1,250}(?<![.\s])$/u;

/** Document libraries through Graph. An upload is safe to repeat: the same path holds one document, the one uploaded last. */
export function graphFiles(client: Client): Files {
  return {
    async upload(drive, path, content) {
      const item = await ask(driveItemAnswer, 'Files.ReadWrite.All (or Sites.Selected, granted for the site)', () =>
        client
          .api(`/drives/${encodeURIComponent(drive)}/root:/${encoded(path)}:/content`)
          .query({ '@microsoft.graph.conflictBehavior': 'replace' })
          .header('Content-Type', WORD_DOCUMENT)
          // Of any other view the client would send the whole buffer that lies beneath it.
          .put(Buffer.from(content.buffer, content.byteOffset, content.byteLength)),
      );
      return { item: item.id, url: item.webUrl ?? null };
    },
  };
}

function encoded(path: string): string {
  const names = path.split('/');
  if (!names.every((name) => NAME.test(name))) {
    throw new OutsideFault(
      'rejected',
      'the path holds a name that a document library does not take',
      'Look whether a child\'s reference on the case holds any of " * : < > ? / \\ | or ends in a full stop; file that document by hand.',
    );
  }
  return names.map(encodeURIComponent).join('/');
}
