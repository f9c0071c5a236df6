import { get } from './api.js';
import { make } from './elements.js';
import { START_HERE } from './startHere.js';

/**
 * The list of everybody whom one can be: where to begin, then all others under headings that open, and a field to find somebody by. `show`
 * brings it up to date: whose chat is open, and where something new waits.
 */
export function peoplePanel(people) {
  const unfolded = new Set();
  const start = make('div', {});
  const list = make('div', { class: 'groups' });
  const box = make('input', {
    type: 'search',
    class: 'find',
    autocomplete: 'off',
    placeholder: 'Find a person',
    'aria-label': 'Find a person',
  });
  let seen = { current: null, unread: new Map(), shared: [] };

  const draw = () => {
    const within = [start, list].some((part) => part.contains(document.activeElement));
    const focused = within ? document.activeElement.getAttribute('href') : null;
    const sought = box.value.trim().toLowerCase();
    const found = people.filter(({ name, role, agency, group }) => [name, role, agency, group].join(' ').toLowerCase().includes(sought));
    start.replaceChildren(...[sharedSection(seen), startSection(people, seen)].filter(Boolean));
    list.replaceChildren(
      ...groupsOf(found).map(([title, members]) => groupSection(title, members, seen, unfolded, sought !== '')),
      ...(found.length === 0 ? [make('p', { class: 'quiet' }, 'There is nobody like that.')] : []),
    );
    if (focused)
      [start, list]
        .map((part) => part.querySelector(`[href="${CSS.escape(focused)}"]`))
        .find(Boolean)
        ?.focus();
  };
  box.addEventListener('input', draw);
  return {
    elements: [start, box, list],
    show(current, unread, shared = []) {
      seen = { current, unread, shared };
      draw();
    },
  };
}

function groupsOf(people) {
  return [...Map.groupBy(people, ({ group = 'People' }) => group)];
}

function startSection(people, seen) {
  const first = START_HERE.flatMap(({ id, does }) => people.filter((person) => person.id === id).map((person) => ({ ...person, does })));
  if (first.length === 0) return null;
  return make(
    'section',
    {},
    make('h2', {}, 'Start here'),
    make(
      'ol',
      {},
      first.map((person) => make('li', {}, personLink(person, seen, `${person.role}: ${person.does}`))),
    ),
  );
}

/** The groups, meetings and channels that the person whose chat is open is in. */
function sharedSection({ current, shared }) {
  const theirs = shared.filter(({ members }) => members.includes(current));
  if (theirs.length === 0) return null;
  const link = ({ id, title, kind }) =>
    make('a', { href: `/chats/${encodeURIComponent(current)}?in=${encodeURIComponent(id)}` }, `${KINDS[kind]}: ${title ?? 'no name'}`);
  return make(
    'section',
    {},
    make('h2', {}, 'Shared chats'),
    make(
      'ul',
      {},
      theirs.map((chat) => make('li', {}, link(chat))),
    ),
  );
}

/** What each kind of chat is called. */
export const KINDS = { groupChat: 'Group', meeting: 'Meeting', channel: 'Channel' };

function groupSection(title, members, seen, unfolded, all) {
  const waiting = members.some(({ id }) => id !== seen.current && (seen.unread.get(id) ?? 0) > 0);
  const summary = make(
    'summary',
    {},
    make('h2', {}, title),
    waiting ? make('span', { class: 'dot', role: 'img', 'aria-label': 'new' }) : null,
  );
  const open = all || unfolded.has(title);
  const section = make(
    'details',
    { open },
    summary,
    make(
      'ul',
      {},
      members.map((person) => make('li', {}, personLink(person, seen, person.role))),
    ),
  );
  if (!all) section.addEventListener('toggle', () => (section.open ? unfolded.add(title) : unfolded.delete(title)));
  return section;
}

function personLink({ id, name }, { current, unread }, words) {
  const count = unread.get(id) ?? 0;
  const news = count === 0 ? null : make('span', { class: 'dot', role: 'img', 'aria-label': `${count} new` });
  const who = make('span', { class: 'who' }, make('span', { class: 'name' }, name), make('span', { class: 'role' }, words));
  return make(
    'a',
    { href: `/chats/${encodeURIComponent(id)}`, 'aria-current': id === current ? 'page' : undefined },
    avatar(name),
    who,
    news,
  );
}

/** Somebody's initials in a coloured disc, the same colour each time. */
export function avatar(name) {
  const initials = name
    .split(' ')
    .map((part) => part.charAt(0))
    .filter((letter) => /\p{Lu}/u.test(letter));
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const disc = make(
    'span',
    { class: 'avatar', 'aria-hidden': 'true' },
    `${initials.at(0) ?? ''}${initials.length > 1 ? initials.at(-1) : ''}`,
  );
  disc.style.background = `hsl(${hue} 45% 88%)`;
  disc.style.color = `hsl(${hue} 60% 22%)`;
  return disc;
}

/** How many new messages wait for each person, by id, in their own chats; and the chats that several share. */
export async function chatsNow() {
  const chats = await get('/chats');
  const personal = chats.filter(({ kind }) => kind === 'personal');
  return {
    unread: new Map(personal.flatMap(({ unread }) => Object.entries(unread))),
    shared: chats.filter(({ kind }) => kind !== 'personal'),
  };
}
