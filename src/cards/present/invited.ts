import type { CaseForViewer } from '../../app/seeCase.ts';
import { nameAndJob } from '../../directory/names.ts';
import { type Booking, currentBooking } from '../../domain/bookings.ts';
import type { Answer } from '../../domain/events/meetingEvents.ts';
import type { PersonId } from '../../domain/events/trail.ts';
import { answersOf } from '../../domain/outlook.ts';
import { attendeesOf, meetingChairOf } from '../../domain/sharing.ts';
import { capitalised } from '../../domain/words.ts';
import type { Fact } from '../dates.ts';
import { type Section, section } from './body.ts';

/** So many people are all in sight; of more, only those who do not come are, and the rest stand behind a button. */
const A_FEW = 6;
/** So many are listed one by one: a card has no room for more. */
const LISTED = 30;

const ANSWERED: Record<Answer, string> = {
  accepted: 'accepted',
  tentative: 'perhaps',
  declined: 'declined',
  none: 'has not answered',
};

type Invited = { person: PersonId; part: string; answer: string; comes: boolean };

/**
 * Everybody who has to be at the conference or may be, each by name and job, with what they answered in Outlook (CD5). Nobody where another
 * case books it: who is there for that one is that one's to show.
 */
export function invitedSection(seen: CaseForViewer): Section[] {
  const { current, directory } = seen;
  const booking = currentBooking(current);
  const people = invitedIn(seen);
  if (people.length === 0) return [];
  const say = ({ person, part, answer }: Invited): Fact => ({
    title: nameAndJob(directory, person),
    value: answer === '' ? part : `${part}. ${capitalised(answer)}.`,
  });
  const [listed, more] = [people.slice(0, LISTED), people.slice(LISTED)];
  const few = people.length <= A_FEW;
  const rest = more.length === 0 ? [] : [{ title: `And ${more.length} more`, value: count(more) }];
  const heading = booking?.status === 'held' ? 'Who was invited' : booking ? 'Who is invited' : 'Who is to be there';
  return [
    section(heading, {
      meta: few ? '' : count(people),
      facts: listed.filter(({ comes }) => few || !comes).map(say),
      details: few ? [] : [...listed.filter(({ comes }) => comes).map(say), ...rest],
    }),
  ];
}

/** Those who do not come first, then as they are invited: whoever has to be there before whoever may be. */
function invitedIn({ current }: CaseForViewer): Invited[] {
  const booking = currentBooking(current);
  const over = current.calledOff !== null || current.status === 'closed';
  const elsewhere = booking?.heldFor !== undefined || current.sharing?.state === 'shared';
  if (elsewhere || (over && !booking)) return [];
  const answers = new Map(answersOf(current).map((each) => [each.person, each.answer]));
  const takenOff = new Set(booking?.outlook?.takenOff);
  const chair = meetingChairOf(current);
  const people = attendeesOf(current).map(({ person, required }): Invited => {
    const answer = answers.get(person) ?? null;
    return {
      person,
      part: person === chair ? 'Chairs it' : required ? 'Has to be there' : 'May be there',
      answer: answer === null ? unanswered(person, booking) : ANSWERED[answer],
      comes: answer !== 'declined' && !takenOff.has(person),
    };
  });
  return [...people.filter(({ comes }) => !comes), ...people.filter(({ comes }) => comes)];
}

/** What is known of somebody of whom Outlook has no answer: nothing of those who were invited before it was kept whom an invitation went to. */
function unanswered(person: PersonId, booking: Booking | null): string {
  if (booking === null) return '';
  const { outlook, asked, uninvited, status, calendarEvent } = booking;
  if (outlook?.takenOff.includes(person)) return 'taken off in Outlook';
  if (outlook && outlook.is !== 'there') return '';
  if (status !== 'wanted' && uninvited?.includes(person)) return 'no invitation went to them';
  if (calendarEvent === null) return status === 'held' ? '' : 'not invited yet';
  if (!asked) return '';
  if (!asked.invited.some((each) => each.person === person)) return status === 'held' ? 'not invited' : 'not invited yet';
  return status === 'wanted' ? 'not told of the change yet' : ANSWERED.none;
}

/** How many gave which answer: "3 accepted, 1 declined, 2 have not answered". */
function count(people: Invited[]): string {
  const answers = [...new Set(people.map(({ answer }) => answer))];
  const said = answers.flatMap((answer) => {
    const number = people.filter((each) => each.answer === answer).length;
    return answer === '' ? [] : [`${number} ${number > 1 && answer === ANSWERED.none ? 'have not answered' : answer}`];
  });
  return said.length === 0 ? `${people.length} people` : said.join(', ');
}
