import { describe, expect, test } from '@jest/globals';
import { buttonsOf, cardIn, wordsOf } from '../bot/chats.ts';
import { record, reference } from '../bot/dissent.ts';
import { play, program } from './freshProgram.ts';

describe('design 6: first contact', () => {
  test('one welcome, though Teams tells of an installation twice; where the person can be reached is kept in ids only', async () => {
    const install = [
      { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] },
      { type: 'installationUpdate', action: 'add' },
    ];
    for (const changes of install) await program.send(program.activity('chair', { text: undefined, ...changes }));
    expect(program.calls).toHaveLength(1);
    expect(wordsOf(cardIn(program.calls[0]))).toContain('Raise dissent');
  });

  test('cards that have been waiting are asked for at the first contact, and not again', async () => {
    await play.raised();
    program.told.length = 0;
    await program.says('chair', 'hello');
    expect(program.told).toEqual([reference]);
    await program.says('chair', 'hello');
    expect(program.told).toEqual([reference]);
  });

  test('somebody who comes in another chat finds the cards there that stood in the one before', async () => {
    await play.raised();
    await program.says('chair', `case ${reference}`);
    expect(program.posted).toMatchObject([
      { person: 'health-visitor' },
      { person: 'chair', key: 'record', activityId: expect.any(String) },
    ]);
    program.told.length = 0;
    const conversation = { id: 'chat-elsewhere', conversationType: 'personal' };
    await program.says('chair', 'hello', { conversation });
    expect(program.told).toEqual([reference]);
    expect(program.posted[1]).toMatchObject({
      person: 'chair',
      activityId: null,
      conversation: { conversation: { id: 'chat-elsewhere' } },
    });
    await program.says('chair', 'hello', { conversation, serviceUrl: `${program.teams.serviceUrl}/` });
    expect(program.told).toEqual([reference]);
  });

  test('a card that refreshes itself in a chat left open does not call the cards back there', async () => {
    await play.raised();
    await program.says('chair', 'hello');
    program.told.length = 0;
    const data = { reference, revision: 1, verb: 'see:record' };
    const refresh = { value: { action: { type: 'Action.Execute', verb: data.verb, data }, trigger: 'automatic' } };
    await program.presses('chair', data, { ...refresh, conversation: { id: 'chat-left-open', conversationType: 'personal' } });
    expect(program.told).toEqual([]);
    await program.says('chair', 'hello');
    expect(program.told).toEqual([]);
  });

  test('people who join, reactions and other events pass without a word', async () => {
    const others = [
      { type: 'conversationUpdate', membersAdded: [{ id: '29:else' }] },
      { type: 'conversationUpdate', membersRemoved: [{ id: '28:bot' }] },
      { type: 'installationUpdate', action: 'remove' },
      { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
      { type: 'typing' },
    ];
    for (const changes of others) expect(await program.send(program.activity('chair', changes))).toMatchObject({ status: 200 });
    expect(program.calls).toEqual([]);
  });

  test('an invoke that the bot does not know is 501', async () => {
    expect(await program.send(program.activity('chair', { type: 'invoke', name: 'task/fetch', value: {} }))).toMatchObject({
      status: 501,
      text: '',
    });
  });
});

describe('issue 2: it works in words, and anything else gets help', () => {
  test.each(['help', 'what can you do', '', '<b>'])('%j is answered with help', async (text) => {
    const [call] = await program.says('chair', text);
    expect(buttonsOf(cardIn(call)).map(({ verb }) => verb)).toEqual(expect.arrayContaining(['raise', 'my-cases']));
    expect(call?.body?.summary).toBe('Conference Dissent: what you can do here');
  });

  test('"my cases" lists them; "case" and the reference shows one, which is kept current from then on', async () => {
    await play.raised();
    const [list] = await program.says('health-visitor', 'my cases');
    expect(wordsOf(cardIn(list))).toContain(reference);
    const [shown] = await program.says('health-visitor', ' case dis 27 001. ');
    expect(wordsOf(cardIn(shown))).toContain('Tue 26 Jan 2027');
    expect(cardIn(shown).refresh).toMatchObject({ action: { verb: 'see:status' }, userIds: ['29:health-visitor'] });
    const theirs = program.posted.filter(({ person }) => person === 'health-visitor');
    expect(theirs.map(({ key, activityId }) => [key, activityId])).toEqual([
      ['receipt', `sent-${program.calls.length}`],
      ['past:card-1', 'card-1'],
    ]);
  });

  test('CD9: a case opened from a list comes as a message of its own, and the list stays', async () => {
    await play.raised();
    await program.says('health-visitor', 'my cases');
    const posts = program.calls.length;
    const list = await program.presses('health-visitor', { reference, revision: 2, verb: 'open:my-cases' });
    expect(wordsOf(list)).toContain('My cases');
    expect(program.calls.length).toBe(posts + 1);
    expect(wordsOf(cardIn(program.calls.at(-1)))).toContain('What you sent');
    expect(program.told).toContain(reference);
  });

  test('TM5: a file is answered with the plain word that nothing was kept, whatever was written beside it', async () => {
    const [call, ...others] = await program.says('health-visitor', 'raise dissent', { attachments: [{ contentType: 'image/png' }] });
    expect(call?.body?.text).toContain('nothing of it was kept');
    expect(others).toEqual([]);
  });

  test('TM5: "case" alone is asked which', async () => {
    const [call] = await program.says('chair', 'case');
    expect(wordsOf(cardIn(call))).toContain('Type "case" and its reference');
    expect((await program.saysInGroup('chair', 'case'))[0]?.body?.text).toContain('Type "case" and its reference');
  });

  test('TM5: a slip that is edited is answered then', async () => {
    const [unclear] = await program.says('health-visitor', 'rasie dissent');
    expect(unclear?.body?.summary).toBe('Conference Dissent: what you can do here');
    const edit = { type: 'messageUpdate', channelData: { eventType: 'editMessage' } };
    const [form] = await program.says('health-visitor', 'raise dissent', edit);
    expect(form?.body?.summary).toBe('Raise a dissent');
  });

  test('X6: the line that a notification shows holds nothing of the case', async () => {
    await play.raised();
    const summaries = [...(await program.says('chair', 'case DIS-27-001')), ...(await program.says('health-visitor', 'my cases'))].map(
      ({ body }) => body?.summary,
    );
    expect(summaries.join(' ')).not.toMatch(/CH-1041|injur|Larkspur|threshold|health/i);
    expect(summaries.every(Boolean)).toBe(true);
  });
});

describe('who it is', () => {
  test('a local client that sends no object id is known by the id in the directory, in a sandbox', async () => {
    await play.raised();
    const [call] = await program.says('chair', 'my cases', { from: { id: 'chair', name: 'Somebody else' } });
    expect(wordsOf(cardIn(call))).toContain(reference);
  });

  test.each([{ id: '29:unknown' }, { id: 'x', aadObjectId: 'chair' }])(
    'somebody whom Teams does not name can do nothing: %j',
    async (from) => {
      await play.raised();
      const [call] = await program.says('chair', 'my cases', { from });
      expect(call?.body?.text).toContain('I cannot tell who you are');
      const { body } = await program.send(
        program.activity('chair', {
          type: 'invoke',
          name: 'adaptiveCard/action',
          from,
          value: { action: { data: { reference, revision: 2, verb: 'refer', ...record } } },
        }),
      );
      expect(body?.type).toBe('application/vnd.microsoft.activity.message');
      expect(play.eventsOf()).toHaveLength(2);
    },
  );
});
