import { describe, expect, test } from '@jest/globals';
import { cardIn, wordsOf } from '../bot/chats.ts';
import { button, dissent, record, reference } from '../bot/dissent.ts';
import { play, program } from './freshProgram.ts';

describe('house rules 1 and 3: a press', () => {
  test('without inputs opens the form and changes nothing; with them it is done', async () => {
    await play.raised();
    const form = await play.press('chair', 'refer', 2);
    expect(wordsOf(form)).toContain('consensus');
    expect(form.refresh).toBeUndefined();
    expect(play.eventsOf()).toEqual(['DissentRaised', 'StageEntered']);
    const done = await play.press('chair', 'refer', 2, record);
    expect(wordsOf(done)).toContain('Service Manager');
    expect(done.refresh).toMatchObject({ userIds: ['29:chair'] });
    expect(play.eventsOf()).toEqual(['DissentRaised', 'StageEntered', 'ConferenceRecorded', 'DissentReferred', 'StageEntered']);
  });

  test('a form with a fault comes back with what was typed', async () => {
    await play.raised();
    const again = await play.press('chair', 'refer', 2, { ...record, basis: ' ', notes: 'http://insecure.example' });
    expect(wordsOf(again)).toContain('Write your answer.');
    expect(wordsOf(again)).toContain('Read out.');
    expect(play.eventsOf()).toHaveLength(2);
  });

  test('C9, X3: somebody else on the case is told why, on their own card, and it is in the trail; with a faulty form too', async () => {
    await play.raised();
    for (const inputs of [{}, record, { basis: '' }]) {
      expect(wordsOf(await play.press('health-visitor', 'refer', 2, inputs))).toContain('Only the chair of this conference can refer.');
    }
    expect(play.eventsOf()).toHaveLength(2);
    const refused = program.trail.filter(({ result }) => result === 'refused');
    expect(refused).toHaveLength(3);
    expect(refused[0]).toMatchObject({ person: 'health-visitor', role: 'dissenter', action: 'refer', cardRevision: 2, rule: 'X3' });
  });

  test('X9: somebody with no part in the case gets the same answer as for a case that does not exist', async () => {
    await play.raised();
    const without = async (deed: (which: string) => Promise<unknown>) => {
      const [real, none] = [JSON.stringify(await deed(reference)), JSON.stringify(await deed('DIS-27-999'))];
      return [real.replaceAll(reference, '?'), none.replaceAll('DIS-27-999', '?')];
    };
    for (const verb of ['refer', 'see:record', 'read:reasons', 'decide:decide.upheld']) {
      const [real, none] = await without((which) => program.presses('teacher', { reference: which, revision: 2, verb, ...record }));
      expect(real).toBe(none);
    }
    const [said, saidNone] = await without(async (which) => cardIn((await program.says('teacher', `case ${which}`))[0]));
    expect(said).toBe(saidNone);
    expect(play.eventsOf()).toHaveLength(2);
  });

  test('X4: a double click decides once, and both see the current card', async () => {
    await play.referred();
    const reasons = { reasons: 'The threshold is not met.' };
    const cards = await Promise.all([
      play.press('service-manager', 'decide:decide.not_upheld', 5, reasons),
      play.press('service-manager', 'decide:decide.not_upheld', 5, reasons),
    ]);
    expect(play.eventsOf()?.filter((type) => type === 'DecisionMade')).toHaveLength(1);
    expect(cards.filter((card) => wordsOf(card).includes('Already decided Tue 12 Jan 2027'))).toHaveLength(1);
    expect(wordsOf(await play.press('service-manager', 'decide:decide.upheld', 5, reasons))).toContain('Already decided Tue 12 Jan 2027');
  });

  test('X5: a card older than the case changes nothing, and keeps what was typed in the form of the present one', async () => {
    await play.referred();
    const stale = await play.press('service-manager', 'decide:decide.upheld', 3, { reasons: 'Long and careful reasons.' });
    expect(play.eventsOf()).not.toContain('DecisionMade');
    expect(wordsOf(stale)).toContain('moved on');
    expect(wordsOf(stale)).toContain('Long and careful reasons.');
    const unmended = await play.press('service-manager', 'ask:chair', 3, { question: ' ', note: 'x' });
    expect(wordsOf(unmended)).toContain('moved on');
    expect(program.trail.filter(({ code }) => code === 'stale').map(({ action }) => action)).toEqual(['decide:decide.upheld', 'ask:chair']);
    expect(wordsOf(await program.presses('service-manager', { ...button(unmended, 'ask:chair'), question: ' ' }))).not.toContain(
      'moved on',
    );
    await program.presses('service-manager', { ...button(stale, 'decide:decide.upheld'), reasons: 'Long and careful reasons.' });
    expect(play.eventsOf()).toContain('DecisionMade');
  });

  test('CD3: a copy that the chair asks for meanwhile refuses no decision', async () => {
    await play.referred();
    await play.press('chair', 'document:entry', 5);
    await play.press('service-manager', 'decide:decide.upheld', 5, { reasons: 'Considered.' });
    expect(play.eventsOf()).toContain('DecisionMade');
  });

  test('CD3: why nothing was done stands directly above the buttons, with the form as it was filled in', async () => {
    await play.referred();
    await play.press('health-visitor', 'add', 5, { text: 'A fourth injury.' });
    const stale = await play.press('service-manager', 'decide:decide.upheld', 5, { reasons: 'Long and careful reasons.' });
    const last = (stale as unknown as { body: object[] }).body.at(-1);
    expect(JSON.stringify(last)).toContain('moved on');
    expect(JSON.stringify(stale)).toContain('Long and careful reasons.');
    expect(wordsOf(stale)).toContain('A fourth injury.');
  });

  test('X5: a form is open from when it is shown until something else is pressed there; a card that refreshes itself elsewhere ends none', async () => {
    await play.raised();
    const formsAfter = async (...press: Parameters<typeof play.press>) => {
      await play.press(...press);
      return [...program.forms];
    };
    const see = { reference, revision: 2, verb: 'see:record' };
    expect(await formsAfter('chair', 'refer', 2)).toEqual(['chair card-1']);
    await program.presses('chair', see, { value: { action: { type: 'Action.Execute', data: see }, trigger: 'automatic' } });
    expect([...program.forms]).toEqual(['chair card-1']);
    program.told.length = 0;
    expect(await formsAfter('chair', 'see:record', 2)).toEqual([]);
    expect(program.told).toEqual([reference]);
    expect(await formsAfter('chair', 'refer', 2, { ...record, basis: '' })).toEqual(['chair card-1']);
    expect(await formsAfter('chair', 'refer', 1, record)).toEqual(['chair card-1']);
    expect(await formsAfter('chair', 'refer', 2, record)).toEqual([]);
    expect(await formsAfter('chair', 'refer', 2, record, { conversation: program.group })).toEqual([]);
    await program.submits('chair', { reference, revision: 5, verb: 'decline-chair' });
    expect([...program.forms]).toEqual([]);
    await program.submits('health-visitor', { reference, revision: 5, verb: 'add' });
    expect([...program.forms]).toEqual(['health-visitor card-1']);
  });

  test('house rule 2: who presses is never read from the card', async () => {
    await play.raised();
    const forged = {
      ...record,
      person: 'chair',
      from: { aadObjectId: 'chair' },
      aadObjectId: 'chair',
      role: 'chair',
      standings: ['chair'],
    };
    await play.press('health-visitor', 'refer', 2, forged);
    expect(play.eventsOf()).toHaveLength(2);
  });

  test.each([
    ['an unknown verb', { reference, revision: 2, verb: 'shred' }],
    ['no data', undefined],
    ['data that is a list', []],
    ['data that is text', 'refer'],
    ['a reference of the wrong form', { reference: '../../etc', revision: 2, verb: 'refer' }],
    ['a stage that does not exist', { reference, revision: 2, verb: 'decide:constructor.toString', reasons: 'x' }],
    ['a question that was never asked', { reference, revision: 2, verb: 'answer:77', answer: 'x' }],
  ])('%s: a plain answer, and nothing happens', async (_what, data) => {
    await play.raised();
    expect((await program.presses('chair', {}, { value: { action: { type: 'Action.Execute', data } } })).type).toBe('AdaptiveCard');
    expect((await program.presses('chair', {}, { value: null })).type).toBe('AdaptiveCard');
    expect(play.eventsOf()).toHaveLength(2);
    expect(program.log.entries).toEqual([]);
  });

  test('a text is read in full on the card that it was shortened on', async () => {
    await play.raised();
    expect(wordsOf(await play.press('chair', 'read:reasons', 2))).toContain('Three injuries in six weeks.');
  });

  test('a fault in the store is one plain sentence to the presser, and its cause to the operator', async () => {
    await play.raised();
    program.cases.load = async () => Promise.reject(new Error('connection lost'));
    const { status, body } = await program.send(
      program.activity('chair', {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { data: { reference, revision: 2, verb: 'refer' } } },
      }),
    );
    expect([status, body?.type]).toEqual([200, 'application/vnd.microsoft.activity.message']);
    expect(JSON.stringify(body)).not.toContain('connection');
    expect(program.log.entries.at(-1)).toMatchObject({ level: 'error', cause: new Error('connection lost') });
  });
});

describe('CD17: after a fault, the answer says truly whether the deed was done', () => {
  const notDone = /not done/;

  test('what is noted down beside it hides nothing that was done: its presser sees it done, and the operator the fault', async () => {
    await play.raised();
    const lost = new Error('no connection is free');
    program.faults.posted = lost;
    const done = await play.press('chair', 'refer', 2, record);
    expect(wordsOf(done)).toContain('Service Manager');
    expect(program.log.entries).toContainEqual(expect.objectContaining({ level: 'error', cause: lost }));
  });

  test('X4: a fault behind the commit is never told as "not done", and the same press again shows what was done, once', async () => {
    const form = cardIn((await program.says('health-visitor', 'raise dissent'))[0]);
    const { load } = program.cases;
    program.cases.load = async () => Promise.reject(new Error('connection lost'));
    const data = { ...button(form, 'raise:camden.camden-dissent'), ...dissent };
    const pressing = program.activity('health-visitor', { type: 'invoke', name: 'adaptiveCard/action', value: { action: { data } } });
    const { body } = await program.send(pressing);
    expect(String(body?.value)).toContain('I do not know whether this was done. Please press the same button again in a minute');
    expect(String(body?.value)).not.toMatch(notDone);
    expect(program.cases.trails.size).toBe(1);
    program.cases.load = load;
    expect(wordsOf(await program.presses('health-visitor', data))).toContain(reference);
    expect(program.cases.trails.size).toBe(1);
  });

  test('a typed word that fails asks to be said again', async () => {
    program.faults.conversations = new Error('connection lost');
    const [call] = await program.says('chair', 'my cases');
    expect(call?.body?.text).toContain('no answer to this yet');
    expect(call?.body?.text).not.toMatch(notDone);
  });
});

describe('design 6: each Action.Execute has an Action.Submit fallback', () => {
  test('its answer takes the place of the card', async () => {
    await play.raised();
    const [update, ...others] = await program.submits('chair', { reference, revision: 2, verb: 'refer' });
    expect(others).toEqual([]);
    expect(update).toMatchObject({ method: 'PUT', path: '/v3/conversations/chat-chair/activities/card-1' });
    expect(wordsOf(cardIn(update))).toContain('consensus');
    await program.submits('chair', { reference, revision: 2, verb: 'refer', ...record });
    expect(play.eventsOf()).toHaveLength(5);
  });

  test('where a channel cannot update, the answer is a new message', async () => {
    await play.raised();
    program.teams.answers(({ method }) => (method === 'PUT' ? { status: 405 } : null));
    const sent = await program.submits('chair', { reference, revision: 2, verb: 'refer' });
    expect(sent.map(({ method }) => method)).toEqual(['PUT', 'POST']);
    expect(wordsOf(cardIn(sent[1]))).toContain('consensus');
  });
});
