import { agencyName, introduce, nameAndJob } from '../directory/names.ts';
import { forFamily } from '../domain/case.ts';
import type { Answers } from '../domain/events/trail.ts';
import { sayDate } from '../domain/londonTime.ts';
import { decisionTitle, titleOf } from '../domain/procedure.ts';
import type { FormQuestion } from '../domain/procedureParts.ts';
import { capitalised, inSentence, listOf } from '../domain/words.ts';
import type { CaseForViewer } from './seeCase.ts';

/** What cards and documents both tell of a case, under the same words. */

/** One fact, under its title. */
export type CaseFact = { title: string; value: string };

/** A case, as far as it is needed to say what it is about. */
type Subject = Pick<CaseForViewer, 'current' | 'procedure' | 'partnership' | 'directory'>;

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

/**
 * What a case is about, by what each says of it; null where nothing was said (C3). Cards and documents choose whose they show and in
 * which order.
 */
export function aboutCase({ current, procedure, partnership, directory }: Subject) {
  const { conference, grounds, level, complainant, madeOn, agencyConcerned, children, attended } = current.dissent;
  const agency = dissentingAgency({ current, partnership });
  const fact = (title: string, value: string | null): CaseFact | null => (value === null ? null : { title, value });
  return {
    conference: fact(capitalised(procedure.words.meeting), sayConference({ current, procedure })),
    chair: fact('Chair', procedure.chaired ? nameAndJob(directory, conference.chair) : null),
    decision: fact('Dissents from', decisionTitle(procedure, current.dissent)),
    agency: fact('Agency', agency),
    attended: fact(
      `At the ${procedure.words.meeting}`,
      attended === undefined ? null : attended ? 'Yes, they were there' : 'No, they were not there',
    ),
    grounds: fact('About', inOneLine(grounds.map((ground) => titleOf(procedure.grounds, ground)))),
    level: fact('Wanted', level === undefined ? null : titleOf(procedure.levels, level)),
    complainant: fact('Who complains', complainant === undefined ? null : titleOf(procedure.complainants, complainant)),
    madeOn: fact('Made on', madeOn === undefined ? null : sayDate(madeOn)),
    agencyConcerned: fact('Agency that it is about', agencyConcerned === undefined ? null : agencyName(partnership, agencyConcerned)),
    children: {
      title: children.length === 1 ? 'Child, by reference' : 'Children, by reference',
      value: children.length === 0 ? 'None given' : listOf(children),
    },
  };
}

/** Titles in one line: "Whether the threshold is met; the child's needs". */
const inOneLine = (titles: string[]) => titles.map((title, index) => (index === 0 ? title : inSentence(title))).join('; ');

/** An answer to a procedure's question, under the question's own words. */
export type GivenAnswer = CaseFact & { id: string; kind: FormQuestion['kind'] };

/** The answers to a procedure's questions, in its order; those that say nothing are left out. */
export function answersGiven(
  asks: Record<string, FormQuestion>,
  answers: Answers,
  { directory }: Pick<CaseForViewer, 'directory'>,
): GivenAnswer[] {
  return Object.entries(asks).flatMap(([id, { title: asked, label: title = asked, kind }]) => {
    const answer = answers[id]?.trim();
    return answer ? [{ id, kind, title, value: sayAnswer(kind, answer, directory) }] : [];
  });
}

function sayAnswer(kind: FormQuestion['kind'], answer: string, directory: CaseForViewer['directory']): string {
  if (kind === 'person') return introduce(directory, answer);
  if (kind === 'date') return sayDate(answer);
  return kind === 'text' || kind === 'long' ? answer : capitalised(answer);
}
