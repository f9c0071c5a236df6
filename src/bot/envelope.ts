import type { Activity } from 'botbuilder';
import { z } from 'zod';

const id = z.string().min(1).max(1000);
const account = z.looseObject({ id, name: z.string().max(500).nullish(), aadObjectId: z.string().max(100).nullish() });

/** What every activity must be before anything reads it. The rest of it is checked by whoever uses it. */
const envelope = z.looseObject({
  type: z.string().min(1).max(100),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  id: id.nullish(),
  name: z.string().max(200).nullish(),
  action: z.string().max(100).nullish(),
  text: z.string().nullish(),
  replyToId: id.nullish(),
  from: account,
  recipient: account.nullish(),
  conversation: z.looseObject({
    id,
    conversationType: z.string().max(100).nullish(),
    isGroup: z.boolean().nullish(),
    tenantId: z.string().max(100).nullish(),
  }),
  membersAdded: z.array(account).nullish(),
  membersRemoved: z.array(account).nullish(),
  channelData: z.looseObject({ tenant: z.looseObject({ id: z.string().max(100).nullish() }).nullish() }).nullish(),
  deliveryMode: z.enum(['normal', 'notification']).nullish(),
});

/** The activity that a body holds, or null for one that is malformed. */
export function readActivity(body: unknown): Activity | null {
  const read = envelope.safeParse(body);
  return read.success ? (read.data as unknown as Activity) : null;
}
