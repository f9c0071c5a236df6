import { personOf } from '../../directory/directory.ts';
import type { Sending } from '../../domain/conclusion.ts';
import type { Recipient } from '../../domain/events/concludingEvents.ts';
import { reportOnCase } from '../actOnCase.ts';
import type { Calendars } from '../calendars.ts';
import { coverNote, type Reached } from '../documents/coverNote.ts';
import { fileNameOf } from '../documents/document.ts';
import { documentOf } from '../documents/documentOf.ts';
import { causeOf, OutsideFault, triesAgain } from '../faults.ts';
import type { Job } from '../job.ts';
import type { DrawDocument, Mail, SendingRows } from '../ports.ts';
import { type CaseDependencies, type CaseForViewer, seenBy } from '../seeCase.ts';
import { mailboxOf } from './findTimes.ts';

type SendDependencies = CaseDependencies & { mail: Mail; calendars: Calendars; sendings: SendingRows; drawDocument: DrawDocument };

/**
 * The job that sends what a case wants sent, each message once (C17, C18, S12, S22, C24). A message's own row is written before the
 * deed. What surely did not go is tried again; what may have gone is not, and the case says so until a person has looked.
 * One recipient's fault does not keep the letter from the others. None is begun once the program is to end, so that none is left in
 * doubt by its end (OP3).
 */
export function documentSender(
  deps: SendDependencies,
): (reference: string, job?: Job, tried?: number, stopping?: AbortSignal) => Promise<void> {
  return async (reference, _job, tried, stopping) => {
    const trail = await deps.cases.load(reference);
    if (!trail) return;
    const seen = seenBy(deps, trail, 'bot');
    const faults: unknown[] = [];
    for (const sending of seen.current.conclusion.sendings.filter(({ status }) => status === 'wanted')) {
      stopping?.throwIfAborted();
      await send(deps, seen, sending, trail.events, tried).catch((fault: unknown) => void faults.push(fault));
    }
    if (faults.length > 0) throw faults[0];
  };
}

async function send(
  deps: SendDependencies,
  seen: CaseForViewer,
  sending: Sending,
  events: Parameters<typeof documentOf>[3],
  tried?: number,
): Promise<void> {
  const { reference } = seen.current;
  const { number, times, to, document: name } = sending;
  const key = `${number}.${times}`;
  const row = await deps.sendings.find(reference, key);
  // A row without an end is from a process that was stopped in the middle: nobody knows whether the message went.
  if (row) return report(deps, reference, row.sent ? { number } : { number, cause: 'uncertain' });
  const [address, reached] = await addressOf(deps, seen, to);
  if (address === null) return report(deps, reference, { number, cause: 'no-address' });
  const document = documentOf(name, to, seen, events);
  const attachment = document && { fileName: fileNameOf(document), content: await deps.drawDocument(document) };
  const note = coverNote(sending, reached, seen, document);
  await deps.sendings.attempt(reference, key);
  try {
    await deps.mail.send(seen.partnership.mailbox, { to: address, ...note, attachment });
  } catch (fault) {
    if (!(fault instanceof OutsideFault)) throw fault;
    if (fault.kind === 'uncertain') return report(deps, reference, { number, cause: 'uncertain' });
    await deps.sendings.undo(reference, key);
    if (triesAgain(fault.kind, tried)) throw fault;
    deps.log.error('a letter could not be sent', fault, { reference, sending: number, check: fault.check });
    return report(deps, reference, { number, cause: causeOf(fault) });
  }
  await deps.sendings.done(reference, key);
  await report(deps, reference, { number });
}

async function report(
  deps: SendDependencies,
  reference: string,
  { number, cause }: { number: number; cause?: Sending['cause'] },
): Promise<void> {
  await reportOnCase(
    deps,
    reference,
    cause ? { type: 'FailSending', sending: number, cause } : { type: 'ConfirmSending', sending: number },
  );
}

/** Where a message to a recipient goes, and as what: to an agency's own mailbox or its lead; null where the directory gives no address. */
async function addressOf(deps: SendDependencies, seen: CaseForViewer, to: Recipient): Promise<[string | null, Reached]> {
  const { partnership, directory } = seen;
  if (to === 'copy') return [partnership.copyTo ?? null, 'copy'];
  const [kind, id = ''] = to.split(/:(.*)/s);
  if (kind === 'person') return [await mailboxOf(deps, seen, id), 'person'];
  const agency = partnership.agencies[id];
  if (agency?.mailbox !== undefined) return [agency.mailbox, 'mailbox'];
  return [agency?.lead === undefined ? null : (personOf(directory, agency.lead)?.email ?? null), 'lead'];
}
