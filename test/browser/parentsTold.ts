import type { Browser } from 'playwright-core';
import { personAt } from './person.ts';
import type { Scene } from './scene.ts';
import type { Told } from './told.ts';

/**
 * C22 and X8 on the page: the administrator sees what is left and names who tells the parents; the social worker first says whether it is
 * safe to reach them, and then that they were told. Needs the case DIS-27-001, decided.
 */
export async function parentsTold(browser: Browser, address: string, { clock, settled }: Scene, told: Told): Promise<void> {
  const errors: string[] = [];
  await clock('2027-02-18T10:00:00Z');

  const administrator = await personAt(browser, address, 'administrator', errors);
  await administrator.sees('To tell and to file');
  told('the administrator sees what is left', await administrator.looksAt('16-checklist', 'To tell and to file'));
  await administrator.presses('See what is left');
  await administrator.presses('Name who tells them');
  await administrator.fills({ 'Who tells the parents?': "Kwame Brackenbury, Allocated social worker, Camden Children's Services" });
  told('the administrator names who tells the parents', await administrator.looksAt('17-name-teller', 'Who tells the parents?'));
  await administrator.presses('Name this person');
  await administrator.leaves();

  const worker = await personAt(browser, address, 'social-worker', errors);
  await worker.sees('For you: tell the parents');
  told('the social worker is told what to tell', await worker.looksAt('18-parents'));
  await worker.presses('Say whether it is safe');
  await worker.chooses('No');
  await worker.presses('Record this');
  await worker.sees('Error:');
  told('where it is not safe, an agreement has to be noted', await worker.looksAt('19-contact'));
  await worker.fills({ 'If not: what was agreed, and with whom?': 'Agreed with my manager: tell at the contact centre.' });
  await worker.presses('Record this');
  await worker.sees('There is no safe way on record. Do only what was agreed.');
  await settled();
  told('the social worker is told how', await worker.looksAt('20-agreed'));
  await worker.presses('They were told');
  await worker.chooses('At a contact centre', 'Yes');
  told('the social worker says that they were told', await worker.looksAt('21-told-form'));
  await worker.presses('Record it');
  await worker.sees('What was done');
  told('that they were told is kept', await worker.looksAt('22-told'));
  await worker.leaves();
  told('nothing went wrong on these pages', errors);
}
