import type { Browser } from 'playwright-core';
import { personAt } from './person.ts';
import type { Told } from './told.ts';

/**
 * The pages that show what left the bot, as its readers see it: mail, files, and a case's history (design 8). Needs DIS-27-001 with its
 * letter sent, and DIS-27-002 decided for good.
 */
export async function documentsSeen(browser: Browser, address: string, told: Told): Promise<void> {
  const errors: string[] = [];
  const chair = await personAt(browser, address, 'chair', errors);
  const { page } = chair;
  /** Saves a document by its link; a Word file is a zip, which begins with these letters. */
  const saves = async (name: RegExp) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).first().click()]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).subarray(0, 2).toString() === 'PK' ? [] : [`${download.suggestedFilename()} is no Word file`];
  };

  await page.goto(`${address}/mail`);
  await page.getByLabel('Whose mailbox').selectOption('partnership@camden.example');
  await chair.sees('Decision letter DIS-27-001');
  told('the partnership reads its copy of the letter', await chair.looksAt('28-mail'));
  told('the letter can be saved', await saves(/^Decision letter DIS-27-001\.docx$/));

  await page.goto(`${address}/files`);
  await page.getByRole('group').filter({ hasText: 'CH-2077' }).getByRole('link').first().waitFor();
  told('the reasons lie in the child’s folder', await chair.looksAt('29-files'));
  told('the document can be saved', await saves(/ DIS-27-002\.docx$/));

  await page.goto(`${address}/cases`);
  await page.getByRole('link', { name: 'DIS-27-001', exact: true }).click();
  await chair.sees('The hospital wrote to us on Mon 1 Feb 2027.');
  await chair.sees('Who looked, and what changed nothing');
  told('a case’s history can be read', await chair.looksAt('30-case'));
  await chair.leaves();
  told('nothing went wrong on these pages', errors);
}
