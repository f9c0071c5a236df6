import { renderCard } from './card.js';
import { make } from './elements.js';
import { inLondon, sayDate, sayInstant, saySize } from './words.js';

/** One message of a chat: who said it and when, its words, its files and its card. What somebody wrote themselves they may change. */
export function messageElement({ activityId, from, at, text, card, files = [] }, { person, names, newDay, press, edit }) {
  const own = from === person.id;
  const time = make('time', { datetime: at, title: sayInstant(at) }, inLondon(at).time);
  const who = own ? 'You' : from === 'bot' ? 'Conference Dissent' : (names.get(from) ?? from);
  const by = make('p', { class: 'by' }, make('span', {}, who), ' ', time);
  const words = text ? make('p', { class: 'words' }, said(text)) : null;
  if (own && text)
    by.append(
      ' ',
      editButton(said(text), words, (changed) => edit(activityId, changed)),
    );
  const shownCard = card
    ? make(
        'div',
        { class: card.msteams?.width === 'Full' ? 'card full' : 'card', tabIndex: -1, role: 'group', 'aria-label': 'Card' },
        renderCard(card, (action) => press(activityId, action)),
      )
    : null;
  const day = newDay ? make('p', { class: 'day' }, make('span', {}, sayDate(inLondon(at).date))) : null;
  const face = own ? null : make('img', { class: 'face', src: '/page/icon.svg', alt: '', width: 32, height: 32 });
  const sent =
    files.length > 0
      ? make(
          'ul',
          { class: 'sent' },
          files.map(({ name, size }) => make('li', {}, `${name}, ${saySize(size)}`)),
        )
      : null;
  return make(
    'article',
    { class: own ? 'message own' : 'message' },
    day,
    make('div', { class: 'row' }, from === 'bot' ? face : null, make('div', { class: 'body' }, by, words, sent, shownCard)),
  );
}

/** A mention as people see it. */
function said(text) {
  return text.replace(/<at>([^<]*)<\/at>/g, '@$1');
}

function editButton(text, words, onChanged) {
  const button = make('button', { type: 'button', class: 'edit', 'aria-label': `Change "${text}"` }, 'Edit');
  button.addEventListener('click', () => {
    const box = make('input', { type: 'text', value: text, 'aria-label': 'Your message, changed' });
    const form = make('form', { class: 'compose' }, box, make('button', { type: 'submit' }, 'Change'));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const changed = box.value.trim();
      form.replaceWith(words);
      if (changed && changed !== text) void onChanged(changed);
      button.hidden = false;
    });
    words.replaceWith(form);
    button.hidden = true;
    box.focus();
  });
  return button;
}
