import { afterEach, describe, expect, test } from '@jest/globals';
import { DRIVE, graphOverHttp, ORGANISER } from '../graph/graphServer.ts';
import { standIn } from './standIn.ts';

const content = Buffer.from('PK, as a Word file begins: \u{1F4C4}');

let sandbox: Awaited<ReturnType<typeof standIn>>;
afterEach(() => sandbox.close());

/** A sandbox in which one letter was sent and one document filed. */
async function withDocuments({ fileName = 'DIS-27-004-letter.docx' } = {}) {
  const { graph, mail, files, address } = await graphOverHttp();
  await mail.send(ORGANISER, {
    to: 'chair@partnership.example',
    subject: 'Letter',
    lines: ['It is attached.'],
    attachment: { fileName, content },
  });
  await files.upload(DRIVE, 'CH-1041/DIS-27-004-reasons.docx', content);
  sandbox = await standIn(() => undefined, { dependencies: { mail: graph.mail, files: graph.files, content: graph.content } });
  const read = async (path: string) => (await sandbox.ask('GET', path)).body;
  const download = (path: string, headers = {}) => fetch(`${sandbox.url}${path}`, { headers });
  return { address, read, download };
}

describe('design 8: mail and files over the control', () => {
  test('GET /mail and GET /files tell what there is, each document with an address that gives its bytes to be saved', async () => {
    const { read, download } = await withDocuments();
    const [message] = await read('/mail');
    const [file] = await read('/files');
    expect(message).toMatchObject({
      from: ORGANISER,
      to: ['chair@partnership.example'],
      cc: [],
      subject: 'Letter',
      text: 'It is attached.',
    });
    expect(file).toMatchObject({ drive: DRIVE, path: 'CH-1041/DIS-27-004-reasons.docx', folder: 'CH-1041', size: content.length });
    const [attachment] = message.attachments;
    for (const [address, name] of [
      [attachment.address, 'DIS-27-004-letter.docx'],
      [file.address, 'DIS-27-004-reasons.docx'],
    ]) {
      const response = await download(address, { Accept: 'text/html' });
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'content-disposition': `attachment; filename*=UTF-8''${name}`,
        'x-content-type-options': 'nosniff',
      });
      expect(Buffer.from(await response.arrayBuffer())).toEqual(content);
    }
    expect(message.attachments).toEqual([
      { name: 'DIS-27-004-letter.docx', size: content.length, address: `/mail/${message.id}/attachments/1` },
    ]);
  });

  test('a name cannot break out of its header', async () => {
    const { read, download } = await withDocuments({ fileName: 'it\'s "né"\r\nSet-Cookie: a=b (1).docx' });
    const [message] = await read('/mail');
    const { headers } = await download(message.attachments[0].address);
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''it%27s%20%22n%C3%A9%22%0D%0ASet-Cookie%3A%20a%3Db%20%281%29.docx",
    );
  });

  test.each([
    '/mail/ID/attachments/2',
    '/mail/ID/attachments/0',
    '/mail/ID/attachments/1/',
    '/mail/ID/..%2f..%2fclock',
    '/files/ID/content',
    '/files/..%2f..%2fgraph-files/content',
    '/files/%2e%2e/%2e%2e/etc/passwd',
  ])('%s is nowhere', async (path) => {
    const { read, download } = await withDocuments();
    const [message] = await read('/mail');
    expect((await download(path.replace('ID', message.id))).status).toBe(404);
  });
});

describe('design 8: the sandbox’s Graph takes mail and documents as strictly as Microsoft’s', () => {
  const put = async (path: string, body: string | Buffer = content) => {
    const { address } = await withDocuments();
    const response = await fetch(`${address}/graph/v1.0/drives/${DRIVE}/${path}`, { method: 'PUT', body: body as string });
    return response.status;
  };
  const post = async (message: object) => {
    const { address } = await withDocuments();
    const response = await fetch(`${address}/graph/v1.0/users/${ORGANISER}/sendMail`, {
      method: 'POST',
      body: JSON.stringify({ message }),
    });
    return response.status;
  };
  const body = { contentType: 'text', content: 'x' };
  const toRecipients = [{ emailAddress: { address: 'chair@partnership.example' } }];

  test.each([
    ['root:/CH-1041/a%3Ab.docx:/content', 400],
    ['root:/%2e%2e%2fa.docx:/content', 400],
    ['root:/CH-1041/DIS-27-004-reasons.docx:/content?@microsoft.graph.conflictBehavior=fail', 409],
    ['root:/CH-1041/dis-27-004-REASONS.docx:/content', 200],
  ])('a document put at %s is answered %i', async (path, status) => {
    expect(await put(path)).toBe(status);
  });

  test('what is over four megabytes is too large', async () => {
    expect(await put('root:/CH-1041/large.docx:/content', Buffer.alloc(4_000_001))).toBe(413);
  });

  test.each([
    ['to nobody', { body, toRecipients: [] }, 400],
    ['to what is no address', { body, toRecipients: [{ emailAddress: { address: 'chair' } }] }, 400],
    ['without a text', { toRecipients }, 400],
    [
      'with an attachment that is not base64',
      { body, toRecipients, attachments: [{ '@odata.type': '#microsoft.graph.fileAttachment', name: 'a', contentBytes: '*' }] },
      400,
    ],
    ['with an attachment of no known kind', { body, toRecipients, attachments: [{ name: 'a', contentBytes: '' }] }, 400],
    ['to a reader and a copy', { body, toRecipients, ccRecipients: toRecipients }, 202],
  ])('a message %s is answered as Graph does', async (_, message, status) => {
    expect(await post(message)).toBe(status);
  });
});
