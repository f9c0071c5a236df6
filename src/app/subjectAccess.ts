import { type Directory, personOf } from '../directory/directory.ts';
import { haveChildInCommon } from '../domain/children.ts';
import type { RecordedEvent } from '../domain/events/events.ts';
import type { PersonId } from '../domain/events/trail.ts';
import { chronology } from './documents/chronology.ts';
import { plainText, withText } from './documents/document.ts';
import type { CaseForViewer } from './seeCase.ts';

/** Whom a request for access is about: a person by what they go by, or a child by its reference (OP8). */
export type DataSubject = { kind: 'person'; ids: PersonId[]; names: string[] } | { kind: 'child'; reference: string };

/** Whoever goes by an id, an Entra object ID, a mailbox or a name in the directory; anything else is a child's reference. */
export function dataSubject(directory: Directory, asked: string): DataSubject {
  const said = asked.trim().toLowerCase();
  const listed =
    personOf(directory, said) ?? directory.people.find((each) => [each.email, each.name].some((one) => one.toLowerCase() === said));
  if (listed) return { kind: 'person', ids: [listed.id, listed.aadObjectId], names: [listed.name, listed.email] };
  // Whoever was not in the directory goes by their Entra object ID in the trail.
  const isObjectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(said);
  return isObjectId ? { kind: 'person', ids: [said], names: [] } : { kind: 'child', reference: asked.trim() };
}

/**
 * What a case holds about somebody, as text: of a child's case everything, and of a person what they did and wherever they are named. Everybody
 * else's name is marked, for whoever decides what of it may be given out. Null where the case holds nothing about them.
 */
export function heldAbout(subject: DataSubject, seen: CaseForViewer): string | null {
  const { current, trail } = seen;
  if (subject.kind === 'child')
    return haveChildInCommon(current.dissent.children, [subject.reference]) ? told(seen, trail.events, subject) : null;
  const theirs = trail.events.filter((event) => concerns(event, subject));
  return theirs.length === 0 ? null : told(seen, theirs, subject);
}

function concerns(event: RecordedEvent, { ids, names }: Extract<DataSubject, { kind: 'person' }>): boolean {
  const said = JSON.stringify(event).toLowerCase();
  return [...ids.map((id) => `"${id}"`), ...names].some((each) => said.includes(each.toLowerCase()));
}

function told(seen: CaseForViewer, events: RecordedEvent[], subject: DataSubject): string {
  const document = chronology(seen, events);
  const mark = markedNames(othersIn(seen, subject));
  return plainText({ ...document, blocks: document.blocks.map((block) => withText(block, mark)) });
}

/** Everybody whom the case may name, as it may name them, but the one who asks. */
function othersIn({ directory, trail }: CaseForViewer, subject: DataSubject): string[] {
  const own: { ids: string[]; names: string[] } = subject.kind === 'person' ? subject : { ids: [], names: [] };
  const listed = directory.people.filter(({ id }) => !own.ids.includes(id)).map(({ name }) => name);
  const kept = trail.events.flatMap(({ actor, kept }) => (kept?.by && !own.ids.includes(actor.person) ? [kept.by.name] : []));
  return [...new Set([...listed, ...kept])].filter((name) => !own.names.includes(name));
}

/** Puts every name of others in double square brackets, the longest first. */
export function markedNames(names: string[]): (text: string) => string {
  if (names.length === 0) return (text) => text;
  const known = names.toSorted((one, other) => other.length - one.length).map((each) => RegExp.escape(each));
  const whole = new RegExp(`(?<![\\p{L}\\p{N}])(?:${known.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return (text) => text.replace(whole, (found) => `[[${found}]]`);
}
