import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { wordsOf } from '../bot/chats.ts';
import { startProcess } from '../support/programProcess.ts';
import { credentials, directory, openTenant } from '../support/realTenant.ts';

const otherTenant = '00000000-0000-4000-8000-0000000000cc';

/** What is filled in. The texts may never be read in a log. */
const written = {
  children: 'CH-4817',
  dissent: 'Three unexplained bruises in six weeks.',
  reasoning: 'We read out the threshold together.',
  basis: 'What was shared around the table.',
  upheld: 'The radiology report was overlooked.',
  reconvene: 'The radiology report should be heard.',
  newInformation: 'A second report of the radiologist.',
};
const dissent = {
  meeting: 'initial',
  date: Temporal.Now.plainDateISO('Europe/London').toString(),
  decision: 'not_make',
  chair: 'chair',
  children: written.children,
  grounds: 'threshold',
  reasons: written.dissent,
};
const record = { consensus: 'yes', threshold: written.reasoning, decision: 'No plan is needed.', basis: written.basis };

/** Whatever of people, of what they wrote or of the bot's secret stands in a log. */
function personalIn(log: string): string[] {
  // A name is sought as a word of its own: three letters of it may stand in the middle of a key's random id.
  const words = new Set(log.split(/[^\p{L}\p{N}_-]+/u));
  const names = directory.people.flatMap(({ name }) => name.split(' ')).filter((name) => words.has(name));
  const people = directory.people.flatMap(({ email, aadObjectId }) => [email, aadObjectId]);
  return [
    ...names,
    ...[...people, ...Object.values(written), 'Blocked by', credentials.MicrosoftAppPassword].filter((each) => log.includes(each)),
  ];
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

test('design 5: a real tenant without DATABASE_URL does not start, and the name is told', async () => {
  const program = startProcess({ ...credentials, PORT: '0' });

  expect(await program.ended).toEqual({ code: 1, signal: null });
  expect(program.output()).toContain('DATABASE_URL: missing; a real tenant (MicrosoftAppId is set) needs it');
  expect(personalIn(program.output())).toEqual([]);
});

const SKIPPED = ' (skipped: TEST_DATABASE_URL is not set, and a real tenant requires PostgreSQL)';
const [withPostgres, unless] = process.env.TEST_DATABASE_URL ? [describe, ''] : [describe.skip, SKIPPED];

withPostgres(`design 5, 6, 7 and 9: a real tenant${unless}`, () => {
  const SANDBOX_PORT = 3980;
  let sandboxWasThere: boolean;
  let tenant: Awaited<ReturnType<typeof openTenant>>;
  beforeAll(async () => {
    sandboxWasThere = await listens(SANDBOX_PORT);
    tenant = await openTenant({ blocked: ['second-administrator'] });
  });
  afterAll(() => tenant?.close());

  test('it is up and ready, and nothing of the sandbox is there, nor anything in its folder but the checkpoints (EV2)', async () => {
    const at = (path: string) => fetch(`http://127.0.0.1:${tenant.one.port}${path}`);
    expect(await (await at('/healthz')).json()).toEqual({ up: true });
    expect(await (await at('/readyz')).json()).toEqual({ ready: true });

    for (const path of ['/', '/people', '/clock', '/chats/chair', '/graph/v1.0/users']) expect((await at(path)).status).toBe(404);
    expect(readdirSync(tenant.dataDirectory).filter((name) => name !== 'checkpoints')).toEqual([]);
    // A sandbox that ran on this machine before is none of the program's; one that the program had would be new.
    expect(await listens(SANDBOX_PORT)).toBe(sandboxWasThere);
  });

  test('OP1: what has to be right and is not is in the log after the start, with its cure and without a name', async () => {
    const { look, check } = await tenant.one.logs('something that has to be right is not; npm run doctor says more');
    expect([typeof look, typeof check]).toEqual(['string', 'string']);
    expect(personalIn(tenant.output())).toEqual([]);
  });

  test('a press without a good token is answered 401, one of another tenant 403, and neither opens a case', async () => {
    const { one, sends, says } = tenant;
    const raising = () =>
      tenant.pressing('midwife', { reference: `draft-${randomUUID()}`, revision: 0, verb: 'raise:camden.camden-dissent', ...dissent });

    expect((await sends(one, raising(), { signedBy: 'somebody else' })).status).toBe(401);
    expect((await sends(one, raising(), { claims: { aud: otherTenant } })).status).toBe(401);
    expect((await sends(one, raising(), { expiresIn: '-10m' })).status).toBe(401);
    expect((await sends(one, { ...raising(), channelData: { tenant: { id: otherTenant } } })).status).toBe(403);

    expect((await says(one, 'midwife', 'my cases')).status).toBe(200);
    expect(wordsOf(tenant.cardsOf('midwife').at(-1))).toContain('You have no cases.');
    expect(tenant.output()).toContain('an activity without a good token was turned away');
    expect(personalIn(tenant.output())).toEqual([]);
  });

  test('C9 C11 C19-C21 X6: from a dissent to a conference in every calendar, on two replicas, one of them ended on the way', async () => {
    const { one, another, says, presses, card } = tenant;
    await says(another, 'health-visitor', 'raise dissent');
    const dissentForm = await card('health-visitor', 'Send to the chair');
    const receipt = await presses(one, 'health-visitor', dissentForm, 'Send to the chair', dissent);
    const reference = /DIS-\d\d-\d{3}/.exec(wordsOf(receipt))?.[0] ?? 'no reference';

    const recordForm = await presses(one, 'chair', await card('chair', reference), 'Refer');
    await presses(another, 'chair', recordForm, 'Refer to the Service Manager', record);
    expect(await another.terminate()).toEqual({ code: 0, signal: null });

    const upholding = await presses(one, 'service-manager', await card('service-manager', reference), 'Upheld');
    await presses(one, 'service-manager', upholding, 'Decide: Upheld', { reasons: written.upheld });
    const requesting = await presses(one, 'head-of-service', await card('head-of-service', reference), 'Request reconvening');
    const { reconvene: reasons, newInformation } = written;
    await presses(one, 'head-of-service', requesting, 'Decide: Request reconvening', { reasons, new_information: newInformation });

    await card('administrator', "In everyone's calendar");
    const conferences = tenant.graph.calendars().filter(({ events }) => events.some(({ subject }) => subject === `Meeting ${reference}`));
    expect(conferences.map(({ person }) => person)).toEqual(expect.arrayContaining(['health-visitor', 'chair']));

    expect((await fetch(`${tenant.graphUrl}/v1.0/users`)).status).toBe(401);
    expect(new Set(tenant.scopesInTeams())).toEqual(new Set(['https://api.botframework.com/.default']));

    await one.logs('a person could not be told in Teams');
    expect(tenant.output()).toContain(reference);
    expect(personalIn(tenant.output())).toEqual([]);
  });
});
