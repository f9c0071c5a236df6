import type { Roster } from '../../src/domain/authority.ts';
import { type Case, forFamily } from '../../src/domain/case.ts';
import type { Procedure } from '../../src/domain/procedureShape.ts';

/**
 * Who may read which words: Part E, X6, X9-X11, C13-C15, C22, S22 and Scenario 12 as a table, and nothing of how the product comes to it.
 * Read it beside docs/rules.md: where the two differ, one of them is wrong.
 */

/** A person's part in one case. */
export type Part = 'raiser' | 'lead' | 'chair' | 'decider' | 'administrator' | 'teller' | 'meeting-chair' | 'task' | 'representative';

/** Every part that a person has in a case on a London date (`2027-10-11`). None: for them the case does not exist (X9). */
export function partsOf(person: string, current: Case, { roles }: Procedure, roster: Roster, today: string): Set<Part> {
  const { dissenter, agency, conference } = current.dissent;
  const decisions = Object.values(current.decisions);
  const decided = decisions.some(({ by }) => by === person);
  const { parents, concerns } = current.conclusion;
  const acts = (role: string) => {
    const post = role in roles ? roster.roles[role] : undefined;
    // C26: whoever chaired, raised it or decided in another role stands aside, and so do their deputies; the alternate comes in their place.
    const aside = [conference.chair, dissenter, ...decisions.flatMap((each) => (each.role === role ? [] : [each.by]))];
    const deputies = post?.deputies.flatMap((each) => (each.from <= today && today <= each.to ? [each.person] : [])) ?? [];
    const acting = post && aside.includes(post.holder) ? [post.alternate] : [post?.holder, ...deputies];
    return acting.includes(person) && !aside.includes(person);
  };
  const has: Record<Part, boolean> = {
    raiser: person === dissenter,
    lead: agency !== null && roster.agencyLeads[agency] === person,
    chair: person === conference.chair && current.chairStands,
    decider: acts('service-manager') || acts('head-of-service') || decided,
    administrator: roster.administrators.includes(person),
    teller: Object.values(parents).some(({ teller }) => teller === person),
    // Q28, P8: of a conference that this case books; where another books it for both, it is that other case's to say.
    'meeting-chair':
      current.status === 'open' &&
      person === current.otherChair &&
      person !== conference.chair &&
      [undefined, 'offered'].includes(current.sharing?.state),
    task:
      decisions.some(({ outcome, perChild }) => [outcome, ...Object.values(perChild)].includes('change_category')) &&
      acts('register-keeper'),
    representative: concerns.some(({ representative }) => representative === person),
  };
  return new Set(Object.entries(has).flatMap(([part, theirs]) => (theirs ? [part as Part] : [])));
}

/** Beside a part: whoever wrote a text, and whoever was asked a question. */
type Reader = Part | 'writer' | 'asked';

const READ_THE_CASE: Reader[] = ['raiser', 'lead', 'chair', 'decider'];

/** Every kind of text that somebody types, and who reads it on a card. */
export const READERS = {
  reasons: READ_THE_CASE,
  new: READ_THE_CASE,
  addition: READ_THE_CASE,
  withdrawal: READ_THE_CASE,
  declined: READ_THE_CASE,
  // C6, C8: the chair's, and those who decide have it before them (C10).
  record: ['chair', 'decider'],
  // The papers are for whoever chairs it the next time too (Q28, corner 11).
  paper: ['chair', 'decider', 'meeting-chair'],
  // C13-C15: the one who was asked, and those who decide.
  question: ['asked', 'decider'],
  answer: ['writer', 'decider'],
  // S12, Q17: the writer's and the decider's.
  letter: ['raiser', 'lead', 'decider'],
  lateness: ['raiser', 'lead', 'decider'],
  // C22: the outcome with its reasons. Why it was late is for those who decide.
  decision: READ_THE_CASE,
  outcome: [...READ_THE_CASE, 'task'],
  delay: ['decider'],
  // C17: as it goes out; whom it goes to was the decider's to change.
  wording: ['decider'],
  changes: ['decider'],
  // C21: by those who book, for those who book.
  booking: ['administrator', 'decider'],
  // Telling and filing: what is noted is for those who decide; how a family can be reached, for whoever tells them too (X8).
  note: ['writer', 'decider'],
  approach: ['teller', 'decider'],
  told: ['teller', 'decider'],
  filed: ['administrator', 'decider'],
  escalation: ['writer', 'decider'],
} satisfies Record<string, Reader[]>;
export type Kind = keyof typeof READERS;

/** A text that somebody typed: its case, by whom, who was asked, and under which stage and for which outcomes, where that is so. */
export type Text = {
  words: string;
  kind: Kind;
  reference: string;
  writer: string;
  asked?: string | undefined;
  stage?: string | undefined;
  request?: number;
};

/** Whether a person with these parts in the text's own case may read it on a card of that case. */
export function reads(person: string, parts: Set<Part>, { kind, writer, asked }: Text, family: boolean): boolean {
  if (parts.size === 0) return false;
  const readers: Reader[] = READERS[kind];
  const handles = family && parts.has('administrator'); // P6, P8: what staff log for a family, they see through.
  const theirs: Record<'writer' | 'asked', boolean> = { writer: writer === person, asked: asked === person };
  return handles || readers.some((reader) => (reader === 'writer' || reader === 'asked' ? theirs[reader] : parts.has(reader)));
}

const TO_READ: Kind[] = ['reasons', 'new', 'addition', 'withdrawal', 'record', 'paper'];

/** What each document holds of what was typed, by the name that it is sent under; the whole case holds all of its case (X1). */
export const DOCUMENTS: Record<string, Kind[]> = {
  entry: TO_READ, // C8
  'dissent-letter': ['letter'], // S12: and why it is late
  'letter-decide': ['wording', 'outcome'], // C17, S22: of its own stage alone
  'letter-review': ['wording', 'outcome'],
  'letter-family': [], // Part E: nobody's words
  reasons: [...TO_READ, 'letter', 'lateness', 'decision', 'outcome'], // C23, S23
  case: Object.keys(READERS) as Kind[],
};

/** Who may see who raised a case, for which agency, and about which children, on cards of that case (Part E, X11). */
export const IDENTITIES = {
  name: (parts: Set<Part>, key: string, family: boolean) =>
    ['raiser', 'lead', 'chair', 'decider'].some((part) => parts.has(part as Part)) ||
    // Those who book and tell see people: as somebody who has to be there, or as one of those who get something.
    (parts.has('administrator') && (family || key === 'stage:reconvene' || key === 'checklist')),
  agency: (parts: Set<Part>) => ['raiser', 'lead', 'chair', 'decider', 'administrator', 'teller'].some((part) => parts.has(part as Part)),
  child: (parts: Set<Part>, key: string, family: boolean) =>
    ['raiser', 'lead', 'chair', 'decider', 'teller', 'task'].some((part) => parts.has(part as Part)) ||
    (parts.has('administrator') && (family || key === 'checklist')), // whose file it is
} as const;

/** Whether somebody on one case may be told the reference of another on the same conference (X9, X10, P7, CD8, Scenario 12). */
export function mayRefer(parts: Set<Part>, partsInOther: Set<Part>, current: Case, other: Case): boolean {
  const alike = forFamily(current.dissent) === forFamily(other.dissent);
  return alike && partsInOther.size > 0 && mayKnowOfAnother(parts, current);
}

/** Whether they may learn that there is another of the same kind: those who decide or administer, and of dissents the chair (X10, CD8). */
export const mayKnowOfAnother = (parts: Set<Part>, { dissent }: Case): boolean =>
  mayKnowOfOther(parts) || (parts.has('chair') && !forFamily(dissent));

/** Whether somebody on a case may learn that there is one of the other kind: only those who decide or administer (Scenario 12). */
export const mayKnowOfOther = (parts: Set<Part>): boolean => parts.has('administrator') || parts.has('decider');

/** What an event in Outlook may be called, by the cases that it serves: whoever is invited reads it (X6, X9, Scenario 12). */
export function maySubject(served: Case[]): string[] {
  const dissents = served.filter(({ dissent }) => !forFamily(dissent));
  const named = dissents.length > 0 ? dissents : served;
  return named.length === 1 ? named.map(({ reference }) => reference) : [];
}
