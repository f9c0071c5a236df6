import type { CaseForViewer } from '../../app/seeCase.ts';
import { personOf } from '../../directory/directory.ts';
import { nameOf } from '../../directory/names.ts';
import { dateOf, sayDate, sayInstant } from '../../domain/londonTime.ts';
import { whatChanged, whatHolds } from '../../domain/whatHolds.ts';
import { listOf } from '../../domain/words.ts';
import { plainFrame } from '../frame.ts';
import type { TemplateAndData } from '../template.ts';
import { type Alert, decidesTheCase, may, type Section, type Step, section } from './body.ts';
import { latest } from './dissent.ts';

/**
 * For the dissenter: where to turn if they remain concerned, and once they have said so, to whom (C24, C25, Q11). Nothing where the
 * procedure offers nothing, or nothing yet.
 */
export function concernSection(seen: CaseForViewer): Section[] {
  const { current, procedure, partnership, directory, standings } = seen;
  const policy = procedure.escalation;
  if (!policy || !standings.includes('dissenter')) return [];
  const { concerns } = current.conclusion;
  const offered = offer(seen, concerns.length > 0);
  const raised = concerns.at(-1);
  const link = partnership.links[policy.link];
  const links = link ? [{ title: `Open the ${link.title}`, url: link.url }] : [];
  if (!raised)
    return offered.length === 0 ? [] : [section('If you remain concerned', { steps: [plain(policy.danger), ...offered], links })];
  const representative = raised.representative === null ? null : personOf(directory, raised.representative);
  const typed = representative
    ? [
        { id: 'representative-job', label: 'Job', text: representative.role },
        { id: 'representative-email', label: 'E-mail', text: representative.email },
      ]
    : [{ id: 'partnership-contact', label: 'Contact', text: partnership.contact.join('\n') }];
  return [
    section('Whom to turn to', {
      lead: representative?.name ?? partnership.name,
      meta: representative ? "Your agency's nominated representative" : 'Your agency names no representative, so turn to the partnership.',
      typed,
      steps: [
        plain(`You said that you remain concerned on ${listOf(concerns.map(({ at }) => sayDate(dateOf(at))))}.`),
        ...offered,
        ...(current.status === 'closed' ? [plain(whatHolds(current, procedure))] : []),
      ],
      links,
    }),
  ];
}

/** The button, which is there once for each decision. */
function offer(seen: CaseForViewer, again: boolean): Step[] {
  if (!may(seen, { type: 'RemainConcerned' })) return [];
  const text = again
    ? 'There is another decision since. If you remain concerned after it too, press the button: whoever you can turn to is told again.'
    : 'You can take it further. Press the button to see who represents your agency. The day is kept on the case; nothing is decided by it.';
  return [{ label: '', text, buttons: [{ verb: 'concerned', title: 'I remain concerned' }] }];
}

const plain = (text: string) => ({ label: '', text, buttons: [] });

/** What to do if a child is in danger now, on top of the card of a dissenter who remains concerned (C24). */
export function dangerAlerts({ current, procedure, standings }: CaseForViewer): Alert[] {
  const danger = procedure.escalation?.danger;
  const concerned = current.conclusion.concerns.length > 0 && standings.includes('dissenter');
  return concerned && danger !== undefined ? [{ text: danger, style: 'attention' }] : [];
}

/**
 * For those who decide or administer: that the case was escalated, and what came of it (C24). Each reads the notes that are theirs to
 * read.
 */
export function escalatedSection(seen: CaseForViewer, several: number): Section[] {
  const { directory, person, procedure } = seen;
  const { concerns, escalationNotes } = seen.current.conclusion;
  if (concerns.length === 0) return [];
  const notes = escalationNotes.flatMap(({ at, by, text }, index) =>
    decidesTheCase(seen) || by === person
      ? [[{ id: `escalation.${index + 1}`, label: `${sayInstant(at)}, noted by ${nameOf(directory, by)}`, text }]]
      : [],
  );
  return [
    section('Escalation', {
      lead: `Escalated ${listOf(concerns.map(({ at }) => sayDate(dateOf(at))))}`,
      meta: `The person who ${procedure.words.raises} remains concerned. Nothing more is decided here.`,
      typed: latest(notes, several, 'escalation', (count) => `${count} earlier notes`),
      steps: [
        {
          label: '',
          text: 'When you hear what came of it, you can note it here.',
          buttons: [{ verb: 'escalation-note', title: 'Note what came of it' }],
        },
      ],
    }),
  ];
}

/** Whether this viewer is the one representative who is told of an escalation, whatever their part in the case is otherwise (C24). */
export function isRepresentative({ current, person }: CaseForViewer): boolean {
  return current.conclusion.concerns.some(({ representative }) => representative === person);
}

/** What the representative is told: the reference, where the policy is, what to do in danger, and nothing else about the case (C24, X6). */
export function representativeCard({ current, procedure, partnership }: CaseForViewer): TemplateAndData {
  const { reference } = current;
  const policy = procedure.escalation;
  const link = policy && partnership.links[policy.link];
  const text = [
    `A professional of your agency remains concerned after the outcome of case ${reference}, and may turn to you.`,
    'They tell you themselves what it is about. This card knows nothing more.',
    ...(policy ? [policy.danger] : []),
  ];
  return {
    view: 'escalation',
    data: {
      ...plainFrame('Somebody may turn to you', {
        speak: `Case ${reference}`,
        fallback: `Case ${reference}. This card needs a newer version of Teams.`,
        reference: [reference],
        holds: whatChanged(current, procedure) === null ? [whatHolds(current, procedure)] : [],
        footer: [`${procedure.title}. Procedure ${procedure.id}, version ${procedure.version}.`],
      }),
      text,
      links: link ? [{ title: `Open the ${link.title}`, url: link.url }] : [],
    },
  };
}
