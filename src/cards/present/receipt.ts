import type { CaseForViewer } from '../../app/seeCase.ts';
import { nameOf } from '../../directory/names.ts';
import { chairHasLeft } from '../../domain/authority.ts';
import { forFamily } from '../../domain/case.ts';
import { forMeeting, writtenLetter } from '../../domain/procedure.ts';
import { isPending } from '../../domain/questions.ts';
import { limitOrTarget, timeLimitsOf } from '../../domain/timeLimits.ts';
import { capitalised } from '../../domain/words.ts';
import { duesToCome, sayLimit } from '../dates.ts';
import { type Alert, type Body, type Button, part, section } from './body.ts';
import { dissentSection, flagAlerts } from './dissent.ts';
import { concernSection, dangerAlerts } from './escalation.ts';
import { lateWritingAlerts, letterSection } from './letter.ts';
import { meetingSection, outcomeSections } from './outcomeSections.ts';
import { raiserLeftAlerts } from './people.ts';
import { sentToViewer } from './sending.ts';

/** The dissenter's own card, and the same without its buttons for the lead of their agency. */
export function presentReceipt(seen: CaseForViewer, several: number): Body {
  const { current, person, directory, procedure } = seen;
  const { case: raised } = procedure.words;
  const family = forFamily(current.dissent);
  const own = current.dissent.dissenter === person;
  const letter = writtenLetter(seen.procedure);
  const outcomes = outcomeSections(seen);
  const over = { folded: outcomes.length > 0 };
  const declined = current.chairDeclinedBecause;
  return {
    title: family
      ? `The ${raised} that you logged`
      : own
        ? `Your ${raised}`
        : `${capitalised(raised)} of ${nameOf(directory, current.dissent.dissenter)}`,
    alerts: [
      ...dangerAlerts(seen),
      ...raiserLeftAlerts(seen),
      ...chairAlerts(seen),
      ...lateWritingAlerts(seen),
      ...choosingAlerts(seen),
      ...questionAlerts(seen),
      ...(own && !family ? [] : flagAlerts(seen)),
    ],
    dues: duesToCome(seen, own),
    parts: [
      part('meeting', meetingSection(seen)),
      part('outcomes', outcomes),
      part('concern', concernSection(seen)),
      part('declined', declined === null ? [] : [section('', { typed: [{ id: 'declined', label: 'What they say', text: declined }] })]),
      part('sent', sentToViewer(seen)),
      part('letter', letterSection(seen), over),
      part(
        'dissent',
        [dissentSection(seen, own && !family ? 'What you sent' : `The ${raised}`, several, own ? 'dissenter' : 'decider')],
        over,
      ),
    ],
    buttons: [
      ...(letter === null ? [] : [{ verb: 'submit', title: `Write the ${letter}`, style: 'positive' } as const]),
      ...choicesNow(seen),
      { verb: 'name-chair', title: 'Name the chair', style: 'positive' },
      { verb: 'add', title: family ? `Add to the ${raised}` : `Add to my ${raised}` },
      { verb: 'document:acknowledgement', title: 'Send me the acknowledgement' },
      { verb: 'withdraw', title: 'Withdraw' },
      ...(letter === null ? [] : [{ verb: 'document:dissent-letter', title: `Send me the ${letter}` } as const]),
    ],
  };
}

/** What whoever raised it may choose now (PL3). */
function choicesNow({ current, procedure }: CaseForViewer): Button[] {
  const stage = procedure.stages[current.stage];
  if (stage?.kind !== 'choose') return [];
  const offered = Object.entries(forMeeting(stage.choices, current.dissent.conference.type));
  return offered.map(([id, { title }]) => ({ verb: `choose:${current.stage}.${id}`, title, style: 'positive' }));
}

/** By when they choose, and what silence comes to. */
function choosingAlerts(seen: CaseForViewer): Alert[] {
  const { current, procedure, calendar, now } = seen;
  const stage = procedure.stages[current.stage];
  if (current.status === 'closed' || stage?.kind !== 'choose') return [];
  const limit = limitOrTarget(timeLimitsOf(current, procedure, calendar, now));
  const by = limit ? ` by ${sayLimit(limit)}` : '';
  const silence = stage.silence ? ` If nothing is chosen by then, it counts as: ${stage.choices[stage.silence.as]?.title}.` : '';
  return [{ text: `Please choose how this goes on${by}.${silence}`, style: 'accent' }];
}

/** That the chair has to be named, for whoever may: the one who was said that they were not, or has left before recording (C9, CD7). */
export function chairAlerts({ current, directory, person, procedure, roster }: CaseForViewer): Alert[] {
  const chair = nameOf(directory, current.dissent.conference.chair);
  if (chairHasLeft(current, procedure, roster))
    return [
      {
        text: `${chair}, who was named as chair, chairs no ${procedure.words.meeting}s here now. Name another chair, so that it can go on.`,
        style: 'warning',
      },
    ];
  if (current.chairStands || current.status === 'closed') return [];
  const next = current.dissent.dissenter === person ? ' Name the chair, so that it can go on.' : '';
  return [{ text: `${chair} says that they were not the chair of this ${procedure.words.meeting}.${next}`, style: 'warning' }];
}

function questionAlerts({ current, person }: CaseForViewer): Alert[] {
  if (!current.questions.some((asked) => asked.to === person && isPending(asked, current))) return [];
  return [
    { text: `A question waits for your answer. It has a card of its own: type "case ${current.reference}" to see it.`, style: 'accent' },
  ];
}

/** Whether the chair has let the local target for recording pass (Q30). */
export function notYetRecorded({ current, procedure, calendar, now }: CaseForViewer): boolean {
  if (current.record !== null || !current.chairStands) return false;
  return timeLimitsOf(current, procedure, calendar, now).some(({ overdueBy }) => overdueBy > 0);
}
