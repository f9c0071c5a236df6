import type { Partnership } from '../../directory/directory.ts';
import { dateOf, sayDateInFull } from '../../domain/londonTime.ts';
import { deciderTitle, stagesOfKind, titleOf } from '../../domain/procedure.ts';
import { whatChanged } from '../../domain/whatHolds.ts';
import { inSentence } from '../../domain/words.ts';
import { dissentingAgency, sayConference } from '../caseFacts.ts';
import type { CaseForViewer } from '../seeCase.ts';
import { CLOSING, meetingInSentence } from './correspondence.ts';
import type { Block, Document } from './document.ts';
import { paperOf } from './paper.ts';
import { decisionsOf, heading, paragraph } from './parts.ts';

/**
 * All that a letter to a family may be made of (Part E, LE4). Nobody's name, job, reasons or words are in it, and no child's
 * reference: a letter that takes this and not the case cannot let them out.
 */
export type Shareable = {
  reference: string;
  paper: { letterhead: string[]; marking: string | null };
  /** How to reach the partnership, inside a sentence; null where the directory gives no way. */
  reach: string | null;
  /** "conference", "meeting". */
  meeting: string;
  /** The meeting's kind and date. */
  conference: string;
  /** The same, inside a sentence. */
  about: string;
  /** The role that decides first, and whether the procedure gives it a time. */
  decider: { title: string; timed: boolean } | null;
  links: { title: string; url: string }[];
  /** What has come in the place of the meeting's decision, and from when; null while that stands (CD2). */
  changed: string | null;
};

/**
 * What a family may know of a dissent besides: the agency, never the person (Part E), and each outcome with its date, never its reasons.
 */
export type ShareableDissent = Shareable & { agency: string | null; outcomes: { of: string; outcome: string; on: string }[] };

/** What may be shared of a dissent with the family; everything else is left behind here. */
export function shareable(seen: CaseForViewer): ShareableDissent {
  const { current, procedure, partnership } = seen;
  const [[, first] = []] = stagesOfKind(procedure, 'decide');
  return {
    ...onFamilyPaper(
      partnership,
      [...procedure.links, ...procedure.guidance].filter((link) => link !== procedure.escalation?.link),
    ),
    reference: current.reference,
    changed: whatChanged(current, procedure, sayDateInFull),
    meeting: procedure.words.meeting,
    conference: sayConference(seen),
    about: meetingInSentence(seen),
    decider: first ? { title: deciderTitle(procedure, first), timed: (first.limit ?? first.target) !== undefined } : null,
    agency: dissentingAgency(seen),
    outcomes: decisionsOf(seen).map(({ stage, decision }) => ({
      of: deciderTitle(procedure, stage),
      outcome: [...new Set([decision.outcome, ...Object.values(decision.perChild)])]
        .map((each) => titleOf(stage.outcomes, each))
        .join('; '),
      on: sayDateInFull(dateOf(decision.at)),
    })),
  };
}

/** A partnership's paper, how it is reached, and those of its links that a procedure shows (P10, P12, P13). */
function onFamilyPaper(partnership: Partnership, shown: string[]): Pick<Shareable, 'paper' | 'reach' | 'links'> {
  const { phone, contact, links, letterhead } = partnership;
  const ways = [
    ...(phone === undefined ? [] : [`call ${phone}`]),
    ...contact.filter((line) => /@/.test(line) && !letterhead.includes(line)).map((line) => `write to ${line}`),
  ];
  return {
    paper: paperOf(partnership),
    reach: ways.length === 0 ? null : ways.join(' or '),
    links: shown.flatMap((link) => links[link] ?? []),
  };
}

/** Whose names the program does not know (C3): whoever posts the letter, or hands it over, puts them in. */
const NAME = '[name]';
const ADDRESS = ['[Name]', '[Address]'];

/** The letter that tells a family what came of a dissent, for the person who tells them to hand over (C22, S21). */
export function familyLetter(family: ShareableDissent, on: string): Document {
  const { meeting, about, agency, outcomes, reference, changed } = family;
  const last = outcomes.at(-1);
  return toFamily(
    family,
    `Letter to the family ${reference}`,
    on,
    `What came of the review: ${about}`,
    ['[Name and title of who gives you this letter]'],
    [
      paragraph(
        last === undefined
          ? `Nothing has been decided yet about the ${about}.`
          : `The ${last.of} looked again at the decision of the ${about}, and decided on ${last.on}: ${inSentence(last.outcome)}.`,
      ),
      ...(agency === null
        ? []
        : [
            paragraph(
              `One agency did not agree with the decision of the ${meeting}: ${agency}. When that happens, the decision is looked at again.`,
            ),
          ]),
      ...(outcomes.length < 2
        ? []
        : [
            heading('What was decided'),
            { kind: 'list' as const, items: outcomes.map(({ of, outcome, on: day }) => `${of}, ${day}: ${outcome}`) },
          ]),
      heading('What this means'),
      paragraph(
        `${changed ?? `The decision of the ${meeting} stands.`} The person who gives you this letter can explain what it means for you.`,
      ),
    ],
  );
}

/**
 * The acknowledgement of a complaint (P6, P7, LE4): that it has come, that it cannot change the decision, and that the decision stands.
 * `made` is the day on which it was made, or null where only the day of its logging is known; `logged` is that day; `signed` are the lines
 * of whoever logged it. `routed` says that it is about one agency's work alone, and goes there (P9). It knows nothing of any dissent.
 */
export function complaintAcknowledgement(
  family: Shareable,
  { made, logged, signed, routed = false }: { made: string | null; logged: string; signed: string[]; routed?: boolean },
): Document {
  const { meeting, about, decider, reference } = family;
  const came = made === null ? `which we logged on ${sayDateInFull(logged)}` : `which you made on ${sayDateInFull(made)}`;
  const looksAtIt = routed
    ? "Your complaint is about the work of one agency, so it goes to that agency's own complaints process, which will answer you."
    : `${decider === null ? 'We' : `The ${decider.title}`} will look at your complaint, and we will tell you what comes of it.`;
  const when =
    routed || decider === null || decider.timed ? '' : ' There is no fixed time for this. You can ask us at any time how far it is.';
  return toFamily(family, `Acknowledgement ${reference}`, logged, `Your complaint about the ${about}`, signed, [
    paragraph(`Thank you for telling us. We have your complaint about the ${about}, ${came}.`),
    heading('What happens next'),
    paragraph(`${looksAtIt}${when}`),
    heading('What a complaint can and cannot do'),
    paragraph(`A complaint cannot change the decision of the ${meeting}. The decision of the ${meeting} stands.`),
  ]);
}

function toFamily(family: Shareable, title: string, on: string, subject: string, signed: string[], blocks: Block[]): Document {
  const { reference, paper, reach, links } = family;
  return {
    title,
    ...paper,
    letter: {
      date: sayDateInFull(on),
      to: ADDRESS,
      reference: `Our reference: ${reference}`,
      salutation: `Dear ${NAME}`,
      subject,
      closing: CLOSING,
      signed,
      copies: null,
    },
    blocks: [
      ...blocks,
      ...(reach === null
        ? []
        : [paragraph(`If you have a question, or want this in another language or format, ${reach}. Please give the reference above.`)]),
      ...(links.length === 0 ? [] : [heading('Where to read more'), { kind: 'links' as const, items: links }]),
    ],
  };
}
