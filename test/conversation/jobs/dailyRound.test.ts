import { expect, test } from '@jest/globals';
import { OutsideFault } from '../../../src/app/faults.ts';
import type { Trail } from '../../../src/app/ports.ts';
import { aCase, aProcess, at, dayNine, eachInAnEmptyWorld, world } from './rounds.ts';

eachInAnEmptyWorld();

const throttled = () => new OutsideFault('throttled', 'Teams answered 429', 'whether the bot sends more than Teams takes');

test('C16: two cases that are due are one message, at the first look from 09:00 on, however often and by however many processes it is looked', async () => {
  world.open = [aCase('DIS-27-001', '2027-08-11'), aCase('DIS-27-002', '2027-08-11')];
  const [one, other] = [aProcess(), aProcess()];
  at('2027-08-23T16:30:00+01:00');
  await one.look();
  expect(world.sent).toEqual(['service-manager: 2 cases wait for you', 'head-of-service: 2 cases to know about']);
  world.sent = [];
  at('2027-08-24T08:59:59+01:00');
  await one.look();
  expect(world.sent).toEqual([]);
  at('2027-08-24T09:00:30+01:00');
  await Promise.all([one.look(), other.look()]);
  await one.look();
  await aProcess().look();
  expect(world.sent).toEqual(dayNine);
});

test('C16, scenario of a month: a program that stood still says everything in one message a person, and not again on the next day', async () => {
  const first = aProcess();
  at('2027-08-11T10:00:00+01:00');
  await first.look();
  world.open = [aCase('DIS-27-001', '2027-08-11'), aCase('DIS-27-002', '2027-08-11', false), aCase('DIS-27-003', '2027-08-09')];

  at('2027-09-15T11:00:00+01:00');
  const again = aProcess();
  await again.look();
  expect(world.sent.toSorted()).toEqual([
    'chair: 1 case waits for you',
    'head-of-service: 3 cases to know about',
    'service-manager: 2 cases wait for you',
  ]);
  at('2027-09-16T11:00:00+01:00');
  await again.look();
  expect(world.sent).toHaveLength(3);
});

test.each([
  ['in the evening', '2027-09-15T17:00:00+01:00', '2027-09-16T09:00:00+01:00'],
  ['on a Saturday', '2027-09-11T11:00:00+01:00', '2027-09-13T09:00:00+01:00'],
  ['on a holiday', '2027-08-30T11:00:00+01:00', '2027-08-31T09:00:00+01:00'],
])('a program that comes back %s waits until the next working morning', async (_when, back, morning) => {
  at('2027-08-11T10:00:00+01:00');
  await aProcess().look();
  world.open = [aCase('DIS-27-001', '2027-08-11')];
  const process = aProcess();
  at(back);
  await process.look();
  expect(world.sent).toEqual([]);
  at(morning);
  await process.look();
  expect(world.sent.toSorted()).toEqual(['head-of-service: 1 case to know about', 'service-manager: 1 case waits for you']);
});

test('Scenario 6, Q27: cases are told of as a day begins and again from 09:00 on, when cards go out that only time has brought', async () => {
  world.open = [aCase('DIS-27-001', '2027-08-11')];
  const process = aProcess();
  await process.look();
  world.told = [];
  for (const time of ['27T23:00', '28T00:00', '28T00:01', '28T08:59', '28T09:00', '28T12:00', '28T17:00', '30T13:00', '30T18:00']) {
    at(`2027-08-${time}:00+01:00`);
    await process.look();
  }
  // 30 August is a holiday of this calendar, which may be a working day of another.
  expect(world.told).toEqual(['08-27T22:00', '08-27T23:00', '08-28T08:00', '08-30T12:00'].map((time) => `DIS-27-001 by time ${time}`));
});

test('X4: a message that Teams does not take is tried again until it goes, and goes once', async () => {
  world.open = [aCase('DIS-27-001', '2027-08-11'), aCase('DIS-27-002', '2027-08-11')];
  const process = aProcess();
  at('2027-08-23T16:00:00+01:00');
  await process.look();
  world.sent = [];
  world.troubles = [throttled(), new OutsideFault('unreachable', 'Teams did not answer', 'whether this machine reaches Teams')];
  at('2027-08-24T09:00:00+01:00');
  await process.look();
  await process.retry();
  expect(world.sent).toEqual([]);
  await process.retry();
  await process.look();
  await aProcess().look();
  expect(world.sent).toEqual(dayNine);
});

test('what could not go by the evening goes with the next message, as the cases stand by then', async () => {
  world.open = [aCase('DIS-27-001', '2027-08-11'), aCase('DIS-27-002', '2027-08-11'), aCase('DIS-27-003', '2027-08-10')];
  const process = aProcess();
  at('2027-08-23T16:00:00+01:00');
  await process.look();
  world.sent = [];
  world.troubles = [throttled(), throttled()];
  at('2027-08-24T09:00:00+01:00');
  await process.look();
  at('2027-08-24T17:00:00+01:00');
  await process.retry();
  // By now the second has been decided.
  const decided = world.open[1] as Trail;
  world.open[1] = {
    ...decided,
    events: [
      ...decided.events,
      { type: 'StageEntered', stage: 'conclude', revision: 5, at: world.now.toString(), actor: { person: 'sm', role: 'sm' } },
    ],
  };
  at('2027-08-25T09:00:00+01:00');
  await process.look();
  await process.retry();
  expect(world.sent.toSorted()).toEqual(['head-of-service: 1 case to know about', 'service-manager: 2 cases wait for you']);
});

test('X4: a message that a process was sending when it was killed is not sent again; the next day has its own', async () => {
  world.open = [aCase('DIS-27-001', '2027-08-11')];
  const killed = aProcess();
  at('2027-08-23T16:00:00+01:00');
  await killed.look();
  world.sent = [];
  at('2027-08-24T09:00:00+01:00');
  world.troubles = [throttled()];
  await killed.look();
  const [reference = ''] = await killed.reminders.waiting('2027-08-24');
  expect(await killed.reminders.take(reference, '2027-08-24')).toMatchObject({
    person: 'service-manager',
    about: [{ reference: 'DIS-27-001', stage: 'decide' }],
  });
  const next = aProcess();
  await next.look();
  expect(world.sent).toEqual([]);
  at('2027-08-25T09:00:00+01:00');
  await next.look();
  expect(world.sent).toEqual(['service-manager: 1 case waits for you']);
});

test('X9: a case that is not there for its person any more is not told of, and nothing is left to send', async () => {
  world.open = [aCase('DIS-27-001', '2027-08-11')];
  const process = aProcess();
  at('2027-08-23T16:00:00+01:00');
  await process.look();
  world.sent = [];
  world.troubles = [throttled()];
  at('2027-08-24T09:00:00+01:00');
  await process.look();
  world.open = [];
  await process.retry();
  expect(world.sent).toEqual([]);
  expect(await process.reminders.waiting('2027-08-24')).toEqual([]);
});
