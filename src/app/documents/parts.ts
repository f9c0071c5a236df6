import { agencyName, nameAndJob } from '../../directory/names.ts';
import type { Decision } from '../../domain/case.ts';
import type { Recipient } from '../../domain/events/concludingEvents.ts';
import type { Answers } from '../../domain/events/trail.ts';
import { sayInstant } from '../../domain/londonTime.ts';
import { recordStageOf, stageOfKind, stagesOfKind } from '../../domain/procedure.ts';
import type { DecideStage, FormQuestion } from '../../domain/procedureParts.ts';
import { aboutCase, answersGiven } from '../caseFacts.ts';
import type { CaseForViewer } from '../seeCase.ts';
import type { Block, Document, Row } from './document.ts';
import { paperOf } from './paper.ts';

/** What the documents of a case have in common. */

/** The heading of a part. */
export const heading = (text: string): Block => ({ kind: 'heading', text });
/** A heading inside a part. */
export const subheading = (text: string): Block => ({ kind: 'subheading', text });
/** Running text. */
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
/** A sentence that stands out. */
export const notice = (text: string): Block => ({ kind: 'notice', text });
/** A list of facts without the rows that are null. */
export const facts = (rows: (Row | null)[]): Block => ({ kind: 'facts', rows: rows.filter((row) => row !== null) });

/** A text that somebody wrote, under words for what it is. */
export const written = (title: string, text: string): Block[] => [subheading(title), paragraph(text)];

/** A record on a partnership's paper, which is no letter: for a file, the notes or an audit (P13); its title is neutral (X6). */
export function onPaper({ current, partnership }: CaseForViewer, title: string, blocks: Block[]): Document {
  return { title: `${title} ${current.reference}`, ...paperOf(partnership), letter: null, blocks };
}

/** Whom something goes to, in words. */
export function addresseeOf(to: Recipient, { partnership, directory }: Pick<CaseForViewer, 'partnership' | 'directory'>): string {
  const [kind, id = ''] = to.split(/:(.*)/s);
  if (kind === 'agency') return agencyName(partnership, id);
  return kind === 'person' ? nameAndJob(directory, id) : partnership.name;
}

/** What a case is about, without who wrote it and why: meeting, decision, grounds, how far it is taken (C3). */
export function subjectRows(seen: CaseForViewer): (Row | null)[] {
  const { conference, chair, decision, grounds, level, complainant, madeOn, agencyConcerned } = aboutCase(seen);
  const asked = answersGiven(seen.procedure.asks, seen.current.dissent.answers ?? {}, seen).map(({ title, value }) => ({ title, value }));
  return [conference, chair, decision, grounds, level, complainant, madeOn, agencyConcerned, ...asked];
}

/** The reference of a case, for documents that do not begin like a letter. */
export const referenceRow = ({ current }: CaseForViewer): Row => ({ title: 'Reference', value: current.reference });

/** Answers to a procedure's questions, in one list of facts that begins with some of its own, with the long answers after it. */
export function answerBlocks(asks: Record<string, FormQuestion>, answers: Answers, seen: CaseForViewer, first: Row[]): Block[] {
  const given = answersGiven(asks, answers, seen);
  const rows = [...first, ...given.filter(({ kind }) => kind !== 'long').map(({ title, value }) => ({ title, value }))];
  const long = given.filter(({ kind }) => kind === 'long');
  return [...(rows.length === 0 ? [] : [facts(rows)]), ...long.flatMap(({ title, value }) => written(title, value))];
}

/** The decisions made on a case, in the procedure's order. */
export function decisionsOf({ current, procedure }: CaseForViewer): { name: string; stage: DecideStage; decision: Decision }[] {
  return stagesOfKind(procedure, 'decide').flatMap(([name, stage]) => {
    const decision = current.decisions[name];
    return decision ? [{ name, stage, decision }] : [];
  });
}

/**
 * A deciding stage of a case with the decision made there.
 * @throws Error if the stage decides nothing, or has not decided yet: no document tells of a decision before it is made
 */
export function decisionAt({ current, procedure }: CaseForViewer, name: string): { stage: DecideStage; decision: Decision } {
  const stage = stageOfKind(procedure, name, 'decide');
  const decision = current.decisions[name];
  if (!stage || !decision) throw new Error(`${current.reference} has no decision at its stage "${name}"`);
  return { stage, decision };
}

/** A heading for what was recorded, by whoever records under the procedure (C5, P6). */
export function recordTitle({ procedure }: Pick<CaseForViewer, 'procedure'>): string {
  return recordStageOf(procedure)?.by === 'administrator' ? 'What was recorded' : 'What the chair recorded';
}

/** What came after a dissent was raised, each with its time: additions, and that it was withdrawn (C8). */
export function additionBlocks({ current: { additions, papers, withdrawn } }: CaseForViewer): Block[] {
  return [
    ...additions.flatMap(({ text, at }) => written(`Addition of ${sayInstant(at)}`, text)),
    ...papers.flatMap(({ title, link, at }) => written(`Added ${sayInstant(at)}: ${title}`, link)),
    ...(withdrawn ? written(`Withdrawn ${sayInstant(withdrawn.at)}`, withdrawn.reason) : []),
  ];
}
