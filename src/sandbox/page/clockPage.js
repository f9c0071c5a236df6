import { get, send } from './api.js';
import { dateField, fieldDate, readDate } from './britishDate.js';
import { make } from './elements.js';
import { fromLondon, inLondon, later, sayInstant, weekday } from './words.js';

/** The clock: what time it is in the sandbox, and ways to move it. Answers the page's heading. */
export async function clockPage(main, onMoved) {
  const { now } = await get('/clock');
  const { date, time } = inLondon(now);
  const heading = make('h1', { tabIndex: -1 }, 'Clock');
  const said = make('p', { class: 'time', role: 'status' }, sayInstant(now));
  const fault = make('p', { class: 'fault', role: 'alert' });
  const day = make('input', { id: 'day', value: fieldDate(date), required: true });
  const inWords = make('span', { class: 'quiet', 'aria-live': 'polite' });
  dateField(day, inWords);
  const hour = make('input', { type: 'time', id: 'hour', value: time, required: true });

  const move = async (instant) => {
    fault.textContent = '';
    try {
      const answer = await send('PUT', '/clock', { now: instant.toISOString() });
      const moved = inLondon(answer.now);
      said.textContent = sayInstant(answer.now);
      day.value = fieldDate(moved.date);
      inWords.textContent = '';
      hour.value = moved.time;
      await onMoved();
    } catch (error) {
      fault.textContent = error.message;
    }
  };
  const quick = (title, instant) =>
    make('button', { type: 'button', onclick: async () => move(instant((await get('/clock')).now)) }, title);
  const form = make(
    'form',
    {},
    make('label', { for: 'day' }, 'Date ', day),
    inWords,
    make('label', { for: 'hour' }, 'Time in London ', hour),
    make('button', { type: 'submit', class: 'main' }, 'Set the clock'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = readDate(day.value);
    if (chosen) void move(fromLondon(chosen, hour.value));
    else fault.textContent = 'Write the date as dd/mm/yyyy.';
  });
  const buttons = make(
    'div',
    { class: 'suggestions', role: 'group', 'aria-label': 'Move on' },
    quick('One hour on', (instant) => new Date(Date.parse(instant) + 3_600_000)),
    quick('Next weekday, 09:00', (instant) => fromLondon(nextWeekday(inLondon(instant).date), '09:00')),
    quick('One week on', (instant) => fromLondon(later(inLondon(instant).date, 7), inLondon(instant).time)),
  );
  const words = make(
    'p',
    {},
    'It ticks as usual. Move it on at any time; it goes back only while there is no case. What falls due on the way is done before the clock answers.',
  );
  main.replaceChildren(make('section', { class: 'plain clock' }, heading, said, words, buttons, form, fault));
  return heading;
}

function nextWeekday(date) {
  const next = later(date, 1);
  return weekday(next) > 5 ? nextWeekday(next) : next;
}
