import { agencyName, knownAs, nameOf } from '../../directory/names.ts';
import { forFamily } from '../../domain/case.ts';
import type { Recipient } from '../../domain/events/concludingEvents.ts';
import type { PersonId } from '../../domain/events/trail.ts';
import { sayDateInFull } from '../../domain/londonTime.ts';
import { titleOf } from '../../domain/procedure.ts';
import { inSentence, listOf } from '../../domain/words.ts';
import { dissentingAgency } from '../caseFacts.ts';
import type { CaseForViewer } from '../seeCase.ts';

/** What letters have in common: whom they come from, whom they go to, and how they name what they are about. */

/** What closes a letter. */
export const CLOSING = 'Yours sincerely';

/** Somebody by name, job and agency, a line each; `agency` is the one that they act for, where that need not be their own. */
export function personLines({ directory, partnership }: Addressing, id: PersonId, agency: string | null = null): string[] {
  const { name, job, agency: own } = knownAs(directory, id);
  return [name, job, agency === null ? own : agencyName(partnership, agency)].filter((line) => line !== undefined);
}

type Addressing = Pick<CaseForViewer, 'directory' | 'partnership'>;

/** Whom a letter goes to, as on an envelope, and how they are greeted. */
export function addresseeLines(seen: Addressing, to: Recipient): { to: string[]; salutation: string } {
  const [kind, id = ''] = to.split(/:(.*)/s);
  if (kind === 'person') return { to: personLines(seen, id), salutation: `Dear ${nameOf(seen.directory, id)}` };
  const { partnership } = seen;
  const lines = kind === 'agency' ? [agencyName(partnership, id), ...(partnership.agencies[id]?.address ?? [])] : [partnership.name];
  return { to: lines, salutation: 'Dear colleague' };
}

/** The conference that a case is about, inside a sentence: "review child protection conference of 4 February 2027". */
export function meetingInSentence({ current, procedure }: Pick<CaseForViewer, 'current' | 'procedure'>): string {
  const { type, date } = current.dissent.conference;
  const title = titleOf(procedure.meetings, type);
  // A name, such as "Child Protection Planning Meeting", keeps its capitals.
  return `${/ \p{Lu}/u.test(title) ? title : inSentence(title)} of ${sayDateInFull(date)}`;
}

/** The decision that is dissented from, inside a sentence; null where the procedure has but one, whose name would say nothing. */
export function decisionInSentence({ current, procedure }: Pick<CaseForViewer, 'current' | 'procedure'>): string | null {
  const { decision } = current.dissent;
  return decision === '' || Object.keys(procedure.decisions).length < 2 ? null : inSentence(titleOf(procedure.decisions, decision));
}

/** What a case is about, as a sentence's end: "the information shared at the conference, and the child's assessed needs". */
export function groundsInSentence({ current, procedure }: Pick<CaseForViewer, 'current' | 'procedure'>): string {
  return listOf(current.dissent.grounds.map((ground) => inSentence(titleOf(procedure.grounds, ground))));
}

/** The children by reference, as a sentence: "The children are CH-1 and CH-2." None where none is given. */
export function childrenSentence(children: string[]): string {
  if (children.length === 0) return '';
  return `The ${children.length === 1 ? 'child is' : 'children are'} ${listOf(children)}.`;
}

/** The case inside a sentence: "the dissent of Hawthorn Vale Community Health", or "the complaint" where staff logged it for a family. */
export function caseInSentence(seen: CaseForViewer): string {
  const { current, procedure } = seen;
  const of = forFamily(current.dissent) || current.dissent.agency === null ? '' : ` of ${dissentingAgency(seen)}`;
  return `the ${procedure.words.case}${of}`;
}
