import { get } from './api.js';
import { make } from './elements.js';
import { sayDate, sayInstant, sayName } from './words.js';

const EMPTY = { mail: 'No mail has been sent.', files: 'Nothing has been filed.', jobs: 'No job is waiting and none has failed.' };

/** A page that lists what the sandbox holds. Answers its heading. */
export async function listPage(main, place, title) {
  const rows = await get(`/${place}`);
  const heading = make('h1', { tabIndex: -1 }, title);
  const body =
    rows.length === 0
      ? make('p', {}, EMPTY[place])
      : make(
          'ol',
          { class: 'cards' },
          rows.map((row) => make('li', {}, facts(row))),
        );
  main.replaceChildren(make('section', { class: 'plain' }, heading, body));
  return heading;
}

/** The cases there are, or everything about one of them. Answers the page's heading. */
export async function casesPage(main, reference) {
  const heading = make('h1', { tabIndex: -1 }, reference ? `Case ${reference}` : 'Cases');
  if (reference) {
    const found = await get(`/cases/${encodeURIComponent(reference)}`);
    main.replaceChildren(
      make('section', { class: 'plain' }, make('p', {}, make('a', { href: '/cases' }, 'All cases')), heading, facts(found)),
    );
    return heading;
  }
  const cases = await get('/cases');
  const link = (row) =>
    make(
      'li',
      {},
      make('h2', {}, make('a', { href: `/cases/${encodeURIComponent(row.reference)}` }, row.reference)),
      facts({ ...row, reference: undefined }),
    );
  const list =
    cases.length === 0
      ? make('p', {}, 'There is no case yet. Be somebody and say "raise dissent".')
      : make('ol', { class: 'cards' }, cases.map(link));
  main.replaceChildren(make('section', { class: 'plain' }, heading, list));
  return heading;
}

/** Any JSON, laid out for reading: names in words, dates as people say them. */
function facts(value) {
  if (value === null || value === undefined || value === '') return make('span', { class: 'none' }, 'none');
  if (Array.isArray(value))
    return value.length === 0
      ? facts(null)
      : make(
          'ol',
          {},
          value.map((each) => make('li', {}, facts(each))),
        );
  if (typeof value !== 'object') return make('span', {}, said(value));
  const rows = Object.entries(value).filter(([, each]) => each !== undefined);
  if (rows.length === 0) return facts(null);
  return make(
    'dl',
    {},
    rows.flatMap(([name, each]) => [make('dt', {}, sayName(name)), make('dd', {}, facts(each))]),
  );
}

function said(value) {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return sayDate(value);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return sayInstant(value);
  return String(value);
}
