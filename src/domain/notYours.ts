import type { CommandType } from './commands.ts';
import { type Procedure, recordStageOf } from './procedure.ts';
import type { Refusal } from './refusal.ts';
import { inSentence } from './words.ts';

/**
 * That something is not this person's to do (X3). To somebody with no part in the case `procedure` is that of cases with such a
 * reference, or null where there is none, so that the answer does not depend on whether there is such a case (X9).
 */
export function notYours(type: CommandType, procedure: Procedure | null, sentence = onlyFor[type](wordsOf(procedure))): Refusal {
  return { refused: 'not-allowed', rule: 'X3', sentence };
}

/** What sentences about whose a thing is take from a procedure: its words, and whose it is to record. */
type Words = Pick<Procedure['words'], 'meeting' | 'case' | 'family'> & { recorder: string };

/** The words of a procedure, or plain ones where none is known. */
function wordsOf(procedure: Procedure | null): Words {
  const { meeting, case: raised, family } = procedure?.words ?? { meeting: 'meeting', case: 'dissent', family: 'the parents' };
  const { by = 'chair', button = 'record' } = (procedure && recordStageOf(procedure)) ?? {};
  const recorder = {
    chair: `the chair of this ${meeting} can ${inSentence(button)}`,
    administrator: 'the administrators can pass this on',
  }[by];
  return { meeting, case: raised, family, recorder };
}

/** Whose a thing is to do, said to anybody else, and about a case that does not exist in the same words (X9). */
export const onlyFor: Record<CommandType, (words: Words) => string> = {
  DeclineChair: ({ meeting }) => `Only the chair of this ${meeting} can say that.`,
  NameChair: () => 'Only the person who raised this can name the chair.',
  Record: ({ recorder }) => `Only ${recorder}.`,
  Submit: (words) => `Only the person who raised this ${words.case} can write the letter.`,
  JudgeLateness: (words) => `Only the person who decides this ${words.case} can say whether a late letter is accepted.`,
  Withdraw: () => 'Only the person who raised this can withdraw it.',
  AddToDissent: () => 'Only the person who raised this can add to it.',
  Ask: (words) => `Only the person who decides this ${words.case} can ask.`,
  AskAdvice: (words) => `Only the person who decides this ${words.case} can ask for advice.`,
  Answer: () => 'Only the person who was asked can answer.',
  Decide: () => 'Only the person named by the procedure can decide this.',
  LookForTimes: ({ meeting }) => `Only those who book this ${meeting} can look for times.`,
  ChooseChair: ({ meeting }) => `Only those who book this ${meeting} can choose who chairs it.`,
  ShareMeeting: ({ meeting }) => `Only those who book this ${meeting} can say that one is held for both.`,
  ChooseTime: ({ meeting }) => `Only those who book this ${meeting} can choose its time.`,
  CancelMeeting: ({ meeting }) => `Only those who book this ${meeting} can cancel it.`,
  RetryInvitation: ({ meeting }) => `Only those who book this ${meeting} can try again.`,
  ReportHeld: ({ meeting }) => `Only those who book this ${meeting} can record that it was held.`,
  ApproveLetter: () => 'Only the person who decided can send the letter.',
  SettleSending: () => 'Only those who send letters can say what became of one.',
  TickTask: () => 'Only those whose task this is can say that it is done.',
  NameTeller: ({ family }) => `Only the person who decided can name who tells ${family}.`,
  CheckContact: ({ family }) => `Only the person named to tell ${family} can say that.`,
  TellParents: ({ family }) => `Only the person named to tell ${family} can say that they were told.`,
  FileReasons: () => 'Only those who file can say that the reasons are on file.',
  RetryFiling: () => 'Only those who file can try again.',
  RequestDocument: () => 'Only those who may read the whole of this can have it as a document.',
  RemainConcerned: () => 'Only the person who raised this can say that they remain concerned.',
  NoteEscalation: () => 'Only those who decide or administer can note what came of it.',
};
