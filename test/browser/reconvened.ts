import type { Browser } from 'playwright-core';
import { personAt } from './person.ts';

/** Told after each step: what it was, and what was wrong with what stands on the page then. */
type Told = (step: string, faults: string[]) => void;

/**
 * Scenario 3's main path (C1, C5-C9, C16, C19-C21): four people and an administrator play a dissent from the form to the booked conference,
 * by what they can read and press.
 */
export async function reconvened(browser: Browser, address: string, told: Told): Promise<void> {
  const errors: string[] = [];
  const at = (id: string) => personAt(browser, address, id, errors);
  const clock = async (now: string) => {
    const answer = await fetch(`${address}/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ now }),
    });
    if (!answer.ok) throw new Error(`the clock could not be moved to ${now}`);
  };
  await clock('2027-02-04T15:00:00Z');

  const paediatrician = await at('community-paediatrician');
  await paediatrician.sees('Raise dissent');
  told('the community paediatrician is welcomed', await paediatrician.looksAt('1-welcome'));
  await paediatrician.says('raise dissent');
  await paediatrician.sees('Which kind of conference was it?');
  told('a form is there to fill in', await paediatrician.looksAt('2-form'));
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
  told('the receipt says by when a decision is due', await paediatrician.looksAt('3-receipt'));

  const chair = await at('chair');
  await chair.sees('A dissent for you to record and refer');
  await chair.presses('Refer');
  await chair.chooses('Yes');
  await chair.fills({
    'How was the threshold for significant harm looked at?': 'We read it out and talked about each part.',
    'What did you decide as chair?': 'To end the plan.',
    'What does that decision rest on?': 'What was shared at the conference.',
  });
  told('the chair fills in the record', await chair.looksAt('4-record'));
  await chair.presses('Refer to the Service Manager');
  await chair.sees('With the Service Manager');
  told('the chair has referred', await chair.looksAt('5-referred'));

  const manager = await at('service-manager');
  await manager.sees('Decide by Thu 18 Feb 2027 (working day 10; today is day 0)');
  told('the Service Manager has everything on one card', await manager.looksAt('6-decide'));
  await clock('2027-02-12T11:00:00Z');
  await manager.sees('today is day 6');
  await manager.presses('Upheld');
  await manager.fills({ 'Your reasons': 'The hospital letter should have been heard.' });
  await manager.presses('Decide: Upheld');
  await manager.sees('Decided by the Service Manager');
  told('the Service Manager has upheld it', await manager.looksAt('7-upheld'));

  const head = await at('head-of-service');
  await clock('2027-02-17T11:00:00Z');
  await head.sees('For the Head of Service to decide');
  await head.presses('Request reconvening');
  await head.fills({ 'Your reasons': 'The conference has to hear the letter.', 'New information': 'Hospital letter.' });
  told('the Head of Service gives reasons', await head.looksAt('8-review'));
  await head.presses('Decide: Request reconvening');
  await head.sees('Tue 2 Mar 2027, 10:00 to 12:00');
  told('the conference is booked', await head.looksAt('9-booked'));

  const administrator = await at('administrator');
  await administrator.sees('Hold by Wed 10 Mar 2027; earlier target Fri 5 Mar 2027.');
  await administrator.presses('Move');
  await administrator.sees('Times to choose from');
  told('the administrator may move it', await administrator.looksAt('10-move'));

  await paediatrician.sees('Tue 2 Mar 2027, 10:00 to 12:00');
  told('the paediatrician sees when it meets again, without having asked', await paediatrician.looksAt('11-outcome'));

  await paediatrician.page.goto(`${address}/calendars`);
  await paediatrician.sees('Tue 2 Mar 2027, 10:00 to 12:00');
  await paediatrician.presses('Show that week');
  await paediatrician.sees('tentative, private, in Teams');
  told('it stands in the calendars', []);
  told('nothing went wrong on any page', errors);
}
