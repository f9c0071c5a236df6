import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sandboxClock } from '../../src/sandbox/clock.ts';
import { openShelf } from '../../src/sandbox/shelf.ts';
import { startSandbox } from '../../src/sandbox/startSandbox.ts';
import { freshDatabase } from '../support/database.ts';
import { dissentForm, openPartnership, peopleAt, recordForm } from './partnership.ts';
import { reminderOf, remindersSent } from './reminded.ts';

type People = ReturnType<typeof peopleAt>;

const raise = async ({ says, presses }: People, person: string, date: string) => {
  await says(person, 'raise dissent');
  return /DIS-\d\d-\d{3}/.exec(await presses(person, 'Send to the chair', dissentForm({ date })))?.[0] ?? '';
};

const SHUT = `
id: camden-shut
title: A council that closes between Christmas and New Year
base: england-and-wales
add: { 2026-12-29: Council closed, 2026-12-30: Council closed, 2026-12-31: Council closed }
`;

/** The sandbox's files, in a folder of their own, with Camden on that calendar and its deputies covering for that Christmas. */
function christmasFiles(folder: string): { proceduresDirectory: string; directoryFile: string } {
  const proceduresDirectory = join(folder, 'procedures');
  const directoryFile = join(folder, 'directory.yaml');
  cpSync('procedures', proceduresDirectory, { recursive: true });
  writeFileSync(join(proceduresDirectory, 'calendars/camden-shut.yaml'), SHUT);
  const directory = readFileSync('src/sandbox/partnerships.yaml', 'utf8')
    .replace('procedures: [camden-dissent', 'calendar: camden-shut\n    procedures: [camden-dissent')
    .replaceAll('from: 2027-12-20, to: 2028-01-07', 'from: 2026-12-21, to: 2027-01-05');
  writeFileSync(directoryFile, directory);
  return { proceduresDirectory, directoryFile };
}

test('S13 C16 Q25 Q27 Scenario 9 Part F: two partnerships by their own calendars: a letter past a holiday, and a decision over Christmas with deputies who cover', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'christmas-'));
  const people = await openPartnership('2026-11-25T16:00:00Z', { files: christmasFiles(folder) });
  const { says, presses, clock, readsOf, fillsIn } = people;
  try {
    await says('family-nurse', 'raise dissent');
    await presses('family-nurse', 'Child Protection Planning Meeting (CPPM)');
    await presses('family-nurse', 'Send to the chair', {
      date: '2026-11-25',
      chair: 'scottish-chair',
      children: 'CH-2207',
      grounds: 'category',
      reasons: 'The category should be B.',
      affirmed: 'yes',
    });
    const written = { asked: 'yes', resolved: 'no', account: 'We tried.', agencies: 'health-board' };
    await fillsIn('scottish-chair', 'DIS-S-26-001', 'Record', written);

    await clock('2026-12-04T09:12:00Z');
    const late = 'OVERDUE by 1 working day. The person who dissents has to write the dissent letter.';
    expect(await reminderOf(people, 'family-nurse', '2026-12-02')).toContain(
      'Write the dissent letter by Thu 3 Dec 2026: 1 working day left.',
    );
    expect(await readsOf('scottish-head-of-service', 'DIS-S-26-001')).toContain(late);
    await fillsIn('family-nurse', 'DIS-S-26-001', 'Withdraw', { reason: 'Settled with the chair.' });

    await clock('2026-12-15T16:00:00Z');
    const first = await raise(people, 'health-visitor', '2026-12-15');
    const second = await raise(people, 'gp', '2026-12-15');
    for (const reference of [first, second]) await fillsIn('chair', reference, 'Refer', recordForm());

    await clock('2027-01-07T12:00:00Z');
    // By hand, Scotland: 26 and 27 November, then past St Andrew's Day 1, 2 and 3 December are days 1 to 5.
    // By hand, Camden: 16, 17, 18 and 21 to 24 December are days 1 to 7, then 4, 5 and 6 January.
    expect(await remindersSent(people)).toEqual([
      '2026-11-27 09:00 family-nurse: 1 waits for you',
      '2026-12-01 09:00 scottish-head-of-service: 1 to know about',
      '2026-12-02 09:00 family-nurse: 1 waits for you',
      '2026-12-03 09:00 family-nurse: 1 waits for you',
      '2026-12-04 09:00 family-nurse: 1 waits for you',
      '2026-12-04 09:00 scottish-head-of-service: 1 to know about',
      '2026-12-21 09:00 head-of-service-deputy: 2 to know about',
      '2026-12-21 09:00 head-of-service: 2 to know about',
      '2026-12-21 09:00 service-manager-deputy: 2 wait for you',
      '2026-12-21 09:00 service-manager: 2 wait for you',
      '2026-12-24 09:00 service-manager-deputy: 2 wait for you',
      '2026-12-24 09:00 service-manager: 2 wait for you',
      '2027-01-04 09:00 head-of-service-deputy: 2 to know about',
      '2027-01-04 09:00 head-of-service: 2 to know about',
      '2027-01-04 09:00 service-manager-deputy: 2 wait for you',
      '2027-01-04 09:00 service-manager: 2 wait for you',
      '2027-01-05 09:00 service-manager-deputy: 2 wait for you',
      '2027-01-05 09:00 service-manager: 2 wait for you',
      '2027-01-06 09:00 service-manager: 2 wait for you',
      '2027-01-07 09:00 head-of-service: 2 to know about',
      '2027-01-07 09:00 service-manager: 2 wait for you',
    ]);
    // Pressed, a message's button shows the case to whoever may see it.
    expect(await people.presses('head-of-service', `Open ${first}`)).toContain('Where this case stands');
  } finally {
    await people.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A world that outlives the program: returns how to run it there, each time with the clock at some later moment, for as long as the deeds take. */
async function openWorld() {
  const database = await freshDatabase();
  const dataDirectory = mkdtempSync(join(tmpdir(), 'reminders-'));
  // Teams stays at its address, whatever becomes of the program.
  const ports = { port: 0, sandboxPort: 0 };
  return {
    async run(now: string, deeds: (people: People) => Promise<void>): Promise<void> {
      sandboxClock(openShelf(join(dataDirectory, 'sandbox'))).set(Temporal.Instant.from(now), { mayGoBack: true });
      const sandbox = await startSandbox({
        ...ports,
        dataDirectory,
        proceduresDirectory: 'procedures',
        directoryFile: 'src/sandbox/partnerships.yaml',
        graphBaseUrl: null,
        openDatabase: async () => ({ ...database, close: async () => {} }),
        log: { info: () => {}, warn: () => {}, error: console.error },
      });
      Object.assign(ports, { port: sandbox.port, sandboxPort: sandbox.sandboxPort });
      try {
        await sandbox.program.lookAtClock();
        await sandbox.program.jobs.settle();
        await deeds(peopleAt(sandbox.url));
      } finally {
        await sandbox.close();
        // The next program is in this process too, and must not go on with connections of this one's that nobody has seen the end of.
        await fetch(sandbox.url).catch(() => {});
      }
    },
    async close() {
      await database.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

test('C16 X4: after a stop of a month each person has one message, and one that Teams would not take comes once with the next start', async () => {
  const { run, close } = await openWorld();
  const known = new Set<string>();
  const sentSince = async (people: People) => {
    const sent = (await remindersSent(people)).filter((line) => !known.has(line));
    for (const line of sent) known.add(line);
    return sent;
  };
  try {
    await run('2027-02-01T15:00:00Z', async (people) => {
      for (const person of ['midwife', 'teacher'])
        await people.fillsIn('chair', await raise(people, person, '2027-02-01'), 'Refer', recordForm());
      await raise(people, 'family-worker', '2027-02-01');
      expect(await sentSince(people)).toEqual([]);
    });
    const after = ['chair: 1 waits for you', 'head-of-service: 3 to know about', 'service-manager: 2 wait for you'];
    await run('2027-03-03T11:30:00Z', async (people) => {
      expect(await sentSince(people)).toEqual(after.map((line) => `2027-03-03 11:30 ${line}`));
      expect(await reminderOf(people, 'service-manager', '2027-03-03')).toContain('OVERDUE by 12 working days.');
      await people.clock('2027-03-05T20:00:00Z');
      expect(await sentSince(people)).toEqual([]);
      await people.troubles({ throttle: { calls: 1000, retryAfterSeconds: 300 } });
      await people.clock('2027-03-08T09:30:00Z');
      expect(await sentSince(people)).toEqual([]);
      expect(JSON.stringify(await people.jobs())).toContain('"remind"');
    });
    await run('2027-03-08T10:00:00Z', async (people) => {
      expect(await sentSince(people)).toEqual(after.map((line) => `2027-03-08 10:00 ${line}`));
      await people.clock('2027-03-09T12:00:00Z');
      expect(await sentSince(people)).toEqual([]);
    });
  } finally {
    await close();
  }
});
