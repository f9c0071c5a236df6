import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { mainCard } from '../../src/app/cardsDue.ts';
import { showCase } from '../../src/cards/show.ts';
import { seenBy } from '../cards/fixtures.ts';
import { states } from '../cards/states.ts';
import type { Told } from './told.ts';

/** Two screens of a phone: no card is taller before something on it is opened. */
const MOST_PIXELS = 1280;
const WIDTHS = [1280, 360, 320];

/** The states in which most cards stand, each with whoever has to act or is told there. */
const COMMONEST: [state: string, viewer: string, what: string][] = [
  ['raised', 'health-visitor', 'raised, to the dissenter'],
  ['raised', 'chair', 'raised, to the chair'],
  ['referred', 'sm', 'referred, to the Service Manager'],
  ['answered', 'sm', 'answered, to the Service Manager'],
  ['notUpheld', 'sm', 'decided, to whoever decided'],
  ['notUpheld', 'health-visitor', 'decided, to the dissenter'],
  ['letterSent', 'administrator', 'letter sent, to the administrator'],
  ['upheld', 'hos', 'upheld, to the Head of Service'],
  ['booked', 'hos', 'booked, to whoever books'],
  ['tellerNamed', 'social-worker', 'to tell the parents, to the one named'],
];

/** Measures the cards of the commonest states as they first stand on a phone, and leaves a picture of each at three widths. */
export async function heightsMeasured(browser: Browser, address: string, told: Told): Promise<void> {
  const folder = join(import.meta.dirname, 'screenshots', 'heights');
  mkdirSync(folder, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 360, height: 2600 }, locale: 'en-GB' });
  await page.goto(`${address}/chats/service-manager`);
  await page.locator('.log').waitFor();
  for (const [state, viewer, what] of COMMONEST) {
    const at = states[state];
    if (!at) throw new Error(`there is no state ${state}`);
    const seen = seenBy(viewer, at.current, at.now);
    const json = JSON.stringify(showCase(mainCard(seen), seen));
    const heights: number[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 2600 });
      heights.push(await page.evaluate(SHOW, json));
      await page.locator('#measured').screenshot({ path: join(folder, `${state}-${viewer}-${width}.png`) });
    }
    const phone = heights[WIDTHS.indexOf(360)] ?? 0;
    const faults = phone > MOST_PIXELS ? [`${phone} px high at 360 px, more than ${MOST_PIXELS}`] : [];
    told(`${what}: ${WIDTHS.map((width, index) => `${heights[index]} px at ${width}`).join(', ')}`, faults);
  }
  await page.close();
}

/** In the page: the card alone, as a message of the chat, and how high it is. */
const SHOW = (async (json: string) => {
  const { renderCard } = await import(String('/page/card.js'));
  const { make } = await import(String('/page/elements.js'));
  const { document } = globalThis as unknown as { document: { querySelector(of: string): { replaceChildren(child: unknown): void } } };
  const card = make(
    'div',
    { class: 'card' },
    renderCard(JSON.parse(json), () => {}),
  );
  const face = make('img', { class: 'face', src: '/page/icon.svg', alt: '', width: 32, height: 32 });
  const row = make('div', { class: 'row' }, face, make('div', { class: 'body' }, card));
  document.querySelector('.log').replaceChildren(make('article', { class: 'message', id: 'measured' }, row));
  await new Promise((done) => setTimeout(done, 50));
  return Math.round(card.getBoundingClientRect().height);
}) as (json: string) => Promise<number>;
