import { get } from './api.js';
import { make } from './elements.js';

/** The list of everybody whom one can be, under headings, with a dot where something new waits. */
export function peopleList(people, current, unread) {
  const groups = Map.groupBy(people, ({ group = 'People' }) => group);
  return [...groups].map(([title, members], index) =>
    make(
      'section',
      { 'aria-labelledby': `group${index}` },
      make('h2', { id: `group${index}` }, title),
      make(
        'ul',
        {},
        members.map((person) => make('li', {}, personLink(person, person.id === current, unread.get(person.id) ?? 0))),
      ),
    ),
  );
}

function personLink({ id, name, role }, isCurrent, waiting) {
  const news = waiting === 0 ? null : make('span', { class: 'dot', role: 'img', 'aria-label': `${waiting} new` });
  const words = make('span', { class: 'who' }, make('span', { class: 'name' }, name), make('span', { class: 'role' }, role));
  return make('a', { href: `/chats/${encodeURIComponent(id)}`, 'aria-current': isCurrent ? 'page' : undefined }, avatar(name), words, news);
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

/** How many new messages wait for each person, by id; only personal chats count. */
export async function unreadByPerson() {
  const chats = await get('/chats');
  return new Map(chats.filter(({ kind }) => kind === 'personal').flatMap(({ unread }) => Object.entries(unread)));
}
