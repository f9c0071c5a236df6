import { z } from 'zod';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { stageOf } from '../../domain/procedure.ts';
import { writingStage } from '../../domain/stages/stages.ts';
import { workingDays } from '../../domain/words.ts';
import { ASK_FOR_ADDRESS, field, LONG, needed, nothing, optional, webAddress } from '../inputs.ts';
import { letterLateBy, ONCE_RECORDED } from '../present/letter.ts';
import { deciderAt } from '../stageWords.ts';
import { type CaseForm, form } from './form.ts';

/**
 * The professional's letter, in words, by link or both (S12, Q18). After its last day the form says how late it is and asks why;
 * it goes all the same (S13, Q17). Null where nothing is to be written now.
 */
export function letterForm(seen: CaseForViewer): CaseForm<'Submit'> | null {
  const { current, procedure } = seen;
  const writing = writingStage(procedure, current);
  const stage = writing === null ? null : stageOf(procedure, writing);
  if (stage?.kind !== 'submit') return null;
  const late = letterLateBy(seen);
  const unrecorded = writing !== current.stage;
  const receiver = deciderAt(stageOf(procedure, stage.next), procedure);
  const goes = receiver === null ? 'go on' : `go to the ${receiver}`;
  const missing = 'Say why it is late.';
  const { reasons, newInformation } = current.dissent;
  const written = [reasons, ...(newInformation === null ? [] : [newInformation])].join('\n\n').slice(0, LONG);
  return form(
    `Write the ${stage.letter}`,
    receiver === null || unrecorded ? `Send the ${stage.letter}` : `Send to the ${receiver}`,
    [
      field('long', 'letter', 'Your letter', {
        value: written,
        hint: 'It goes in your name. It begins with the reasons that you gave: change and add to them as you like. Do not name the child.',
        errorMessage: 'Write your letter, or give a link to it.',
      }),
      field('text', 'link', 'Link to a letter that you have written already', {
        maxLength: 1000,
        errorMessage: ASK_FOR_ADDRESS,
        hint: 'You may give this instead of writing here, or beside it.',
      }),
      ...(late > 0 ? [field('long', 'lateReason', 'Why is it late?', { isRequired: true, errorMessage: missing })] : []),
    ],
    z.object({ letter: optional(), link: webAddress, lateReason: late > 0 ? needed(missing) : nothing }),
    ({ letter, link, lateReason }) => ({ type: 'Submit', text: letter, link, lateReason }),
    [
      ...(late > 0 ? [`${workingDays(late)} late; it will still ${goes}; say why.`] : []),
      ...(unrecorded
        ? [`The chair has not recorded yet. The ${stage.letter} is kept with today's date, and will ${goes} ${ONCE_RECORDED}.`]
        : []),
    ],
  );
}

/** Accepts a letter that came late, or does not, with reasons (Q17). */
export function latenessForm({ current, procedure }: CaseForViewer, accepted: boolean): CaseForm<'JudgeLateness'> {
  const stage = stageOf(procedure, current.stage);
  const refused = stage.kind === 'decide' && stage.lateRefused !== undefined ? stageOf(procedure, stage.lateRefused).title : '';
  const missing = 'Write your reasons.';
  return form(
    accepted ? 'Accept the late letter' : 'Do not accept the late letter',
    accepted ? 'Accept it' : 'Do not accept it',
    [
      field('long', 'reasons', 'Your reasons', {
        isRequired: true,
        errorMessage: missing,
        hint: `The writer and their agency's lead can read them. ${accepted ? 'You then go on to decide.' : `Nothing is then decided on the letter. What comes next: ${refused}.`}`,
      }),
    ],
    z.object({ reasons: needed(missing) }),
    ({ reasons }) => ({ type: 'JudgeLateness', accepted, reasons }),
  );
}
