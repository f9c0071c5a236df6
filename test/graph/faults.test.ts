import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { OutsideFault } from '../../src/app/faults.ts';
import { graphCalendars } from '../../src/graph/calendars.ts';
import { graphClient } from '../../src/graph/client.ts';
import { retryAfterSeconds } from '../../src/graph/faults.ts';
import { faultOf, graphOverHttp, invitation, ORGANISER, serve } from './graphServer.ts';

describe('design 7: faults told apart', () => {
  test.each([
    [401, 'permission'],
    [403, 'permission'],
    [404, 'not-found'],
    [400, 'rejected'],
    [409, 'conflict'],
    [410, 'gone'],
    [412, 'conflict'],
    [413, 'rejected'],
    [423, 'unreachable'],
    [429, 'throttled'],
    [500, 'unreachable'],
    [503, 'unreachable'],
    [504, 'unreachable'],
  ] as const)('%i is %s, sent once, with something for the operator to check', async (status, kind) => {
    const { calendars, graph, exchanges } = await graphOverHttp();
    graph.misbehave({ method: 'POST', what: 'refused', status });

    const fault = await faultOf(calendars.book(ORGANISER, invitation()));

    expect(fault).toBeInstanceOf(OutsideFault);
    expect(fault).toMatchObject({ kind, check: expect.stringMatching(/\w+/) });
    expect(exchanges.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('a missing permission is named: Calendars.ReadWrite to book, User.Read.All to look somebody up', async () => {
    const { calendars, graph } = await graphOverHttp();
    graph.misbehave({ what: 'refused', status: 403, times: 2 });

    expect((await faultOf(calendars.book(ORGANISER, invitation()))).check).toContain('Calendars.ReadWrite');
    expect((await faultOf(calendars.mailboxOf('00000000-0000-4000-8000-000000000003'))).check).toContain('User.Read.All');
  });

  test('X6: a fault, its cause and its stack never name a mailbox, though Graph does', async () => {
    const { calendars } = await graphOverHttp();

    const fault = await faultOf(calendars.book('nobody@partnership.example', invitation()));

    expect(fault.kind).toBe('not-found');
    expect(inspect(fault, { depth: 9 })).not.toContain('nobody');
  });

  test('nobody at the address is unreachable, and the cause says why', async () => {
    const address = await serve((request) => request.socket.destroy());
    const calendars = graphCalendars(graphClient({ baseUrl: address, credential: null, fetchTimeoutMs: 5000 }));

    const fault = await faultOf(calendars.mailboxOf('00000000-0000-4000-8000-000000000003'));

    expect(fault.kind).toBe('unreachable');
    expect(fault.cause).toBeDefined();
  });

  test.each([
    ['a page', 'text/html', '<h1>Please sign in</h1>'],
    ['broken JSON', 'application/json', '{"value": ['],
    ['another shape', 'application/json', '{"value": "nobody@partnership.example"}'],
  ])('OB11: %s in place of an answer is unreadable, not an empty calendar', async (_, type, body) => {
    const address = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Type': type });
      response.end(body);
    });
    const calendars = graphCalendars(graphClient({ baseUrl: address, credential: null, fetchTimeoutMs: 5000 }));

    const fault = await faultOf(calendars.busyTimes(ORGANISER, ['a@x.example'], invitation().start, invitation().end));

    expect(fault).toMatchObject({ kind: 'unreadable' });
    expect(inspect(fault)).not.toContain('nobody@');
  });
});

describe('design 7: time limits', () => {
  test('a request that hangs ends at the time limit', async () => {
    const { calendars, graph } = await graphOverHttp({ fetchTimeoutMs: 100 });
    graph.misbehave({ what: 'slow', milliseconds: 60_000 });

    expect(await faultOf(calendars.book(ORGANISER, invitation()))).toMatchObject({
      kind: 'unreachable',
      message: 'Graph did not answer in time',
    });
  });

  test('so does an answer that begins and never ends', async () => {
    const address = await serve((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"value":');
    });
    const calendars = graphCalendars(graphClient({ baseUrl: address, credential: null, fetchTimeoutMs: 100 }));

    expect(await faultOf(calendars.book(ORGANISER, invitation()))).toMatchObject({ kind: 'unreachable' });
  });
});

describe('design 7: Retry-After', () => {
  test.each([429, 503])('seconds are handed on with a %i', async (status) => {
    const { calendars, graph } = await graphOverHttp();
    graph.misbehave({ what: 'refused', status, retryAfter: '17' });

    expect(await faultOf(calendars.book(ORGANISER, invitation()))).toMatchObject({ retryAfterSeconds: 17 });
  });

  test.each([
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': 'Tue, 02 Mar 2027 10:00:30 GMT', date: 'Tue, 02 Mar 2027 10:00:00 GMT' }, 30],
    [{ 'retry-after': 'Tue, 02 Mar 2027 09:00:00 GMT', date: 'Tue, 02 Mar 2027 10:00:00 GMT' }, 0],
    [{ 'retry-after': 'Tue, 02 Mar 2027 10:00:30 GMT' }, null],
    [{ 'retry-after': 'soon', date: 'Tue, 02 Mar 2027 10:00:00 GMT' }, null],
    [{}, null],
  ])('%j is %p seconds', (headers, seconds) => {
    expect(retryAfterSeconds(new Headers(headers as Record<string, string>))).toBe(seconds);
  });
});
