import { afterEach, describe, expect, test } from '@jest/globals';
import { botWith, card, cardAnswer, execute, inChat, type Sent, standIn, withCard } from './standIn.ts';

let sandbox: Awaited<ReturnType<typeof standIn>>;
afterEach(() => sandbox.close());

describe('refresh', () => {
  const refreshing = (activity: Sent, more: object = {}) =>
    card('Base', [execute('Open', 'open')], {
      refresh: { action: execute('', 'look', { data: { case: 'DIS-27-001' } }), userIds: [activity.from.id], ...more },
    });

  test('gives a listed viewer their own view at each look, but does not take a form away', async () => {
    let looks = 0;
    const look = () => {
      looks += 1;
      return `View ${looks}`;
    };
    sandbox = await standIn(
      botWith(refreshing, (activity) =>
        cardAnswer(activity.value.trigger === 'automatic' ? card(look(), [execute('Open', 'open')]) : card('Form')),
      ),
    );
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    const text = async () => (await sandbox.ask('GET', '/chats/visitor')).body.messages.at(-1).card.body[0].text;
    expect([await text(), await text()]).toEqual(['View 2', 'View 3']);
    await sandbox.ask('POST', '/chats/visitor/actions', { title: 'Open' });
    expect([await text(), looks]).toEqual(['Form', 3]);
  });

  test('whose answer comes after a press does not take away the form that the press has opened', async () => {
    const asked = Promise.withResolvers<string>();
    const late = Promise.withResolvers<void>();
    let looks = 0;
    sandbox = await standIn(
      botWith(refreshing, async (activity) => {
        if (activity.value.trigger !== 'automatic') return cardAnswer(card('Form'));
        looks += 1;
        if (looks > 1) return cardAnswer(card('View'));
        asked.resolve(activity.replyToId);
        await late.promise;
        return cardAnswer(card('Old view'));
      }),
    );
    const said = sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    const activityId = await asked.promise;
    await sandbox.ask('POST', '/chats/visitor/actions', { activityId, verb: 'open', data: { case: 'DIS-27-001' } });
    late.resolve();
    await said;
    expect((await sandbox.ask('GET', '/chats/visitor?again=no')).body.messages.at(-1).card.body[0].text).toBe('Form');
  });

  test('leaves people who are not listed with the posted card', async () => {
    sandbox = await standIn(botWith((activity) => refreshing(activity, { userIds: ['29:somebody-else'] })));
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    const { body } = await sandbox.ask('GET', '/chats/visitor');
    expect(body.messages.at(-1).card.body[0].text).toBe('Base');
    expect(sandbox.heard.filter(({ type }) => type === 'invoke')).toEqual([]);
  });

  test('asks again when the posted card has changed, after a press too', async () => {
    let looks = 0;
    const look = () => {
      looks += 1;
      return `View ${looks}`;
    };
    sandbox = await standIn(botWith(refreshing, (activity) => cardAnswer(card(activity.value.trigger === 'automatic' ? look() : 'Form'))));
    const { body: said } = await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    const { activityId } = said.messages[0];
    const data = { case: 'DIS-27-001' };
    await sandbox.ask('POST', '/chats/visitor/actions', { activityId, verb: 'open', data });
    await sandbox.talk('PUT', `${inChat(sandbox.heard[0] as Sent)}/${activityId}`, withCard(refreshing(sandbox.heard[0] as Sent)));
    expect((await sandbox.ask('GET', '/chats/visitor?again=no')).body.messages.at(-1).card.body[0].text).toBe('View 2');
    expect((await sandbox.ask('GET', '/chats/visitor?again=no')).body.messages.at(-1).card.body[0].text).toBe('View 2');
  });
});

describe('a group chat', () => {
  test('reaches the bot when it is mentioned, and each member has a view of their own', async () => {
    sandbox = await standIn(botWith(card('Base', [execute('Open', 'open')]), (activity) => cardAnswer(card(`For ${activity.from.name}`))));
    const { body: chat } = await sandbox.ask('POST', '/chats', { kind: 'groupChat', members: ['visitor', 'chair'], title: 'Conference' });
    const path = `/chats/${encodeURIComponent(chat.id)}`;
    await sandbox.ask('POST', `${path}/messages?as=visitor`, { text: 'good morning all' });
    await sandbox.ask('POST', `${path}/messages?as=visitor`, { text: '<at>Conference Dissent</at> case DIS-27-001' });
    const messages = sandbox.heard.filter(({ type }) => type === 'message');
    expect(messages).toMatchObject([
      {
        conversation: { conversationType: 'groupChat', isGroup: true },
        entities: [{}, { type: 'mention', mentioned: { id: '28:app-1' } }],
      },
    ]);
    await sandbox.ask('POST', `${path}/actions?as=chair`, { title: 'Open' });
    const seenBy = async (person: string) => (await sandbox.ask('GET', `${path}?as=${person}`)).body.messages.at(-1).card.body[0].text;
    expect([await seenBy('chair'), await seenBy('visitor')]).toEqual(['For Ewan Brook', 'Base']);
    expect((await sandbox.ask('GET', `${path}?as=manager`)).status).toBe(404);
  });
});
