import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { graphClient } from '../../src/graph/client.ts';
import { graphMail } from '../../src/graph/mail.ts';
import { faultOf, graphOverHttp, ORGANISER, serve } from './graphServer.ts';

const content = Buffer.from('PK, as a Word file begins: \u{1F4C4}');
const letter = {
  to: 'chair@partnership.example',
  subject: 'Letter DIS-27-004',
  lines: ['A letter is attached.', 'Please do not answer this message.'],
  attachment: { fileName: 'DIS-27-004-letter.docx', content },
};
const mailThrough = (baseUrl: string, fetchTimeoutMs = 5000) => graphMail(graphClient({ baseUrl, credential: null, fetchTimeoutMs }));

describe('C17, C18: a letter through Graph', () => {
  test('X6: it reaches its reader as it was given, with the document whole, and the time is the sandbox’s', async () => {
    const { mail, graph } = await graphOverHttp();
    // A view into a larger buffer, as a pooled one is: what lies beside it must not go along.
    const padded = Buffer.concat([Buffer.from('another letter'), content]);
    const attachment = {
      fileName: letter.attachment.fileName,
      content: new Uint8Array(padded.buffer, padded.byteOffset + 14, content.length),
    };

    await mail.send(ORGANISER, { ...letter, attachment });
    await mail.send(ORGANISER, { ...letter, to: 'somebody@elsewhere.example', attachment: null });

    const [first, second] = graph.mail();
    expect(first).toMatchObject({
      at: '2027-02-17T11:00:00Z',
      from: ORGANISER,
      to: ['chair@partnership.example'],
      cc: [],
      subject: 'Letter DIS-27-004',
      text: 'A letter is attached.\n\nPlease do not answer this message.',
      attachments: [{ name: 'DIS-27-004-letter.docx', size: content.length }],
    });
    expect(second).toMatchObject({ to: ['somebody@elsewhere.example'], attachments: [] });
    expect(Buffer.from(graph.content(first?.attachments[0]?.address ?? '')?.bytes ?? [])).toEqual(content);
  });

  test('what it sends is kept in the Sent Items of the mailbox, where an operator can look', async () => {
    const { mail, exchanges } = await graphOverHttp();
    await mail.send(ORGANISER, letter);
    expect(exchanges).toEqual([
      expect.objectContaining({
        path: `/users/${encodeURIComponent(ORGANISER)}/sendMail`,
        requestBody: expect.objectContaining({ saveToSentItems: true }),
      }),
    ]);
  });

  test('X4: mail and its documents are still there after the sandbox was stopped and started', async () => {
    const before = await graphOverHttp();
    await before.mail.send(ORGANISER, letter);
    const { graph } = await graphOverHttp({ directory: before.directory });
    expect(graph.mail()).toEqual(before.graph.mail());
    expect(Buffer.from(graph.content(graph.mail()[0]?.attachments[0]?.address ?? '')?.bytes ?? [])).toEqual(content);
  });
});

describe('X4: a letter is tried once, and what became of it is told honestly', () => {
  test.each([
    [{ what: 'refused', status: 429, retryAfter: '7' }, 'throttled', 0],
    [{ what: 'refused', status: 503, retryAfter: '7' }, 'unreachable', 0],
    [{ what: 'refused', status: 500 }, 'uncertain', 0],
    [{ what: 'done-but-refused', status: 504 }, 'uncertain', 1],
    [{ what: 'lost-answer' }, 'uncertain', 1],
    [{ what: 'refused', status: 403 }, 'permission', 0],
    [{ what: 'refused', status: 400 }, 'rejected', 0],
    [{ what: 'refused', status: 413 }, 'rejected', 0],
  ] as const)('%j is %s, with %i sent', async (trouble, kind, sent) => {
    const { mail, graph } = await graphOverHttp();
    graph.misbehave({ method: 'POST', path: '/sendMail', ...trouble });

    const fault = await faultOf(mail.send(ORGANISER, letter));

    expect(fault).toMatchObject({ kind, retryAfterSeconds: 'retryAfter' in trouble ? 7 : null });
    expect(graph.mail()).toHaveLength(sent);
    if (kind === 'uncertain') expect(fault.check).toContain('Sent Items');
    if (kind === 'permission') expect(fault.check).toContain('Mail.Send');
  });

  test('a time limit that passes after the request went out leaves it uncertain', async () => {
    const { mail, graph } = await graphOverHttp({ fetchTimeoutMs: 200 });
    graph.misbehave({ path: '/sendMail', what: 'slow', milliseconds: 60_000 });

    expect(await faultOf(mail.send(ORGANISER, letter))).toMatchObject({ kind: 'uncertain', message: 'Graph did not answer in time' });
    expect(graph.mail()).toHaveLength(1);
  });

  test('X6: a mailbox that is not there is not-found, and the fault never names it', async () => {
    const { mail } = await graphOverHttp();
    const fault = await faultOf(mail.send('nobody@partnership.example', letter));
    expect(fault).toMatchObject({ kind: 'not-found', message: expect.stringMatching(/^Graph answered 404 ErrorInvalidUser [\w-]+$/) });
    expect(inspect(fault, { depth: 9 })).not.toContain('nobody');
  });

  test.each([
    ['a page of a proxy', 200, 'text/html', '<h1>Please sign in</h1>'],
    ['an answer of another kind', 200, 'application/json', '{}'],
  ])('%s in place of 202 is uncertain, never sent', async (_, status, type, body) => {
    const address = await serve((_request, response) => {
      response.writeHead(status, { 'Content-Type': type });
      response.end(body);
    });
    expect(await faultOf(mailThrough(address).send(ORGANISER, letter))).toMatchObject({ kind: 'uncertain' });
  });

  test.each(['http://127.0.0.1:PORT', 'http://nobody.invalid'])('no connection to %s: surely not sent, so unreachable', async (address) => {
    expect(await faultOf(mailThrough(address.replace('PORT', `${await freePort()}`)).send(ORGANISER, letter))).toMatchObject({
      kind: 'unreachable',
    });
  });

  test('no token to be had: surely not sent, so unreachable', async () => {
    const credential = { getToken: () => Promise.reject(new Error('no network')) };
    const { mail, graph } = await graphOverHttp({ credential });
    expect(await faultOf(mail.send(ORGANISER, letter))).toMatchObject({ kind: 'unreachable' });
    expect(graph.mail()).toEqual([]);
  });
});

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
