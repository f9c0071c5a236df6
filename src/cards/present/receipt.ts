import type { Seen } from '../../app/seeCase.ts';
import { sayDate } from '../../domain/londonTime.ts';
import { timeLimitsOf } from '../../domain/timeLimits.ts';
import { decisionDue, explained, sayLimit } from '../limits.ts';
import { nameOf } from '../words.ts';
import type { Alert, Body } from './body.ts';
import { dissentSection, flagAlerts } from './dissent.ts';
import { meetingSection, outcomeSections, withdrawnSection } from './outcomes.ts';

/** The dissenter's own card, and the same without its buttons for the lead of their agency. */
export function presentReceipt(seen: Seen, several: number): Body {
  const { current, person, directory } = seen;
  const own = current.dissent.dissenter === person;
  const due = decisionDue(seen);
  const late = due !== null && due.overdueBy > 0;
  const sayDue =
    due === null ? '' : late ? `Not yet decided. The date aimed for was ${sayDate(due.due)}.` : `A decision is due by ${sayLimit(due)}`;
  return {
    view: 'receipt',
    title: own ? 'Your dissent' : `Dissent of ${nameOf(directory, current.dissent.dissenter)}`,
    alerts: [...chairAlerts(seen), ...questionAlerts(seen), ...(own ? [] : flagAlerts(seen))],
    dues: due === null ? [] : [explained(due, sayDue, seen)],
    sections: {
      outcomes: [...withdrawnSection(seen), ...outcomeSections(seen)],
      meeting: meetingSection(seen),
      declined: current.chairDeclinedBecause === null ? [] : [declined(current.chairDeclinedBecause)],
      dissent: [dissentSection(seen, 'What you sent', several, own ? 'dissenter' : 'decider')].map((each) =>
        own ? each : { ...each, heading: 'The dissent' },
      ),
    },
    offers: [
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

/** Whether the chair has let the local target for referring pass (Q30). */
export function notYetReferred({ current, procedure, calendar, now }: Seen): boolean {
  if (current.record !== null || !current.chairStands) return false;
  return timeLimitsOf(current, procedure, calendar, now).some(({ overdueBy }) => overdueBy > 0);
}
