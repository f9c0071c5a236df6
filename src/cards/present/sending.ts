import type { CaseForViewer } from '../../app/seeCase.ts';
import { agencyName, nameAndJob } from '../../directory/names.ts';
import { isCopyOfLetter, type Sending, unsettled } from '../../domain/conclusion.ts';
import type { DocumentName, Recipient, SendingFailure } from '../../domain/events/concludingEvents.ts';
import { sayInstant } from '../../domain/londonTime.ts';
import { decisionLetterTitle, writtenLetter } from '../../domain/procedure.ts';
import { capitalised } from '../../domain/words.ts';
import { type Button, type Section, type Step, section } from './body.ts';

/** What became of each message that a case sends, in words, and what a person can do about it (C17, C18). */

/** Whom a message goes to, by name. */
export function recipientName({ partnership, directory }: CaseForViewer, to: Recipient): string {
  if (to === 'copy') return `Copy: ${partnership.name}`;
  const [kind, id = ''] = to.split(/:(.*)/s);
  return kind === 'agency' ? agencyName(partnership, id) : nameAndJob(directory, id);
}

const WHY: Record<SendingFailure, (mailbox: string) => string> = {
  permission: (mailbox) => `Not sent: the bot may not send from ${mailbox}. Ask your IT support to allow it, then press "Send again".`,
  'not-found': (mailbox) =>
    `Not sent: letters go from ${mailbox}, which was not found. Ask your IT support to set it up again, then press "Send again".`,
  rejected: () => 'Not sent: the mail system did not take it. Press "Send again"; if it fails again, ask your IT support.',
  'no-address': () => 'Not sent: there is no e-mail address for this. Ask your administrator to add it, then press "Send again".',
  uncertain: (mailbox) => `It is not known whether this went. Look in the Sent Items of ${mailbox}, then say.`,
};

/** A message's state, with the time at which it became so. */
export function sayState({ status, cause, at, times }: Sending, { partnership }: CaseForViewer): string {
  if (status === 'sent') return `Sent ${sayInstant(at)}`;
  if (status === 'dropped') return `Not to be sent, as somebody said ${sayInstant(at)}`;
  if (status === 'wanted') return times > 1 ? 'Being sent again' : 'Being sent';
  return WHY[cause ?? 'rejected'](partnership.mailbox);
}

/** What can be said of a message that did not go; the partnership's own copy has to go (C18). */
function settling(sending: Sending): Button[] {
  const { number, status } = sending;
  const button = (as: 'sent' | 'again' | 'dropped', title: string): Button => ({ verb: `settle:${number}.${as}`, title });
  return [
    ...(status === 'uncertain' ? [button('sent', 'It was sent')] : []),
    button('again', 'Send again'),
    ...(isCopyOfLetter(sending) ? [] : [button('dropped', 'Do not send')]),
  ];
}

/**
 * The messages, of those given, that a person has to settle, each with its buttons; no more than a card has room for. Beside letters the
 * document is said too.
 */
export function toSettle(seen: CaseForViewer, sendings: Sending[], several: number): Step[] {
  const open = unsettled({ sendings });
  const shown = open.slice(0, Math.max(1, several));
  const rest = open.length - shown.length;
  return [
    ...shown.map((each) => ({
      label: `${each.document.startsWith('letter:') ? '' : `${documentTitle(each.document, seen)}. `}${recipientName(seen, each.to)}`,
      text: sayState(each, seen),
      buttons: settling(each),
    })),
    ...(rest > 0 ? [{ label: '', text: `${rest} more did not go. Settle these first, and the others follow here.`, buttons: [] }] : []),
  ];
}

/** More recipients than this are counted, and not named one by one. */
const MOST = 12;

/** What became of the messages that nobody has to settle: each by name, or how many where they are many. */
export function settled(seen: CaseForViewer, sendings: Sending[]): { title: string; value: string }[] {
  const open = unsettled({ sendings });
  const quiet = sendings.filter((each) => !open.includes(each));
  if (quiet.length <= MOST) return quiet.map((each) => ({ title: recipientName(seen, each.to), value: sayState(each, seen) }));
  const words = { sent: 'Sent', wanted: 'Being sent', dropped: 'Not to be sent' };
  return Object.entries(words).flatMap(([status, title]) => {
    const count = quiet.filter((each) => each.status === status).length;
    return count === 0 ? [] : [{ title, value: `${count} of ${sendings.length}` }];
  });
}

/** The documents that went, or are on their way, to the viewer's own mailbox: the last of each. */
export function sentToViewer(seen: CaseForViewer): Section[] {
  const own = seen.current.conclusion.sendings.filter(({ to }) => to === `person:${seen.person}`);
  const last = [...new Map(own.map((each) => [each.document, each])).values()];
  if (last.length === 0) return [];
  const open = unsettled({ sendings: last });
  return [
    section('Sent to you', {
      facts: last
        .filter((each) => !open.includes(each))
        .map((each) => ({
          title: documentTitle(each.document, seen),
          value: each.status === 'wanted' ? 'It is on its way to your mailbox.' : sayState(each, seen),
        })),
      steps: open.map((each) => ({
        label: documentTitle(each.document, seen),
        text: sayState(each, seen),
        buttons: settling(each),
      })),
    }),
  ];
}

function documentTitle(name: DocumentName, seen: CaseForViewer): string {
  const titles: Record<Exclude<DocumentName, `letter:${string}`>, string> = {
    'dissent-letter': capitalised(writtenLetter(seen.procedure) ?? 'letter'),
    entry: 'Entry for the notes',
    acknowledgement: 'Acknowledgement',
    case: 'The whole case',
    escalation: 'Word that somebody remains concerned',
  };
  if (name.startsWith('letter:')) return decisionLetterTitle(seen.procedure, name.slice('letter:'.length)) ?? 'Letter';
  return titles[name as keyof typeof titles];
}
