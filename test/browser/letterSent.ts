import type { Person } from './person.ts';
import type { Scene } from './scene.ts';
import type { Told } from './told.ts';

/** C17 and C18 on the page: the Service Manager finds the letter on top of the card, reads all of it, words it, and sends it. */
export async function letterSent(manager: Person, { settled }: Scene, told: Told): Promise<void> {
  await manager.sees('The letter: read it and send it');
  await settled();
  told('the letter stands on top of the card', await manager.looksAt('07-letter', 'read it and send it'));
  await manager.presses('See the letter');
  await manager.sees('Yours sincerely');
  told('the letter can be read in full', await manager.looksAt('08-letter-in-full', 'Yours sincerely'));
  await manager.presses('Approve the letter');
  await manager.fills({ 'The reasons, as the letter gives them': 'The letter from the hospital should have been heard.' });
  told('the Service Manager words the letter', await manager.looksAt('09-approve', 'Approve and send'));
  await manager.presses('Approve and send');
  await manager.sees('Copy: Camden Safeguarding Children Partnership (invented people)');
  await manager.sees('Sent Fri 12 Feb 2027');
  told('the letter has gone', await manager.looksAt('10-letter-sent', 'Decided by the Service Manager'));
}
