import type { Place } from '../app/checkpoint.ts';
import type { Mail } from '../app/ports.ts';

/**
 * The auditor's mailbox: a checkpoint as an attachment, once an hour at most while there is something new, and once a day at least. What
 * was sent cannot be read back from here. `from` is the mailbox that it is sent from.
 */
export function mailboxPlace(address: string, mail: Mail, from: () => string): Place {
  return {
    name: 'mailbox of the auditor',
    atLeast: Temporal.Duration.from({ hours: 1 }),
    atMost: Temporal.Duration.from({ hours: 24 }),
    canBeRead: false,
    list: async () => [],
    read: async () => '',
    write: (name, text) =>
      mail.send(from(), {
        to: address,
        subject: `Conference Dissent: ${name}`,
        lines: [
          'The file that comes with this message says how much evidence the program holds at this moment, signed.',
          'Keep it where nobody who looks after the program can reach it. What can be proved with it is in docs/audit.md.',
        ],
        attachment: { fileName: name, content: Buffer.from(text) },
      }),
  };
}
