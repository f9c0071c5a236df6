import console from 'node:console';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { tenantAdapter } from '../../src/bot/adapter.ts';
import { receiver } from '../../src/bot/receive.ts';
import { botServer } from '../../src/bot/server.ts';
import { operatorLog } from '../../src/log.ts';
import { playersIn } from '../fuzz/players.ts';
import { dissentForm, peopleAt, recordForm } from '../journeys/partnership.ts';
import { folderWithStore } from '../support/database.ts';
import { type ProgramProcess, startProcess } from '../support/programProcess.ts';
import { activityFrom, send, startTeamsClient } from '../support/teamsClient.ts';
import { startTokenIssuer } from '../support/tokenIssuer.ts';
import { personalIn } from './personal.ts';

/** What people write. None of it may ever come out of the program, but on a card. */
const written = {
  child: 'CH-4817',
  dissent: 'Three unexplained bruises in six weeks.',
  threshold: 'We read out each part of it together.',
  basis: 'What was shared around the table.',
  question: 'Which of the two doctors saw the bruises?',
  answer: 'The second one, on a Sunday.',
  upheld: 'The radiology report was overlooked.',
  reconvene: 'The report should be heard by everybody.',
  cancel: 'The grandmother lies in hospital.',
  link: 'https://files.example/notes-of-the-grandmother',
};
/** And what players write into every form that comes: see `players.ts`. */
const texts = [...Object.values(written), 'read and heard'];

const folder = await folderWithStore();
let program: ProgramProcess;
beforeAll(() => {
  program = startProcess({ PORT: '0', SANDBOX_PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'debug' });
});
afterAll(async () => {
  await program.kill();
  rmSync(folder, { recursive: true, force: true });
});

test('X6, issue 5: from a dissent to its letters and files, with Teams and Graph at their worst, nothing of it comes out of the program, nor stands in its metrics (OP2)', async () => {
  const [, control] = await program.prints(/Open +http:\S+:(\d+)/);
  const [, bot] = await program.prints(/Bot Framework +http:\S+:(\d+)/);
  const camden = peopleAt(`http://127.0.0.1:${control}`);
  await camden.clock('2027-02-01T15:00:00Z');
  await camden.says('midwife', 'raise dissent');
  const form = dissentForm({ date: '2027-02-01', children: written.child, reasons: written.dissent });
  const [reference = ''] = /DIS-27-\d{3}/.exec(await camden.presses('midwife', 'Send to the chair', form)) ?? [];
  const record = recordForm({ threshold: written.threshold, basis: written.basis, notes: written.link });
  await camden.fillsIn('chair', reference, 'Refer', record);
  await camden.troubles({ throttle: { calls: 3, retryAfterSeconds: 0 } });
  await camden.fillsIn('service-manager', reference, 'Ask dissenter', { question: written.question });
  await camden.fillsIn('midwife', reference, 'Answer', { answer: written.answer });
  await camden.fillsIn('service-manager', reference, 'Upheld', { reasons: written.upheld });
  await camden.troubles({ graph: { method: 'POST', path: '/events', what: 'refused', status: 403 } });
  await camden.fillsIn('head-of-service', reference, 'Request reconvening', { reasons: written.reconvene });
  await camden.troubles({ graph: { method: 'POST', path: '/events', what: 'lost-answer' } });
  await camden.presses('administrator', 'Try again');
  await camden.fillsIn('administrator', reference, 'Cancel the conference', { reason: written.cancel });
  // Letters, telling, filing, documents, lists, figures and cover: whatever there is to press.
  const { says, doesEverything } = playersIn(camden.base, '2027-02-01');
  for (const person of ['service-manager', 'administrator']) {
    for (const text of ['register', 'figures', 'cover', 'stuck']) await says(person, text);
    await doesEverything(person);
  }

  // A client that hangs up, a Teams address that is gone, and bodies that are none, all full of what is nobody's business.
  const teams = await startTeamsClient();
  const spoken = {
    text: `case ${reference}: ${written.dissent}`,
    from: { id: '29:x', name: 'Fiona Thornfield', aadObjectId: texts.join(' ') },
  };
  teams.answers(() => ({ status: 400, body: { error: { code: 'BadArgument', message: texts.join(' ') } } }));
  const answers = [
    await send(Number(bot), activityFrom(teams.serviceUrl, spoken)),
    await send(Number(bot), activityFrom('http://127.0.0.1:1/', spoken)),
    await send(Number(bot), activityFrom('ftp://nowhere/', spoken)),
    await send(Number(bot), `{"text": "${written.dissent}", "text": 1}`),
    await send(Number(bot), JSON.stringify(spoken).slice(0, -2)),
    await send(Number(bot), activityFrom(teams.serviceUrl, { ...spoken, type: 'invoke', name: written.dissent })),
  ];
  await teams.close();
  const metrics = await (await fetch(`http://127.0.0.1:${bot}/metrics`)).text();

  const faults = program.output().match(/"level":50/g) ?? [];
  expect(faults.length).toBeGreaterThan(0);
  expect(personalIn(program.output(), texts)).toEqual([]);
  expect(personalIn(JSON.stringify(answers), texts)).toEqual([]);
  expect(metrics).toMatch(/dissent_heard_seconds_count\{kind="pressed",result="answered"[^}]*\} \d\d/);
  expect(metrics).toMatch(/dissent_outside_failures_total\{system="calendars",kind="permission"[^}]*\} \d/);
  expect(metrics).toMatch(/dissent_store_answers\{[^}]*\} 1/);
  expect(personalIn(metrics, texts)).toEqual([]);
});

test('X6, issue 5: a real tenant says nothing of whom it turns away, nor does the SDK', async () => {
  const said: unknown[] = [];
  const spies = (['log', 'info', 'warn', 'error'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...words) => void said.push(words.map(String))),
  );
  const log = operatorLog('debug', { write: (line) => void said.push(line) });
  const teams = await startTeamsClient();
  const [appId, tenantId] = ['00000000-0000-4000-8000-0000000000bb', '00000000-0000-4000-8000-0000000000aa'];
  const issuer = await startTokenIssuer(appId, teams.serviceUrl);
  const { openIdMetadata, issuer: tokenIssuer } = issuer;
  const identity = { appId, tenantId, openIdMetadata, tokenIssuer, loginUrl: 'https://login.example', oauthScope: 'https://api.example' };
  const adapter = tenantAdapter(identity, { getToken: async () => ({ token: 'own' }) }, log);
  const turn = async () => Promise.reject(new Error(`the case of ${texts.join(' ')}`));
  const server = botServer({ receive: receiver(adapter, { tenantId }, turn, log), ready: async () => true, log });
  try {
    const port = await server.listen(0, '127.0.0.1');
    const activity = activityFrom(teams.serviceUrl, { text: texts.join(' '), from: { id: '29:x', name: 'Fiona Thornfield' } });
    const strange = { ...activity, channelData: { tenant: { id: appId } } };
    const answers = [
      await send(port, activity),
      await send(port, activity, { authorization: `Bearer ${texts[1]}` }),
      await send(port, activity, { authorization: await issuer.bearer({ signedBy: 'somebody else', claims: { name: texts[1] ?? '' } }) }),
      await send(port, activity, { authorization: await issuer.bearer({ claims: { aud: texts[1] ?? '' } }) }),
      await send(port, activity, { authorization: await issuer.bearer({ keyId: texts[1] ?? '' }) }),
      await send(port, strange, { authorization: await issuer.bearer() }),
      await send(port, activity, { authorization: await issuer.bearer() }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 403, 200]);
    expect(said.join('\n')).toContain('an activity without a good token was turned away');
    expect(said.join('\n')).toContain('a turn in Teams failed');
    expect(personalIn(JSON.stringify([said, answers]), [...texts, 'Thornfield'])).toEqual([]);
  } finally {
    for (const spy of spies) spy.mockRestore();
    await Promise.all([server.close(), issuer.close(), teams.close()]);
  }
});
