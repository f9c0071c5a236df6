import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { keyboardAt } from './keyboard.ts';
import { personAt } from './person.ts';
import { startSandboxProcess } from './sandboxProcess.ts';
import { sceneAt } from './scene.ts';
import type { Told } from './told.ts';

/** From the skip link to a card's first button: the bar's own links, and what stands above the first message. */
const MOST_STOPS_TO_A_BUTTON = 15;

/** A whole case by the keyboard alone, from raising it to its closing, on a sandbox of its own (TM7). */
export async function byKeyboard(browser: Browser, told: Told): Promise<void> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'browser-keyboard-'));
  const sandbox = await startSandboxProcess(dataDirectory);
  try {
    await played(browser, sandbox.address, told);
  } finally {
    await sandbox.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

async function played(browser: Browser, address: string, told: Told): Promise<void> {
  const errors: string[] = [];
  const scene = sceneAt(address);
  await scene.clock('2027-02-04T15:00:00Z');
  const at = async (id: string) => {
    const person = await personAt(browser, address, id, errors);
    return { ...person, keys: keyboardAt(person.page) };
  };
  /** Until no job is left that could change a card under the next press, however busy the machine is. */
  const rested = async () => {
    do await scene.settled();
    while ((await scene.jobs()).length > 0);
  };
  const focusGoes = async (into: string, keys: ReturnType<typeof keyboardAt>) =>
    told(`the keyboard is in the form that opened: ${into}`, await keys.outsideForms());

  const visitor = await at('health-visitor');
  await visitor.sees('Raise dissent');
  const stops = await visitor.keys.stopsToFirstButton();
  told(
    `the first button of a card is ${stops} stops from the beginning of the page`,
    stops <= MOST_STOPS_TO_A_BUTTON ? [] : [`more than ${MOST_STOPS_TO_A_BUTTON}`],
  );
  await visitor.keys.presses('Raise dissent');
  await focusGoes('to raise a dissent', visitor.keys);
  await visitor.keys.fillsIn(
    {
      'Review child protection conference': true,
      'Date of the conference': '4/2/2027',
      'To end a child protection plan': true,
      'Who chaired the conference?': 'Yasmin Copperfold',
      'Children, by reference': 'CH-1041',
      'Whether the threshold for significant harm is met': true,
      'Your reasons': 'I saw three injuries in six weeks.',
    },
    'Send to the chair',
  );
  await visitor.sees('With the chair');

  const chair = await at('chair');
  await chair.sees('A dissent for you to record and refer');
  await chair.keys.presses('Refer');
  await focusGoes('to refer', chair.keys);
  await chair.keys.fillsIn(
    {
      Yes: true,
      'How was the threshold for significant harm looked at?': 'We read it out.',
      'What did you decide as chair?': 'To end the plan.',
      'What does that decision rest on?': 'What was shared.',
    },
    'Refer to the Service Manager',
  );
  await chair.sees('With the Service Manager');
  await chair.leaves();

  const manager = await at('service-manager');
  await manager.sees('Decide by');
  await manager.keys.presses('Not upheld');
  await focusGoes('to decide', manager.keys);
  await manager.keys.fillsIn({ 'Your reasons': 'It was looked at with care.' }, 'Decide: Not upheld');
  await manager.sees('The letter: read it and send it');
  await rested();
  await manager.keys.presses('Approve the letter');
  await focusGoes('to approve the letter', manager.keys);
  await manager.keys.presses('Approve and send');
  await manager.sees('Copy: Camden Safeguarding Children Partnership (invented people)');
  await rested();
  await manager.leaves();

  const administrator = await at('administrator');
  await administrator.sees('To tell and to file');
  await administrator.keys.presses('Name who tells them');
  await administrator.keys.fillsIn({ 'Who tells the parents?': 'Kwame' }, 'Name this person');
  await administrator.sees('Kwame Brackenbury is to look first whether it is safe to reach them.');
  await administrator.leaves();

  const worker = await at('social-worker');
  await worker.sees('For you: tell the parents');
  await worker.keys.presses('Say whether it is safe');
  await focusGoes('to say whether it is safe', worker.keys);
  await worker.keys.fillsIn({ Yes: true }, 'Record this');
  await rested();
  await worker.keys.presses('They were told');
  await worker.keys.fillsIn({ 'At a contact centre': true, Yes: true }, 'Record it');
  await rested();
  await worker.leaves();

  await visitor.sees('Closed Thu 4 Feb 2027');
  told('the case is closed, by the keyboard alone', []);
  await visitor.page.goto(`${address}/cases/DIS-27-001`);
  await visitor.sees('This case is closed.');
  told('its page can be read and printed', await visitor.looksAt('50-case-closed'));
  await visitor.leaves();
  told('nothing went wrong on these pages', errors);
}
