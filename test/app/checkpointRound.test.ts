import { expect, test } from '@jest/globals';
import type { Placed } from '../../src/app/checkpoint.ts';
import type { Job } from '../../src/app/job.ts';
import { checkpointRound } from '../../src/app/jobs/checkpointRound.ts';
import { folderPlace } from '../../src/checkpoints/folder.ts';
import { mailboxPlace } from '../../src/checkpoints/mailbox.ts';

const start = Temporal.Instant.from('2027-01-12T15:00:00Z');

/** A round over a folder and a mailbox, whose clock is moved on by hand; the work of the jobs is left to the test. */
async function rounds() {
  const clock = { at: start, now: () => clock.at };
  const placed = new Map<string, Placed>();
  const jobs: Job['name'][] = [];
  const errors: string[] = [];
  let asked = false;
  const places = [
    folderPlace('/mnt/audit'),
    mailboxPlace('audit@council.example', { send: async () => {} }, () => 'dissent@council.example'),
  ];
  const look = checkpointRound({
    evidence: { places: async () => placed },
    places,
    clock,
    log: { info: () => {}, warn: () => {}, error: (_message, _cause, facts) => void errors.push(String(facts?.places)) },
    async enqueue({ name }) {
      jobs.push(name);
      asked ||= name === 'checkpoint';
    },
  });
  /** So many minutes pass, with a look at the end of each; `works` says which places take what they are due. */
  const pass = async (minutes: number, works: string[]) => {
    for (let minute = 0; minute < minutes; minute++) {
      clock.at = clock.at.add({ minutes: 1 });
      await look();
      if (asked) for (const name of works) placed.set(name, { size: 5, at: clock.at });
      asked &&= works.length === 0;
    }
    return { jobs: jobs.splice(0), errors: errors.splice(0) };
  };
  return { clock, pass, folder: places[0]!.name, mailbox: places[1]!.name };
}

test('EV2: a checkpoint is asked for at start and then each hour', async () => {
  const { pass, folder, mailbox } = await rounds();
  expect((await pass(1, [folder, mailbox])).jobs).toEqual(['checkpoint']);
  expect((await pass(59, [folder, mailbox])).jobs).toEqual([]);
  expect((await pass(180, [folder, mailbox])).jobs).toEqual(['checkpoint', 'checkpoint', 'checkpoint']);
});

test('EV2: a place that goes without for two hours is told of, by name, and again an hour later; the mailbox has a day more', async () => {
  const { pass, folder, mailbox } = await rounds();
  await pass(1, [folder, mailbox]);
  expect((await pass(115, [])).errors).toEqual([]);
  const missed = await pass(10, []);
  expect(missed.errors).toEqual([folder]);
  expect(missed.jobs).toContain('report-stuck');
  expect((await pass(60, [])).errors).toEqual([folder]);
  await pass(60, [folder]);
  expect((await pass(60, [folder])).errors).toEqual([]);
});

test('given a clock that was moved on by days, or a machine that slept, then nothing was missed', async () => {
  const { clock, pass, folder, mailbox } = await rounds();
  await pass(1, [folder, mailbox]);
  clock.at = clock.at.add({ hours: 72 });
  expect(await pass(5, [folder, mailbox])).toEqual({ jobs: ['checkpoint'], errors: [] });
});
