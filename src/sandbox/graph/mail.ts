import type { EmailAddress, FileAttachment, Message as GraphMessage, ItemBody, Recipient } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { Clock } from '../../app/ports.ts';
import type { FieldsOf } from '../../graph/answers.ts';
import type { Shelf } from '../shelf.ts';
import type { Content, Contents } from './contents.ts';
import { type Operation, refuse } from './operation.ts';
import type { Users } from './users.ts';

/** A message as `GET /mail` tells it; `at` is UTC in ISO 8601, `address` is where the control gives the attachment. */
export type MailShown = {
  id: string;
  at: string;
  from: string;
  to: string[];
  cc: string[];
  subject: string;
  text: string;
  attachments: { name: string; size: number; address: string }[];
};

type Attachment = { name: string; type: string; size: number; kept: string };
type Message = Omit<MailShown, 'attachments'> & { attachments: Attachment[] };

const recipients = z
  .array(z.object({ emailAddress: z.object({ address: z.email() } satisfies FieldsOf<EmailAddress>) } satisfies FieldsOf<Recipient>))
  .transform((list) => list.map(({ emailAddress }) => emailAddress.address));
const fileAttachment = z.object({
  '@odata.type': z.literal(['#microsoft.graph.fileAttachment', 'microsoft.graph.fileAttachment']),
  name: z.string().min(1),
  contentType: z.string().default('application/octet-stream'),
  contentBytes: z.base64(),
} satisfies FieldsOf<FileAttachment & { '@odata.type': string }>);
const sendMail = z.object({
  message: z.object({
    subject: z.string().max(255).default(''),
    body: z.object({ contentType: z.enum(['text', 'html']), content: z.string() } satisfies FieldsOf<ItemBody>),
    toRecipients: recipients.default([]),
    ccRecipients: recipients.default([]),
    attachments: z.array(fileAttachment).default([]),
  } satisfies FieldsOf<GraphMessage>),
  saveToSentItems: z.boolean().default(true),
});

/** The sandbox's sent mail. */
export type Mail = ReturnType<typeof openMail>;

/** Every message that was sent in the sandbox's tenant, oldest first, kept on the shelf. */
export function openMail(shelf: Shelf, contents: Contents, clock: Clock) {
  const messages = shelf.read<Message[]>('graph-mail', []);
  return {
    add(message: Omit<Message, 'id' | 'at'>): void {
      messages.push({ id: crypto.randomUUID(), at: clock.now().toString({ fractionalSecondDigits: 0 }), ...message });
      shelf.write('graph-mail', messages);
    },
    shown: (): MailShown[] =>
      messages.map((message) => ({
        ...message,
        attachments: message.attachments.map(({ name, size }, index) => ({ name, size, address: addressOf(message, index) })),
      })),
    /** The attachment at that very address, or null. */
    content(address: string): Content | null {
      const found = messages
        .flatMap((message) => message.attachments.map((attachment, index) => ({ attachment, address: addressOf(message, index) })))
        .find((each) => each.address === address)?.attachment;
      return found ? { name: found.name, type: found.type, bytes: contents.read(found.kept) } : null;
    },
  };
}

/** `POST /users/{id}/sendMail`, from people's and shared mailboxes. Whoever it is to, it counts as delivered at once. */
export function mailOperations(users: Users, mail: Mail, contents: Contents): Operation[] {
  return [
    {
      method: 'POST',
      path: '/users/{user}/sendMail',
      answer(request, { user = '' }) {
        const sender = users.find(user);
        if (!sender) return refuse(404, 'ErrorInvalidUser', `The requested user '${user}' is invalid.`);
        if (request.bytes === null) return refuse(413, 'ErrorMessageSizeExceeded', 'The message exceeds the maximum supported size.');
        const asked = sendMail.safeParse(request.body);
        if (!asked.success) return refuse(400, 'ErrorInvalidRequest', 'The request is not valid.');
        const { subject, body, toRecipients, ccRecipients, attachments } = asked.data.message;
        if (toRecipients.length + ccRecipients.length === 0)
          return refuse(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.');
        mail.add({
          from: sender.email,
          to: toRecipients,
          cc: ccRecipients,
          subject,
          text: body.content,
          attachments: attachments.map(({ name, contentType, contentBytes }) => {
            const bytes = Uint8Array.fromBase64(contentBytes);
            return { name, type: contentType, size: bytes.length, kept: contents.keep(bytes) };
          }),
        });
        return { status: 202 };
      },
    },
  ];
}

/** Attachments are counted from 1. */
function addressOf(message: Message, index: number): string {
  return `/mail/${message.id}/attachments/${index + 1}`;
}
