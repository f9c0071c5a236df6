import { afterEach, describe, expect, test } from '@jest/globals';
import { card, memoryShelf, type Script, type Sent, standIn, toast, withCard } from './standIn.ts';

let sandbox: Awaited<ReturnType<typeof standIn>>;
afterEach(() => sandbox.close());

const posts =
  (...cards: object[]): Script =>
  async (activity, talk) => {
    for (const each of activity.type === 'message' ? cards : [])
      await talk('POST', `conversations/${activity.conversation.id}/activities`, withCard(each));
    return activity.type === 'invoke' ? toast('Done') : undefined;
  };
const pressed = () => (sandbox.heard.at(-1) as Sent).value.action;

describe('finding a button', () => {
  test('by title on the latest card that has it, in containers, action sets, inner cards and behind selectAction', async () => {
    const button = (title: string, verb: string) => ({
      type: 'Action.Execute',
      title,
      verb,
      fallback: { type: 'Action.Submit', title: 'Fallback', data: { verb } },
    });
    const nested = {
      ...card('Nested', [
        { type: 'Action.ShowCard', title: 'More', card: { type: 'AdaptiveCard', actions: [button('Inside', 'inside')] } },
      ]),
      body: [
        { type: 'Container', items: [{ type: 'ActionSet', actions: [button('In a set', 'set')] }] },
        { type: 'ColumnSet', columns: [{ type: 'Column', items: [], selectAction: button('Whole column', 'column') }] },
      ],
    };
    sandbox = await standIn(posts(card('Old', [button('Open', 'old')]), nested, card('New', [button('Open', 'new')])));
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    const verbs: string[] = [];
    for (const title of ['in a set', ' WHOLE COLUMN ', 'Inside', 'Open']) {
      await sandbox.ask('POST', '/chats/visitor/actions', { title });
      verbs.push(pressed().verb);
    }
    expect(verbs).toEqual(['set', 'column', 'inside', 'new']);
    await sandbox.ask('POST', '/chats/visitor/actions', { verb: 'old' });
    expect(pressed().verb).toBe('old');
  });

  test('none of that title: 404, a sentence, and the titles that there are', async () => {
    sandbox = await standIn(posts(card('One', [{ type: 'Action.Execute', title: 'Upheld', verb: 'decide' }])));
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    const { status, body } = await sandbox.ask('POST', '/chats/visitor/actions', { title: 'Refer' });
    expect([status, body.error, body.titles]).toEqual([
      404,
      'No card in this chat has a button "Refer". The buttons that there are: Upheld.',
      ['Upheld'],
    ]);
  });

  test('X5: a button of an old card is pressed as it stood on the screen when its own data comes along', async () => {
    sandbox = await standIn(posts(card('Now', [{ type: 'Action.Execute', title: 'Upheld', verb: 'decide', data: { revision: 9 } }])));
    const { body: said } = await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    const { activityId } = said.messages[0];
    await sandbox.ask('POST', '/chats/visitor/actions', { verb: 'refer', activityId, data: { revision: 2 } });
    expect(pressed()).toEqual({ type: 'Action.Execute', verb: 'refer', data: { revision: 2 } });
  });
});

describe('filling in a card', () => {
  const form = {
    ...card('Form', [
      { type: 'Action.Execute', title: 'Send', verb: 'send', data: { case: 'DIS-27-001' } },
      { type: 'Action.Execute', title: 'Cancel', verb: 'cancel', associatedInputs: 'none' },
    ]),
    body: [
      { type: 'Input.Text', id: 'reasons', label: 'Your reasons', isRequired: true },
      { type: 'Input.Date', id: 'on', label: 'Conference date', value: '2027-01-12' },
      {
        type: 'Input.ChoiceSet',
        id: 'decision',
        label: 'Decision',
        choices: [
          { title: 'Make a plan', value: 'make' },
          { title: 'Do not make a plan', value: 'not_make' },
        ],
      },
      { type: 'Input.ChoiceSet', id: 'chair', label: 'Chair', choices: [{ title: 'Ewan Brook, Conference chair', value: 'person-2' }] },
      {
        type: 'Input.ChoiceSet',
        id: 'grounds',
        label: 'Grounds',
        isMultiSelect: true,
        choices: [
          { title: 'Threshold', value: 't' },
          { title: 'Process', value: 'p' },
        ],
      },
      { type: 'Input.Toggle', id: 'sure', title: 'I am sure', valueOn: 'yes', valueOff: 'no' },
    ],
  };

  test('inputs go by id or label, choices by value, title or name, and what is not given keeps the value on the card', async () => {
    sandbox = await standIn(posts(form));
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'raise dissent' });
    const inputs = {
      'your REASONS': 'Because',
      decision: 'do not make a plan',
      Chair: 'Ewan Brook',
      Grounds: ['Threshold', 'p'],
      'I am sure': 'yes',
      shoeSize: 9,
    };
    const { body } = await sandbox.ask('POST', '/chats/visitor/actions', { title: 'Send', inputs });
    expect(pressed().data).toEqual({
      case: 'DIS-27-001',
      reasons: 'Because',
      on: '2027-01-12',
      decision: 'not_make',
      chair: 'person-2',
      grounds: 't,p',
      sure: 'yes',
    });
    expect(body.ignored).toEqual(['shoeSize']);
  });

  test('a button that goes with no inputs sends none', async () => {
    sandbox = await standIn(posts(form));
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'raise dissent' });
    await sandbox.ask('POST', '/chats/visitor/actions', { title: 'Cancel', inputs: { reasons: 'Because' } });
    expect(pressed().data).toEqual({});
  });

  test('reading the chat says what each button is called and takes', async () => {
    sandbox = await standIn(posts(form));
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'raise dissent' });
    const { body } = await sandbox.ask('GET', '/chats/CC215A8D-7ef6-445c-95b0-17f50684104b');
    expect(body.person).toMatchObject({ id: 'visitor', name: 'Amara Larkspur' });
    expect(body.messages[0]).toMatchObject({ from: 'visitor', text: 'raise dissent', card: null, actions: [] });
    expect(body.messages[1].actions).toMatchObject([
      {
        title: 'Send',
        verb: 'send',
        inputs: [
          { id: 'reasons', label: 'Your reasons', type: 'Input.Text', required: true },
          { id: 'on', value: '2027-01-12' },
          {},
          {},
          {},
          {},
        ],
      },
      { title: 'Cancel', verb: 'cancel' },
    ]);
  });
});

describe('waiting for the bot', () => {
  test('the answer comes when the bot is quiet, with what it posted meanwhile, unless it is not wanted', async () => {
    let work: () => Promise<unknown> = async () => undefined;
    sandbox = await standIn(
      (activity, talk) => {
        if (activity.type === 'message')
          work = () => talk('POST', `conversations/${activity.conversation.id}/activities`, withCard(card(`About ${activity.text}`)));
      },
      { dependencies: { settle: async () => void (await work()) } },
    );
    const { body: atOnce } = await sandbox.ask('POST', '/chats/visitor/messages?settle=no', { text: 'the first' });
    const { body: settled } = await sandbox.ask('POST', '/chats/visitor/messages', { text: 'the second' });
    expect(atOnce.messages).toEqual([]);
    expect(settled).toMatchObject({ card: { body: [{ text: 'About the second' }] }, messages: [{ from: 'bot' }] });
  });
});

describe('the clock', () => {
  const put = (now: unknown) => sandbox.ask('PUT', '/clock', { now });

  test('goes forwards, runs what falls due, and answers the new time; an offset will do for Z', async () => {
    const ran: string[] = [];
    sandbox = await standIn(() => undefined, { dependencies: { anyCase: async () => true, runDue: async () => void ran.push('due') } });
    const { body } = await put('2037-07-12T16:10:00+01:00');
    expect([body.now.slice(0, 16), ran]).toEqual(['2037-07-12T15:10', ['due']]);
    expect((await sandbox.ask('GET', '/clock')).body.now.slice(0, 16)).toBe('2037-07-12T15:10');
  });

  test('goes backwards only while there is no case', async () => {
    let cases = false;
    sandbox = await standIn(() => undefined, { dependencies: { anyCase: async () => cases } });
    await put('2037-01-12T15:10:00Z');
    expect((await put('2027-01-12T15:10:00Z')).status).toBe(200);
    cases = true;
    const { status, body } = await put('2027-01-11T00:00:00Z');
    expect([status, body.error]).toEqual([
      409,
      'The clock only goes forwards once there is a case. Start on an empty data folder to go back.',
    ]);
    expect((await sandbox.ask('GET', '/clock')).body.now.slice(0, 10)).toBe('2027-01-12');
  });

  test.each(['2027-01-12T15:10:00', 'tomorrow', undefined, 7])('%p is no instant: 400', async (now) => {
    sandbox = await standIn(() => undefined);
    expect((await put(now)).status).toBe(400);
  });

  test('keeps its distance from real time over a restart', async () => {
    const shelf = memoryShelf();
    sandbox = await standIn(() => undefined, { shelf });
    await put('2037-01-12T15:10:00Z');
    await sandbox.close();
    sandbox = await standIn(() => undefined, { shelf });
    expect((await sandbox.ask('GET', '/clock')).body.now.slice(0, 10)).toBe('2037-01-12');
  });
});

describe('the other addresses', () => {
  test('answer what they are given, and empty lists where there is no source', async () => {
    const describeCase = async (reference: string) => (reference === 'DIS-27-001' ? { reference, revision: 4 } : null);
    sandbox = await standIn(() => undefined, {
      dependencies: { describeCase, calendars: (between) => [{ person: 'chair', from: between?.from.toString() }] },
    });
    const read = async (path: string) => (await sandbox.ask('GET', path)).body;
    expect((await read('/people')).map(({ id }: { id: string }) => id)).toEqual(['visitor', 'chair', 'manager']);
    expect([await read('/mail'), await read('/files'), await read('/jobs')]).toEqual([[], [], []]);
    for (const written of ['DIS-27-001', 'dis-27-001'])
      expect(await read(`/cases/${written}`)).toEqual({ reference: 'DIS-27-001', revision: 4 });
    expect(await read('/calendars?from=2027-02-08&to=2027-02-14')).toEqual([{ person: 'chair', from: '2027-02-08' }]);
  });

  test.each([
    ['GET', '/cases/DIS-27-999', undefined, 404, 'There is no case DIS-27-999.'],
    ['GET', '/chats/nobody', undefined, 404, 'There is nobody and no chat called "nobody" here. GET /people lists everybody.'],
    ['POST', '/chats/visitor/messages', '{', 400, 'The body must be a JSON object, such as {"text": "help"}.'],
    ['POST', '/chats/visitor/messages', { text: 7 }, 400, 'Give the message as {"text": "help"}.'],
    [
      'POST',
      '/chats/visitor/actions',
      { title: 7 },
      400,
      'Say which button by {"title": "…"} or {"verb": "…"}, with "inputs": {…} if it needs any.',
    ],
    ['POST', '/chats/visitor/actions', { title: 'Refer' }, 404, 'No card in this chat has a button "Refer". There is no button at all.'],
    ['DELETE', '/people', undefined, 405, '/people does not answer DELETE.'],
    ['GET', '/nowhere', undefined, 404, 'There is nothing at /nowhere.'],
    ['GET', '/calendars?from=soon', undefined, 400, 'Give both dates as ?from=2027-02-08&to=2027-02-14, or neither.'],
  ])('%s %s (%p) is %p: %s', async (method, path, body, status, error) => {
    sandbox = await standIn(() => undefined);
    expect(await sandbox.ask(method, path, body)).toMatchObject({ status, body: { error } });
  });

  test('give a browser the page, and its own files, and nothing outside them', async () => {
    sandbox = await standIn(() => undefined);
    const html = await sandbox.ask('GET', '/chats/visitor', undefined, { Accept: 'text/html' });
    expect([html.headers.get('Content-Type'), html.body.includes('<main')]).toEqual(['text/html; charset=utf-8', true]);
    expect((await sandbox.ask('GET', '/page/adaptivecards.js')).headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect((await sandbox.ask('GET', '/page/..%2fserver.ts')).status).toBe(404);
  });

  test('refuse a page of another site', async () => {
    sandbox = await standIn(() => undefined);
    expect((await sandbox.ask('GET', '/people', undefined, { Origin: 'https://elsewhere.example' })).status).toBe(403);
  });

  test('the stream says which chat changed', async () => {
    sandbox = await standIn(() => undefined);
    await sandbox.ask('GET', '/chats/visitor');
    const listening = new AbortController();
    const response = await fetch(`${sandbox.url}/stream`, { signal: listening.signal });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await sandbox.ask('POST', '/chats/visitor/messages', { text: 'hello' });
    const { value } = await reader.read();
    listening.abort();
    expect(new TextDecoder().decode(value)).toMatch(/^event: chat\ndata: \{.*"members":\["visitor"\],"kind":"message"/);
  });

  test('unread messages are counted until the person looks', async () => {
    sandbox = await standIn(() => undefined);
    const { body: chat } = await sandbox.talk('POST', 'conversations', { members: [{ id: 'cc215a8d-7ef6-445c-95b0-17f50684104b' }] });
    await sandbox.talk('POST', `conversations/${chat.id}/activities`, withCard(card('News')));
    const unread = async () => (await sandbox.ask('GET', '/chats')).body[0].unread;
    expect(await unread()).toEqual({ visitor: 1 });
    await sandbox.ask('GET', '/chats/visitor');
    expect(await unread()).toEqual({ visitor: 0 });
  });
});
