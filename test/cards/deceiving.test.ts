import { expect, test } from '@jest/globals';
import type { Client } from '@microsoft/microsoft-graph-client';
import { strFromU8, unzipSync } from 'fflate';
import { z } from 'zod';
import { plainFrame } from '../../src/cards/frame.ts';
import { needed, readForm } from '../../src/cards/inputs.ts';
import { render } from '../../src/cards/template.ts';
import { nameIn } from '../../src/directory/directory.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { graphMail } from '../../src/graph/mail.ts';
import { drawDocument } from '../../src/letters/drawDocument.ts';

/** Typed as "not upheld" backwards, with a date of the reader's own, a hidden word, and lines that some programs do not end. */
const typed = 'The decision is \u202Edlehpu ton\u202C.\vSigned {{DATE(2027-01-01T00:00:00Z)}}\x85and \u200Bseen\u{E0041}.';
const read = ['The decision is dlehpu ton.', 'Signed { {DATE(2027-01-01T00:00:00Z)}}', 'and seen.'];

const notice = (text: string) => ({ view: 'notice' as const, data: { ...plainFrame('A notice'), text: [text], links: [] } });

test('EV9: what is typed into a form is harmless as it enters', () => {
  const form = readForm(z.object({ reasons: needed('Say why.') }), { reasons: typed });
  expect(form).toEqual({ value: { reasons: read.join('\n') } });
});

test('EV9: a card, a letter, a file and a message read the same, wherever the text came from', async () => {
  const card = JSON.stringify(render(notice(typed)));
  for (const line of read) expect(card).toContain(JSON.stringify(line).slice(1, -1));
  expect(card).toBe(JSON.stringify(render(notice(read.join('\n')))));

  const document = {
    title: 'A letter',
    letterhead: ['Camden'],
    marking: null,
    letter: null,
    blocks: [
      { kind: 'paragraph' as const, text: typed },
      { kind: 'list' as const, items: [typed] },
    ],
  };
  const word = strFromU8(unzipSync(await drawDocument(document))['word/document.xml']!);
  for (const line of read) expect(word.split(`>${line}<`)).toHaveLength(3);
  expect(word).not.toMatch(/[\u202A-\u202E\u200B\v\x85]/u);

  const posted: { message: { body: { content: string } } }[] = [];
  const request = {
    responseType: () => request,
    post: async (body: (typeof posted)[0]) => {
      posted.push(body);
      return new Response(null, { status: 202 });
    },
  };
  const client = { api: () => request } as unknown as Client;
  await graphMail(client).send('from@council.example', {
    to: 'to@council.example',
    subject: 'DIS-27-001',
    lines: [typed],
    attachment: null,
  });
  expect(posted[0]?.message.body.content).toBe(read.join('\n'));
});

test('EV9: a name from Teams or from the directory is harmless wherever it is shown', () => {
  const directory = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} })();
  const unlisted = { 'someone-else': { name: 'Eve\u202E\u200B {{TIME(2027-01-01T00:00:00Z)}}' } };
  expect(nameIn({ ...directory, unlisted }, 'someone-else')).toBe('Eve { {TIME(2027-01-01T00:00:00Z)}}');
});
