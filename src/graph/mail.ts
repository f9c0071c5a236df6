import { type Client, ResponseType } from '@microsoft/microsoft-graph-client';
import type { FileAttachment, Message } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { Mail } from '../app/ports.ts';
import { harmless } from '../domain/harmlessText.ts';
import { ask } from './answers.ts';
import { refusalIn } from './faults.ts';
import { WORD_DOCUMENT } from './wordDocument.ts';

/**
 * Mail through Graph, from the mailboxes that the app may send from; what it sends is kept in the mailbox's Sent Items.
 * Each message is tried once. Only Graph's own 202 counts as sent: a page that a proxy gives in its place is `uncertain`.
 */
export function graphMail(client: Client): Mail {
  return {
    async send(from, { to, subject, lines, attachment }) {
      const message: Message = {
        subject: harmless(subject),
        body: { contentType: 'text', content: lines.map(harmless).join('\n\n') },
        toRecipients: [{ emailAddress: { address: to } }],
        attachments: attachment ? [fileAttachment(attachment)] : [],
      };
      const post = async () => {
        const request = client.api(`/users/${encodeURIComponent(from)}/sendMail`).responseType(ResponseType.RAW);
        const response: Response = await request.post({ message, saveToSentItems: true });
        if (response.status !== 202) throw await refusalIn(response);
      };
      await ask(z.unknown(), 'Mail.Send', post, 'once');
    },
  };
}

/** What the files that are sent are, by how their names end. */
const CONTENT_TYPES: Record<string, string> = {
  docx: WORD_DOCUMENT,
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
};

function fileAttachment({ fileName, content }: { fileName: string; content: Uint8Array }): FileAttachment & { '@odata.type': string } {
  return {
    '@odata.type': '#microsoft.graph.fileAttachment',
    name: fileName,
    contentType: CONTENT_TYPES[fileName.split('.').at(-1) ?? ''] ?? 'text/plain',
    contentBytes: content.toBase64(),
  };
}
