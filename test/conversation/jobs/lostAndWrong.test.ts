import { describe, expect, test } from '@jest/globals';
import type { Trail } from '../../../src/app/ports.ts';
import type { CaseEvent } from '../../../src/domain/events/events.ts';
import { aCase, aProcess, at, dayNine, eachInAnEmptyWorld, world } from './rounds.ts';

eachInAnEmptyWorld();

test('corner 27: one case that cannot be read is named, and the others are told of all the same', async () => {
  world.open = [{ ...aCase('DIS-27-001', '2027-08-11'), partnership: 'gone' }, aCase('DIS-27-002', '2027-08-11')];
  at('2027-08-24T09:00:00+01:00');
  await aProcess().look();
  expect(world.sent).toContain('service-manager: 1 case waits for you');
  expect(new Set(world.unreadable)).toEqual(new Set(['DIS-27-001']));
});

test('corner 28: as a day begins, what a case still wants done outside is left again, and beside it only the look at the trail (EV6)', async () => {
  const wants = (reference: string, ...events: CaseEvent[]): Trail => {
    const trail = aCase(reference, '2027-08-11');
    const actor = { person: 'sm', role: 'service-manager' };
    const more = events.map((event, index) => ({ ...event, revision: trail.events.length + index + 1, at: '2027-08-12T10:00:00Z', actor }));
    return { ...trail, events: [...trail.events, ...more] };
  };
  const letter: CaseEvent[] = [
    { type: 'LetterApproved', stage: 'decide', wording: 'The reasons.', changes: null },
    { type: 'SendingsWanted', document: 'letter:decide', to: ['copy'] },
  ];
  world.open = [
    wants('DIS-27-001', ...letter),
    wants('DIS-27-002', ...letter, { type: 'SendingDone', sending: 1 }),
    wants('DIS-27-003', { type: 'StageEntered', stage: 'reconvene' }, { type: 'TimesRequested' }),
    wants('DIS-27-004', { type: 'StageEntered', stage: 'conclude' }),
    wants('DIS-27-005', { type: 'StageEntered', stage: 'conclude' }, { type: 'FilingFailed', child: 'CH-1041', cause: 'permission' }),
  ];
  const process = aProcess();
  at('2027-08-13T00:00:30+01:00');
  await process.look();
  await process.look();
  expect(world.left).toEqual(['send DIS-27-001', 'find-times DIS-27-003', 'file DIS-27-004', 'check-evidence trail']);
});

describe('corner 32: a clock that was a day or more ahead and is put back', () => {
  const ahead = async (process: ReturnType<typeof aProcess>) => {
    world.open = [aCase('DIS-27-001', '2027-08-11'), aCase('DIS-27-002', '2027-08-11')];
    at('2027-08-20T16:00:00+01:00');
    await process.look();
    world.sent = [];
    at('2027-08-24T09:00:00+01:00');
    await process.look();
    expect(world.sent).toEqual(expect.arrayContaining(dayNine));
    world.sent = [];
  };

  test('nobody is reminded again of what they were told of', async () => {
    const process = aProcess();
    await ahead(process);
    for (const day of ['23T10:00', '24T10:00', '24T11:00']) {
      at(`2027-08-${day}:00+01:00`);
      await process.look();
      await aProcess().look();
    }
    expect(world.sent.filter((message) => message.startsWith('service-manager'))).toEqual([]);
  });

  test("the day's real round is made all the same, and what is new in it goes, in one message", async () => {
    const process = aProcess();
    await ahead(process);
    at('2027-08-23T10:00:00+01:00');
    await process.look();
    world.sent = [];
    world.open = [...world.open, aCase('DIS-27-003', '2027-08-11')];
    at('2027-08-25T09:00:00+01:00');
    await process.look();
    expect(world.sent).toContain('service-manager: 3 cases wait for you');
  });

  test('what a second round of a day finds waits for the next day, since nobody has two messages a day, and is not lost', async () => {
    const process = aProcess();
    world.open = [aCase('DIS-27-001', '2027-08-11')];
    at('2027-08-24T09:00:00+01:00');
    await process.look();
    world.open = [...world.open, aCase('DIS-27-002', '2027-08-11')];
    world.sent = [];
    await aProcess().look();
    expect(world.sent).toEqual([]);
    at('2027-08-25T09:00:00+01:00');
    await process.look();
    expect(world.sent.filter((message) => message.startsWith('service-manager'))).toEqual(['service-manager: 2 cases wait for you']);
  });
});
