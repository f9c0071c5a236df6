import { get } from './api.js';
import { make } from './elements.js';
import { table } from './facts.js';
import { sayInstant, sayName } from './words.js';

/** What the bot has still to do, and what it could not do. Answers the page's heading. */
export async function jobsPage(main) {
  const jobs = await get('/jobs');
  const heading = make('h1', { tabIndex: -1 }, 'Jobs');
  const row = ({ name, reference, state, attempts, retryAt, lastError }) => [
    sayName(name),
    make('a', { class: 'reference', href: `/cases/${encodeURIComponent(reference)}` }, reference),
    sayName(state),
    String(attempts),
    retryAt ? sayInstant(retryAt) : '',
    lastError ? `${sayName(lastError.kind)}. ${lastError.check}` : '',
  ];
  const list =
    jobs.length === 0
      ? make('p', {}, 'No job is waiting and none has failed.')
      : table('Waiting, running or failed', ['Job', 'Case', 'State', 'Tries', 'Next try', 'What went wrong'], jobs.map(row));
  main.replaceChildren(make('section', { class: 'plain' }, heading, list));
  return heading;
}
