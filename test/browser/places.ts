import type { Browser } from 'playwright-core';
import { personAt } from './person.ts';
import type { Told } from './told.ts';

/** The pages that belong to nobody's chat: where one begins, the clock, the jobs, and a group chat that is opened and used (TM7, X6). */
export async function placesSeen(browser: Browser, address: string, told: Told): Promise<void> {
  const errors: string[] = [];
  const chair = await personAt(browser, address, 'chair', errors);
  const { page } = chair;
  await page.goto(address);
  await chair.sees('Start here');
  told('a newcomer is told where to begin', await chair.looksAt('51-start'));
  const shown = await page.getByRole('link', { name: /says "raise dissent"/ }).count();
  told('whom to be first stands on top', shown === 1 ? [] : [`it is there ${shown} times`]);
  for (const place of ['clock', 'jobs', 'cases', 'calendars']) {
    await page.goto(`${address}/${place}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    told(`the page of the ${place} can be read`, await chair.looksAt(`52-${place}`));
  }

  await page.goto(`${address}/groups`);
  await page.getByLabel('What is it called?').fill('After the conference');
  for (const name of ['Yasmin Copperfold', 'Amara Larkspur', 'Farida Oakenshaw'])
    await page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check();
  told('a group chat can be opened', await chair.looksAt('53-groups'));
  await chair.presses('Open it');
  await page.getByRole('link', { name: 'As Yasmin Copperfold' }).click();
  await chair.says('@Conference Dissent case DIS-27-001');
  await chair.sees('Procedure camden-dissent');
  told('in a group the chair sees their own view of a case', await chair.looksAt('54-group'));
  await chair.says('@Conference Dissent my cases');
  await chair.sees('I have written to you in our own chat.');
  await chair.leaves();
  told('nothing went wrong on these pages', errors);
}
