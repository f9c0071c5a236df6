import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { azureBlobPlace } from '../../src/checkpoints/azureBlob.ts';
import { checkpointPlaces } from '../../src/checkpoints/places.ts';

/** As much of Blob Storage's REST interface as is used, with a container whose policy lets nobody change or delete what is there. */
const blobs = new Map<string, string>();
const asked: string[] = [];
const deed: { refused: number | null } = { refused: null };
let server: Server;
let container: string;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const name = decodeURIComponent(url.pathname.split('/').slice(3).join('/'));
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push(`${request.method} ${name}`);
    const fail = (status: number, code: string) => {
      response.writeHead(status, { 'x-ms-error-code': code, 'content-type': 'application/xml' });
      response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
    };
    if (deed.refused) return fail(deed.refused, 'AuthorizationFailure');
    if (request.method === 'PUT') {
      if (request.headers['if-none-match'] !== '*') return fail(409, 'BlobImmutableDueToPolicy');
      if (blobs.has(name)) return fail(409, 'BlobAlreadyExists');
      blobs.set(name, body);
      response.writeHead(201, { etag: '"1"', 'last-modified': new Date().toUTCString() });
      response.end();
    } else if (url.searchParams.get('comp') === 'list') {
      const items = [...blobs.keys()].map(
        (each) =>
          `<Blob><Name>${each}</Name><Properties><Etag>1</Etag><Last-Modified>Tue, 12 Jan 2027 15:10:00 GMT</Last-Modified></Properties></Blob>`,
      );
      response.writeHead(200, { 'content-type': 'application/xml' });
      response.end(
        `<?xml version="1.0"?><EnumerationResults ContainerName="c"><Blobs>${items.join('')}</Blobs><NextMarker/></EnumerationResults>`,
      );
    } else {
      const text = blobs.get(name) ?? '';
      const headers = {
        'content-length': Buffer.byteLength(text),
        etag: '"1"',
        'last-modified': new Date().toUTCString(),
        'x-ms-blob-type': 'BlockBlob',
      };
      response.writeHead(200, headers);
      response.end(request.method === 'HEAD' ? undefined : text);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  container = `http://127.0.0.1:${(server.address() as AddressInfo).port}/account/checkpoints?sp=rcl&sig=secret`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  blobs.clear();
  asked.length = 0;
  deed.refused = null;
});

test('EV2: a checkpoint becomes a blob that is created and never written again, and is read back as it was', async () => {
  const place = azureBlobPlace(container, null);
  const note = 'log\n1\nroot\n\n\u2014 log signature\n';
  await place.write('000000000001-a.checkpoint', note);
  await place.write('000000000001-a.checkpoint', 'something else');
  await place.write('000000000002-a.checkpoint', 'another');
  expect(await place.list()).toEqual(['000000000001-a.checkpoint', '000000000002-a.checkpoint']);
  expect(await place.read('000000000001-a.checkpoint')).toBe(note);
});

test.each<[number, string]>([
  [403, 'permission'],
  [404, 'not-found'],
])('EV2: a container that answers %i is told as %s, by its address without the signature', async (status, kind) => {
  deed.refused = status;
  const place = azureBlobPlace(container, null);
  await expect(place.write('1.checkpoint', 'note')).rejects.toMatchObject({ kind, check: expect.not.stringContaining('secret') });
  expect(place.name).not.toContain('secret');
});

test('EV2: CHECKPOINT_TO names containers, mailboxes and folders', () => {
  const reach = { dataDirectory: '/data', credential: null, mail: { send: async () => {} }, mailFrom: () => '' };
  const names = (to: string | null) => checkpointPlaces(to, reach).map(({ name }) => name);
  expect(names(null)).toEqual(['folder /data/checkpoints']);
  expect(names('/mnt/a, audit@council.example,https://a.blob.core.windows.net/c?sig=x')).toEqual([
    'folder /mnt/a',
    'mailbox of the auditor',
    'container https://a.blob.core.windows.net/c',
  ]);
});
