import type { Job } from '../app/job.ts';
import type { NotTold, Stuck, Unfinished } from '../app/stuck.ts';
import { sayInstant } from '../domain/londonTime.ts';
import { buttonsFor, plainFrame } from './frame.ts';
import type { TemplateAndData } from './template.ts';

/** What each job does, as its administrator would say it. */
const DEEDS: Record<Job['name'], string> = {
  tell: 'Showing people their cards in Teams',
  'find-times': 'Reading calendars for a time to meet',
  'align-calendar': 'Putting the meeting in calendars',
  'find-link': 'Looking for the Teams link of a meeting',
  'look-at-outlook': 'Seeing what Outlook says of a meeting',
  send: 'Sending a letter or message by mail',
  file: "Putting the reasons on a child's file",
  remind: 'Sending somebody their reminders',
  'mail-unreached': 'Telling somebody by mail that something waits for them in Teams',
  'catch-up': 'Bringing somebody the cards that have not reached them',
  'tell-partnership': 'Bringing all cards up to date after a change of cover',
  'tell-case-system': 'Telling your case system that a case has changed',
  checkpoint: 'Keeping proof, outside the program, of what it holds',
  'report-stuck': 'Telling administrators that something is stuck',
  'check-evidence': 'Checking that nobody has altered the records',
};

/** What to look at for each kind of fault, in plain words; the operator's own words come after it. */
const CHECKS: Record<string, string> = {
  altered: 'Somebody has altered what is stored. Tell whoever runs the program today, and whoever audits it.',
  permission: 'The program is not allowed to do this. Ask your Microsoft 365 administrator to check its permissions.',
  'not-found': 'Something it needs is not there, such as a mailbox, a person or a library. The line below says what to do.',
  gone: 'What it was about is no more: somebody deleted it. Open the case to make it anew.',
  rejected: 'Microsoft 365 refused what was asked.',
  conflict: 'Somebody else changed the same thing in the same moment.',
  unreadable: 'Something that is not Microsoft 365 seems to answer in its place.',
  throttled: 'Microsoft 365 is busy. It is tried again by itself.',
  apart:
    'Copies of the program run with different lists of people, so nobody is told anything. It is tried again by itself once they agree.',
  unreachable: 'Teams or Microsoft 365 cannot be reached. It is tried again by itself.',
  uncertain: 'It is not known whether it was done. Look before you try again.',
  'not-yet': 'Microsoft 365 has not done its part yet. It is looked at again by itself.',
  stopped: 'The program was stopped while it did this. It is tried again by itself.',
};

/** What failed on a case itself and waits for a person, in words; its own card says why. */
const UNFINISHED: Record<Unfinished['what'], (count: number) => string> = {
  letters: (count) => (count === 1 ? 'A letter did not go, or may not have gone' : `${count} letters did not go, or may not have gone`),
  filings: (count) => `Reasons are not on ${count === 1 ? "a child's file" : `the files of ${count} children`}`,
  invitation: () => 'The meeting could not be put in calendars',
};

/** What to do about somebody who could not be told in Teams, by why. */
const REACH_THEM: Record<NotTold['cause'], string> = {
  permission:
    'They have removed or blocked the app, or it is kept from them. Ask them to open Conference Dissent in Teams and write "hello".',
  'not-found': 'There is no chat with them. Have the app installed for them, or ask them to open it in Teams and write "hello".',
};

/** What cannot finish: each job with what to check and a button to try again, each case with the way to its card; references only (X6). */
export function stuckCard({ stuck, unfinished, notTold, more }: Stuck, notice?: string): TemplateAndData {
  const cases = unfinished.map(({ reference, revision, what, count, since }) => ({
    title: `${reference}: ${UNFINISHED[what](count)}`,
    facts: [
      { title: 'State', value: 'It waits for you.' },
      { title: 'Since', value: sayInstant(since) },
      { title: 'What to do', value: 'Open the case. Its card says why, and has the buttons to try again.' },
    ],
    buttons: [buttonsFor(reference, revision)({ verb: 'open:stuck', title: `Open ${reference}` }, 'none')],
  }));
  const jobs = stuck.map(({ name, reference, state, attempts, since, lastError }) => ({
    title: `${reference}: ${DEEDS[name]}`,
    facts: [
      { title: 'State', value: state === 'failed' ? 'Given up. It waits for you.' : 'Not done yet. It is tried again by itself.' },
      { title: 'Tried', value: attempts === 1 ? 'Once' : `${attempts} times` },
      ...(since === null ? [] : [{ title: 'Since', value: sayInstant(since) }]),
      ...(lastError === null
        ? []
        : [
            { title: 'What to do', value: CHECKS[lastError.kind] ?? 'Something went wrong in the program. Tell whoever runs it.' },
            { title: 'For them', value: asSentence(lastError.check) },
          ]),
    ],
    buttons: [buttonsFor(reference, 0)({ verb: `stuck:${name}`, title: 'Retry' }, 'none')],
  }));
  const people = notTold.map(({ who, since, cause, mailed }) => ({
    title: `Not told in Teams: ${who}`,
    facts: [
      { title: 'State', value: mailed ? 'They were sent an e-mail.' : 'They could not be sent an e-mail yet.' },
      { title: 'Since', value: sayInstant(since) },
      { title: 'What to do', value: `${REACH_THEM[cause]} What waits for them then comes by itself.` },
    ],
    buttons: [],
  }));
  const rows = [...cases, ...people, ...jobs];
  return {
    view: 'stuck',
    data: {
      ...plainFrame('What is stuck', { notices: notice === undefined ? [] : [notice] }),
      none: rows.length === 0 ? ['Nothing is stuck.'] : [],
      rows,
      more: more ? ['There is more. Mend these first, then type "stuck" again.'] : [],
    },
  };
}

/** What to look at: a sentence of its own, or what to check. */
function asSentence(check: string): string {
  return check.endsWith('.') ? check : `Check ${check}.`;
}

/** The one notice a day that something is stuck; it holds nothing about a case (X6). */
export function stuckNotice(): TemplateAndData {
  const buttons = [buttonsFor('', 0)({ verb: 'stuck', title: 'What is stuck' }, 'none')];
  const text = ['Something could not be finished and waits for an administrator. You get this message once a day at most.'];
  return { view: 'notice', data: { ...plainFrame('Something is stuck', { buttons }), text, links: [] } };
}
