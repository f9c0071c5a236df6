import { get, send } from './api.js';
import { renderCard } from './card.js';
import { hush, make, notify } from './elements.js';
import { inLondon, sayDate, sayInstant } from './words.js';

const WENT_WRONG = 'Something went wrong. Try again.';
const SUGGESTIONS = ['raise dissent', 'my cases', 'help'];

/** A person's chat with the bot. Answers how to bring it up to date; what has not changed stays as it is, with what was typed into it. */
export function openChat(main, person) {
  const path = `/chats/${encodeURIComponent(person.id)}`;
  const log = make('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': 'Messages' });
  const waiting = make('p', { class: 'waiting', hidden: true, role: 'status' }, 'Conference Dissent is busy …');
  const fault = make('p', { class: 'fault', role: 'alert' });
  const shown = new Map();

  const look = async ({ again = false, toEnd = false }) => {
    const { messages } = await get(`${path}${again ? '' : '?again=no'}`);
    const atEnd = shown.size === 0 || log.scrollHeight - log.scrollTop - log.clientHeight < 120;
    const ids = new Set(messages.map(({ activityId }) => activityId));
    for (const [id, { element }] of shown) {
      if (ids.has(id)) continue;
      element.remove();
      shown.delete(id);
    }
    let added = false;
    for (const [index, message] of messages.entries()) {
      const before = messages[index - 1];
      const newDay = !before || inLondon(before.at).date !== inLondon(message.at).date;
      const fingerprint = JSON.stringify([message.text, message.card, newDay]);
      const old = shown.get(message.activityId);
      if (old?.fingerprint === fingerprint) continue;
      const element = messageElement(message, person, newDay, press);
      if (old) old.element.replaceWith(element);
      else log.append(element);
      added ||= !old;
      shown.set(message.activityId, { element, fingerprint });
    }
    if (added && (atEnd || toEnd)) log.lastElementChild?.scrollIntoView({ block: 'start' });
  };
  // One look at a time, so that an older answer never overwrites a newer one.
  let looking = Promise.resolve();
  const update = (options = {}) => {
    looking = looking.catch(() => {}).then(() => look(options));
    return looking;
  };

  const busy = async (deed) => {
    hush();
    fault.textContent = '';
    waiting.hidden = false;
    try {
      return await deed();
    } catch (error) {
      return { error: error instanceof TypeError ? WENT_WRONG : error.message };
    } finally {
      waiting.hidden = true;
    }
  };

  async function press(activityId, action) {
    const element = shown.get(activityId)?.element;
    element?.querySelector('.fault')?.remove();
    element?.setAttribute('aria-busy', 'true');
    const cardBox = element?.querySelector('.card');
    if (cardBox) cardBox.inert = true;
    const outcome = await busy(() => send('POST', `${path}/actions?settle=no`, { ...action, activityId }));
    element?.removeAttribute('aria-busy');
    if (cardBox) cardBox.inert = false;
    await update();
    if (outcome.message && outcome.invoke?.type) notify(outcome.message);
    const current = shown.get(activityId)?.element;
    if (current !== element) current?.querySelector('.card')?.focus();
    if (!outcome.error) return;
    const failure = make('p', { class: 'fault', role: 'alert' }, outcome.error);
    current?.append(failure);
    failure.scrollIntoView({ block: 'nearest' });
  }

  async function say(text) {
    const outcome = await busy(() => send('POST', `${path}/messages?settle=no`, { text }));
    fault.textContent = outcome.error ?? '';
    await update({ toEnd: true });
  }

  const box = make('input', { id: 'words', name: 'words', type: 'text', placeholder: 'Type a message', autocomplete: 'off', maxLength: 4000 });
  const form = make('form', { class: 'compose' }, make('label', { for: 'words', class: 'hidden' }, 'Message to Conference Dissent'), box, make('button', { type: 'submit', class: 'main' }, 'Send'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = box.value.trim();
    box.value = '';
    if (text) void say(text);
  });
  const suggestions = make('div', { class: 'suggestions', role: 'group', 'aria-label': 'Things to say' }, SUGGESTIONS.map((words) => make('button', { type: 'button', onclick: () => say(words) }, words)), waiting);
  const heading = make('h1', { tabIndex: -1 }, 'Conference Dissent');
  const you = make('p', { class: 'you' }, 'You are ', make('strong', {}, person.name), `, ${person.role}`, person.agency ? `, ${person.agency}` : '');
  main.replaceChildren(
    make('section', { class: 'chat', 'aria-label': `Chat of ${person.name} with Conference Dissent` }, make('header', {}, make('img', { src: '/page/icon.svg', alt: '', width: 36, height: 36 }), make('div', {}, heading, you)), log, make('footer', {}, fault, suggestions, form)),
  );
  return { update, heading };
}

function messageElement({ activityId, from, at, text, card }, person, newDay, press) {
  const own = from === person.id;
  const time = make('time', { datetime: at, title: sayInstant(at) }, inLondon(at).time);
  const by = make('p', { class: 'by' }, make('span', {}, own ? 'You' : 'Conference Dissent'), ' ', time);
  const words = text ? make('p', { class: 'words' }, text) : null;
  const shownCard = card ? make('div', { class: 'card', tabIndex: -1, role: 'group', 'aria-label': 'Card' }, renderCard(card, (action) => press(activityId, action))) : null;
  const day = newDay ? make('p', { class: 'day' }, make('span', {}, sayDate(inLondon(at).date))) : null;
  const face = own ? null : make('img', { class: 'face', src: '/page/icon.svg', alt: '', width: 32, height: 32 });
  return make('article', { class: own ? 'message own' : 'message' }, day, make('div', { class: 'row' }, face, make('div', { class: 'body' }, by, words, shownCard)));
}

