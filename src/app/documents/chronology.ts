import { nameAndJob } from '../../directory/names.ts';
import { forFamily } from '../../domain/case.ts';
import type { CaseEvent, RecordedEvent } from '../../domain/events/events.ts';
import { sayInstant } from '../../domain/londonTime.ts';
import { whatHolds } from '../../domain/whatHolds.ts';
import { capitalised, inSentence } from '../../domain/words.ts';
import { aboutCase } from '../caseFacts.ts';
import type { CaseForViewer } from '../seeCase.ts';
import { type Block, type Document, without, withText } from './document.ts';
import { type Happening, happenings } from './happenings.ts';
import { facts, heading, notice, onPaper, referenceRow, subjectRows, written } from './parts.ts';

/**
 * The complete case as one document, from its trail: what happened, when, who did it and as what, and then everything that anybody
 * wrote, in full (X1). For those who are entitled to the whole case, and only them: a case that shares its meeting is not named (X9, Q26).
 */
export function chronology(seen: CaseForViewer, events: RecordedEvent[]): Document {
  const { current, procedure } = seen;
  const numbered = events.map((event) => ({ event, number: event.revision, ...happened(event, seen) }));
  const rows = numbered.map(({ event, number, what }) => [
    `${number}`,
    sayInstant(event.at),
    sayActor(event, seen),
    capitalised(standingTitle(event.actor.role, seen)),
    what,
  ]);
  const blocks: Block[] = [
    notice(current.status === 'closed' ? 'This case is closed.' : whatHolds(current, procedure)),
    heading('The case'),
    facts([
      referenceRow(seen),
      ...subjectRows(seen),
      aboutCase(seen).agency,
      aboutCase(seen).children,
      { title: 'Procedure', value: `${procedure.title}. ${procedure.id}, version ${procedure.version}` },
    ]),
    heading('What happened'),
    {
      kind: 'table',
      caption: 'Everything in the trail, first things first',
      header: ['No.', 'When', 'Who', 'As what', 'What happened'],
      rows,
    },
    heading('Texts in full'),
    ...numbered.flatMap(({ event, number, texts = [] }) =>
      texts.flatMap(({ title, text }) => written(`No. ${number}, ${sayInstant(event.at)}: ${inSentence(title)}`, text)),
    ),
  ];
  const { sharing, guests } = current;
  const others = [sharing?.with ?? [], sharing?.onward?.with ?? [], guests.map(({ reference }) => reference)].flat();
  return onPaper(
    seen,
    'The complete case',
    blocks.map((block) => withText(block, without(others, '[another case]'))),
  );
}

/** What an event says; its own type picks the words for it, and the compiler holds that every type has some. */
function happened<T extends CaseEvent['type']>(event: Extract<CaseEvent, { type: T }>, seen: CaseForViewer): Happening {
  const say = happenings[event.type as T] as (event: Extract<CaseEvent, { type: T }>, seen: CaseForViewer) => Happening;
  return say(event, seen);
}

/** Who did it, as they were when they did (CD11). */
function sayActor({ actor: { person }, kept }: RecordedEvent, { directory }: CaseForViewer): string {
  if (person === 'bot') return 'The bot';
  return kept?.by?.job === undefined ? nameAndJob(directory, person) : `${kept.by.name}, ${kept.by.job}`;
}

const STANDINGS: Record<string, string> = {
  dissenter: 'the person who dissents',
  logger: 'whoever logged it',
  chair: 'the chair',
  administrator: 'an administrator',
  'agency-lead': "the lead of the dissenter's agency",
  bot: 'the program itself',
};

function standingTitle(role: string, { current, procedure }: CaseForViewer): string {
  if (role === 'dissenter' && forFamily(current.dissent)) return 'whoever logged it';
  return procedure.roles[role]?.title ?? STANDINGS[role] ?? role;
}
