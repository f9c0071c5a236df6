import { shareable } from '../../app/documents/familyLetter.ts';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { nameOf } from '../../directory/names.ts';
import { currentBooking } from '../../domain/bookings.ts';
import { contactFor, parentsNotTold, type TellingParents } from '../../domain/conclusion.ts';
import { sayDate, sayInstant } from '../../domain/londonTime.ts';
import { childrenAt } from '../../domain/tasks.ts';
import { whatHolds } from '../../domain/whatHolds.ts';
import { capitalised, listOf, sayMeeting } from '../../domain/words.ts';
import type { Fact } from '../dates.ts';
import { clip } from '../fit.ts';
import { type Alert, type Body, type Button, part, type Section, type Step, section } from './body.ts';
import { latest } from './dissent.ts';
import { outcomesPerChild } from './outcomeSections.ts';

/** So much of who is still to be told stands on top of the card, in bytes; the rest is below. */
const NOTE = 300;
/** More occasions than these are not listed. */
const MOST = 6;

/**
 * The card of the person named to tell the parents (C22, S21, X8): whom to tell and what, first whether there is a safe way to reach
 * them, then that they were told. What it says of the case is made from what may be shared with a family, so that no name and no
 * reasons can be on it.
 */
export function presentParents(seen: CaseForViewer, stage: string, several: number): Body {
  const parents = { ...(seen.current.conclusion.parents[stage] ?? parentsNotTold), contact: contactFor(seen.current.conclusion, stage) };
  const { family } = seen.procedure.words;
  return {
    title: everyoneTold(parents) ? `Done: ${family} were told` : `For you: tell ${family}`,
    alerts: stillToTell(seen, parents),
    dues: [],
    parts: [
      part('next', nextSection(seen, stage, parents)),
      part('tell', [whatToTell(seen, stage, parents)]),
      part('done', doneSection(seen, parents, several)),
    ],
    buttons: seen.current.decisions[stage] ? [] : [{ verb: 'document:acknowledgement', title: 'Send me the acknowledgement' }],
  };
}

function everyoneTold({ told }: TellingParents): boolean {
  return told.some(({ everyone }) => everyone);
}

/** Who is still to be told stays in sight until everybody was. */
function stillToTell({ current, procedure }: CaseForViewer, parents: TellingParents): Alert[] {
  const last = parents.told.at(-1);
  if (last === undefined || everyoneTold(parents) || current.status === 'closed') return [];
  return [{ text: `Still to be told: ${clip(last.note ?? procedure.words.family, NOTE).text}`, style: 'warning' }];
}

function nextSection({ procedure }: CaseForViewer, stage: string, parents: TellingParents): Section[] {
  const { family } = procedure.words;
  if (everyoneTold(parents)) return [];
  const contact = (title: string): Button => ({ verb: `contact:${stage}`, title });
  const told: Button = { verb: `parents:${stage}`, title: 'They were told', style: 'positive' };
  const step: Step =
    parents.contact === null
      ? {
          label: 'First: is it safe to reach them?',
          text: `Look whether there is a safe way on record to reach each of ${family}. Do not tell anybody before you have looked.`,
          buttons: [{ ...contact('Say whether it is safe'), style: 'positive' }],
        }
      : {
          label: `Now tell ${family}`,
          text: parents.contact.safe
            ? 'There is a safe way on record. Use that one.'
            : 'There is no safe way on record. Do only what was agreed.',
          buttons: [told, contact('Change what I said about safety')],
        };
  return [section('What to do', { steps: [step] })];
}

function whatToTell(seen: CaseForViewer, stage: string, parents: TellingParents): Section {
  const { current, procedure } = seen;
  const decision = current.decisions[stage];
  const decides = procedure.stages[stage];
  // What may be shared, of this decision alone.
  const about = shareable({ ...seen, current: { ...current, decisions: decision ? { [stage]: decision } : {} } });
  const children = decision ? childrenAt(current, procedure, stage) : current.dissent.children;
  const perChild = decides?.kind === 'decide' ? outcomesPerChild(current, stage, decides) : [];
  return section('What to tell them', {
    facts: [
      { title: capitalised(about.meeting), value: about.conference },
      ...(about.agency === null ? [] : [{ title: 'Agency that did not agree', value: about.agency }]),
      ...about.outcomes.map(({ of, outcome, on }) => ({
        title: of,
        value: `${perChild.length > 0 ? 'See below' : outcome}, decided ${on}`,
      })),
      ...meetsAgain(seen),
    ],
    typed: [{ id: 'children', label: 'Children, by reference', text: listOf(children) }, ...perChild],
    steps: everyoneTold(parents)
      ? []
      : [
          {
            label: '',
            text: `${whatHolds(current, procedure)}${about.agency === null ? '' : ' Say which agency it was, and never who. Do not give the reasons.'}`,
            buttons: [],
          },
        ],
  });
}

/** The day on which the conference meets again, which they are to be told too; nothing before one is in Outlook, and once it is over. */
function meetsAgain({ current, procedure }: CaseForViewer): Fact[] {
  const booking = currentBooking(current);
  const title = `The ${procedure.words.meeting} meets again`;
  if (current.calledOff) return [{ title, value: 'No. It will not take place after all.' }];
  return booking?.inOutlook && booking.status !== 'held' ? [{ title, value: sayMeeting(booking.inOutlook) }] : [];
}

function doneSection({ directory }: CaseForViewer, { contact, told }: TellingParents, several: number): Section[] {
  if (contact === null && told.length === 0) return [];
  return [
    section('What was done', {
      facts: told
        .slice(-MOST)
        .map(({ on, means, everyone }) => ({ title: sayDate(on), value: `Told (${means})${everyone ? '' : '; not all of them yet'}` })),
      typed: [
        ...(contact === null
          ? []
          : [
              {
                id: 'contact',
                label: `${contact.safe ? 'A safe way is on record' : 'No safe way is on record'}, as ${nameOf(directory, contact.by)} said ${sayInstant(contact.at)}`,
                text: contact.approach ?? 'Nothing more was noted.',
              },
            ]),
        ...latest(
          told.flatMap(({ on, note }, index) =>
            note === null ? [] : [[{ id: `told.${index + 1}`, label: `Note on ${sayDate(on)}`, text: note }]],
          ),
          several,
          'told',
          (count) => `${count} notes`,
        ),
      ],
    }),
  ];
}
