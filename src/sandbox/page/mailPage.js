import { get } from './api.js';
import { make } from './elements.js';
import { sayInstant, saySize } from './words.js';

/** The mail as its readers see it, in the mailbox that is picked. Answers the page's heading. */
export async function mailPage(main, people) {
  const messages = (await get('/mail')).toReversed();
  const heading = make('h1', { tabIndex: -1 }, 'Mail');
  const list = make('div', { class: 'mail', 'aria-live': 'polite' });
  const names = new Map(people.map(({ email, name }) => [email.toLowerCase(), name]));
  const show = (mailbox) => {
    const rows = mailbox === '' ? messages : messages.filter((message) => addressesOf(message).includes(mailbox));
    const none = messages.length === 0 ? 'No mail has been sent.' : 'There is nothing in this mailbox.';
    list.replaceChildren(
      ...(rows.length === 0 ? [make('p', {}, none)] : rows.map((message, index) => messageElement(message, names, index === 0))),
    );
  };
  const select = make('select', { id: 'mailbox', onchange: () => show(select.value) }, mailboxes(messages, people));
  main.replaceChildren(
    make(
      'section',
      { class: 'plain' },
      heading,
      make('div', { class: 'controls' }, make('label', { for: 'mailbox' }, 'Whose mailbox ', select)),
      list,
    ),
  );
  show('');
  return heading;
}

/** Shared mailboxes and those of agencies first, which nobody's name leads to; then the people, as they are listed everywhere. */
function mailboxes(messages, people) {
  const count = (address) => messages.filter((message) => addressesOf(message).includes(address)).length;
  const option = (address, title) => {
    const waiting = count(address);
    return make('option', { value: address }, waiting === 0 ? title : `${title} (${waiting})`);
  };
  const persons = new Set(people.map(({ email }) => email.toLowerCase()));
  const others = [...new Set(messages.flatMap(addressesOf))].filter((address) => !persons.has(address)).sort();
  const group = ([title, members]) =>
    make(
      'optgroup',
      { label: title },
      members.map(({ email, name, role }) => option(email.toLowerCase(), `${name}, ${role}`)),
    );
  return [
    make('option', { value: '' }, `All mail (${messages.length})`),
    others.length === 0
      ? null
      : make(
          'optgroup',
          { label: 'Shared mailboxes and agencies' },
          others.map((address) => option(address, address)),
        ),
    ...[...Map.groupBy(people, (person) => person.group ?? 'People')].map(group),
  ];
}

function messageElement({ at, from, to, cc, subject, text, attachments }, names, open) {
  const said = (address) => {
    const name = names.get(address.toLowerCase());
    return name ? `${name} <${address}>` : address;
  };
  const short = (address) => names.get(address.toLowerCase()) ?? address;
  const lines = { From: [from], To: to, ...(cc.length > 0 ? { Copy: cc } : {}) };
  return make(
    'details',
    { open, class: 'letter' },
    make(
      'summary',
      {},
      make('h2', {}, subject || 'No subject'),
      make('span', { class: 'quiet' }, `To ${to.map(short).join(', ')}`),
      make('time', { class: 'quiet', datetime: at }, sayInstant(at)),
    ),
    make(
      'dl',
      {},
      Object.entries(lines).flatMap(([title, addresses]) => [make('dt', {}, title), make('dd', {}, addresses.map(said).join(', '))]),
    ),
    make('div', { class: 'text' }, text),
    attachments.length === 0 ? null : make('h3', {}, 'Attached'),
    make(
      'ul',
      {},
      attachments.map(({ name, size, address }) =>
        make('li', {}, make('a', { href: address, download: name }, name), make('span', { class: 'quiet' }, ` ${saySize(size)}`)),
      ),
    ),
  );
}

function addressesOf({ from, to, cc }) {
  return [...new Set([from, ...to, ...cc].map((address) => address.toLowerCase()))];
}
