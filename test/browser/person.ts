import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults } from './accessibility.ts';

const SCREENSHOTS = join(import.meta.dirname, 'screenshots');
const DESKTOP = { width: 1280, height: 900 };
/** At first sight, and so tall that a whole card shows. */
const PHONE = { width: 390, height: 844 };
const TALL_PHONE = { width: 390, height: 2400 };

/** Somebody at a window of their own, who reads, fills in and presses what stands on the page, by the words on it. */
export type Person = Awaited<ReturnType<typeof personAt>>;

/** Opens the person's chat in a window of its own. Whatever the page's console says as an error is kept in `errors`. */
export async function personAt(browser: Browser, address: string, id: string, errors: string[]) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB', timezoneId: 'Europe/London' });
  const page: Page = await context.newPage();
  page.setDefaultTimeout(10_000);
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
     * Looks at the page as it is now, at the newest message or the newest that holds some words: screenshots at a desktop's and at a
     * phone's width, each checked.
     */
    looksAt: async (name: string, words = '') => {
      mkdirSync(SCREENSHOTS, { recursive: true });
      const faults: string[] = [];
      for (const [width, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE, 'tall-phone': TALL_PHONE })) {
        await page.setViewportSize(viewport);
        // At once, since the page may put a newer card in this one's place at any moment.
        for (const each of (await page.getByRole('article').filter({ hasText: words }).all()).slice(-1))
          await each.evaluate((element) => (element as { scrollIntoView(): void }).scrollIntoView());
        await page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}.png`) });
        faults.push(...(await accessibilityFaults(page)).map((fault) => `${name} at a ${width}'s width: ${fault}`));
      }
      await page.setViewportSize(DESKTOP);
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
