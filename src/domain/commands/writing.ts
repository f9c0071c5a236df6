import { raiserHasLeft, waitsForOneWhoLeft } from '../authority.ts';
import type { Case } from '../case.ts';
import type { CommandOf } from '../commands.ts';
import { dateOf, sayDate } from '../londonTime.ts';
import { stageOfKind } from '../procedure.ts';
import { already, invalid, notNow, type Refusal } from '../refusal.ts';
import type { CommandContext } from '../rule.ts';
import { writingStage } from '../stages/stages.ts';
import { timeLimitsOfStage } from '../timeLimits.ts';
import { workingDays } from '../words.ts';
import { byDecider, closed, firstDecision, latenessOpen, RAISED } from './bars.ts';
import type { CommandFamily, Consequences } from './commandFacts.ts';
import { enter } from './entering.ts';

/** What the professional writes, adds and takes back, and whether what came late is accepted (S12, S13, Q17, C8). */
export const writing: CommandFamily<'Submit' | 'JudgeLateness' | 'Withdraw' | 'AddToDissent'> = {
  Submit: {
    rule: (current, _intention, { procedure }) => ({
      by: ['dissenter'],
      bar:
        submitted(current) ??
        closed(current, procedure) ??
        (writingStage(procedure, current) === null ? notNow('There is nothing to write at this stage.', 'S12') : null),
    }),
    onlyFor: (words) => `Only the person who raised this ${words.case} can write the letter.`,
    consequences: submit,
  },
  JudgeLateness: {
    rule: (current, _intention, context) => ({
      ...byDecider(current, context),
      bar:
        closed(current, context.procedure) ??
        (latenessOpen(current, context.procedure) ? null : already('No late letter is waiting to be accepted.')),
    }),
    onlyFor: (words) => `Only the person who decides this ${words.case} can say whether a late letter is accepted.`,
    consequences: (current, { accepted, reasons }, { procedure }) => {
      const refused = stageOfKind(procedure, current.stage, 'decide')?.lateRefused ?? '';
      return {
        events: [{ type: 'LateLetterJudged', accepted, reasons }, ...(accepted ? [] : [{ type: 'StageEntered' as const, stage: refused }])],
      };
    },
  },
  Withdraw: {
    rule: (current, _intention, { procedure, roster }) => ({
      by: raiserHasLeft(current, roster) ? [...RAISED, 'agency-lead', 'administrator'] : RAISED,
      bar: closed(current, procedure) ?? (waitsForOneWhoLeft(current, procedure, roster) ? null : firstDecision(current, procedure)),
    }),
    onlyFor: () => 'Only the person who raised this can withdraw it.',
    consequences: (_current, { reason }) => ({ events: [{ type: 'DissentWithdrawn', reason }, { type: 'CaseClosed' }] }),
  },
  AddToDissent: {
    rule: (current, _intention, { procedure }) => ({ by: RAISED, bar: closed(current, procedure) ?? firstDecision(current, procedure) }),
    onlyFor: () => 'Only the person who raised this can add to it.',
    consequences: (_current, { text }) => ({ events: [{ type: 'DissentAddedTo', text }] }),
  },
};

function submitted(current: Case): Refusal | null {
  return current.letter ? already(`Already sent ${sayDate(dateOf(current.letter.at))}.`) : null;
}

/**
 * The professional writes in their own name; late, it goes all the same, with how late and why (S12, S13, Q17). What they write before the
 * chair has recorded is kept with its day, and goes when the chair has recorded that it was not resolved.
 */
function submit(current: Case, { text, link, lateReason }: CommandOf<'Submit'>, context: CommandContext): Consequences {
  const { procedure, calendar, person, now } = context;
  if (text === null && link === null) return invalid('S12', { letter: 'Write your letter, or give a link to it.' });
  const writes = writingStage(procedure, current) ?? current.stage;
  const limit = timeLimitsOfStage(current, procedure, writes, calendar, now).find(({ kind }) => kind === 'time limit');
  const lateBy = limit?.overdueBy ?? 0;
  if (lateBy > 0 && lateReason === null)
    return invalid('S13', { lateReason: `This is ${workingDays(lateBy)} late. It will still go to the decider. Say why it is late.` });
  const letter = { text, link, lateReason: lateBy > 0 ? lateReason : null, lateBy };
  const written = { ...current, letter: { ...letter, at: now.toString(), by: person } };
  const stage = stageOfKind(procedure, current.stage, 'submit');
  const onward = stage ? enter(stage.next, written, context) : { events: [] };
  return 'refused' in onward ? onward : { events: [{ type: 'LetterSubmitted', letter }, ...onward.events] };
}
