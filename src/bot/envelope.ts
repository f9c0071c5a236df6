import type { Activity } from 'botbuilder';
import { z } from 'zod';

/** A line that can be kept and sent on: whole characters, and nothing that steers a terminal or that a database cannot hold. */
const line = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text));
const id = line(1000).min(1);
const account = z.looseObject({ id, name: line(500).nullish(), aadObjectId: line(100).nullish() });

/** What every activity must be before anything reads it. The rest of it is checked by whoever uses it. */
const envelope = z.looseObject({
  type: line(100).min(1),
  channelId: line(100).min(1),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  id: id.nullish(),
  name: line(200).nullish(),
  action: line(100).nullish(),
  text: z.string().nullish(),
  locale: line(100).nullish(),
  replyToId: id.nullish(),
  from: account,
  recipient: account.nullish(),
  conversation: z.looseObject({
    id,
    conversationType: line(100).nullish(),
    isGroup: z.boolean().nullish(),
    tenantId: line(100).nullish(),
  }),
  membersAdded: z.array(account).nullish(),
  membersRemoved: z.array(account).nullish(),
  attachments: z.array(z.looseObject({ contentType: line(500).nullish() })).nullish(),
  channelData: z.looseObject({ tenant: z.looseObject({ id: line(100).nullish() }).nullish(), eventType: line(100).nullish() }).nullish(),
  deliveryMode: z.enum(['normal', 'notification']).nullish(),
});

/** The activity that a body holds, or null for one that is malformed. */
export function readActivity(body: unknown): Activity | null {
  const read = envelope.safeParse(body);
  return read.success ? (read.data as unknown as Activity) : null;
}
