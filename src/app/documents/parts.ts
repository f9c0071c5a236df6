import { agencyName, introduce, nameAndJob } from '../../directory/names.ts';
import { type Decision, forFamily } from '../../domain/case.ts';
import type { Recipient } from '../../domain/events/concludingEvents.ts';
import type { Answers } from '../../domain/events/trail.ts';
import { sayDate, sayInstant } from '../../domain/londonTime.ts';
import { recordStageOf, stageOfKind, stagesOfKind, titleOf } from '../../domain/procedure.ts';
import type { DecideStage, FormQuestion } from '../../domain/procedureParts.ts';
import { capitalised, listOf } from '../../domain/words.ts';
import type { CaseForViewer } from '../seeCase.ts';
import type { Block, Document, Row } from './document.ts';

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
export const facts = (caption: string, rows: (Row | null)[]): Block => ({
  kind: 'facts',
  caption,
  rows: rows.filter((row) => row !== null),
});

/** A text that somebody wrote, under words for what it is. */
export const written = (title: string, text: string): Block[] => [subheading(title), paragraph(text)];

/** A document on a partnership's paper: letterhead and contact block from its configuration (P13), title and file name neutral (X6). */
export function onPaper({ current, partnership }: CaseForViewer, title: string, name: string, blocks: Block[]): Document {
  const { reference } = current;
  return {
    title: `${title} ${reference}`,
    fileName: `${reference}-${name}.docx`,
    letterhead: partnership.letterhead.length > 0 ? partnership.letterhead : [partnership.name],
    blocks,
    contact: partnership.contact,
  };
}

/** The meeting's kind and date: "Review child protection conference, Thu 4 Feb 2027". */
export function sayConference({ current, procedure }: Pick<CaseForViewer, 'current' | 'procedure'>): string {
  const { type, date } = current.dissent.conference;
  return `${titleOf(procedure.meetings, type)}, ${sayDate(date)}`;
}

/** The agency that dissents, and nobody's name; null where staff have logged something for a family (P1). */
export function dissentingAgency({ current, partnership }: Pick<CaseForViewer, 'current' | 'partnership'>): string | null {
  const { agency } = current.dissent;
  if (forFamily(current.dissent)) return null;
  return agency === null ? 'To be confirmed by the chair' : agencyName(partnership, agency);
}

/** Whom something goes to, in words. */
export function addresseeOf(to: Recipient, { partnership, directory }: Pick<CaseForViewer, 'partnership' | 'directory'>): string {
  const [kind, id = ''] = to.split(/:(.*)/s);
  if (kind === 'agency') return agencyName(partnership, id);
  return kind === 'person' ? nameAndJob(directory, id) : partnership.name;
}

/** The agency that dissents as a row of a table, where there is one. */
export function agencyRow(seen: CaseForViewer): Row | null {
  const agency = dissentingAgency(seen);
  return agency === null ? null : { title: 'Agency that dissents', value: agency };
}

/** What a case is about, without who wrote it and why: meeting, decision, grounds, how far it is taken (C3). */
export function subjectRows({ current, procedure, partnership, directory }: CaseForViewer): (Row | null)[] {
  const { conference, decision, grounds, level, complainant, agencyConcerned } = current.dissent;
  return [
    { title: capitalised(procedure.words.meeting), value: sayConference({ current, procedure }) },
    { title: 'Chair', value: nameAndJob(directory, conference.chair) },
    decision === '' ? null : { title: 'Decision dissented from', value: titleOf(procedure.decisions, decision) },
    { title: 'About', value: grounds.map((ground) => titleOf(procedure.grounds, ground)).join('; ') },
    level === undefined ? null : { title: 'Wanted', value: titleOf(procedure.levels, level) },
    complainant === undefined ? null : { title: 'From', value: titleOf(procedure.complainants, complainant) },
    agencyConcerned === undefined ? null : { title: 'Agency concerned', value: agencyName(partnership, agencyConcerned) },
  ];
}

/** The reference of a case, for documents that do not begin like a letter. */
export const referenceRow = ({ current }: CaseForViewer): Row => ({ title: 'Reference', value: current.reference });

/** The children of a case, by reference only (C3). */
export function childrenRow({ current }: CaseForViewer): Row {
  const { children } = current.dissent;
  return {
    title: children.length === 1 ? 'Child, by reference' : 'Children, by reference',
    value: children.length === 0 ? 'None given' : listOf(children),
  };
}

/** Answers to a procedure's questions, in its order: what was chosen or named, and what was written at length. */
export function answersTo(asks: Record<string, FormQuestion>, answers: Answers, seen: CaseForViewer): { short: Row[]; long: Row[] } {
  const given = Object.entries(asks).flatMap(([id, { title, label = title, kind }]) => {
    const answer = answers[id]?.trim();
    return answer ? [{ kind, row: { title: label, value: sayAnswer(kind, answer, seen) } }] : [];
  });
  const rows = (long: boolean) => given.filter(({ kind }) => (kind === 'long') === long).map(({ row }) => row);
  return { short: rows(false), long: rows(true) };
}

/** As {@link answersTo}, in a table that begins with some rows of its own, with the long answers after it. */
export function answerBlocks(
  caption: string,
  asks: Record<string, FormQuestion>,
  answers: Answers,
  seen: CaseForViewer,
  first: Row[],
): Block[] {
  const { short, long } = answersTo(asks, answers, seen);
  const rows = [...first, ...short];
  return [...(rows.length === 0 ? [] : [facts(caption, rows)]), ...long.flatMap(({ title, value }) => written(title, value))];
}

function sayAnswer(kind: FormQuestion['kind'], answer: string, { directory }: CaseForViewer): string {
  if (kind === 'person') return introduce(directory, answer);
  return kind === 'text' || kind === 'long' ? answer : capitalised(answer);
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
export function additionBlocks({ current: { additions, withdrawn } }: CaseForViewer): Block[] {
  return [
    ...additions.flatMap(({ text, at }) => written(`Addition of ${sayInstant(at)}`, text)),
    ...(withdrawn ? written(`Withdrawn ${sayInstant(withdrawn.at)}`, withdrawn.reason) : []),
  ];
}
