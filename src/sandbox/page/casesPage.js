import { get } from './api.js';
import { make } from './elements.js';
import { folded, table } from './facts.js';
import { paper } from './paper.js';
import { sayDate, sayInstant, sayName } from './words.js';

/** The cases there are, or all about one of them as its auditor reads it. Answers the page's heading. */
export function casesPage(main, people, reference) {
  return reference ? casePage(main, people, reference) : listPage(main);
}

const STATUS = { open: 'Open', closed: 'Closed', erased: 'Erased' };

async function listPage(main) {
  const cases = await get('/cases');
  const heading = make('h1', { tabIndex: -1 }, 'Cases');
  const row = ({ reference, raisedAt, partnership, status, dueOn }) => [
    make('a', { class: 'reference', href: `/cases/${encodeURIComponent(reference)}` }, reference),
    sayInstant(raisedAt),
    sayName(partnership),
    STATUS[status] ?? status,
    dueOn ? sayDate(dueOn) : '',
  ];
  const list =
    cases.length === 0
      ? make('p', {}, 'There is no case yet. Be somebody and say "raise dissent".')
      : table('Newest first', ['Case', 'Raised', 'Partnership', 'Open or closed', 'Next date'], cases.map(row));
  main.replaceChildren(make('section', { class: 'plain' }, heading, list));
  return heading;
}

async function casePage(main, people, reference) {
  const found = await get(`/cases/${encodeURIComponent(reference)}`);
  const heading = make('h1', { tabIndex: -1 }, `Case ${reference}`);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const looks = (found.history ?? []).filter(({ kind }) => kind !== 'change');
  main.replaceChildren(
    make(
      'section',
      { class: 'plain' },
      make(
        'p',
        { class: 'unprinted controls' },
        make('a', { href: '/cases' }, 'All cases'),
        make('button', { type: 'button', onclick: () => window.print() }, 'Print this case'),
      ),
      heading,
      found.status === 'erased' ? make('p', {}, `What was said in it was erased ${sayInstant(found.erasedAt)}.`) : null,
      found.document ? paper(found.document) : null,
      limits(found.timeLimits ?? []),
      make('h2', {}, 'Who looked, and what changed nothing'),
      looks.length === 0
        ? make('p', {}, 'Nobody has.')
        : table(
            'Oldest first',
            ['When', 'Who', 'As', 'What'],
            looks.map((each) => lookRow(each, names)),
          ),
      make(
        'div',
        { class: 'unprinted' },
        folded(
          'For programs: all of it as JSON',
          make('pre', { tabIndex: 0, 'aria-label': `Case ${reference} as JSON` }, JSON.stringify(found, null, 2)),
        ),
      ),
    ),
  );
  return heading;
}

function limits(timeLimits) {
  const title = make('h2', {}, 'Dates, and how they were counted');
  if (timeLimits.length === 0) return make('div', {}, title, make('p', {}, 'It has had none.'));
  const header = ['For what', 'How long', 'Counted from', 'Last day', 'Now'];
  return make('div', {}, title, table('Working days are counted from the day after', header, timeLimits.map(limitRow)));
}

function limitRow({ stage, kind, source, start, within, unit, due, today, overdueBy }) {
  const length = `${within} ${unit.replace('-', ' ').slice(0, within === 1 ? -1 : undefined)}`;
  const now = overdueBy > 0 ? `${overdueBy} over` : `day ${today}`;
  return [`${sayName(stage)}: ${kind}`, `${length} (rule ${source})`, sayDate(start), sayDate(due), now];
}

const CHANGED_NOTHING = { refused: 'pressed a button, which was refused', diverted: 'raised what belongs to another policy' };

function lookRow({ at, actor, role, kind, code, rule }, names) {
  const why = kind === 'viewed' ? '' : [code && sayName(code).toLowerCase(), rule && `rule ${rule}`].filter(Boolean).join(', ');
  const what = kind === 'viewed' ? 'looked at it' : (CHANGED_NOTHING[kind] ?? sayName(kind).toLowerCase());
  const who = names.get(actor) ?? (actor === 'bot' ? 'The bot' : actor);
  return [sayInstant(at), who, role === 'none' ? 'nobody on the case' : sayName(role), why ? `${what} (${why})` : what];
}
