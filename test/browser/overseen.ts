import type { Browser } from 'playwright-core';
import { personAt } from './person.ts';
import type { Scene } from './scene.ts';
import type { Told } from './told.ts';

/**
 * What a manager and an administrator find on a later day: the day's one message, the register, the figures, cover, and what is stuck
 * (C16, Q12, Q27, Q30). Needs DIS-27-003 with the Service Manager, of the conference of 18 February 2027.
 */
export async function overseen(browser: Browser, address: string, scene: Scene, told: Told): Promise<void> {
  const errors: string[] = [];
  const at = (id: string) => personAt(browser, address, id, errors);
  await scene.clock('2027-03-05T10:00:00Z');

  const manager = await at('service-manager');
  await manager.sees('OVERDUE by 1 working day');
  told('the day’s one message says what is late', await manager.looksAt('36-reminder', 'Cases that wait for you'));
  await manager.presses('Open DIS-27-003');
  await manager.sees('You can still decide; say why it is late.');
  told('an overdue case can be decided', await manager.looksAt('37-overdue', 'You can still decide; say why it is late.'));
  await manager.says('register');
  await manager.sees('Register of open cases');
  told('the register lists what is open', await manager.looksAt('38-register'));
  await manager.says('figures');
  await manager.sees('Figures: January to March 2027');
  told('the figures hide small numbers', await manager.looksAt('39-figures'));
  await manager.says('cover');
  await manager.sees('Who covers for you?');
  told('a manager may name cover', await manager.looksAt('40-cover-form'));
  await manager.fills({ From: '2027-03-08', To: '2027-03-12' });
  await manager.fills({
    'Who covers for you?': "Piotr Linnetwood, Deputy Service Manager for Child Protection, Camden Children's Services",
  });
  await manager.presses('Name this deputy');
  await manager.sees('Mon 8 Mar 2027');
  told('the cover is named', await manager.looksAt('41-cover'));
  await manager.leaves();

  const administrator = await at('administrator');
  await administrator.says('stuck');
  await administrator.sees('Nothing is stuck.');
  told('an administrator sees that nothing is stuck', await administrator.looksAt('42-stuck'));
  await administrator.leaves();
  told('nothing went wrong on these pages', errors);
}
