import { expect, test } from '@jest/globals';
import type { Calendars } from '../../../src/app/calendars.ts';
import { documentSender } from '../../../src/app/jobs/sendDocuments.ts';
import type { Commit, SendingRows } from '../../../src/app/ports.ts';
import type { CaseDependencies } from '../../../src/app/seeCase.ts';
import { readDirectory } from '../../../src/directory/readDirectory.ts';
import type { CaseEvent, RecordedEvent } from '../../../src/domain/events/events.ts';
import { loadLibrary } from '../../../src/procedures/loadLibrary.ts';
import { aDissent, aRecord } from '../../domain/given.ts';

const NOW = '2027-01-22T10:00:00Z';
const actor = { person: 'bot', role: 'bot' };

/** A case with three letters to send, whose mail calls `sends` for each. */
function threeLetters(sends: () => void) {
  const happened: CaseEvent[] = [
    { type: 'DissentRaised', dissent: aDissent(), flags: [] },
    { type: 'ConferenceRecorded', record: aRecord, agency: null },
    { type: 'StageEntered', stage: 'decide' },
    {
      type: 'DecisionMade',
      stage: 'decide',
      outcome: 'not_upheld',
      perChild: {},
      reasons: 'The threshold is not met.',
      answers: {},
      delayReason: null,
    } as CaseEvent,
    { type: 'StageEntered', stage: 'conclude' },
    { type: 'LetterApproved', stage: 'decide', wording: 'The threshold is not met.', changes: null },
    { type: 'SendingsWanted', document: 'letter:decide', to: ['agency:hospital', 'agency:school', 'copy'] },
  ];
  const events = happened.map((event, index): RecordedEvent => ({ ...event, revision: index + 1, at: NOW, actor }));
  const trail = {
    reference: 'DIS-27-001',
    partnership: 'camden',
    procedure: { id: 'camden-dissent', version: 1 },
    events,
    end: { hash: '', wrapped: '', keyId: '' },
  };
  const rows = new Map<string, { sent: boolean }>();
  const sendings: SendingRows = {
    find: async (_reference, key) => rows.get(key) ?? null,
    attempt: async (_reference, key) => void rows.set(key, { sent: false }),
    undo: async (_reference, key) => void rows.delete(key),
    done: async (_reference, key) => void rows.set(key, { sent: true }),
  };
  const to: string[] = [];
  const deps = {
    library: loadLibrary('procedures'),
    directory: readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} }),
    clock: { now: () => Temporal.Instant.from(NOW) },
    cases: {
      load: async () => structuredClone(trail),
      append: async ({ events: more }: Commit) => {
        for (const event of more) events.push({ ...event, revision: events.length + 1, at: NOW, actor });
        return 'committed';
      },
    },
  } as unknown as CaseDependencies;
  const send = documentSender({
    ...deps,
    sendings,
    calendars: {} as Calendars,
    drawDocument: async () => new Uint8Array(),
    mail: {
      async send(_from: string, mail: { to: string }) {
        sends();
        to.push(mail.to);
      },
    } as never,
  });
  const work = (stopping: AbortSignal) => send('DIS-27-001', { name: 'send', reference: 'DIS-27-001' }, 1, stopping);
  return { work, to, rows };
}

test('OP3: given a program that is to end while a letter is sent, then that one is finished, no other is begun, and the rest go once later', async () => {
  const stopping = new AbortController();
  const { work, to, rows } = threeLetters(() => stopping.abort());
  await expect(work(stopping.signal)).rejects.toMatchObject({ name: 'AbortError' });
  expect(to).toHaveLength(1);
  expect([...rows.values()]).toEqual([{ sent: true }]);

  await work(new AbortController().signal);
  expect(new Set(to).size).toBe(3);
  expect(to).toHaveLength(3);
});
