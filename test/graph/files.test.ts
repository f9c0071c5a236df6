import { describe, expect, test } from '@jest/globals';
import { DRIVE, faultOf, graphOverHttp } from './graphServer.ts';

const PATH = 'CH-1041/DIS-27-004-reasons.docx';
const content = Buffer.from('PK, as a Word file begins: \u{1F4C4}');

describe('C23: reasons on a child’s file, through Graph', () => {
  test('a document lies whole under the child’s reference, and the answer says which item it is and where', async () => {
    const { files, graph, address } = await graphOverHttp();
    // A view into a larger buffer, as a pooled one is: what lies beside it must not go along.
    const padded = Buffer.concat([Buffer.from('another child'), content]);

    const stored = await files.upload(DRIVE, PATH, new Uint8Array(padded.buffer, padded.byteOffset + 13, content.length));

    const [file] = graph.files();
    expect(graph.files()).toHaveLength(1);
    expect(file).toMatchObject({
      drive: DRIVE,
      path: PATH,
      folder: 'CH-1041',
      size: content.length,
      versions: 1,
      at: '2027-02-17T11:00:00Z',
    });
    expect(stored).toEqual({ item: file?.id, url: `${address}${file?.address}` });
    expect(graph.content(file?.address ?? '')).toMatchObject({
      name: 'DIS-27-004-reasons.docx',
      type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    });
    expect(Buffer.from(graph.content(file?.address ?? '')?.bytes ?? [])).toEqual(content);
  });

  test('X11: a folder’s name keeps its spaces and signs', async () => {
    const { files, graph } = await graphOverHttp();
    await files.upload(DRIVE, 'Ref #7 & 50%, née/DIS-27-004 reasons.docx', content);
    expect(graph.files()).toEqual([
      expect.objectContaining({ path: 'Ref #7 & 50%, née/DIS-27-004 reasons.docx', folder: 'Ref #7 & 50%, née' }),
    ]);
  });

  test.each([
    '../other.docx',
    'CH-1041/../../x.docx',
    './x.docx',
    '/x.docx',
    'CH-1041//x.docx',
    'CH-10:41/x.docx',
    'CH-1041\\x.docx',
    'CH./x.docx',
    ' /x',
    '',
  ])('the path %j never reaches Graph: it is rejected, with what to look at', async (path) => {
    const { files, exchanges } = await graphOverHttp();
    expect(await faultOf(files.upload(DRIVE, path, content))).toMatchObject({
      kind: 'rejected',
      check: expect.stringContaining('by hand'),
    });
    expect(exchanges).toEqual([]);
  });
});

describe('X4: an upload may be repeated until it is known to be there', () => {
  test.each([
    [{ what: 'refused', status: 429, retryAfter: '7' }, 'throttled', 1],
    [{ what: 'refused', status: 503 }, 'unreachable', 1],
    [{ what: 'refused', status: 423 }, 'unreachable', 1],
    [{ what: 'done-but-refused', status: 504 }, 'unreachable', 2],
    [{ what: 'lost-answer' }, 'unreachable', 2],
  ] as const)('%j is %s; tried again, the one document is there, uploaded %i times', async (trouble, kind, versions) => {
    const { files, graph } = await graphOverHttp();
    graph.misbehave({ method: 'PUT', path: '/content', ...trouble });

    expect(await faultOf(files.upload(DRIVE, PATH, content))).toMatchObject({ kind });
    const { item } = await files.upload(DRIVE, PATH, Buffer.from('the reasons as they are now'));

    expect(graph.files()).toEqual([expect.objectContaining({ id: item, path: PATH, versions, size: 27 })]);
  });

  test('a time limit that passes is unreachable: it is safe to repeat', async () => {
    const { files, graph } = await graphOverHttp({ fetchTimeoutMs: 200 });
    graph.misbehave({ what: 'slow', milliseconds: 60_000 });
    expect(await faultOf(files.upload(DRIVE, PATH, content))).toMatchObject({ kind: 'unreachable' });
  });

  test('a library that is not there is not-found; a missing permission is named', async () => {
    const { files, graph } = await graphOverHttp();
    expect(await faultOf(files.upload('b!another', PATH, content))).toMatchObject({ kind: 'not-found' });
    graph.misbehave({ what: 'refused', status: 403 });
    expect(await faultOf(files.upload(DRIVE, PATH, content))).toMatchObject({
      kind: 'permission',
      check: expect.stringContaining('Files.ReadWrite.All'),
    });
  });

  test('what was filed is still there after the sandbox was stopped and started', async () => {
    const before = await graphOverHttp();
    await before.files.upload(DRIVE, PATH, content);
    const { graph } = await graphOverHttp({ directory: before.directory });
    expect(graph.files()).toEqual(before.graph.files());
    expect(Buffer.from(graph.content(graph.files()[0]?.address ?? '')?.bytes ?? [])).toEqual(content);
  });
});
