import { get, send } from './api.js';
import { make } from './elements.js';
import { KINDS } from './people.js';

const TYPES = { group: 'Group chat', meeting: "A meeting's chat", channel: 'Channel of a team' };

/** The chats that several people share, and a form to open another. Answers the page's heading. */
export async function groupsPage(main, people) {
  const heading = make('h1', { tabIndex: -1 }, 'Group chats and channels');
  const list = make('div', {});
  const show = async () => list.replaceChildren(listOf(await get('/groups'), people));
  main.replaceChildren(
    make(
      'section',
      { class: 'plain' },
      heading,
      make(
        'p',
        {},
        'In a shared chat the bot hears only what begins with @Conference Dissent, and shows each person what is theirs alone.',
      ),
      list,
      openingForm(people, show),
    ),
  );
  await show();
  return heading;
}

function listOf(groups, people) {
  if (groups.length === 0) return make('p', {}, 'There is none yet.');
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const link = (group, member) =>
    make('li', {}, make('a', { href: `/chats/${encodeURIComponent(member)}?in=${encodeURIComponent(group)}` }, `As ${names.get(member)}`));
  const item = ({ id, title, kind, members }) =>
    make(
      'li',
      {},
      make('h2', {}, `${KINDS[kind]}: ${title ?? 'no name'}`),
      make(
        'ul',
        {},
        members.map((member) => link(id, member)),
      ),
    );
  return make('ul', { class: 'cards' }, groups.map(item));
}

function openingForm(people, onOpened) {
  const fault = make('p', { class: 'fault', role: 'alert' });
  const type = make(
    'select',
    { id: 'groupType' },
    Object.entries(TYPES).map(([value, title]) => make('option', { value }, title)),
  );
  const title = make('input', { id: 'groupTitle', type: 'text', autocomplete: 'off', maxLength: 80 });
  const find = make('input', { id: 'groupFind', type: 'search', autocomplete: 'off' });
  const boxes = people.map((person, index) => {
    const box = make('input', { type: 'checkbox', id: `member${index}`, value: person.id });
    return { person, box, row: make('li', {}, box, ' ', make('label', { for: `member${index}` }, `${person.name}, ${person.role}`)) };
  });
  find.addEventListener('input', () => {
    const sought = find.value.trim().toLowerCase();
    for (const { person, box, row } of boxes)
      row.hidden = !box.checked && !`${person.name} ${person.role} ${person.group}`.toLowerCase().includes(sought);
  });
  const form = make(
    'form',
    { class: 'opening' },
    make('h2', {}, 'Open another'),
    make('label', { for: 'groupType' }, 'What kind? ', type),
    make('label', { for: 'groupTitle' }, 'What is it called? ', title),
    make(
      'fieldset',
      {},
      make('legend', {}, 'Who is in it?'),
      make('label', { for: 'groupFind' }, 'Find a person ', find),
      make(
        'ul',
        { class: 'members' },
        boxes.map(({ row }) => row),
      ),
    ),
    make('button', { type: 'submit', class: 'main' }, 'Open it'),
    fault,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    fault.textContent = '';
    const members = boxes.filter(({ box }) => box.checked).map(({ person }) => person.id);
    if (members.length === 0) {
      fault.textContent = 'Choose who is in it.';
      return;
    }
    try {
      await send('POST', '/groups', { type: type.value, title: title.value, members });
      form.reset();
      await onOpened();
    } catch (error) {
      fault.textContent = error.message;
    }
  });
  return form;
}
