import { make } from './elements.js';

const SUGGESTIONS = ['raise dissent', 'my cases', 'help'];
const MENTION = '@Conference Dissent ';

/** What stands under a chat: things to say, and the field for a message, with files. `say` gets text and files. */
export function composeForm({ say, shared, waiting }) {
  const box = make('input', {
    id: 'words',
    name: 'words',
    type: 'text',
    placeholder: shared ? `Begin with ${MENTION.trim()}` : 'Type a message',
    autocomplete: 'off',
    maxLength: 4000,
  });
  const chosen = make('span', { class: 'chosen', 'aria-live': 'polite' });
  const files = make('input', { id: 'files', type: 'file', multiple: true, class: 'hidden' });
  files.addEventListener('change', () => {
    chosen.textContent = [...files.files].map(({ name }) => name).join(', ');
  });
  const form = make(
    'form',
    { class: 'compose' },
    make('label', { for: 'words', class: 'hidden' }, 'Message to Conference Dissent'),
    box,
    files,
    make('label', { for: 'files', class: 'attach' }, 'Attach'),
    make('button', { type: 'submit', class: 'main' }, 'Send'),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = box.value.trim();
    const given = await Promise.all([...files.files].map(asGiven));
    form.reset();
    chosen.textContent = '';
    if (text || given.length > 0) void say(text, given);
  });
  const sayings = SUGGESTIONS.map((words) => (shared ? `${MENTION}${words}` : words));
  const suggestions = make(
    'div',
    { class: 'suggestions', role: 'group', 'aria-label': 'Things to say' },
    sayings.map((words) => make('button', { type: 'button', onclick: () => say(words, []) }, words)),
    waiting,
  );
  return [suggestions, form, chosen];
}

/** A file as the sandbox takes it. */
async function asGiven(file) {
  const address = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
  return { name: file.name, contentType: file.type || 'application/octet-stream', base64: address.slice(address.indexOf(',') + 1) };
}
