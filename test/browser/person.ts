import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, axeFaults } from './accessibility.ts';

const SCREENSHOTS = join(import.meta.dirname, 'screenshots');
/** A desktop, a phone, a small phone, and the desktop zoomed to 200 % and 400 %. */
const SIZES = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 360, height: 740 },
  'small-phone': { width: 320, height: 640 },
  'zoom-200': { width: 640, height: 450 },
  'zoom-400': { width: 320, height: 225 },
};
/** Where axe looks too. */
const AXED = ['desktop', 'small-phone'];
const THEMES = ['light', 'dark', 'contrast'];

let looks = 0;

/** Runs in the browser. */
function showTheme(theme: string): void {
  (globalThis as any).document.documentElement.dataset.theme = theme;
}

/** Somebody at a window of their own, who reads, fills in and presses what stands on the page, by the words on it. */
export type Person = Awaited<ReturnType<typeof personAt>>;

/** Opens the person's chat in a window of its own. Whatever the page's console says as an error is kept in `errors`. */
export async function personAt(browser: Browser, address: string, id: string, errors: string[]) {
  const context = await browser.newContext({ viewport: SIZES.desktop, locale: 'en-GB', timezoneId: 'Europe/London' });
  const page: Page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('console', (message) => message.type() === 'error' && errors.push(`${id}: ${message.text()}`));
  page.on('pageerror', (fault) => errors.push(`${id}: ${fault.message}`));
  await page.goto(`${address}/chats/${id}`);

  return {
    id,
    page,
    says: async (text: string) => {
      await page.getByRole('textbox', { name: 'Message', exact: false }).last().fill(text);
      await page.getByRole('button', { name: 'Send', exact: true }).click();
    },
    /** Fills in questions by their labels: a text, a date, a choice of several, or one from a list. */
    fills: async (answers: Record<string, string>) => {
      for (const [label, answer] of Object.entries(answers)) await fill(page, label, answer);
    },
    // The first of several choices is named together with its question, so a choice is sought by a part of the name.
    ticks: async (...choices: string[]) => {
      for (const choice of choices) await page.getByRole('checkbox', { name: choice }).last().check();
    },
    chooses: async (...choices: string[]) => {
      for (const choice of choices) await page.getByRole('radio', { name: choice }).last().check();
    },
    /** Presses the last button of that name, and waits until the bot has answered. */
    presses: async (button: string) => {
      await page.getByRole('button', { name: button, exact: true }).last().click();
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    },
    /** Waits until these words can be read. */
    sees: (words: string) => page.getByText(words).filter({ visible: true }).first().waitFor(),
    /**
     * Looks at the page as it is now, at the newest message or the newest that holds some words: screenshots at a desktop's width, at a
     * phone's and a small phone's, and as zoomed to 200 % and 400 %, each checked, in one of the three themes after the other.
     */
    looksAt: async (name: string, words = '') => {
      mkdirSync(SCREENSHOTS, { recursive: true });
      const faults: string[] = [];
      const theme = THEMES[looks++ % THEMES.length]!;
      await page.evaluate(showTheme, theme);
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        // At once, since the page may put a newer card in this one's place at any moment.
        for (const each of (await page.getByRole('article').filter({ hasText: words }).all()).slice(-1))
          await each.evaluate((element) => (element as { scrollIntoView(): void }).scrollIntoView());
        await page.screenshot({ path: join(SCREENSHOTS, `${name}-${size}-${theme}.png`) });
        const found = [...(await accessibilityFaults(page)), ...(AXED.includes(size) ? await axeFaults(page) : [])];
        faults.push(...found.map((fault) => `${name} at ${size}, ${theme}: ${fault}`));
      }
      await page.setViewportSize(SIZES.desktop);
      await page.evaluate(showTheme, 'light');
      return faults;
    },
    leaves: () => context.close(),
  };
}

async function fill(page: Page, label: string, answer: string): Promise<void> {
  const input = page.getByLabel(new RegExp(`^${RegExp.escape(label)}`)).last();
  const tag = await input.evaluate((element) => (element as { tagName: string }).tagName);
  if (tag === 'SELECT') await input.selectOption({ label: answer });
  else await input.fill(answer);
}
