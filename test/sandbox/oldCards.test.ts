import { afterEach, describe, expect, test } from '@jest/globals';
import { botWith, card, cardAnswer, type Sent, standIn } from './standIn.ts';

let sandbox: Awaited<ReturnType<typeof standIn>>;
afterEach(() => sandbox.close());

const pressed = () => (sandbox.heard.at(-1) as Sent).value.action;

describe('a button that stands on no card any more', () => {
  const choice = card('Decide', [{ type: 'Action.Execute', title: 'Upheld', verb: 'decide', data: { revision: 2 } }]);

  test('X4 X5: is pressed as a screen that was not brought up to date has it, a second time too', async () => {
    sandbox = await standIn(botWith(choice, () => cardAnswer(card('Decided'))));
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    for (const again of [1, 2]) {
      expect((await sandbox.ask('POST', '/chats/visitor/actions', { title: 'Upheld' })).status).toBe(200);
      expect(sandbox.heard.filter(({ type }) => type === 'invoke')).toHaveLength(again);
      expect(pressed()).toEqual({ type: 'Action.Execute', verb: 'decide', data: { revision: 2 } });
    }
  });

  test('X3: is pressed as a card that somebody forwarded, where the message of their chat is named', async () => {
    sandbox = await standIn(botWith((activity) => (activity.from.name === 'Ines Calder' ? choice : card('Nothing to press'))));
    const { body: said } = await sandbox.ask('POST', '/chats/manager/messages', { text: 'hello' });
    const forwarded = { title: 'Upheld', activityId: said.messages[0].activityId };
    expect((await sandbox.ask('POST', '/chats/visitor/actions', forwarded)).status).toBe(404);
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    expect((await sandbox.ask('POST', '/chats/visitor/actions', { title: 'Upheld' })).status).toBe(404);
    await sandbox.ask('POST', '/chats/visitor/actions', forwarded);
    expect((sandbox.heard.at(-1) as Sent).from.name).toBe('Amara Larkspur');
    expect(pressed()).toEqual({ type: 'Action.Execute', verb: 'decide', data: { revision: 2 } });
  });
});

test('a button that shows and hides answers with the card as it then looks, and the bot hears nothing', async () => {
  const folded = {
    ...card('Due', [{ type: 'Action.ToggleVisibility', title: 'Why this date?', targetElements: ['why'] }]),
    body: [{ type: 'TextBlock', id: 'why', isVisible: false, text: 'Ten working days.' }],
  };
  sandbox = await standIn(botWith(folded));
  await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
  const { body } = await sandbox.ask('POST', '/chats/visitor/actions', { title: 'why this date?' });
  expect(body.card.body).toEqual([{ type: 'TextBlock', id: 'why', isVisible: true, text: 'Ten working days.' }]);
  expect(sandbox.heard.filter(({ type }) => type === 'invoke')).toEqual([]);
});
