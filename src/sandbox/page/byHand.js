import { send } from './api.js';
import { make, notify } from './elements.js';
import { sayInstant } from './words.js';

/** What people do in Outlook themselves: answer an invitation, or as those who open the mailbox that books, move and delete the meeting. */

const ANSWERED = { accepted: 'accepted', tentativelyAccepted: 'perhaps', declined: 'declined' };

/** What somebody answered, in a word; empty as long as they have not. */
export function answerOf({ response, proposedNewTime }) {
  const answered = ANSWERED[response] ?? '';
  return proposedNewTime ? `${answered}, proposed ${sayInstant(proposedNewTime.start)}` : answered;
}

/** The buttons by which the owner of a calendar answers an event in it. */
export function answerButtons(person, again) {
  return (event) => {
    const answer = (response, title) =>
      button(title, () => send('POST', `${addressOf(person, event)}/answer`, { response }), `${title}: ${event.subject}`, again);
    const said = ANSWERED[event.response];
    return make(
      'span',
      { class: 'hand' },
      said ? `You answered: ${said}. ` : 'You have not answered. ',
      answer('accepted', 'Accept'),
      answer('tentative', 'Perhaps'),
      answer('declined', 'Decline'),
    );
  };
}

/** What those who open the mailbox that booked a meeting can do with it, however it was booked. */
export function organiserControls(calendars, again) {
  const organised = calendars.flatMap(({ email, events }) =>
    events.filter(({ isOrganiser }) => isOrganiser).map((event) => ({ ...event, email })),
  );
  return (shown) => {
    const event = organised.find(({ id, subject, start }) => id && subject === shown.subject && start === shown.start);
    if (!event) return null;
    const address = addressOf(event.email, event);
    const when = make('input', { type: 'datetime-local', 'aria-label': `Another time for ${event.subject} (London)` });
    return make(
      'span',
      { class: 'hand' },
      'In Outlook: ',
      when,
      button('Move it', () => send('PATCH', address, { start: instantOf(when.value) }), `Move ${event.subject} in Outlook`, again),
      button('Delete it', () => send('DELETE', address, {}), `Delete ${event.subject} in Outlook`, again),
    );
  };
}

function addressOf(whose, { id }) {
  return `/calendars/${encodeURIComponent(whose)}/events/${encodeURIComponent(id)}`;
}

function button(title, deed, label, again) {
  const onclick = async () => {
    try {
      await deed();
      notify('Done in Outlook. The bot sees it when it looks next: when somebody opens the card, or on the next working morning.');
      await again();
    } catch (fault) {
      notify(fault.message);
    }
  };
  return make('button', { type: 'button', 'aria-label': label, onclick }, title);
}

/** London's time as it was typed, as an instant. */
function instantOf(typed) {
  if (!typed) throw new Error('Choose another day and time first.');
  const asUtc = new Date(`${typed}:00Z`);
  const shown = new Date(asUtc.toLocaleString('en-US', { timeZone: 'Europe/London' }));
  const inUtc = new Date(asUtc.toLocaleString('en-US', { timeZone: 'UTC' }));
  return new Date(asUtc.getTime() - (shown.getTime() - inUtc.getTime())).toISOString();
}
