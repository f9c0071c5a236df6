import type { Browser } from 'playwright-core';
import { letterSent } from './letterSent.ts';
import { personAt } from './person.ts';
import type { Scene } from './scene.ts';
import type { Told } from './told.ts';

/** As long as a manager's reasons are: the letter that gives them is then too long to stand on the card in full. */
const REASONS = [
  'I have read the notes, what the community paediatrician wrote, and what the chair recorded.',
  'The hospital wrote to us on Mon 1 Feb 2027. The letter tells of three injuries in six weeks, and the conference did not have it.',
  'I asked the ward, and they say again what the letter says. It bears on the threshold, and should have been heard.',
  'It is not for me to say what the conference would have decided. It should be able to decide with the letter before it.',
].join('\n\n');

/**
 * Scenario 3's main path (C1, C5-C9, C16-C21): four people and an administrator play a dissent from the form to the booked conference,
 * by what they can read and press.
 */
export async function reconvened(browser: Browser, address: string, scene: Scene, told: Told): Promise<void> {
  const errors: string[] = [];
  const { clock } = scene;
  const at = (id: string) => personAt(browser, address, id, errors);
  await clock('2027-02-04T15:00:00Z');

  const paediatrician = await at('community-paediatrician');
  await paediatrician.sees('Raise dissent');
  told('the community paediatrician is welcomed', await paediatrician.looksAt('01-welcome'));
  await paediatrician.says('raise dissent');
  await paediatrician.sees('Which kind of conference was it?');
  told('a form is there to fill in', await paediatrician.looksAt('02-form'));
  await paediatrician.chooses('Review child protection conference', 'To end a child protection plan');
  await paediatrician.fills({
    'Date of the conference': '2027-02-04',
    'Who chaired the conference?': "Yasmin Copperfold, Conference chair, Camden Children's Services",
    'Children, by reference': 'CH-1041',
    'Your reasons': 'I saw three injuries in six weeks that the conference did not hear about.',
  });
  await paediatrician.ticks('Whether the threshold for significant harm is met');
  await paediatrician.presses('Send to the chair');
  await paediatrician.sees('With the chair');
  await paediatrician.sees('Thu 18 Feb 2027');
  told('the receipt says by when a decision is due', await paediatrician.looksAt('03-receipt'));

  const chair = await at('chair');
  await chair.sees('A dissent for you to record and refer');
  await chair.presses('Refer');
  await chair.chooses('Yes');
  await chair.fills({
    'How was the threshold for significant harm looked at?': 'We read it out and talked about each part.',
    'What did you decide as chair?': 'To end the plan.',
    'What does that decision rest on?': 'What was shared at the conference.',
  });
  told('the chair fills in the record', await chair.looksAt('04-record'));
  await chair.presses('Refer to the Service Manager');
  await chair.sees('With the Service Manager');
  told('the chair has referred', await chair.looksAt('05-referred'));
  await chair.leaves();

  const manager = await at('service-manager');
  await manager.sees('Decide by Thu 18 Feb 2027 (working day 10; today is day 0)');
  await clock('2027-02-12T11:00:00Z');
  await manager.sees('today is day 6');
  told('the Service Manager has everything on one card', await manager.looksAt('06-decide'));
  await manager.presses('Upheld');
  await manager.fills({ 'Your reasons': REASONS });
  await manager.presses('Decide: Upheld');
  await letterSent(manager, scene, told);
  await manager.leaves();

  const head = await at('head-of-service');
  await clock('2027-02-17T11:00:00Z');
  await head.sees('For the Head of Service to decide');
  await head.presses('Request reconvening');
  await head.fills({ 'Your reasons': 'The conference has to hear the letter.', 'New information': 'Hospital letter.' });
  told('the Head of Service gives reasons', await head.looksAt('11-review'));
  await head.presses('Decide: Request reconvening');
  await head.sees('Tue 2 Mar 2027, 10:00 to 12:00');
  told('the conference is booked', await head.looksAt('12-booked'));
  await head.leaves();

  const administrator = await at('administrator');
  await administrator.sees('Hold by Wed 10 Mar 2027; earlier target Fri 5 Mar 2027.');
  await administrator.presses('Move');
  await administrator.sees('Times to choose from');
  told('the administrator may move it', await administrator.looksAt('13-move'));
  await administrator.presses('Back');
  await administrator.leaves();

  await paediatrician.sees('Tue 2 Mar 2027, 10:00 to 12:00');
  told('the paediatrician sees when it meets again, without having asked', await paediatrician.looksAt('14-outcome'));

  await paediatrician.page.goto(`${address}/calendars`);
  await paediatrician.sees('Tue 2 Mar 2027, 10:00 to 12:00');
  await paediatrician.presses('Show that week');
  await paediatrician.sees('tentative, private, in Teams');
  told('it stands in the calendars', await paediatrician.looksAt('15-calendars'));
  await paediatrician.leaves();
  told('nothing went wrong on any page', errors);
}
