import type { Decision } from '../../domain/case.ts';
import { dateOf, sayDate } from '../../domain/londonTime.ts';
import { recordStageOf, titleOf, writtenLetter } from '../../domain/procedure.ts';
import { workingDays } from '../../domain/words.ts';
import type { CaseForViewer } from '../seeCase.ts';
import { decisionAt, decisionsOf, recordTitle } from './parts.ts';

/**
 * What whoever decided at a stage had before them, a line each: the papers, present or not (C10, S14), the dissent's reasons, the
 * chair's record, a letter, answers and advice (C13-C15), and earlier decisions. Only what was there when the decision was made.
 * @throws Error if nothing has been decided at that stage
 */
export function whatWasRead(seen: CaseForViewer, stage: string): string[] {
  const { current, procedure } = seen;
  const { decision } = decisionAt(seen, stage);
  const { record } = current;
  const papers = Object.entries(recordStageOf(procedure)?.documents ?? {});
  return [
    ...papers.map(([id, { title }]) => `${title}: ${record?.documents[id] ? 'attached' : 'not attached'}`),
    `The reasons for the ${procedure.words.case}, given on ${day(current.raisedAt)}`,
    ...current.additions
      .filter(({ at }) => before(at, decision))
      .map(({ at }) => `What was added to the ${procedure.words.case} on ${day(at)}`),
    ...(record ? [`${recordTitle(seen)} on ${day(record.at)}`] : []),
    ...letterRead(seen),
    ...questionsRead(seen, decision),
    ...decisionsOf(seen)
      .filter((each) => each.name !== stage && before(each.decision.at, decision))
      .map((each) => `The decision of the ${titleOf(procedure.roles, each.stage.by)}, made on ${day(each.decision.at)}`),
  ];
}

const day = (at: string) => sayDate(dateOf(at));
const before = (at: string, decision: Decision) => Temporal.Instant.compare(at, decision.at) <= 0;

function letterRead({ current, procedure }: CaseForViewer): string[] {
  const title = writtenLetter(procedure);
  if (title === null) return [];
  const { letter, lateness } = current;
  if (!letter) return [`The ${title}: not sent`];
  const late = letter.lateBy > 0 ? `, ${workingDays(letter.lateBy)} late${lateness?.accepted ? ' and accepted' : ''}` : '';
  return [`The ${title}, sent on ${day(letter.at)}${late}`];
}

function questionsRead({ current, procedure }: CaseForViewer, decision: Decision): string[] {
  return current.questions
    .filter(({ askedAt }) => before(askedAt, decision))
    .map(({ kind, of, askedAt, answer }) => {
      const whom = procedure.roles[of]
        ? `the ${titleOf(procedure.roles, of)}`
        : of === 'dissenter'
          ? 'the person who dissents'
          : `the ${of}`;
      const what = kind === 'advice' ? `Advice from ${whom}` : `An answer from ${whom}`;
      const had = answer && before(answer.at, decision);
      return had ? `${what}, given on ${day(answer.at)}` : `${what}, asked for on ${day(askedAt)}: none had come`;
    });
}
