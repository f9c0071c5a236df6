import { describe, expect, test } from '@jest/globals';
import { cardIn, wordsOf } from '../bot/chats.ts';
import { button, dissent, reference } from '../bot/dissent.ts';
import type { ConnectorCall } from '../support/teamsClient.ts';
import { play, program } from './freshProgram.ts';

describe('X6, X9, design 6: in a group chat or channel', () => {
  const secret = /CH-1041|injur|Larkspur|threshold|Hawthorn/i;
  /** All that the members of the chat can see of a message. */
  const shown = (call: ConnectorCall | undefined) => JSON.stringify([call?.body?.text, call?.body?.summary, call?.body?.attachments]);

  /** Who is in the group chat, as Teams tells it. */
  const inGroup = (...people: string[]) =>
    program.teams.answers(({ method }) =>
      method === 'GET' ? { status: 200, body: { members: people.map((person) => ({ id: `29:${person}` })) } } : null,
    );

  test('a case is shown as its reference alone, and each on it is given their own view', async () => {
    await play.raised();
    await program.says('service-manager', 'help');
    await program.says('chair', 'help');
    inGroup('service-manager', 'teacher', 'health-visitor');
    const [roster, call, ...others] = await program.saysInGroup('health-visitor', 'case DIS-27-001');
    expect([roster?.method, others]).toEqual(['GET', []]);
    expect(wordsOf(cardIn(call))).toContain(reference);
    expect(shown(call)).not.toMatch(secret);
    const refresh = cardIn(call).refresh;
    expect(refresh?.userIds).toEqual(['29:health-visitor', '29:service-manager']);
    const own = await program.presses('health-visitor', refresh?.action.data ?? {}, { conversation: program.group });
    expect(wordsOf(own)).toContain('Three injuries in six weeks.');
    const none = await program.presses('teacher', refresh?.action.data ?? {}, { conversation: program.group });
    expect(JSON.stringify(none)).not.toMatch(secret);
  });

  test('TM7: a card refreshes for members of that chat alone, and where Teams does not name them for whoever asked', async () => {
    await play.raised();
    for (const person of ['service-manager', 'chair']) await program.says(person, 'help');
    const refreshed = async () => cardIn((await program.saysInGroup('health-visitor', 'case DIS-27-001')).at(-1)).refresh?.userIds;
    inGroup('chair', 'health-visitor');
    expect(await refreshed()).toEqual(['29:health-visitor', '29:chair']);
    program.teams.answers(({ method }) => (method === 'GET' ? { status: 403 } : null));
    expect(await refreshed()).toEqual(['29:health-visitor']);
  });

  test('somebody not on the case is answered as for one that does not exist', async () => {
    await play.raised();
    const texts = [await program.saysInGroup('teacher', 'case DIS-27-001'), await program.saysInGroup('teacher', 'case DIS-27-999')].map(
      ([call]) => call?.body?.text,
    );
    expect(texts[0]?.replace('001', '')).toBe(texts[1]?.replace('999', ''));
  });

  test.each(['raise dissent', 'my cases'])('%j is answered in the own chat, and the group is told only that', async (text) => {
    await play.raised();
    const calls = await program.saysInGroup('health-visitor', text);
    expect(calls.map(({ path }) => path)).toEqual([expect.stringContaining('/chat-health-visitor/'), expect.stringContaining('/group-1/')]);
    expect(calls[1]?.body).toMatchObject({ text: 'I have written to you in our own chat.' });
    expect(calls[1]?.body?.attachments).toBeUndefined();
  });

  test('somebody who never spoke to the bot is told how to begin', async () => {
    const calls = await program.saysInGroup('midwife', 'raise dissent');
    expect(calls.map(({ body }) => body?.text)).toEqual([expect.stringContaining('start a chat with me')]);
  });

  test('a bot that the person has removed tells them how to begin, too', async () => {
    await program.says('midwife', 'help');
    program.teams.answers(({ path }) => (path.includes('chat-midwife') ? { status: 403 } : null));
    expect((await program.saysInGroup('midwife', 'my cases')).at(-1)?.body?.text).toContain('start a chat with me');
  });

  test('a pressed fallback is answered in the own chat; the card of the group stays as it is', async () => {
    await play.raised();
    const calls = await program.submits('health-visitor', { reference, revision: 2, verb: 'see:status' }, { conversation: program.group });
    expect(calls.map(({ method, path }) => [method, path.split('/')[3]])).toEqual([
      ['POST', 'chat-health-visitor'],
      ['POST', 'group-1'],
    ]);
    expect(shown(calls[1])).not.toMatch(secret);
  });

  test('a dissent raised from a group card does not make that card the receipt', async () => {
    const form = cardIn((await program.says('health-visitor', 'raise'))[0]);
    await program.presses(
      'health-visitor',
      { ...button(form, 'raise:camden.camden-dissent'), ...dissent },
      { conversation: program.group },
    );
    expect(program.cases.trails.size).toBe(1);
    expect(program.posted).toEqual([]);
  });
});
