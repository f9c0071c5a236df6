import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { folderWithStore } from '../support/database.ts';
import { startProcess } from '../support/programProcess.ts';
import { dissentForm, peopleAt } from './partnership.ts';

test('OP3 X5: told to end, the program is not ready, answers who comes while it drains, and ends whoever holds a connection', async () => {
  const program = startProcess({ PORT: '0', SANDBOX_PORT: '0', DATA_DIR: await folderWithStore(), DRAIN_SECONDS: '2' });
  try {
    const [, control] = await program.prints(/Open +http:\S+:(\d+)/);
    const [, port = ''] = await program.prints(/Bot Framework +http:\S+:(\d+)/);
    const camden = peopleAt(`http://127.0.0.1:${control}`);
    await camden.clock('2027-01-12T15:10:00Z');
    await camden.says('gp', 'raise dissent');
    const half = connect(Number(port), '127.0.0.1', () => half.write('POST /api/messages HTTP/1.1\r\nHost: bo'));
    const cut = once(half, 'close');
    await once(half, 'connect');

    const told = performance.now();
    const ended = program.terminate();
    // Kept alive by this process, as a proxy keeps them; asked again and again, which alone would have kept the program for ever.
    const readiness = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;
    while ((await readiness()) !== 503);
    expect(await camden.presses('gp', 'Send to the chair', dissentForm({ date: '2027-01-12' }))).toMatch(/DIS-\d\d-\d{3}/);
    expect(await ended).toEqual({ code: 0, signal: null });
    await cut;
    expect(performance.now() - told).toBeLessThan(20_000);
    await expect(readiness()).rejects.toThrow();
  } finally {
    await program.kill();
  }
});
