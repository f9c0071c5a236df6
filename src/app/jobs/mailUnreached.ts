import { personOf } from '../../directory/directory.ts';
import { nameOf } from '../../directory/names.ts';
import type { PersonId } from '../../domain/events/trail.ts';
import { dateOf } from '../../domain/londonTime.ts';
import type { Calendars } from '../calendars.ts';
import { OutsideFault } from '../faults.ts';
import type { Job } from '../job.ts';
import { myCases } from '../myCases.ts';
import type { Mail } from '../ports.ts';
import type { CaseDependencies } from '../seeCase.ts';
import type { UnreachedPeople } from '../unreached.ts';

type MailDependencies = CaseDependencies & {
  unreached: UnreachedPeople;
  mail: Mail;
  calendars: Pick<Calendars, 'mailboxOf'>;
  enqueue(job: Job): Promise<void>;
};

/** Far more open cases than one person has a part in. */
const MOST = 1000;

/**
 * The job that sees to somebody whom Teams could not reach (TM1): they are sent a mail that says nothing but that something waits for them
 * there, one a day at most; then the cards of their open cases are brought up to date, which say so to others.
 */
export function unreachedMailed(deps: MailDependencies): (person: PersonId) => Promise<void> {
  return async (person) => {
    if (!(await deps.unreached.all()).some((each) => each.person === person)) return;
    try {
      await mailTo(deps, person);
    } finally {
      for (const { current } of await myCases(deps, person, MOST))
        if (current.status === 'open') await deps.enqueue({ name: 'tell', reference: current.reference });
    }
  };
}

async function mailTo(deps: MailDependencies, person: PersonId): Promise<void> {
  const directory = deps.directory();
  const listed = personOf(directory, person);
  const address = listed?.email ?? (await deps.calendars.mailboxOf(person));
  const [first] = Object.values(directory.partnerships);
  const partnership = directory.partnerships[listed?.partnership ?? ''] ?? first;
  if (!address || !partnership) return;
  if (!(await deps.unreached.claimMail(person, dateOf(deps.clock.now()).toString()))) return;
  try {
    await deps.mail.send(partnership.mailbox, {
      to: address,
      subject: 'Something waits for you in Teams',
      lines: linesFor(listed ? nameOf(directory, person) : null, partnership.name),
      attachment: null,
    });
  } catch (fault) {
    // What may have gone is not sent twice.
    if (fault instanceof OutsideFault && fault.kind === 'uncertain') return;
    await deps.unreached.releaseMail(person);
    throw fault;
  }
}

/** Nothing of any case: mail may be read by others (X6). */
function linesFor(name: string | null, partnership: string): string[] {
  return [
    name === null ? 'Hello,' : `Dear ${name},`,
    'Something waits for you in Microsoft Teams, and the app Conference Dissent could not reach you there. What it is stands only in Teams.',
    'Please open Teams, find the app Conference Dissent, and write "hello" to it. What waits for you comes within a minute.',
    'If you cannot find the app, or it does not answer, show this message to your IT support.',
    `Sent by Conference Dissent for ${partnership}`,
  ];
}
