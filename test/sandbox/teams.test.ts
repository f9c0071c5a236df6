import { afterEach, describe, expect, test } from '@jest/globals';
import { botWith, card, cardAnswer, execute, memoryShelf, post, type Sent, standIn, toast, withCard } from './standIn.ts';

let sandbox: Awaited<ReturnType<typeof standIn>>;
afterEach(() => sandbox.close());

describe('the first opening of a chat', () => {
  test('tells the bot once, in Teams’ order, with who and where', async () => {
    sandbox = await standIn(() => undefined);
    await sandbox.ask('GET', '/chats/visitor');
    await sandbox.ask('GET', '/chats/visitor');
    expect(sandbox.heard.map(({ type }) => type)).toEqual(['conversationUpdate', 'installationUpdate']);
    expect(sandbox.heard[1]).toMatchObject({
      action: 'add',
      channelId: 'msteams',
      serviceUrl: `${sandbox.url}/teams/`,
      locale: 'en-GB',
      localTimezone: 'Europe/London',
      from: { id: expect.stringMatching(/^29:/), name: 'Amara Larkspur', aadObjectId: 'cc215a8d-7ef6-445c-95b0-17f50684104b' },
      recipient: { id: '28:app-1', name: 'Conference Dissent' },
      conversation: { id: expect.stringMatching(/^a:/), conversationType: 'personal', tenantId: 'tenant-1' },
      channelData: { tenant: { id: 'tenant-1' } },
    });
  });

  test('is tried again when the bot was not there', async () => {
    let up = false;
    sandbox = await standIn(() => ({ status: up ? 200 : 503 }));
    await sandbox.ask('GET', '/chats/visitor');
    up = true;
    await sandbox.ask('GET', '/chats/visitor');
    expect(sandbox.heard.map(({ type }) => type)).toEqual(['conversationUpdate', 'conversationUpdate', 'installationUpdate']);
  });
});

describe('the connector', () => {
  test('begins a personal chat by Entra id, and the same one the second time', async () => {
    sandbox = await standIn(() => undefined);
    const wish = { isGroup: false, members: [{ id: 'CC215A8D-7ef6-445c-95b0-17f50684104b' }], tenantId: 'tenant-1' };
    const first = await sandbox.talk('POST', 'conversations', wish);
    const second = await sandbox.talk('POST', 'conversations', wish);
    expect([first.status, second.body.id]).toEqual([201, first.body.id]);
    await sandbox.talk('POST', `conversations/${first.body.id}/activities`, withCard(card('Hello')));
    const { body } = await sandbox.ask('GET', '/chats/visitor');
    expect(body.messages.map((message: Sent) => message.card.body[0].text)).toEqual(['Hello']);
    expect(sandbox.heard).toEqual([]);
  });

  test('answers 404 for a conversation, an activity and a member that are not there', async () => {
    sandbox = await standIn(() => undefined);
    const { body } = await sandbox.talk('POST', 'conversations', { members: [{ id: 'cc215a8d-7ef6-445c-95b0-17f50684104b' }] });
    const answers = await Promise.all([
      sandbox.talk('POST', 'conversations/a:nowhere/activities', withCard(card('x'))),
      sandbox.talk('PUT', `conversations/${body.id}/activities/1`, withCard(card('x'))),
      sandbox.talk('GET', `conversations/${body.id}/members/29:stranger`),
    ]);
    expect(answers.map(({ status, body: { error } }) => [status, error.code])).toEqual([
      [404, 'ConversationNotFound'],
      [404, 'ActivityNotFoundInConversation'],
      [404, 'MemberNotFoundInConversation'],
    ]);
  });

  test('updates, deletes, replies, names the members and passes over typing', async () => {
    sandbox = await standIn(() => undefined);
    const { body: chat } = await sandbox.talk('POST', 'conversations', { members: [{ id: 'cc215a8d-7ef6-445c-95b0-17f50684104b' }] });
    const path = `conversations/${chat.id}`;
    const { body: kept } = await sandbox.talk('POST', `${path}/activities`, { ...withCard(card('one')), summary: 'DIS-27-001' });
    const { body: gone } = await sandbox.talk('POST', `${path}/activities/${kept.id}`, { type: 'message', text: 'two' });
    await sandbox.talk('POST', `${path}/activities`, { type: 'typing' });
    await sandbox.talk('PUT', `${path}/activities/${kept.id}`, withCard(card('one, again')));
    await sandbox.talk('DELETE', `${path}/activities/${gone.id}`);
    const { body } = await sandbox.ask('GET', '/chats/visitor');
    expect(body.messages).toMatchObject([{ activityId: kept.id, from: 'bot', text: null, card: { body: [{ text: 'one, again' }] } }]);
    const members = await sandbox.talk('GET', `${path}/pagedmembers`);
    expect(members.body.members).toMatchObject([
      { name: 'Amara Larkspur', aadObjectId: 'cc215a8d-7ef6-445c-95b0-17f50684104b', userPrincipalName: 'amara@health.example' },
    ]);
    expect((await sandbox.talk('GET', `${path}/members/${members.body.members[0].id}`)).body.name).toBe('Amara Larkspur');
  });

  test('refuses a message larger than Teams takes, and one that it could not show', async () => {
    sandbox = await standIn(() => undefined);
    const { body: chat } = await sandbox.talk('POST', 'conversations', { members: [{ id: 'cc215a8d-7ef6-445c-95b0-17f50684104b' }] });
    const large = await sandbox.talk('POST', `conversations/${chat.id}/activities`, withCard(card('x'.repeat(29_000))));
    const hero = await sandbox.talk('POST', `conversations/${chat.id}/activities`, {
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.hero' }],
    });
    expect([large.status, hero.status]).toEqual([413, 400]);
  });
});

describe('Action.Execute', () => {
  test('sends the verb and the inputs, and shows the card that comes back to the presser until the posted card changes', async () => {
    const form = card('Posted', [execute('Refer', 'refer', { data: { case: 'DIS-27-001', revision: 3 } })], {
      body: [{ type: 'Input.Text', id: 'reasons', label: 'Your reasons', isMultiline: true }],
    });
    sandbox = await standIn(botWith(form, () => cardAnswer(card('Referred'))));
    const { body: said } = await sandbox.ask('POST', '/chats/visitor/messages', { text: 'raise dissent' });
    const { body } = await sandbox.ask('POST', '/chats/visitor/actions', { title: ' refer ', inputs: { reasons: 'Because' } });
    expect(body).toMatchObject({
      card: { body: [{ text: 'Referred' }] },
      activityId: said.messages[0].activityId,
      invoke: { statusCode: 200 },
      messages: [],
    });
    expect(sandbox.heard.at(-1)).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: said.messages[0].activityId,
      value: {
        trigger: 'manual',
        action: { type: 'Action.Execute', verb: 'refer', data: { case: 'DIS-27-001', revision: 3, reasons: 'Because' } },
      },
    });
    const seen = async () => (await sandbox.ask('GET', '/chats/visitor')).body.messages.at(-1).card.body[0].text;
    expect(await seen()).toBe('Referred');
    await sandbox.talk(
      'PUT',
      `conversations/${sandbox.heard.at(-1)?.conversation.id}/activities/${body.activityId}`,
      withCard(card('Moved on')),
    );
    expect(await seen()).toBe('Moved on');
  });

  test('a notice is for the presser and leaves the card', async () => {
    sandbox = await standIn(
      botWith(card('Posted', [execute('Refer', 'refer')]), () => toast('Only the chair of this conference can refer.')),
    );
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    const { body } = await sandbox.ask('POST', '/chats/visitor/actions', { verb: 'refer' });
    expect(body).toMatchObject({ message: 'Only the chair of this conference can refer.', messages: [] });
    expect(body.card).toBeUndefined();
    expect((await sandbox.ask('GET', '/chats/visitor')).body.messages.at(-1).card.body[0].text).toBe('Posted');
  });

  test.each([
    [
      'an error answer',
      { body: { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'BadRequest', message: 'no' } } },
      400,
    ],
    ['a failed request', { status: 500 }, 500],
    ['an empty answer', {}, 200],
  ])('%s is "Something went wrong. Try again."', async (_, answer, statusCode) => {
    sandbox = await standIn(botWith(card('Posted', [execute('Refer', 'refer')]), () => answer));
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    const { body } = await sandbox.ask('POST', '/chats/visitor/actions', { verb: 'refer' });
    expect(body).toMatchObject({ error: 'Something went wrong. Try again.', invoke: { statusCode } });
  });

  test('so is no answer within the time limit', async () => {
    const never = Promise.withResolvers<undefined>();
    sandbox = await standIn(
      botWith(card('Posted', [execute('Refer', 'refer')]), () => never.promise),
      { answerLimitMilliseconds: 60 },
    );
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    const { body } = await sandbox.ask('POST', '/chats/visitor/actions', { verb: 'refer' });
    never.resolve(undefined);
    expect(body).toMatchObject({ error: 'Something went wrong. Try again.', invoke: { statusCode: 504 } });
  });
});

describe('Action.Submit', () => {
  test('is a message whose value is data and inputs; the answer is what the bot then posts', async () => {
    const submit = { type: 'Action.Submit', title: 'Send', data: { verb: 'send', case: 'DIS-27-001' } };
    const form = { ...card('Form', [submit]), body: [{ type: 'Input.Toggle', id: 'sure', title: 'I am sure' }] };
    sandbox = await standIn(async (activity, talk) => {
      if (activity.type !== 'message') return;
      await post(talk, activity, activity.value ? { type: 'message', text: 'Thank you' } : withCard(form));
    });
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'form' });
    const { body } = await sandbox.ask('POST', '/chats/visitor/actions', { verb: 'send' });
    expect(sandbox.heard.at(-1)).toMatchObject({
      type: 'message',
      value: { verb: 'send', case: 'DIS-27-001', sure: 'false' },
      replyToId: body.activityId,
    });
    expect(body).toMatchObject({ message: 'Thank you', messages: [{ text: 'Thank you', from: 'bot' }] });
  });
});

describe('bad days', () => {
  test('X4: each activity can be delivered twice, under one id', async () => {
    sandbox = await standIn(() => undefined);
    await sandbox.ask('GET', '/chats/visitor');
    await sandbox.ask('PUT', '/troubles', { deliver: 2 });
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'raise dissent' });
    const [first, second, ...more] = sandbox.heard.filter(({ type }) => type === 'message');
    expect([second?.id, more]).toEqual([first?.id, []]);
  });

  test('the connector can answer 429 with Retry-After a number of times', async () => {
    sandbox = await standIn(() => undefined);
    await sandbox.ask('PUT', '/troubles', { throttle: { calls: 1, retryAfterSeconds: 7 } });
    const begin = () => sandbox.talk('POST', 'conversations', { members: [{ id: 'cc215a8d-7ef6-445c-95b0-17f50684104b' }] });
    const [first, second] = [await begin(), await begin()];
    expect([first.status, first.headers.get('Retry-After'), second.status]).toEqual([429, '7', 201]);
  });

  test('the connector can leave a call without any answer', async () => {
    sandbox = await standIn(() => undefined);
    await sandbox.ask('PUT', '/troubles', { hang: 1 });
    const hung = fetch(`${sandbox.url}/teams/v3/conversations`, { method: 'POST', body: '{}', signal: AbortSignal.timeout(80) });
    await expect(hung).rejects.toThrow();
    expect((await sandbox.talk('GET', 'conversations/a:nowhere/members')).status).toBe(404);
  });
});

describe('a restart', () => {
  test('keeps the chats, what each person sees, and that the bot knows of them', async () => {
    const shelf = memoryShelf();
    const script = botWith(card('Posted', [execute('Refer', 'refer')]), () => cardAnswer(card('Referred')));
    sandbox = await standIn(script, { shelf });
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    await sandbox.ask('POST', '/chats/visitor/actions', { title: 'Refer' });
    const { body: before } = await sandbox.ask('GET', '/chats/visitor');
    await sandbox.close();
    sandbox = await standIn(script, { shelf });
    const { body: after } = await sandbox.ask('GET', '/chats/visitor');
    expect(after).toEqual(before);
    expect(sandbox.heard).toEqual([]);
  });
});
