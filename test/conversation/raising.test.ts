import { describe, expect, test } from '@jest/globals';
import { buttonsOf, cardIn, wordsOf } from '../bot/chats.ts';
import { button, dissent, reference } from '../bot/dissent.ts';
import { play, program } from './freshProgram.ts';

describe('C1-C4, C7, X4: raising a dissent', () => {
  test('the receipt takes the place of the form, and stands for it from then on', async () => {
    const receipt = await play.raised();
    expect(wordsOf(receipt)).toContain(reference);
    expect(receipt).toHaveProperty('refresh.action.data', { reference, revision: 2, verb: 'see:status' });
    expect(play.eventsOf()?.[0]).toBe('DissentRaised');
    expect(program.posted).toEqual([
      {
        reference,
        person: 'health-visitor',
        key: 'receipt',
        activityId: 'card-1',
        shows: '',
        conversation: expect.objectContaining({ user: { id: '29:health-visitor', aadObjectId: expect.any(String) } }),
      },
    ]);
  });

  test('X4: the same form sent again raises nothing more, at the same time or later', async () => {
    const form = cardIn((await program.says('health-visitor', 'raise'))[0]);
    const filled = { ...button(form, 'raise:camden.camden-dissent'), ...dissent };
    const answers = await Promise.all([program.presses('health-visitor', filled), program.presses('health-visitor', filled)]);
    expect(answers.map((card) => wordsOf(card).includes(reference))).toEqual([true, true]);
    expect(wordsOf(await program.presses('health-visitor', filled))).toContain(reference);
    expect([...program.cases.trails.keys()]).toEqual([reference]);
  });

  test('X9 X10: whoever raises a second dissent about the same conference is told of their own first', async () => {
    const sends = async (changes: object = {}, person = 'health-visitor') => {
      const form = cardIn((await program.says(person, 'raise'))[0]);
      return wordsOf(await program.presses(person, { ...button(form, 'raise:camden.camden-dissent'), ...dissent, ...changes }));
    };
    expect(await sends()).not.toContain('already had');
    expect(await sends({ children: 'ch-9 CH-1041' })).toContain(
      `You already had an open dissent about this conference: ${reference}. This is a second one.`,
    );
    expect(await sends()).toContain(
      `You already had 2 open dissents about this conference: ${reference} and DIS-27-002. This is another one.`,
    );
    for (const other of [{ date: '2027-01-11' }, { children: 'CH-7' }]) expect(await sends(other)).not.toContain('already had');
    expect(await sends({}, 'gp')).not.toContain('already had');
    expect([...program.cases.trails.keys()]).toHaveLength(6);
  });

  test('P1: the line that goes before the form for a complaint says so', async () => {
    const summaries = async (words: string) => JSON.stringify((await program.says('administrator', words))[0]);
    expect(await summaries('log a complaint')).toContain('Log a complaint');
    expect(await summaries('log a complaint')).not.toContain('Raise a dissent');
    expect(await summaries('raise dissent')).toContain('Raise a dissent');
  });

  test('a fault in a field names it and keeps what was typed; nothing is raised', async () => {
    const form = await program.presses('health-visitor', { reference: '', revision: 0, verb: 'raise' });
    const again = await program.presses('health-visitor', { ...button(form, 'raise:camden.camden-dissent'), ...dissent, children: 'Anna' });
    expect(wordsOf(again)).toContain("Use the child's reference, not the name.");
    expect(wordsOf(again)).toContain('Three injuries in six weeks.');
    expect(program.cases.trails.size).toBe(0);
    expect(button(again, 'raise:camden.camden-dissent')).toEqual(button(form, 'raise:camden.camden-dissent'));
  });

  test('C4: a concern about process alone goes to the Escalation Policy, in the trail and without a case', async () => {
    const form = cardIn((await program.says('health-visitor', 'raise'))[0]);
    const answer = await program.presses('health-visitor', {
      ...button(form, 'raise:camden.camden-dissent'),
      ...dissent,
      grounds: 'process',
    });
    expect(wordsOf(answer)).toContain('Escalation Policy');
    expect(program.cases.trails.size).toBe(0);
    expect(program.trail).toMatchObject([{ result: 'diverted', rule: 'C4', person: 'health-visitor' }]);
  });

  test('C2: somebody who is not in the directory may raise a dissent', async () => {
    const from = { id: '29:new', name: 'New Person', aadObjectId: '00000000-0000-4000-8000-00000000000F' };
    const [opening] = await program.says('chair', 'raise dissent', { from });
    const verb = buttonsOf(cardIn(opening)).find((each) => each.verb.startsWith('raise:'))?.data;
    await program.presses('chair', { ...verb, ...dissent }, { from });
    expect(program.cases.trails.get(reference)?.events[0]).toMatchObject({
      actor: { person: '00000000-0000-4000-8000-00000000000f' },
      dissent: { agency: null },
    });
  });

  test('a draft that the bot did not make is not taken', async () => {
    await program.presses('health-visitor', { reference: 'DIS-27-001', revision: 0, verb: 'raise:camden.camden-dissent', ...dissent });
    expect(program.cases.trails.size).toBe(0);
  });
});
