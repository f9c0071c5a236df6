import { get } from './api.js';
import { make } from './elements.js';
import { facts, folded, table } from './facts.js';
import { sayDate, sayInstant, sayName } from './words.js';

/** The cases there are, or all about one of them as its auditor reads it. Answers the page's heading. */
export function casesPage(main, people, reference) {
  return reference ? casePage(main, people, reference) : listPage(main);
}

async function listPage(main) {
  const cases = await get('/cases');
  const heading = make('h1', { tabIndex: -1 }, 'Cases');
  const row = ({ reference, raisedAt, partnership, status, stage, revision }) => [
    make('a', { class: 'reference', href: `/cases/${encodeURIComponent(reference)}` }, reference),
    sayInstant(raisedAt),
    sayName(partnership),
    `${sayName(status)}, at "${stage}"`,
    String(revision),
  ];
  const list =
    cases.length === 0
      ? make('p', {}, 'There is no case yet. Be somebody and say "raise dissent".')
      : table('Newest first', ['Case', 'Raised', 'Partnership', 'Where it stands', 'Revision'], cases.map(row));
  main.replaceChildren(make('section', { class: 'plain' }, heading, list));
  return heading;
}

async function casePage(main, people, reference) {
  const found = await get(`/cases/${encodeURIComponent(reference)}`);
  const heading = make('h1', { tabIndex: -1 }, `Case ${reference}`);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const stands = {
    status: found.status,
    stage: found.stage,
    outcomes: found.outcomes,
    procedure: `${found.procedure.id}, version ${found.procedure.version}`,
    revision: found.revision,
  };
  main.replaceChildren(
    make(
      'section',
      { class: 'plain' },
      make('p', {}, make('a', { href: '/cases' }, 'All cases')),
      heading,
      facts(stands),
      make('h2', {}, 'Time limits'),
      found.timeLimits.length === 0
        ? make('p', {}, 'It has had none.')
        : table('Working days are counted from the day after', ['Stage', 'What', 'From', 'Due', 'Day'], found.timeLimits.map(limitRow)),
      make('h2', {}, 'History'),
      table(
        'Oldest first: changes, looks, and presses that changed nothing',
        ['When', 'Who', 'As', 'What'],
        found.history.map((each) => historyRow(each, names)),
      ),
      folded('All of it as JSON', make('pre', { tabIndex: 0, 'aria-label': `Case ${reference} as JSON` }, JSON.stringify(found, null, 2))),
    ),
  );
  return heading;
}

function limitRow({ stage, kind, source, from, start, within, unit, due, today, overdueBy }) {
  const length = `, ${within} ${unit.replace('-', ' ').slice(0, within === 1 ? -1 : undefined)}`;
  const late = overdueBy > 0 ? `overdue by ${overdueBy}` : `day ${today}`;
  return [sayName(stage), `${sayName(kind)}${length} (${source})`, `${sayName(from)}, ${sayDate(start)}`, sayDate(due), late];
}

function historyRow({ at, actor, role, ...rest }, names) {
  return [sayInstant(at), names.get(actor) ?? (actor === 'bot' ? 'The bot' : actor), role === 'bot' ? '' : sayName(role), whatOf(rest)];
}

const CHANGED_NOTHING = { refused: 'was refused', diverted: 'was sent elsewhere' };

function whatOf({ kind, event, facts: told, action, code, rule, cardRevision }) {
  if (kind === 'viewed') return 'Looked at it';
  if (kind !== 'change') {
    const why = [code && sayName(code).toLowerCase(), rule].filter(Boolean).join(', ');
    const card = cardRevision === null ? '' : ` on a card of revision ${cardRevision}`;
    return `Pressed "${action}"${card}, which ${CHANGED_NOTHING[kind] ?? kind}${why ? `: ${why}` : ''}`;
  }
  const title = [sayName(event), [told.stage, told.outcome].filter(Boolean).join(', ')].filter(Boolean).join(': ');
  return Object.keys(told).length === 0 ? title : folded(title, facts(told));
}
