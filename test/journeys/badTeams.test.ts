import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dissentForm, openPartnership, type Partnership, recordForm } from './partnership.ts';

let camden: Partnership;
beforeAll(async () => {
  camden = await openPartnership('2027-02-01T15:00:00Z', { badDay: true });
});
afterAll(() => camden.close());

const NOT_TOLD = 'Not told in Teams since Mon 1 Feb 2027: Farida Oakenshaw';
const CHILDREN: Record<string, string> = { gp: 'CH-2001', teacher: 'CH-2002', midwife: 'CH-2003', 'police-officer': 'CH-2004' };
const referenceIn = (words: string) => /DIS-\d\d-\d{3}/.exec(words)?.[0] ?? '';
const app = (refused: string | null) => camden.call('PUT', '/chats/service-manager/app', { refused });
async function referred(person: string): Promise<string> {
  await camden.says(person, 'raise dissent');
  const form = dissentForm({ date: '2027-02-01', children: CHILDREN[person]! });
  const reference = referenceIn(await camden.presses(person, 'Send to the chair', form));
  await camden.fillsIn('chair', reference, 'Refer', recordForm());
  return reference;
}

test('TM1: a Service Manager without the app is known of everywhere, has a neutral mail, and once they write, their card and their reminders', async () => {
  await camden.says('service-manager', 'help');
  await app('BotNotInConversationRoster');
  const reference = await referred('gp');
  await camden.clock('2027-02-01T15:05:00Z');
  for (const person of ['administrator', 'second-administrator']) {
    await camden.says(person, `case ${reference}`);
    expect(await camden.readsOf(person, reference)).toContain(NOT_TOLD);
  }
  await camden.says('administrator', 'stuck');
  expect(await camden.reads('administrator')).toContain('Not told in Teams: Farida Oakenshaw');
  for (const person of ['gp', 'chair']) expect(await camden.reads(person)).not.toContain('Not told in Teams');
  const about = (await camden.mail()).filter(({ subject }) => subject === 'Something waits for you in Teams');
  expect(about).toMatchObject([{ to: ['farida.oakenshaw@camden.example'], attachments: [] }]);
  expect(about[0]?.text).not.toMatch(/DIS-|CH-|dissent from|conference chair/i);
  expect((await camden.cardsAbout('service-manager', reference)).length).toBe(0);

  await camden.says('service-manager', 'hello');
  await camden.clock('2027-02-01T15:06:00Z');
  expect(await camden.readsOf('service-manager', reference)).toContain('Decide by Mon 15 Feb 2027');
  expect(await camden.reads('administrator')).not.toContain(NOT_TOLD);
});

test('TM1: whoever blocked the bot and lets it in again without a word has their card at the case’s next change', async () => {
  await app('ConversationBlockedByUser');
  const reference = await referred('teacher');
  await camden.clock('2027-02-01T15:10:00Z');
  expect((await camden.cardsAbout('service-manager', reference)).length).toBe(0);
  await app(null);
  await camden.fillsIn('teacher', reference, 'Add to my dissent', { text: 'One thing more.' });
  await camden.clock('2027-02-01T15:11:00Z');
  expect(await camden.readsOf('service-manager', reference)).toContain('Decide by Mon 15 Feb 2027');
  await camden.says('administrator', 'stuck');
  expect(JSON.stringify((await camden.chat('administrator')).at(-1))).not.toContain('Not told in Teams');
});

test('TM2: 412 for a while costs nobody their card, and nobody counts as not told', async () => {
  await camden.troubles({ refuse: { calls: 3, status: 412, code: 'PreconditionFailed', person: 'service-manager' } });
  const reference = await referred('midwife');
  await camden.clock('2027-02-01T15:20:00Z');
  expect((await camden.cardsAbout('service-manager', reference)).length).toBe(1);
  expect(await camden.readsOf('administrator', reference)).not.toContain('Not told in Teams');
});

test('TM3: a card whose message somebody deleted comes again with the next news', async () => {
  const reference = await referred('police-officer');
  await camden.clock('2027-02-01T15:30:00Z');
  const [card] = await camden.cardsAbout('service-manager', reference);
  await camden.call('DELETE', `/chats/service-manager/messages/${card?.activityId}`);
  await camden.fillsIn('police-officer', reference, 'Add to my dissent', { text: 'He has written again.' });
  await camden.clock('2027-02-01T15:31:00Z');
  expect(await camden.readsOf('service-manager', reference)).toContain('He has written again.');
});

test('TM5: a file is answered with the plain word that nothing of it was kept, and a slip that is mended is answered then', async () => {
  const base64 = Buffer.from('a photograph').toString('base64');
  const sent = await camden.call('POST', '/chats/gp/messages', { files: [{ name: 'photo.png', contentType: 'image/png', base64 }] });
  expect(sent.body.message).toContain('nothing of it was kept');
  const slip = await camden.says('gp', 'rasie dissent');
  const mended = await camden.call('PUT', `/chats/gp/messages/${String(slip.activityId)}`, { text: 'raise dissent' });
  expect(JSON.stringify(mended.body.messages)).toContain('Send to the chair');
});

test('TM7 X6: in a meeting’s chat a case is its reference alone, and each member of it sees their own view', async () => {
  const { body } = await camden.call('POST', '/groups', { type: 'meeting', members: ['chair', 'gp', 'teacher'], title: 'Conference' });
  const at = (person: string, part = '') => `/chats/${person}${part}?in=${encodeURIComponent(String(body.id))}`;
  const reference = referenceIn(await camden.reads('gp'));
  await camden.call('POST', at('chair', '/messages'), { text: `@Conference Dissent case ${reference}` });
  const shown = async (person: string) => JSON.stringify((await camden.call('GET', at(person))).body.messages);
  expect(await shown('teacher')).not.toContain('CH-2001');
  expect(await shown('chair')).toContain('The dissent you recorded');
});
