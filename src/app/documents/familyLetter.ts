import type { Partnership } from '../../directory/directory.ts';
import { dateOf, sayDate } from '../../domain/londonTime.ts';
import { titleOf } from '../../domain/procedure.ts';
import { dissentingAgency, sayConference } from '../caseFacts.ts';
import type { CaseForViewer } from '../seeCase.ts';
import type { Block, Document } from './document.ts';
import { decisionsOf, heading, notice, paragraph } from './parts.ts';

/**
 * All that a letter to a family may be made of (Part E). Nobody's name, job, reasons or words are in it, and no child's
 * reference: a letter that takes this and not the case cannot let them out.
 */
export type Shareable = {
  reference: string;
  letterhead: string[];
  contact: string[];
  /** "conference", "meeting". */
  meeting: string;
  /** The meeting's kind and date. */
  conference: string;
  links: { title: string; url: string }[];
};

/**
 * What a family may know of a dissent besides: the agency, never the person (Part E), and each outcome with its date, never its reasons.
 */
export type ShareableDissent = Shareable & { agency: string | null; outcomes: { of: string; outcome: string; on: string }[] };

/** What may be shared of a dissent with the family; everything else is left behind here. */
export function shareable(seen: CaseForViewer): ShareableDissent {
  const { current, procedure, partnership } = seen;
  return {
    ...onFamilyPaper(
      partnership,
      [...procedure.links, ...procedure.guidance].filter((link) => link !== procedure.escalation?.link),
    ),
    reference: current.reference,
    meeting: procedure.words.meeting,
    conference: sayConference(seen),
    agency: dissentingAgency(seen),
    outcomes: decisionsOf(seen).map(({ stage, decision }) => ({
      of: titleOf(procedure.roles, stage.by),
      outcome: [...new Set([decision.outcome, ...Object.values(decision.perChild)])]
        .map((each) => titleOf(stage.outcomes, each))
        .join('; '),
      on: sayDate(dateOf(decision.at)),
    })),
  };
}

/** A partnership's letterhead, contact block and those of its links that a procedure shows (P10, P12, P13). */
export function onFamilyPaper(
  { name, letterhead, contact, links }: Partnership,
  shown: string[],
): Pick<Shareable, 'letterhead' | 'contact' | 'links'> {
  return {
    letterhead: letterhead.length > 0 ? letterhead : [name],
    contact,
    links: shown.flatMap((link) => links[link] ?? []),
  };
}

/** The letter that tells a family what came of a dissent, for the person who tells them to hand over (C22, S21). */
export function familyLetter(about: ShareableDissent, addressee: string): Document {
  const { meeting, conference, agency, outcomes } = about;
  return toFamily(about, 'Letter about the review', addressee, [
    heading(`What happened after the ${meeting}`),
    paragraph(
      [
        `This is about the ${meeting}: ${conference}.`,
        ...(agency === null
          ? []
          : [`One agency did not agree with its decision: ${agency}. When that happens, the decision is looked at again.`]),
      ].join(' '),
    ),
    heading('What was decided'),
    outcomes.length === 0
      ? paragraph('Nothing has been decided yet.')
      : { kind: 'list', items: outcomes.map(({ of, outcome, on }) => `${of}, ${on}: ${outcome}`) },
    paragraph('The person who gives you this letter can explain what it means for you.'),
  ]);
}

/**
 * The acknowledgement of a complaint (P6, P7): that it has come, that it cannot change the decision, and that the decision stands.
 * `on` is the ISO date on which the complaint was made; `routed` says that it is about one agency's work alone, and goes there (P9). It
 * knows nothing of any dissent.
 */
export function complaintAcknowledgement(about: Shareable, addressee: string, on: string, routed = false): Document {
  const { meeting, conference } = about;
  const looksAtIt = routed
    ? "It is about the work of one agency, so it goes to that agency's own complaints process, which will answer you."
    : 'We will look at your complaint and tell you what comes of it.';
  return toFamily(about, 'We have your complaint', addressee, [
    paragraph(`Thank you for telling us. You made your complaint on ${sayDate(on)}. It is about this ${meeting}: ${conference}.`),
    heading('What a complaint can and cannot do'),
    paragraph(`${looksAtIt} A complaint cannot change the decision of the ${meeting}.`),
  ]);
}

function toFamily(about: Shareable, title: string, addressee: string, blocks: Block[]): Document {
  const { reference, letterhead, contact, meeting, links } = about;
  return {
    title: `${title} ${reference}`,
    fileName: `${reference}-letter-family.docx`,
    letterhead,
    contact,
    blocks: [
      paragraph(`To: ${addressee}\nReference: ${reference}`),
      ...blocks,
      notice(`The decision of the ${meeting} stands.`),
      ...(links.length === 0 ? [] : [heading('Where to read more'), { kind: 'links' as const, items: links }]),
    ],
  };
}
