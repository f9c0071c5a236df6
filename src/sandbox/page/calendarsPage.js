import { get } from './api.js';
import { answerButtons, answerOf, organiserControls } from './byHand.js';
import { make } from './elements.js';
import { inLondon, later, sayDate, sayInstant, weekday } from './words.js';

const SHOWS = { free: 'free', tentative: 'tentative', busy: 'busy', oof: 'away', workingElsewhere: 'working elsewhere' };

/** Everybody's calendar: the conferences that were booked, then one person's week. Answers the page's heading. */
export async function calendarsPage(main, people) {
  const { now } = await get('/clock');
  const heading = make('h1', { tabIndex: -1 }, 'Calendars');
  const booked = make('div', {});
  const week = make('div', { class: 'week', 'aria-live': 'polite' });
  const chosen = { person: people[0]?.id, monday: mondayOf(inLondon(now).date) };

  const showWeek = async () => {
    const calendars = await get(`/calendars?from=${chosen.monday}&to=${later(chosen.monday, 6)}`);
    const calendar = calendars.find(({ person }) => person === chosen.person);
    const names = new Map(calendars.map(({ email, name }) => [email, name]));
    const days = [0, 1, 2, 3, 4, 5, 6].map((number) => later(chosen.monday, number));
    const title = make('h2', {}, `Week of ${sayDate(chosen.monday)}`);
    const act = answerButtons(chosen.person, showWeek);
    week.replaceChildren(title, ...days.map((day) => dayElement(day, calendar?.events ?? [], act)).filter(Boolean));
    booked.replaceChildren(bookedElement(calendars, names, goTo, organiserControls(calendars, showWeek)));
  };
  const goTo = (date, person = chosen.person) => {
    Object.assign(chosen, { monday: mondayOf(date), person });
    select.value = person;
    return showWeek();
  };
  const options = people.map(({ id, name, role }) => make('option', { value: id }, `${name}, ${role}`));
  const choose = () => {
    chosen.person = select.value;
    return showWeek();
  };
  const select = make('select', { id: 'whose', onchange: choose }, options);
  const button = (title, date) => make('button', { type: 'button', onclick: () => goTo(date()) }, title);
  const controls = make(
    'div',
    { class: 'controls' },
    make('label', { for: 'whose' }, 'Whose week ', select),
    button('Week before', () => later(chosen.monday, -7)),
    button('This week', () => inLondon(now).date),
    button('Week after', () => later(chosen.monday, 7)),
  );
  main.replaceChildren(make('section', { class: 'plain calendars' }, heading, booked, controls, week));
  await showWeek();
  return heading;
}

function bookedElement(calendars, names, goTo, controlsOf) {
  const meetings = new Map(
    calendars
      .filter(({ person }) => person)
      .flatMap(({ person, events }) => events.filter(isBooked).map((event) => ({ ...event, person })))
      .map((event) => [`${event.subject} ${event.start} ${event.cancelled}`, event]),
  );
  if (meetings.size === 0) return make('p', {}, 'No conference has been booked.');
  const nameOf = (attendee) => {
    const notes = [attendee.type === 'required' ? null : attendee.type === 'resource' ? 'room' : 'optional', answerOf(attendee)];
    return [names.get(attendee.email) ?? attendee.email, ...notes.filter(Boolean).map((note) => `(${note})`)].join(' ');
  };
  const row = (event) =>
    make(
      'li',
      { class: event.cancelled ? 'event booked cancelled' : 'event booked' },
      make('strong', {}, event.subject),
      make('span', {}, `${sayInstant(event.start)} to ${inLondon(event.end).time}${event.cancelled ? ', cancelled' : ''}`),
      make('span', { class: 'quiet' }, event.attendees.map(nameOf).join(', ')),
      make('button', { type: 'button', onclick: () => goTo(inLondon(event.start).date, event.person) }, 'Show that week'),
      event.cancelled ? null : controlsOf(event),
    );
  return make(
    'section',
    { 'aria-labelledby': 'booked' },
    make('h2', { id: 'booked' }, 'Booked conferences'),
    make('ul', {}, [...meetings.values()].map(row)),
  );
}

function dayElement(day, events, act) {
  const rows = events.filter((event) => inLondon(event.start).date <= day && day <= inLondon(Date.parse(event.end) - 1).date);
  if (rows.length === 0 && weekday(day) > 5) return null;
  const list =
    rows.length === 0
      ? make('p', { class: 'quiet' }, 'Nothing.')
      : make(
          'ul',
          {},
          rows.map((event) => eventElement(event, act)),
        );
  return make('section', { class: 'day' }, make('h3', {}, sayDate(day)), list);
}

function eventElement(event, act) {
  const [from, to] = [inLondon(event.start), inLondon(event.end)];
  const time = from.date !== to.date && to.time === '00:00' && from.time === '00:00' ? 'all day' : `${from.time} to ${to.time}`;
  const notes = [
    SHOWS[event.showAs] ?? event.showAs,
    event.sensitivity === 'private' && 'private',
    event.isOnlineMeeting && 'in Teams',
    event.cancelled && 'cancelled',
  ];
  const kind = `event ${isBooked(event) ? 'booked' : event.showAs}${event.cancelled ? ' cancelled' : ''}`;
  return make(
    'li',
    { class: kind },
    make('span', { class: 'hours' }, time),
    make('strong', {}, event.subject),
    make('span', { class: 'quiet' }, notes.filter(Boolean).join(', ')),
    isBooked(event) && !event.cancelled && !event.isOrganiser ? act(event) : null,
  );
}

/** What people have on of their own has nobody else in it. */
function isBooked(event) {
  return event.attendees.length > 0;
}

function mondayOf(date) {
  return later(date, 1 - weekday(date));
}
