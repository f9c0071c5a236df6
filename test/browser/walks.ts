import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { type Person, personAt } from './person.ts';
import type { Scene } from './scene.ts';
import type { Told } from './told.ts';

/** Where the README and docs/walks.md have their pictures from. */
const IMAGES = join(import.meta.dirname, '../../docs/images');

/**
 * The walks that the README and docs/walks.md tell, click by click, each step in the words of the text: what a newcomer is told to press is
 * there to be pressed. Leaves the pictures of both in docs/images.
 */
export async function walks(browser: Browser, address: string, scene: Scene, told: Told): Promise<void> {
  mkdirSync(IMAGES, { recursive: true });
  const errors: string[] = [];
  const at = (id: string) => personAt(browser, address, id, errors);
  const which = process.argv.filter((each) => Object.hasOwn(WALKS, each));
  for (const [name, walk] of Object.entries(WALKS)) if (which.length === 0 || which.includes(name)) await walk(at, scene, told);
  told('nothing went wrong on any page', errors);
}

/** Each walk by itself; played one after another they go on with the clock where it stands. */
const WALKS: Record<string, (at: At, scene: Scene, told: Told) => Promise<void>> = {
  dissent: mainWalk,
  scotland: scottishWalk,
  complaint: complaintWalk,
};

type At = (id: string) => Promise<Person>;

/** A picture of the newest card that holds some words; taken anew where a newer card was put in its place meanwhile. */
async function picture({ page }: Person, name: string, words: string): Promise<void> {
  await page.setViewportSize({ width: 900, height: 1600 });
  const message = page.getByRole('article').filter({ hasText: words, visible: true }).last();
  const card = message.locator('.ac-adaptiveCard').last();
  const path = join(IMAGES, `${name}.png`);
  await card.screenshot({ path }).catch(() => card.screenshot({ path }));
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function mainWalk(at: At, { clock, settled }: Scene, told: Told): Promise<void> {
  await clock('2027-02-04T15:00:00Z');
  const raiser = await at('community-paediatrician');
  await raiser.presses('Raise dissent');
  await raiser.chooses('Review child protection conference', 'To end a child protection plan');
  await raiser.fills({
    'Date of the conference': '2027-02-04',
    'Who chaired the conference?': "Yasmin Copperfold, Conference chair, Camden Children's Services",
    'Children, by reference': 'CH-1041',
    'Your reasons': 'I saw three injuries that the conference did not hear about.',
  });
  await raiser.ticks('Whether the threshold for significant harm is met');
  await raiser.presses('Send to the chair');
  await raiser.sees('DIS-27-001');
  await raiser.sees('Thu 18 Feb 2027');
  await picture(raiser, 'walk-receipt', 'DIS-27-001');
  await raiser.presses('Why this date?');
  told('README 2: the dissent is raised', []);

  const chair = await at('chair');
  await chair.presses('Refer');
  await chair.chooses('Yes');
  await chair.fills({
    'How was the threshold for significant harm looked at?': 'We read it out and talked about each part.',
    'What did you decide as chair?': 'To end the plan.',
    'What does that decision rest on?': 'What was shared at the conference.',
  });
  await chair.presses('Refer to the Service Manager');
  await chair.sees('With the Service Manager');
  told('README 3: it is referred', []);

  const gp = await at('gp');
  await gp.says('case DIS-27-001');
  await gp.sees('no case');
  told('README 4: a stranger learns nothing', []);

  await clock('2027-02-12T11:00:00Z');
  const manager = await at('service-manager');
  await manager.presses('Open DIS-27-001');
  await manager.sees('today is day 6');
  await picture(manager, 'decide', 'today is day 6');
  await manager.presses('Upheld');
  await manager.fills({ 'Your reasons': 'The letter from the hospital bears on the threshold, and should have been heard.' });
  await manager.presses('Decide: Upheld');
  told('README 5: it is upheld', []);

  await manager.sees('The letter: read it and send it');
  await settled();
  await manager.presses('Approve the letter');
  await manager.presses('Approve and send');
  await manager.sees('Sent Fri 12 Feb 2027');
  await manager.page.goto(manager.page.url().replace(/chats.*/, 'mail'));
  await manager.sees('Decision letter DIS-27-001');
  told('README 6: the letter has gone', []);

  await clock('2027-02-17T11:00:00Z');
  const head = await at('head-of-service');
  await head.presses('Open DIS-27-001');
  await head.presses('Request reconvening');
  await head.fills({ 'Your reasons': 'The conference has to hear the letter.' });
  await head.presses('Decide: Request reconvening');
  await head.sees('Tue 2 Mar 2027, 10:00 to 12:00');
  await settled();
  await picture(head, 'walk-booked', 'Tue 2 Mar 2027, 10:00 to 12:00');
  told('README 7: the conference is booked', []);

  const administrator = await at('administrator');
  await administrator.sees('Hold by Wed 10 Mar 2027');
  await administrator.presses('Move');
  await administrator.chooses('My own day and time, below');
  await administrator.fills({ 'Your own day': '2027-03-11', 'Your own time (London)': '10:00' });
  await administrator.presses('Move it');
  await administrator.sees('Say why.');
  await administrator.presses('Back');
  await administrator.presses('See what is left');
  await administrator.presses('Name who tells them');
  await administrator.fills({ 'Who tells the parents?': "Kwame Brackenbury, Allocated social worker, Camden Children's Services" });
  await administrator.presses('Name this person');
  await settled();
  const worker = await at('social-worker');
  await worker.sees('For you: tell the parents');
  told('README 8 and 9: the calendar, and what is left', []);
}

async function scottishWalk(at: At, { clock, settled }: Scene, told: Told): Promise<void> {
  await clock('2027-03-01T16:00:00Z');
  const nurse = await at('family-nurse');
  await nurse.presses('Raise dissent');
  await nurse.presses('Child Protection Planning Meeting (CPPM)');
  await nurse.sees('Your reasons');
  await nurse.fills({
    'Date of the meeting': '2027-03-01',
    'Who chaired the meeting?': 'Ruaridh Kintessan, Meeting chair, Strathmallow Council Social Work',
    'Children, by reference': 'SC-2001',
    'Your reasons': 'The category does not fit what I saw.',
  });
  await nurse.chooses('That there is a protection plan');
  await nurse.ticks('The category of concern', 'This decision could affect');
  await nurse.presses('Send to the chair');
  await nurse.sees('Write by Mon 8 Mar 2027 (working day 5; today is day 0)');
  told('Scotland 1: the dissent is raised', []);

  const chair = await at('scottish-chair');
  await chair.presses('Record');
  await chair.sees('Was it resolved in the meeting?');
  await chair.page.getByRole('radio', { name: 'Yes' }).first().check();
  await chair.page.getByRole('radio', { name: 'No' }).last().check();
  await chair.fills({ 'How did you try to resolve it?': 'We went round the table twice.' });
  await chair.presses('Record');
  await chair.sees('The dissent you recorded');
  told('Scotland 2: it is recorded', []);

  await clock('2027-03-04T09:30:00Z');
  await nurse.sees('today is day 3');
  await settled();
  await picture(nurse, 'walk-scotland-write', 'Write by Mon 8 Mar 2027');
  await nurse.presses('Write the dissent letter');
  await nurse.sees('Your letter');
  await nurse.fills({ 'Your letter': 'I cannot support category A. The bruises point to category B.' });
  told('Scotland 3: the nurse writes', []);
  await nurse.presses('Send to the Head of Service');
  await nurse.sees('With the Head of Service');
  const head = await at('scottish-head-of-service');
  await head.sees('DIS-S-27-001');
  await head.presses('Change the category');
  await head.fills({
    'Your reasons': 'Notes and letter were read together. What was seen fits neglect better.',
    'The category now': 'A: physical',
    'The new category': 'B: neglect',
    'Which edition of the guidance?': '2021, updated 2023',
    'Who tells the parents?': 'Morag Pitcairnie, Lead professional, Strathmallow Council Social Work',
  });
  await head.ticks('The review followed national child protection guidance');
  await head.presses('Decide: Change the category');
  await head.sees('The letter: read it and send it');
  await settled();
  await head.presses('Approve the letter');
  await head.presses('Approve and send');
  await head.sees('Sent Thu 4 Mar 2027, 09:30');
  const keeper = await at('register-keeper');
  await keeper.sees('Change the category on the Child Protection Register');
  await settled();
  await picture(keeper, 'walk-scotland-register', 'Change the category on the Child Protection Register');
  const lead = await at('lead-professional');
  await lead.sees('For you: tell the parents');
  told('Scotland 4: the Head of Service decides, and the note goes out', []);
}

async function complaintWalk(at: At, { clock, settled }: Scene, told: Told): Promise<void> {
  await clock('2027-03-05T10:00:00Z');
  const administrator = await at('administrator');
  await administrator.says('log complaint');
  await administrator.sees('Who complains?');
  await administrator.chooses('A parent', 'Initial child protection conference');
  await administrator.fills({
    'On which day was the complaint made?': '2027-02-26',
    'Date of the conference': '2027-02-18',
    'Who chaired the conference?': "Yasmin Copperfold, Conference chair, Camden Children's Services",
    'Children, by reference': 'CH-2077',
    'What does the complaint say?': 'We got the papers the evening before, and could not read them in time.',
  });
  await administrator.ticks('The process of the conference');
  await administrator.presses('Log this complaint');
  await administrator.sees('CMP-27-001');
  await administrator.sees('A complaint for you to acknowledge and pass on');
  await settled();
  await picture(administrator, 'walk-complaint', 'A complaint for you to acknowledge and pass on');
  await administrator.presses('Send me the acknowledgement');
  await administrator.sees('Acknowledgement');
  told('Complaint 1: it is logged, and its acknowledgement comes', []);

  await settled();
  await administrator.presses('Pass on');
  await administrator.ticks('This is right, and may go on.');
  await administrator.presses('Pass on to the Service Manager');
  await settled();
  await administrator.presses('Name who tells them');
  await administrator.fills({ 'Who tells those who complain?': "Kwame Brackenbury, Allocated social worker, Camden Children's Services" });
  await administrator.presses('Name this person');
  const worker = await at('social-worker');
  await worker.sees('For you: tell those who complain');
  await settled();
  await picture(worker, 'walk-complaint-tell', 'For you: tell those who complain');
  told('Complaint 2: it is passed on, and somebody tells them', []);

  const manager = await at('service-manager');
  await manager.sees('CMP-27-001');
  await settled();
  await manager.presses('The original decision stands');
  await manager.fills({ 'Your reasons': 'The papers went out late, and we are sorry for that. The conference read them out in full.' });
  await manager.presses('Decide: The original decision stands');
  await manager.sees('Decided by the Service Manager');
  told('Complaint 3: the Service Manager decides', []);
  await manager.page.goto(manager.page.url().replace(/chats.*/, 'mail'));
  await manager.sees('Acknowledgement CMP-27-001');
  told('Complaint 4: the acknowledgement is in the mail', []);
}
