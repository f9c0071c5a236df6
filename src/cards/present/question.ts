import type { CaseForViewer } from '../../app/seeCase.ts';
import { nameOf } from '../../directory/names.ts';
import { startAt } from '../../domain/anchors.ts';
import type { Question } from '../../domain/case.ts';
import { sayDate, sayInstant } from '../../domain/londonTime.ts';
import { deciderTitle, stageOf, stageOfKind } from '../../domain/procedure.ts';
import type { DecideStage } from '../../domain/procedureParts.ts';
import { isPending } from '../../domain/questions.ts';
import { dueIn } from '../../domain/timeLimits.ts';
import { type Due, decisionDue, explained, sayLimit } from '../dates.ts';
import { type Alert, type Body, may, part, section } from './body.ts';
import { dissentSection, recordSection } from './dissent.ts';
import { letterSection } from './letter.ts';

/** The card of one question, or of one request for advice, which has no decision buttons (C13-C15). */
export function presentQuestion(seen: CaseForViewer, asked: Question, several: number): Body {
  const { procedure, directory } = seen;
  const { request, kind, answer, question, askedAt } = asked;
  const advice = kind === 'advice';
  const open = may(seen, { type: 'Answer', request });
  const over = seen.current.withdrawn ? `The ${seen.procedure.words.case} was withdrawn` : 'The decision has been made';
  const pending = isPending(asked, seen.current);
  const asker = askingStage(seen, asked)?.stage.by ?? '';
  const from = `From the ${procedure.roles[asker]?.title ?? 'person who decides'}, ${sayInstant(askedAt)}`;
  return {
    title: advice ? 'Your advice is wanted' : 'A question for you',
    alerts: answer !== null ? [] : !open ? [accent(`${over}, so no answer is needed any more.`)] : pending ? [] : [accent(overtaken(seen))],
    dues: open && pending ? duesOf(seen, asked) : [],
    parts: [
      part('question', [
        section(advice ? 'What is asked' : 'The question', {
          meta: from,
          typed: [{ id: `question.${request}`, label: '', text: question }],
        }),
      ]),
      part(
        'answer',
        answer === null
          ? []
          : [
              section(advice ? 'The advice' : 'The answer', {
                meta: `${sayInstant(answer.at)}, from ${nameOf(directory, answer.by)}`,
                typed: [{ id: `answer.${request}`, label: '', text: answer.text }],
              }),
            ],
      ),
      part(
        'dissent',
        advice
          ? [
              dissentSection(seen, `The ${seen.procedure.words.case}`, several, 'decider'),
              ...letterSection(seen),
              ...recordSection(seen, false),
            ]
          : [],
        { folded: !open },
      ),
    ],
    buttons: [{ verb: `answer:${request}`, title: 'Answer', style: 'positive' }],
  };
}

const accent = (text: string): Alert => ({ text, style: 'accent' });

/** A question whose stage has decided: nobody waits for the answer, and it still reaches whoever decides now. */
function overtaken({ current, procedure }: CaseForViewer): string {
  const stage = stageOf(procedure, current.stage);
  const now = stage.kind === 'decide' ? `the ${deciderTitle(procedure, stage)}` : 'whoever decides next';
  return `The decision that this was asked for has been made, so nobody is waiting. You can still answer: ${now} will see it.`;
}

/** The deciding stage that a question was asked at. */
function askingStage({ procedure }: CaseForViewer, { stage: name }: Question): { name: string; stage: DecideStage } | null {
  const stage = stageOfKind(procedure, name, 'decide');
  return stage && { name, stage };
}

/** When a reply is wanted, and that asking moves no decision date (Q13); each with its explanation (X12). */
function duesOf(seen: CaseForViewer, asked: Question): Due[] {
  const decision = decisionDue(seen);
  const asking = askingStage(seen, asked);
  const window = asking?.stage.askTarget;
  const target = asking && window ? dueIn(window, startAt(asked.askedAt), asking.name, 'local target', seen.calendar, seen.now) : null;
  const wanted = asked.wantedBy === null ? '' : `Reply wanted by ${sayDate(asked.wantedBy)} (local target).`;
  const fixed = decision === null ? '' : `The decision date does not move: ${sayDate(decision.due)}.`;
  const text = [wanted, fixed].filter((each) => each !== '').join(' ');
  const reply = target ? [explained(target, text, seen)] : [];
  const decided = decision ? [explained(decision, reply.length > 0 ? `A decision is due by ${sayLimit(decision)}` : text, seen)] : [];
  return [...reply, ...decided];
}
