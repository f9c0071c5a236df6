import type { CaseForViewer } from '../../app/seeCase.ts';
import { agencyName, nameOf } from '../../directory/names.ts';
import { peopleIn } from '../../domain/authority.ts';
import { contactFor, parentsNotTold, sendingsOf } from '../../domain/conclusion.ts';
import { dateOf } from '../../domain/londonTime.ts';
import { titleOf } from '../../domain/procedure.ts';
import type { Task } from '../../domain/task.ts';
import { wordsOf } from '../stageWords.ts';
import { type Button, decidesTheCase, may } from './body.ts';
import { sayState } from './sending.ts';

type Left = { text: string; buttons: Button[] };

/**
 * For each kind of task that is not done: what is left of it, in words, and the buttons for it; those that are not the viewer's to press
 * are taken away later.
 */
export const leftOf: Record<Task['kind'], (seen: CaseForViewer, task: Task) => Left> = {
  letter: (seen, { stage }) => {
    const { conclusion, decisions } = seen.current;
    if (!conclusion.letters[stage]) {
      const who = nameOf(seen.directory, decisions[stage]?.by ?? '');
      const text = may(seen, { type: 'ApproveLetter', stage })
        ? 'It waits for you to read it and send it.'
        : `It waits for ${who} to read it and send it.`;
      return { text, buttons: [{ verb: `approve:${stage}`, title: 'Approve the letter', style: 'positive' }] };
    }
    const sendings = sendingsOf(conclusion, stage).filter(({ to, status }) => to !== 'copy' && status !== 'dropped');
    const sent = sendings.filter(({ status }) => status === 'sent').length;
    return { text: `It has gone to ${sent} of ${sendings.length}.`, buttons: [] };
  },
  copy: (seen, { stage }) => {
    const [copy] = sendingsOf(seen.current.conclusion, stage).filter(({ to }) => to === 'copy');
    const open = copy?.status === 'failed' || copy?.status === 'uncertain';
    return { text: open ? 'It did not go: see above.' : copy ? `${sayState(copy, seen)}.` : 'It goes with the letter.', buttons: [] };
  },
  agency: ({ current: { dissent }, partnership }, { id }) => ({
    text: `${dissent.agency === null ? 'The agency' : agencyName(partnership, dissent.agency)}. Once the letter has gone to them, this is done by itself.`,
    buttons: [{ verb: `tick:${id}`, title: 'The agency has been told' }],
  }),
  chair: ({ current: { dissent }, directory }, { id }) => ({
    text: `${nameOf(directory, dissent.conference.chair)}. Once they have a card about it in Teams, this is done by itself.`,
    buttons: [{ verb: `tick:${id}`, title: 'The chair has been told' }],
  }),
  parents: (seen, { stage }) => ({ text: telling(seen, stage), buttons: tellingButtons(seen, stage) }),
  task: (seen, { id, of, role, stage }) => ({
    text: taskText(seen, of, role, stage),
    buttons: [{ verb: `tick:${id}`, title: 'Done' }],
  }),
  file: ({ current, partnership }, { of }) => {
    const failed = current.conclusion.filingFailed[of];
    const byHand: Button = { verb: `file:${current.dissent.children.indexOf(of) + 1}`, title: 'Filed by hand' };
    if (failed !== undefined) return { text: `${of}: not filed. ${WHY[failed]} Or file by hand, and say so.`, buttons: [byHand] };
    return partnership.library
      ? { text: `${of}: being filed.`, buttons: [] }
      : { text: `${of}: not filed yet. File it by hand, then say where.`, buttons: [byHand] };
  },
};

function taskText(seen: CaseForViewer, of: string, role: string | null, stage: string): string {
  const { procedure, partnership, current, roster, now } = seen;
  const asking = procedure.stages[stage];
  const byItself = asking && wordsOf(asking).doneByItself(asking);
  if (procedure.grounds[of]?.routes) return `${agencyName(partnership, current.dissent.agencyConcerned ?? '')}. Pass it on, then say so.`;
  if (byItself) return byItself;
  if (role === null) return 'Do it, then say so.';
  return peopleIn(role, current, roster, dateOf(now)).length > 0
    ? `${titleOf(procedure.roles, role)}: they do it, then say so.`
    : `Nobody may act here as ${titleOf(procedure.roles, role)}. See that it is done for them, then say so.`;
}

const WHY = {
  permission: 'The bot may not write to the document library. Ask your IT support to allow it, then press "File again".',
  'not-found': 'The document library was not found. Ask your IT support to set it up, then press "File again".',
  rejected: 'The document library did not take it. Press "File again"; if it fails again, ask your IT support.',
};

function telling(seen: CaseForViewer, stage: string): string {
  const { directory, current, procedure } = seen;
  const { teller, told } = current.conclusion.parents[stage] ?? parentsNotTold;
  const contact = contactFor(current.conclusion, stage);
  if (teller === null) return `Nobody is named to tell ${procedure.words.family} yet.`;
  const who = nameOf(directory, teller);
  const last = told.at(-1);
  // How somebody can be reached is for those who decide: who administers sees that it goes on (Part E).
  const agreed = decidesTheCase(seen) && contact?.approach ? ` Agreed: ${contact.approach}` : '';
  const rest = decidesTheCase(seen) && last?.note ? ` Still to be told: ${last.note}` : '';
  if (last) return `${who} has told some of them, not all.${rest}${agreed}`;
  if (contact === null) return `${who} is to look first whether it is safe to reach them.`;
  return `${who} is to tell them. ${contact.safe ? 'There is a safe way on record.' : 'There is no safe way on record.'}${agreed}`;
}

function tellingButtons({ current, person }: CaseForViewer, stage: string): Button[] {
  const { teller } = current.conclusion.parents[stage] ?? parentsNotTold;
  const contact = contactFor(current.conclusion, stage);
  const naming: Button = { verb: `teller:${stage}`, title: teller === null ? 'Name who tells them' : 'Name somebody else' };
  if (teller !== person) return [naming];
  return [
    contact === null
      ? { verb: `contact:${stage}`, title: 'Say whether it is safe' }
      : { verb: `parents:${stage}`, title: 'They were told' },
    naming,
  ];
}
