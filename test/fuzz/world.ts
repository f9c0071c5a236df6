import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../src/sandbox/startSandbox.ts';
import { keptLog } from '../bot/keptLog.ts';
import { freshDatabase } from '../support/database.ts';
import { noShelf } from '../support/noShelf.ts';
import { collect } from '../support/traffic.ts';
import { playersIn } from './players.ts';

/** An activity as Teams sent it to the bot. */
export type Activity = Record<string, unknown>;

const TODAY = '2027-02-01';

/**
 * A sandbox with a log that is kept, and with cases left where they are for others to press at: one at each of the main stages, or with
 * `thorough` at every stage of every procedure, after everybody has pressed every button.
 */
export async function openWorld({ thorough }: { thorough: boolean }) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'fuzz-'));
  const log = keptLog();
  const sandbox = await startSandbox({
    port: 0,
    sandboxPort: 0,
    dataDirectory,
    proceduresDirectory: 'procedures',
    directoryFile: 'src/sandbox/partnerships.yaml',
    graphBaseUrl: null,
    openDatabase: freshDatabase,
    shelf: noShelf,
    log,
  });
  const recorded = await recording(sandbox.port, () => play(sandbox.url, thorough));
  return {
    program: sandbox.program,
    port: sandbox.port,
    log,
    /** Every activity that Teams sent while the cases were played, in order. */
    recorded,
    close: async () => {
      await sandbox.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** What the stand-in for Teams sends to the bot while something is played. */
async function recording(port: number, play: () => Promise<void>): Promise<Activity[]> {
  const bodies: Buffer[][] = [];
  const arrives = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    if (request.socket.localPort === port && request.url === '/api/messages') bodies.push(collect(request, 'push'));
  };
  subscribe('http.server.request.start', arrives);
  try {
    await play();
  } finally {
    unsubscribe('http.server.request.start', arrives);
  }
  return bodies.map((chunks) => JSON.parse(Buffer.concat(chunks).toString('utf8')));
}

async function play(base: string, thorough: boolean): Promise<void> {
  const { clock, says, raises, doesOn, opensEverything, doesEverything } = playersIn(base, TODAY);
  let day = Temporal.PlainDate.from(TODAY);
  /** Each of another conference: dissents on one are linked (X10), and each would bring the others' cards along. */
  const inCamden = (person: string) => {
    day = day.subtract({ days: 1 });
    return raises(person, 'camden.camden-dissent', { chair: 'chair', grounds: 'threshold', date: day.toString() });
  };
  await clock(`${TODAY}T15:00:00Z`);
  const declined = await inCamden('gp');
  await doesOn('chair', declined, 'decline-chair');
  await doesOn('gp', declined, 'name-chair', { chair: 'second-chair' });
  const referred = async (person: string) => {
    const reference = await inCamden(person);
    await doesOn('chair', reference, 'refer', { consensus: 'yes' });
    return reference;
  };
  const asked = await referred('teacher');
  await doesOn('service-manager', asked, 'ask:dissenter');
  await doesOn('service-manager', asked, 'advice');
  const reconvening = await referred('family-worker');
  await doesOn('service-manager', reconvening, 'decide:decide.upheld');
  await doesOn('head-of-service', reconvening, 'decide:review.reconvene');
  for (const text of ['help', 'my cases', `case ${asked}`, 'stuck', 'register', 'figures', 'cover']) await says('service-manager', text);
  if (!thorough) return opensEverything('administrator');

  await inCamden('police-officer');
  const upheld = await referred('midwife');
  await doesOn('service-manager', upheld, 'decide:decide.upheld');
  await doesOn('teacher', asked, 'answer:1');
  await doesOn('head-of-service', asked, 'answer:2');
  const ended = await referred('health-visitor');
  await doesOn('service-manager', ended, 'decide:decide.not_upheld');
  await doesOn('gp', declined, 'add');
  const inScotland = (person: string) => raises(person, 'strathmallow.scottish-dissent.cppm', { chair: 'scottish-chair', grounds: 'plan' });
  await inScotland('guidance-teacher');
  const written = await inScotland('family-nurse');
  await doesOn('scottish-chair', written, 'refer', { resolved: 'no' });
  await doesOn('family-nurse', written, 'submit');
  const everybody = ['health-visitor', 'chair', 'service-manager', 'head-of-service', 'administrator', 'family-nurse', 'scottish-chair'];
  for (const person of everybody) await opensEverything(person);
  for (const person of ['service-manager', 'administrator']) await doesEverything(person);
  await doesOn('gp', declined, 'withdraw');
}
