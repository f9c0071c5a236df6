import { get, send } from './api.js';
import { firstField } from './card.js';
import { composeForm } from './compose.js';
import { hush, make, notify } from './elements.js';
import { messageElement } from './message.js';
import { KINDS } from './people.js';
import { inLondon } from './words.js';

const WENT_WRONG = 'Something went wrong. Try again.';

/**
 * A person's chat with the bot, or a shared one that they are in. Answers how to bring it up to date; what has not changed stays as it is,
 * with what was typed into it.
 */
export async function openChat(main, person, people, group) {
  const address = (part = '', query = {}) => {
    const asked = new URLSearchParams({ ...query, ...(group ? { in: group } : {}) }).toString();
    return `/chats/${encodeURIComponent(person.id)}${part}${asked ? `?${asked}` : ''}`;
  };
  const chat = group ? (await get(address('', { again: 'no' }))).chat : { kind: 'personal', members: [person.id] };
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const log = make('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': 'Messages', tabIndex: 0 });
  const waiting = make('p', { class: 'waiting', hidden: true, role: 'status' }, 'Conference Dissent is busy …');
  const fault = make('p', { class: 'fault', role: 'alert' });
  const shown = new Map();

  const look = async ({ again = false, toEnd = false }) => {
    const { messages } = await get(address('', again ? {} : { again: 'no' }));
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
      const element = messageElement(message, { person, names, newDay, press, edit });
      const held = old?.element.contains(document.activeElement);
      if (old) old.element.replaceWith(element);
      else log.append(element);
      // Whoever stood on what has changed stands on what is there now.
      if (held) takeUp(element.querySelector('.card'));
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
    // Until the presser has been put where they go on.
    log.setAttribute('aria-busy', 'true');
    const cardBox = element?.querySelector('.card');
    if (cardBox) cardBox.inert = true;
    const outcome = await busy(() => send('POST', address('/actions', { settle: 'no' }), { ...action, activityId }));
    element?.removeAttribute('aria-busy');
    if (cardBox) cardBox.inert = false;
    await update().catch(() => {});
    if (outcome.message && outcome.invoke?.type) notify(outcome.message);
    const current = shown.get(activityId)?.element;
    takeUp(current?.querySelector('.card'), current !== element);
    log.removeAttribute('aria-busy');
    if (!outcome.error) return;
    const failure = make('p', { class: 'fault', role: 'alert' }, outcome.error);
    current?.append(failure);
    failure.scrollIntoView({ block: 'nearest' });
  }

  const told = async (deed) => {
    const outcome = await busy(deed);
    fault.textContent = outcome.error ?? '';
    await update({ toEnd: true });
  };
  const say = (text, files) => told(() => send('POST', address('/messages', { settle: 'no' }), { text, files }));
  const edit = (id, text) => told(() => send('PUT', address(`/messages/${id}`, { settle: 'no' }), { text }));
  const setApp = (refused) => told(() => send('PUT', address('/app', { settle: 'no' }), { refused }));

  const heading = make('h1', { tabIndex: -1 }, group ? `${KINDS[chat.kind]}: ${chat.title ?? 'no name'}` : 'Conference Dissent');
  main.replaceChildren(
    make(
      'section',
      {
        class: 'chat',
        'aria-label': group ? `${heading.textContent}, as ${person.name}` : `Chat of ${person.name} with Conference Dissent`,
      },
      make(
        'header',
        {},
        make('img', { src: '/page/icon.svg', alt: '', width: 36, height: 36 }),
        make('div', {}, heading, whoYouAre(person, chat, names)),
        group ? null : appControls(setApp),
      ),
      log,
      make('footer', {}, fault, ...composeForm({ say, shared: Boolean(group), waiting })),
    ),
  );
  return { update, heading };
}

/** Puts whoever pressed where they go on: into the form that has opened, or on the card; on one that stayed as it was, on the card. */
function takeUp(card, changed = true) {
  const field = changed && card ? firstField(card) : null;
  (field ?? card)?.focus({ preventScroll: true });
  if (changed) (field?.closest('.ac-container') ?? card)?.scrollIntoView({ block: 'nearest' });
}

function whoYouAre({ id, name, role, agency }, { kind, members }, names) {
  const others = kind === 'personal' ? [] : members.filter((member) => member !== id).map((member) => names.get(member) ?? member);
  return make(
    'p',
    { class: 'you' },
    'You are ',
    make('strong', {}, name),
    `, ${role}`,
    agency ? `, ${agency}` : '',
    others.length > 0 ? `. Here too: ${others.join(', ')}` : '',
  );
}

/** What Teams lets befall a person's app: taken away, blocked, or put back. */
function appControls(setApp) {
  const button = (title, refused) => make('button', { type: 'button', onclick: () => setApp(refused) }, title);
  return make(
    'details',
    { class: 'app' },
    make('summary', {}, 'App'),
    make(
      'div',
      { class: 'suggestions' },
      button('Take it away', 'BotNotInConversationRoster'),
      button('Block the bot', 'ConversationBlockedByUser'),
      button('Put it back', null),
    ),
  );
}
