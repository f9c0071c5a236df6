import { make } from './elements.js';
import { sayDate, sayInstant, sayName } from './words.js';

/** Any JSON, laid out for reading: names in words, dates as people say them. A name in capitals is somebody's own, such as a child's reference. */
export function facts(value) {
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
    rows.flatMap(([name, each]) => [make('dt', {}, /^[a-z]/.test(name) ? sayName(name) : name), make('dd', {}, facts(each))]),
  );
}

/** A table with its caption; a cell is words or an element. On a narrow page its rows stand one below the other. */
export function table(caption, header, rows) {
  const cell = (content, column) =>
    make(column === 0 ? 'th' : 'td', { scope: column === 0 ? 'row' : null, 'data-title': header[column] }, content);
  return make(
    'table',
    {},
    make('caption', {}, caption),
    make(
      'thead',
      {},
      make(
        'tr',
        {},
        header.map((title) => make('th', { scope: 'col' }, title)),
      ),
    ),
    make(
      'tbody',
      {},
      rows.map((row) => make('tr', {}, row.map(cell))),
    ),
  );
}

/** What opens when it is pressed, closed at first unless told otherwise. */
export function folded(title, content, { open = false } = {}) {
  return make('details', { open }, make('summary', {}, title), content);
}

function said(value) {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return sayDate(value);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return sayInstant(value);
  return String(value);
}
