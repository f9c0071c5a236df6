import type { Browser } from 'playwright-core';
import { personAt } from './person.ts';
import type { Scene } from './scene.ts';
import type { Told } from './told.ts';

const FIRST = 'DIS-27-002';
const SECOND = 'DIS-27-003';

const dissent = {
  meeting: 'initial',
  decision: 'not_make',
  date: '2027-02-18',
  chair: 'chair',
  children: 'CH-2077',
  grounds: 'threshold',
  newInformation: '',
};
const record = {
  consensus: 'yes',
  threshold: 'We talked about each part of it.',
  decision: 'No plan is needed.',
  basis: 'What was shared at the conference.',
  agencies: 'camhs,school',
};

/**
 * Two dissents on one conference (X10), and what a dissenter finds who remains concerned (C24, C25): raised and decided behind the page,
 * read and pressed on it. Leaves DIS-27-003 with the Service Manager.
 */
export async function concerned(browser: Browser, address: string, scene: Scene, told: Told): Promise<void> {
  const errors: string[] = [];
  const at = (id: string) => personAt(browser, address, id, errors);
  for (const [person, reference, reasons] of [
    ['camhs-practitioner', FIRST, 'She told us that she is afraid at home.'],
    ['teacher', SECOND, 'He has come to school hungry since the autumn.'],
  ] as const) {
    await scene.says(person, 'raise dissent');
    await scene.sends(person, 'Send to the chair', { ...dissent, reasons });
    await scene.fillsIn('chair', reference, 'refer', record);
  }

  const manager = await at('service-manager');
  await manager.sees(`Another dissent on this conference: ${FIRST}.`);
  told('the Service Manager is told of the other dissent', await manager.looksAt('23-linked'));
  await manager.leaves();
  await scene.fillsIn('service-manager', FIRST, 'decide:decide.not_upheld', { reasons: 'The threshold was looked at with care.' });

  const practitioner = await at('camhs-practitioner');
  await practitioner.sees('If you remain concerned');
  told('the dissenter reads what was decided', await practitioner.looksAt('24-not-upheld'));
  await practitioner.presses('I remain concerned');
  await practitioner.sees('Folasade Winterbourne');
  told('the dissenter is told whom to turn to', await practitioner.looksAt('25-concerned'));
  await practitioner.leaves();

  const representative = await at('camhs-representative');
  await representative.sees('Somebody may turn to you');
  told('the representative is told, by reference alone', await representative.looksAt('26-representative'));
  await representative.leaves();

  const decider = await at('service-manager');
  await decider.sees('Escalated Thu 18 Feb 2027');
  told('the Service Manager sees that it was escalated', await decider.looksAt('27-escalated', 'Escalated Thu 18 Feb 2027'));
  await decider.leaves();
  told('nothing went wrong on these pages', errors);
}
