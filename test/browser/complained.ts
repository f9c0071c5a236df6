import type { Browser } from 'playwright-core';
import { personAt } from './person.ts';
import type { Scene } from './scene.ts';
import type { Told } from './told.ts';

const COMPLAINT = 'CMP-27-001';

/** A parent's complaint (P1-P9) beside the dissents on the same conference: logged, acknowledged, passed on, and what each sees of it. */
export async function complained(browser: Browser, address: string, { fillsIn }: Scene, told: Told): Promise<void> {
  const errors: string[] = [];
  const at = (id: string) => personAt(browser, address, id, errors);

  const administrator = await at('administrator');
  await administrator.says('log complaint');
  await administrator.sees('Who complains?');
  await administrator.chooses('A parent', 'Initial child protection conference');
  await administrator.fills({
    'Date of the conference': '2027-02-18',
    'Who chaired the conference?': "Yasmin Copperfold, Conference chair, Camden Children's Services",
    'Children, by reference': 'CH-2077',
    'What does the complaint say?': 'We got the papers the evening before, and could not read them in time.',
  });
  await administrator.ticks('The process of the conference');
  told('the administrator logs a complaint', await administrator.looksAt('31-complaint-form'));
  await administrator.presses('Log this complaint');
  await administrator.sees(COMPLAINT);
  await administrator.sees('A complaint for you to acknowledge and pass on');
  told('the complaint is logged', await administrator.looksAt('32-complaint', 'A complaint for you to acknowledge and pass on'));
  told('what has to be told is listed', await administrator.looksAt('33-complaint-checklist', 'To tell and to file'));
  await administrator.leaves();

  await fillsIn('administrator', COMPLAINT, 'teller:acknowledge', { person: 'social-worker' });
  const worker = await at('social-worker');
  await worker.sees('For you: tell those who complain');
  told('the social worker is told what to say to the parent', await worker.looksAt('34-complaint-parents'));
  await worker.leaves();

  await fillsIn('administrator', COMPLAINT, 'refer', { required: 'social-worker' });
  const manager = await at('service-manager');
  await manager.sees(COMPLAINT);
  await manager.sees('A dissent is open on this conference.');
  told('the Service Manager has the complaint', await manager.looksAt('35-complaint-decide', COMPLAINT));
  await manager.leaves();
  told('nothing went wrong on these pages', errors);
}
