import { type Document, fileNameOf } from '../../src/app/documents/document.ts';
import { documentOf } from '../../src/app/documents/documentOf.ts';
import { familyLetter, shareable } from '../../src/app/documents/familyLetter.ts';
import { reasonsForFile } from '../../src/app/documents/reasonsForFile.ts';
import type { CaseForViewer } from '../../src/app/seeCase.ts';
import { may } from '../../src/cards/present/body.ts';
import { personOf } from '../../src/directory/directory.ts';
import { type Case, forFamily } from '../../src/domain/case.ts';
import type { DocumentName } from '../../src/domain/events/concludingEvents.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { decisionLetterTitle } from '../../src/domain/procedure.ts';
import { typedIn } from './anyCommand.ts';
import { DOCUMENTS, maySubject, type Part, partsOf, type Text } from './whoReadsWhat.ts';
import { bare, childrenIn, parts, raiserOf, stranger, type World } from './world.ts';

/** What leaves Teams of a conference's cases: documents, mail, files, invitations and the log, held against who reads what. */

/** Who may have a document sent that they ask for, by the name that it is sent under; a letter they get by being told. */
const READERS_OF: Record<string, Part[]> = {
  entry: ['chair', 'decider'],
  case: ['decider'],
  'dissent-letter': ['raiser', 'decider'],
  'letter-family': ['raiser', 'administrator', 'teller', 'decider'],
};

/** What is sent or filed of a case, as it would be now, and who would be given it for the asking. */
export function documentsOf(world: World, seen: CaseForViewer): void {
  const { current } = seen;
  const { dissent, decisions, reference } = current;
  const events = world.trails.find((trail) => trail.reference === reference)?.events ?? [];
  const names: DocumentName[] = [
    'entry',
    'dissent-letter',
    'acknowledgement',
    'case',
    ...Object.keys(decisions).map((stage): DocumentName => `letter:${stage}`),
  ];
  for (const name of names) {
    const document = documentOf(name, 'agency:police', seen, events);
    if (!document) continue;
    onPaper(world, seen, paperName(document, seen), JSON.stringify(document));
    const readers = READERS_OF[paperName(document, seen)] ?? ['decider'];
    for (const person of world.everybody) {
      const asks = may(world.see(reference, person), { type: 'RequestDocument', document: name });
      if (asks && !readers.some((part) => parts(world, person, seen).has(part))) world.faults.push(`${person} asks for ${document.title}`);
    }
  }
  onPaper(world, seen, 'letter-family', JSON.stringify(familyLetter(shareable(seen), '2028-01-12')));
  for (const child of dissent.children) onFile(world, seen, child, JSON.stringify(reasonsForFile(seen, child)));
}

/** Which of the papers a document is, by its title: `letter-` and the stage for a decision's letter. */
function paperName({ title }: Document, { current, procedure }: CaseForViewer): string {
  const words = title.replace(` ${current.reference}`, '');
  const named: Record<string, string> = {
    'The complete case': 'case',
    'Reasons for the file': 'reasons',
    Acknowledgement: 'letter-family',
    'Letter to the family': 'letter-family',
    'Dissent letter': 'dissent-letter',
  };
  if (words.endsWith(' entry')) return 'entry';
  // A stage whose letter has no title of its own, as the outcome of a complaint, has the one that all letters of decisions have.
  const stage = Object.entries(procedure.stages).find(
    ([each, { kind }]) => kind === 'decide' && (decisionLetterTitle(procedure, each) ?? 'Decision letter') === words,
  )?.[0];
  return named[words] ?? (stage === undefined ? words : `letter-${stage}`);
}

/** A document holds what its name says, of its own case alone. Returns nothing; adds what it should not hold, or lacks. */
function onPaper(world: World, seen: CaseForViewer, name: string, said: string): void {
  const { faults, texts, cases } = world;
  const { reference, dissent } = seen.current;
  const kinds = DOCUMENTS[name] ?? (name.startsWith('letter-') ? DOCUMENTS['letter-decide'] : []) ?? [];
  const ofStage = /^letter-(?!family)(.*)/.exec(name)?.[1];
  const where = `${reference} ${name}`;
  for (const words of typedIn(said)) {
    const text = texts.get(words);
    const own = text?.reference === reference && (kinds.includes(text.kind) || (ofStage !== undefined && text.kind === 'decision'));
    if (!own || (ofStage !== undefined && text.stage !== ofStage)) faults.push(`${where}: ${words}`);
  }
  for (const other of cases) {
    if (other.current.reference === reference) continue;
    if (said.includes(other.current.reference)) faults.push(`${where}: ${other.current.reference}`);
    stranger(world, seen, other, where, said, false);
  }
  for (const child of childrenIn(said))
    if (!dissent.children.includes(child) || name === 'letter-family') faults.push(`${where}: ${child}`);
  if (name === 'letter-family' && !forFamily(dissent) && said.includes(raiserOf(seen))) faults.push(`${where}: who dissents`);
  if (forFamily(dissent) && name === 'letter-family' && /dissent|did not agree/i.test(said)) faults.push(`${where}: that anybody dissents`);
  if (!forFamily(dissent) && /complain/i.test(said)) faults.push(`${where}: that there is a complaint`);
  if (name === 'case')
    for (const text of texts.values())
      if (text.reference === reference && !said.includes(text.words)) faults.push(`${where}: lacks ${text.words}`);
}

/** A child's file has what was decided on that child, and no other child's reference or outcome (C23, X11). */
function onFile(world: World, seen: CaseForViewer, child: string, said: string): void {
  const { faults, texts } = world;
  const { decisions, reference } = seen.current;
  onPaper(world, seen, 'reasons', said);
  const where = `${reference}, file of ${child}`;
  for (const other of childrenIn(said)) if (other !== child) faults.push(`${where}: ${other}`);
  for (const text of texts.values()) {
    if (text.reference !== reference || (text.kind !== 'decision' && text.kind !== 'outcome')) continue;
    const outcome = decisions[text.stage ?? '']?.perChild[child];
    const asked = text.kind === 'outcome' ? ['reconvene', 'change_category'].includes(outcome ?? '') : outcome !== undefined;
    if (said.includes(text.words) !== asked) faults.push(`${where}: ${asked ? 'lacks ' : ''}${text.words}`);
  }
}

/** What has left the program: invitations, mail with its documents, files, answers to presses that came to nothing, and the log. */
export function outsideOf(world: World): void {
  const { out, cases, faults } = world;
  const all = cases.map(({ current }) => current.reference);
  for (const { seen, invitation } of out.events) {
    const served = [
      seen.current,
      ...seen.current.guests.map(({ reference }) => cases.find(({ current }) => current.reference === reference)?.current as Case),
    ];
    const { subject, lines } = invitation;
    bare(world, `invitation to ${seen.current.reference}`, JSON.stringify([subject, lines]), maySubject(served));
    if (/complain/i.test(JSON.stringify([subject, lines]))) faults.push(`invitation to ${seen.current.reference}: a complaint`);
  }
  for (const { seen, to, subject, lines, document } of out.mails) {
    const { reference } = seen.current;
    bare(world, `mail about ${reference}`, JSON.stringify([subject, lines, document && fileNameOf(document)]), [reference]);
    if (!document) continue;
    onPaper({ ...world, texts: since(world, seen) }, seen, paperName(document, seen), JSON.stringify(document));
    addressed(world, seen, to, document);
  }
  for (const { seen, path, document } of out.files) {
    const child = seen.current.dissent.children.find((each) => path.startsWith(`${each}/`)) ?? '';
    if (child === '') faults.push(`a file at ${path}`);
    else onFile({ ...world, texts: since(world, seen) }, seen, child, JSON.stringify(document));
  }
  for (const { person, reference, said } of out.refusals) bare(world, `${person} refused`, said, [reference]);
  for (const line of out.logged) bare(world, 'log', line, all);
}

/** The texts that stood in the trails when a case was as it was seen. */
const since = ({ texts }: World, seen: CaseForViewer): Map<string, Text> => {
  const known = new Set(typedIn(JSON.stringify(seen.trail.events)));
  return new Map([...texts].filter(([words, { reference }]) => reference !== seen.current.reference || known.has(words)));
};

function addressed(world: World, seen: CaseForViewer, to: string, document: Document): void {
  const readers = READERS_OF[paperName(document, seen)];
  const person =
    to === 'guest@example.org' ? seen.current.dissent.dissenter : (seen.directory.people.find(({ email }) => email === to)?.id ?? '');
  const theirs = partsOf(person, seen.current, seen.procedure, seen.roster, dateOf(seen.now).toString());
  if (readers && !readers.some((part) => theirs.has(part)))
    world.faults.push(`${document.title} to ${personOf(seen.directory, person)?.name}`);
}
