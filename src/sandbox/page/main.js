import { get, listen } from './api.js';
import { calendarsPage } from './calendarsPage.js';
import { casesPage } from './casesPage.js';
import { openChat } from './chat.js';
import { clockPage } from './clockPage.js';
import { hush, make } from './elements.js';
import { filesPage } from './filesPage.js';
import { groupsPage } from './groupsPage.js';
import { jobsPage } from './jobsPage.js';
import { mailPage } from './mailPage.js';
import { chatsNow, peoplePanel } from './people.js';
import { sayInstant } from './words.js';

const PLACES = {
  calendars: { title: 'Calendars', page: calendarsPage },
  mail: { title: 'Mail', page: mailPage },
  files: { title: 'Files', page: filesPage },
  cases: { title: 'Cases', page: casesPage },
  groups: { title: 'Groups', page: groupsPage },
  jobs: { title: 'Jobs', page: jobsPage },
  clock: { title: 'Clock', page: (into) => clockPage(into, showClock) },
};

const main = document.getElementById('main');
const aside = document.getElementById('people');
const peopleButton = document.getElementById('peopleButton');
const people = await get('/people');
const panel = peoplePanel(people);
aside.replaceChildren(...panel.elements);
let open = null;

/** The address as parts: `/chats/health-visitor` is `['chats', 'health-visitor']`. */
const here = () => location.pathname.split('/').slice(1).map(decodeURIComponent);

async function showPeople() {
  const [place, id] = here();
  const { unread, shared } = await chatsNow();
  panel.show(place === 'chats' ? id : null, unread, shared);
  const others = [...unread].some(([person, count]) => count > 0 && person !== id);
  peopleButton.classList.toggle('news', others);
}

async function showClock() {
  const { now } = await get('/clock');
  const clock = document.getElementById('now');
  clock.textContent = sayInstant(now);
  clock.setAttribute('aria-label', `Clock: ${sayInstant(now)}`);
}

function showPlaces() {
  const [place] = here();
  const link = ([path, { title }]) =>
    make('li', {}, make('a', { href: `/${path}`, 'aria-current': place === path ? 'page' : undefined }, title));
  document.getElementById('places').replaceChildren(...Object.entries(PLACES).map(link));
}

function welcome() {
  const heading = make('h1', { tabIndex: -1 }, 'Whom do you want to be?');
  const words = [
    'Everybody here is invented. Choose a person: you see their chat with the bot as they would see it in Microsoft Teams, and press the buttons as them. Begin with the first of those below, and follow the case down the list.',
    'Open a second window to be a second person. Calendars, mail, files, cases, group chats and the clock are at the top.',
  ];
  const everybody = peoplePanel(people);
  everybody.show(null, new Map());
  main.replaceChildren(
    make(
      'section',
      { class: 'plain welcome' },
      heading,
      words.map((each) => make('p', {}, each)),
      make('div', { class: 'choices' }, everybody.elements),
    ),
  );
  return heading;
}

async function show({ moveFocus }) {
  const [place, id] = here();
  const person = place === 'chats' ? people.find((each) => each.id === id || each.aadObjectId === id) : null;
  open = null;
  hush();
  showPlaces();
  document.body.classList.remove('peopleOpen');
  document.body.classList.toggle('choosing', !place);
  peopleButton.setAttribute('aria-expanded', 'false');
  let heading;
  if (person) {
    open = { person, ...(await openChat(main, person, people, new URLSearchParams(location.search).get('in'))) };
    heading = open.heading;
    await open.update({ again: true });
  } else if (PLACES[place]) heading = await PLACES[place].page(main, people, id);
  else heading = welcome();
  document.title = `${person ? `${person.name}, ${person.role}` : heading.textContent} · Conference Dissent sandbox`;
  if (moveFocus) heading.focus();
  await Promise.all([showPeople(), showClock()]);
}

function failed(error) {
  main.replaceChildren(
    make('section', { class: 'plain' }, make('h1', {}, 'This cannot be shown'), make('p', { role: 'alert' }, error.message)),
  );
}

const go = (options) => show(options).catch(failed);

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href^="/"]');
  if (!link || link.hasAttribute('download') || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  history.pushState(null, '', link.getAttribute('href'));
  void go({ moveFocus: true });
});
window.addEventListener('popstate', () => go({ moveFocus: true }));

peopleButton.addEventListener('click', () => {
  const isOpen = document.body.classList.toggle('peopleOpen');
  peopleButton.setAttribute('aria-expanded', String(isOpen));
  if (isOpen) aside.querySelector('input')?.focus();
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !document.body.classList.contains('peopleOpen')) return;
  peopleButton.click();
  peopleButton.focus();
});

let upToDate = Promise.resolve();
/** One look at a time, so that an older answer never overwrites a newer one. */
function refresh(members) {
  upToDate = upToDate
    .then(async () => {
      if (open && (!members || members.includes(open.person.id))) await open.update({ again: !members });
      await showPeople();
    })
    .catch(() => {});
}

listen({
  onChat({ members }) {
    refresh(members);
    showClock().catch(() => {});
  },
  onReturn: () => refresh(null),
});
setInterval(() => showClock().catch(() => {}), 20_000);
await go({ moveFocus: false });
