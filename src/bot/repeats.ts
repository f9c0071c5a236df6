import type { Activity } from 'botbuilder';

/**
 * Has a message that comes again while it is being answered answered once: Teams delivers it again when an answer takes long, and a
 * person who typed one word would find several forms. One that comes again later is answered again, never with silence.
 */
export function withoutRepeats(): (activity: Activity, work: () => Promise<void>) => Promise<void> {
  const underWay = new Set<string>();
  return async ({ id, timestamp, conversation, text, value }, work) => {
    const message = JSON.stringify([conversation.id, id, timestamp, text, value]);
    if (underWay.has(message)) return;
    underWay.add(message);
    try {
      await work();
    } finally {
      underWay.delete(message);
    }
  };
}
