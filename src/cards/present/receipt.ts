import type { Seen } from '../../app/seeCase.ts';
import { timeLimitsOf } from '../../domain/timeLimits.ts';
import { duesToCome } from '../limits.ts';
import { nameOf } from '../words.ts';
import type { Alert, Body } from './body.ts';
import { dissentSection, flagAlerts } from './dissent.ts';
import { lateWritingAlerts, letterName, letterSection } from './letter.ts';
import { meetingSection, outcomeSections } from './outcomes.ts';

/** The dissenter's own card, and the same without its buttons for the lead of their agency. */
export function presentReceipt(seen: Seen, several: number): Body {
  const { current, person, directory } = seen;
  const own = current.dissent.dissenter === person;
  const letter = letterName(seen);
  return {
    view: 'receipt',
    title: own ? 'Your dissent' : `Dissent of ${nameOf(directory, current.dissent.dissenter)}`,
    alerts: [...chairAlerts(seen), ...lateWritingAlerts(seen), ...questionAlerts(seen), ...(own ? [] : flagAlerts(seen))],
    dues: duesToCome(seen, own),
    sections: {
      outcomes: outcomeSections(seen),
      meeting: meetingSection(seen),
      declined: current.chairDeclinedBecause === null ? [] : [declined(current.chairDeclinedBecause)],
      dissent: [dissentSection(seen, 'What you sent', several, own ? 'dissenter' : 'decider')].map((each) =>
        own ? each : { ...each, heading: 'The dissent' },
      ),
      letter: letterSection(seen),
    },
    offers: [
      ...(letter === null ? [] : [{ verb: 'submit', title: `Write the ${letter}`, style: 'positive' as const }]),
      { verb: 'name-chair', title: 'Name the chair', style: 'positive' },
      { verb: 'add', title: 'Add to my dissent' },
      { verb: 'withdraw', title: 'Withdraw' },
    ],
  };
}

const declined = (reason: string) => ({
  heading: '',
  lead: '',
  meta: '',
  facts: [],
  links: [],
  typed: [{ id: 'declined', label: 'What they say', text: reason }],
});

function chairAlerts({ current, directory, person, procedure }: Seen): Alert[] {
  if (current.chairStands || current.status === 'closed') return [];
  const chair = nameOf(directory, current.dissent.conference.chair);
  const next = current.dissent.dissenter === person ? ' Name the chair, so that your dissent can go on.' : '';
  return [{ text: `${chair} says that they were not the chair of this ${procedure.words.meeting}.${next}`, style: 'warning' }];
}

function questionAlerts({ current, person }: Seen): Alert[] {
  const open = current.questions.some(({ to, answer }) => to === person && !answer);
  if (!open || current.status === 'closed' || Object.keys(current.decisions).length > 0) return [];
  return [
    { text: `A question waits for your answer. It has a card of its own: type "case ${current.reference}" to see it.`, style: 'accent' },
  ];
}

/** Whether the chair has let the local target for recording pass (Q30). */
export function notYetRecorded({ current, procedure, calendar, now }: Seen): boolean {
  if (current.record !== null || !current.chairStands) return false;
  return timeLimitsOf(current, procedure, calendar, now).some(({ overdueBy }) => overdueBy > 0);
}
