import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buttonsOf, cardIn, wordsOf } from './chats.ts';
import { button, caseIn, dissent, reference } from './dissent.ts';
import { startProgram } from './program.ts';

let program: Awaited<ReturnType<typeof startProgram>>;
let play: ReturnType<typeof caseIn>;
beforeEach(async () => {
  program = await startProgram();
  play = caseIn(program);
});
afterEach(() => program.close());

describe('C1-C4, C7, X4: raising a dissent', () => {
  test('the receipt takes the place of the form, and stands for it from then on', async () => {
    const receipt = await play.raised();
    expect(wordsOf(receipt)).toContain(reference);
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

  test('X4: the same form sent again raises nothing more; a new form does', async () => {
    const form = cardIn((await program.says('health-visitor', 'raise'))[0]);
    const filled = { ...button(form, 'raise:camden.camden-dissent'), ...dissent };
    const answers = await Promise.all([program.presses('health-visitor', filled), program.presses('health-visitor', filled)]);
    expect(answers.map((card) => wordsOf(card).includes(reference))).toEqual([true, true]);
    expect([...program.cases.trails.keys()]).toEqual([reference]);
    await play.raised();
    expect([...program.cases.trails.keys()]).toEqual([reference, 'DIS-27-002']);
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
