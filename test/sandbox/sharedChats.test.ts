import { afterEach, describe, expect, test } from '@jest/globals';
import { botWith, card, cardAnswer, execute, post, standIn, withCard } from './standIn.ts';

let sandbox: Awaited<ReturnType<typeof standIn>>;
afterEach(() => sandbox.close());

const last = () => sandbox.heard.at(-1);
const opened = async (type: string, members = ['visitor', 'chair']) =>
  (await sandbox.ask('POST', '/groups', { type, members, title: 'After the conference' })).body.id as string;
const at = (person: string, group: string, part = '') => `/chats/${person}${part}?in=${encodeURIComponent(group)}`;

describe('a shared chat', () => {
  test.each([
    ['group', 'groupChat', /^19:.*@thread\.v2$/, {}],
    ['meeting', 'groupChat', /^19:meeting_.*@thread\.v2$/, { meeting: { id: expect.any(String) } }],
    [
      'channel',
      'channel',
      /^19:.*@thread\.tacv2;messageid=\d+$/,
      { team: { id: expect.any(String) }, channel: { id: expect.any(String) } },
    ],
  ])('of type %s is opened with the bot in it, and the bot hears what is said to it', async (type, conversationType, id, channelData) => {
    sandbox = await standIn(botWith(card('Posted')));
    const group = await opened(type);
    expect(sandbox.heard.map((activity) => activity.type)).toEqual(['conversationUpdate', 'installationUpdate']);
    await sandbox.ask('POST', at('chair', group, '/messages'), { text: 'Good morning' });
    expect(sandbox.heard).toHaveLength(2);
    const { body } = await sandbox.ask('POST', at('chair', group, '/messages'), { text: '@Conference Dissent case DIS-27-001' });
    expect(last()).toMatchObject({
      type: 'message',
      text: '<at>Conference Dissent</at> case DIS-27-001',
      from: { name: 'Ewan Brook' },
      entities: expect.arrayContaining([expect.objectContaining({ type: 'mention' })]),
      conversation: { id: expect.stringMatching(id), conversationType, isGroup: true },
      channelData,
    });
    expect(body.messages).toMatchObject([{ from: 'bot', card: { body: [{ text: 'Posted' }] } }]);
    const seen = await sandbox.ask('GET', at('visitor', group));
    expect(seen.body).toMatchObject({ chat: { id: group, title: 'After the conference' }, messages: [{}, {}, {}] });
  });

  test('shows each member their own card after a press, and nobody else anything', async () => {
    sandbox = await standIn(botWith(card('Posted', [execute('Look', 'look')]), () => cardAnswer(card('For you'))));
    const group = await opened('group');
    await sandbox.ask('POST', at('chair', group, '/messages'), { text: '@Conference Dissent case DIS-27-001' });
    await sandbox.ask('POST', at('visitor', group, '/actions'), { title: 'Look' });
    const shown = async (person: string) => (await sandbox.ask('GET', at(person, group))).body.messages.at(-1).card.body[0].text;
    expect([await shown('visitor'), await shown('chair')]).toEqual(['For you', 'Posted']);
    expect((await sandbox.ask('GET', at('manager', group))).status).toBe(404);
  });

  test('tells the bot who its members are', async () => {
    sandbox = await standIn(() => undefined);
    const group = await opened('channel');
    const { body } = await sandbox.talk('GET', `conversations/${encodeURIComponent(`${group};messageid=1`)}/pagedmembers`);
    expect(body.members.map(({ name }: { name: string }) => name)).toEqual(['Amara Larkspur', 'Ewan Brook']);
    expect((await sandbox.ask('GET', '/groups')).body).toMatchObject([{ id: group, kind: 'channel' }]);
  });

  test.each([[{ type: 'party', members: ['visitor'] }], [{ type: 'group', members: [] }], [{ type: 'group', members: ['nobody'] }]])(
    '%j is no shared chat: 400 and a sentence',
    async (body) => {
      sandbox = await standIn(() => undefined);
      expect(await sandbox.ask('POST', '/groups', body)).toMatchObject({
        status: 400,
        body: { error: expect.stringContaining('"group"') },
      });
    },
  );
});

describe('files', () => {
  const files = [
    { name: 'Hospital letter.docx', contentType: 'application/msword', base64: Buffer.from('a letter').toString('base64') },
    { name: 'photo.png', contentType: 'image/png', base64: Buffer.from('a picture').toString('base64') },
  ];

  test('come to the bot in a personal chat as Teams sends them, and can be fetched', async () => {
    sandbox = await standIn(() => undefined);
    await sandbox.ask('POST', '/chats/visitor/messages', { files });
    const [letter, photo] = last()?.attachments ?? [];
    expect(letter).toMatchObject({
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      name: 'Hospital letter.docx',
      content: { fileType: 'docx', downloadUrl: expect.any(String), uniqueId: expect.any(String) },
    });
    expect(photo).toMatchObject({ contentType: 'image/png', contentUrl: expect.any(String) });
    expect(await (await fetch(letter.content.downloadUrl)).text()).toBe('a letter');
    expect((await sandbox.ask('GET', '/chats/visitor')).body.messages.at(-1).files).toMatchObject([
      { name: 'Hospital letter.docx', size: 8 },
      { name: 'photo.png', size: 9 },
    ]);
  });

  test('come with a press', async () => {
    sandbox = await standIn(botWith(card('Form', [execute('Send', 'send')]), () => cardAnswer(card('Sent'))));
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'form' });
    await sandbox.ask('POST', '/chats/visitor/actions', { title: 'Send', files });
    expect(last()).toMatchObject({ type: 'invoke', attachments: [{ name: 'Hospital letter.docx' }, { name: 'photo.png' }] });
  });

  test('stay with the people of a group: no bot is given them there', async () => {
    sandbox = await standIn(() => undefined);
    const group = await opened('group');
    await sandbox.ask('POST', at('chair', group, '/messages'), { text: '@Conference Dissent help', files });
    expect(last()?.attachments).toBeUndefined();
  });
});

describe('what people do to messages and to the app', () => {
  test('TM5: a message that its writer changes comes to the bot as messageUpdate', async () => {
    sandbox = await standIn(() => undefined);
    const { body } = await sandbox.ask('POST', '/chats/visitor/messages', { text: 'rasie dissent' });
    await sandbox.ask('PUT', `/chats/visitor/messages/${body.activityId}`, { text: 'raise dissent' });
    expect(last()).toMatchObject({
      type: 'messageUpdate',
      id: body.activityId,
      text: 'raise dissent',
      channelData: { eventType: 'editMessage' },
    });
    expect((await sandbox.ask('PUT', `/chats/chair/messages/${body.activityId}`, { text: 'x' })).status).toBe(404);
  });

  test('TM3: an update of a message that was deleted is 404', async () => {
    sandbox = await standIn(botWith(card('Posted')));
    const { body } = await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    const { activityId } = body.messages[0];
    await sandbox.ask('DELETE', `/chats/visitor/messages/${activityId}`);
    const path = `conversations/${encodeURIComponent(last()?.conversation.id)}/activities/${activityId}`;
    expect(await sandbox.talk('PUT', path, withCard(card('x')))).toMatchObject({
      status: 404,
      body: { error: { code: 'ActivityNotFoundInConversation' } },
    });
  });

  test.each(['BotNotInConversationRoster', 'ConversationBlockedByUser', 'BotDisabledByAdmin'])(
    'TM1: %s: every call about that chat is 403 with this code, until its person writes again',
    async (refused) => {
      sandbox = await standIn(async (activity, talk) => {
        if (activity.type === 'message') await post(talk, activity, { type: 'message', text: 'here' });
      });
      await sandbox.ask('GET', '/chats/visitor');
      const { conversation } = last() ?? {};
      await sandbox.ask('PUT', '/chats/visitor/app', { refused });
      const path = `conversations/${encodeURIComponent(conversation.id)}/activities`;
      expect(await sandbox.talk('POST', path, withCard(card('x')))).toMatchObject({ status: 403, body: { error: { code: refused } } });
      const begin = { members: [{ id: 'cc215a8d-7ef6-445c-95b0-17f50684104b' }] };
      expect((await sandbox.talk('POST', 'conversations', begin)).status).toBe(403);
      expect((await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' })).body.message).toBe('here');
    },
  );

  test('TM1: the app put back is told to the bot', async () => {
    sandbox = await standIn(() => undefined);
    await sandbox.ask('PUT', '/chats/visitor/app', { refused: 'BotNotInConversationRoster' });
    await sandbox.ask('PUT', '/chats/visitor/app', { refused: null });
    expect(sandbox.heard.slice(-2).map(({ type, action }) => [type, action])).toEqual([
      ['installationUpdate', 'remove'],
      ['installationUpdate', 'add'],
    ]);
  });

  test('TM2: the next calls can be refused with a status and a code, for one person’s chat alone', async () => {
    sandbox = await standIn(() => undefined);
    await sandbox.ask('GET', '/chats/visitor');
    const { conversation } = last() ?? {};
    await sandbox.ask('PUT', '/troubles', { refuse: { calls: 1, status: 412, code: 'PreconditionFailed', person: 'visitor' } });
    const path = `conversations/${encodeURIComponent(conversation.id)}/activities`;
    const statuses = [
      (await sandbox.talk('POST', 'conversations', { members: [{ id: '0b0f4a52-9f43-4a1c-8a32-1f6f4a1f7f01' }] })).status,
      (await sandbox.talk('POST', path, withCard(card('x')))).status,
      (await sandbox.talk('POST', path, withCard(card('x')))).status,
    ];
    expect(statuses).toEqual([201, 412, 201]);
  });
});
