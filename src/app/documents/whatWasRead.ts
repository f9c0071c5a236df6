import type { Decision, Question } from '../../domain/case.ts';
import { dateOf, sayDateInFull } from '../../domain/londonTime.ts';
import { deciderTitle, recordStageOf, titleOf, writtenLetter } from '../../domain/procedure.ts';
import { inSentence, workingDays } from '../../domain/words.ts';
import type { CaseForViewer } from '../seeCase.ts';
import { decisionAt, decisionsOf, recordTitle } from './parts.ts';

/**
 * What whoever decided at a stage had before them, each as it is put in the middle of a sentence: the papers (C10, S14), the dissent's reasons, the chair's record, a
 * letter, answers and advice (C13-C15), and earlier decisions. Only what was there when the decision was made (CD4).
 * @throws Error if nothing has been decided at that stage
 */
export function whatWasRead(seen: CaseForViewer, stage: string): string[] {
  const { current, procedure } = seen;
  const { decision } = decisionAt(seen, stage);
  const { record } = current;
  const papers = Object.entries(recordStageOf(procedure)?.documents ?? {});
  return [
    ...papers.filter(([id]) => record?.documents[id]).map(([, { title }]) => `the ${inSentence(title)}`.replace(/^the the /, 'the ')),
    ...current.papers
      .filter(({ at }) => before(at, decision))
      .map(({ title, at }) => `${`the ${inSentence(title)}`.replace(/^the the /, 'the ')}, added on ${day(at)}`),
    `the reasons for the ${procedure.words.case}, given on ${day(current.raisedAt)}`,
    ...current.additions
      .filter(({ at }) => before(at, decision))
      .map(({ at }) => `what was added to the ${procedure.words.case} on ${day(at)}`),
    ...(record ? [`${inSentence(recordTitle(seen))} on ${day(record.at)}`] : []),
    ...letterRead(seen),
    ...questionsRead(seen, decision),
    ...decisionsOf(seen)
      .filter((each) => each.name !== stage && before(each.decision.at, decision))
      .map((each) => `the decision of the ${deciderTitle(procedure, each.stage)}, made on ${day(each.decision.at)}`),
  ];
}

const day = (at: string) => sayDateInFull(dateOf(at));
const before = (at: string, decision: Decision) => Temporal.Instant.compare(at, decision.at) <= 0;

function letterRead({ current, procedure }: CaseForViewer): string[] {
  const title = writtenLetter(procedure);
  const { letter, lateness } = current;
  if (title === null || !letter) return [];
  const late = letter.lateBy > 0 ? `, ${workingDays(letter.lateBy)} late${lateness?.accepted ? ' and accepted' : ''}` : '';
  return [`the ${title}, sent on ${day(letter.at)}${late}`];
}

function questionsRead(seen: CaseForViewer, decision: Decision): string[] {
  return seen.current.questions.flatMap((question) => {
    const { answer, kind } = question;
    if (!answer || !before(answer.at, decision)) return [];
    return [`${kind === 'advice' ? 'advice' : 'an answer'} from ${sayAsked(question, seen)}, given on ${day(answer.at)}`];
  });
}

/** What had been asked and had not come when a stage was decided, a sentence each (C13-C15): nobody read it, and the letter says so. */
export function unanswered(seen: CaseForViewer, stage: string): string[] {
  const { decision } = decisionAt(seen, stage);
  return seen.current.questions
    .filter(({ askedAt, answer }) => before(askedAt, decision) && !(answer && before(answer.at, decision)))
    .map((question) => {
      const what = question.kind === 'advice' ? 'advice' : 'information';
      return `I asked ${sayAsked(question, seen)} for ${what} on ${day(question.askedAt)}, and had none when I decided.`;
    });
}

function sayAsked({ of }: Question, { procedure }: CaseForViewer): string {
  if (procedure.roles[of]) return `the ${titleOf(procedure.roles, of)}`;
  return of === 'dissenter' ? 'the person who dissents' : `the ${of}`;
}
