import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { OutsideFault } from '../../src/app/faults.ts';
import type { Access } from '../../src/app/ports.ts';
import type { Incoming } from '../../src/conversation/conversation.ts';
import type { Handler } from '../../src/jobs/worker.ts';
import { operatorLog } from '../../src/log.ts';
import {
  measuredAccess,
  measuredCheck,
  measuredConversation,
  measuredHandlers,
  measuredOutside,
  watchStanding,
} from '../../src/telemetry/measured.ts';
import { startTelemetry, type Telemetry } from '../../src/telemetry/telemetry.ts';

const self = { version: '0.2.0', host: 'a-host', replica: 'one' };
let spans: InMemorySpanExporter;
let processor: SimpleSpanProcessor;
const finished = async () => {
  await processor.forceFlush();
  return spans.getFinishedSpans();
};
let telemetry: Telemetry;
beforeEach(async () => {
  spans = new InMemorySpanExporter();
  processor = new SimpleSpanProcessor(spans);
  telemetry = await startTelemetry(self, null, [processor]);
});
afterEach(() => telemetry.stop());

/** The page of metrics, its lines without comments. */
async function metrics(): Promise<string> {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const page = Promise.withResolvers<string>();
  response.end = ((text: string) => page.resolve(text)) as never;
  telemetry.serve(response.req, response);
  return (await page.promise)
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
}

const NAMES = /CH-1041|Larkspur|DIS-27|bruise/;
const throws = (fault: Error) => async () => {
  throw fault;
};

describe('OP2: what an operator can see of the running program', () => {
  test('what people do, by its kind and how long it took', async () => {
    const incoming = { kind: 'typed', text: 'a bruise of CH-1041', contact: { person: 'Larkspur' } } as unknown as Incoming;
    const hearing = (hear: () => Promise<null>) => measuredConversation(telemetry, { hear, stands: async () => {} }).hear(incoming);
    await hearing(async () => null);
    await expect(hearing(throws(new TypeError('Larkspur')))).rejects.toThrow();
    const page = await metrics();
    expect(page).toMatch(/dissent_heard_seconds_count\{kind="typed",result="answered"[^}]*\} 1/);
    expect(page).toMatch(/dissent_heard_seconds_count\{kind="typed",result="fault"[^}]*\} 1/);
    const told = (await finished()).map(({ name, attributes, status, events }) => ({ name, attributes, status, events }));
    expect(told.map(({ name, attributes }) => [name, attributes['error.type'] ?? null])).toEqual([
      ['hear typed', null],
      ['hear typed', 'TypeError'],
    ]);
    expect(page + JSON.stringify(told)).not.toMatch(NAMES);
  });

  test('refusals by code and rule, and not of whom', async () => {
    const access = measuredAccess(telemetry, { record: async () => {}, of: async () => [] });
    const entry = { reference: 'DIS-27-001', person: 'Larkspur', role: 'none', action: 'refer' };
    for (const _ of [1, 2]) await access.record({ ...entry, result: 'refused', code: 'not-allowed', rule: 'X3' } as unknown as Access);
    expect(await metrics()).toMatch(/dissent_looks_total\{result="refused",code="not-allowed",rule="X3"[^}]*\} 2/);
    expect(await metrics()).not.toMatch(NAMES);
  });

  test('jobs by name and result, with the failures of what they called, in one trace', async () => {
    const mail = measuredOutside(telemetry, 'mail', { send: throws(new OutsideFault('throttled', 'no', 'wait')) });
    const { send } = measuredHandlers(telemetry, { send: (() => mail.send()) as unknown as Handler } as never);
    const { signal } = new AbortController();
    await expect(send('DIS-27-001', { name: 'send', reference: 'DIS-27-001' }, 1, signal)).rejects.toThrow();
    const page = await metrics();
    expect(page).toMatch(/dissent_job_seconds_count\{job="send",result="throttled"[^}]*\} 1/);
    expect(page).toMatch(/dissent_outside_failures_total\{system="mail",kind="throttled"[^}]*\} 1/);
    const [call, job] = await finished();
    expect([call?.name, job?.name, call?.parentSpanContext?.spanId]).toEqual(['mail send', 'job send', job?.spanContext().spanId]);
    expect(page).not.toMatch(NAMES);
  });

  test('EV6: when the trail was last checked, and whether it was found altered', async () => {
    const clock = { now: () => Temporal.Instant.from('2027-01-12T15:10:00Z') };
    const fault = { reference: 'DIS-27-001', sentence: 'altered' };
    await measuredCheck(telemetry, clock, async () => ({ fault, powers: null }))();
    expect(await metrics()).toMatch(/dissent_evidence_faults(\{[^}]*\})? 1/);
    expect(await metrics()).toMatch(/dissent_evidence_checked_timestamp_seconds(\{[^}]*\})? 1799766600/);
  });

  test('what waits, read when it is asked for, and that the store does not answer', async () => {
    let answers = true;
    watchStanding(telemetry, async () => {
      if (!answers) throw new Error('no store');
      return { oldestJobSeconds: 90, waitingJobs: 3, failedJobs: 1, openCases: 12, overdueCases: 2 };
    });
    expect(await metrics()).toMatch(/dissent_store_answers(\{[^}]*\})? 1/);
    expect(await metrics()).toMatch(/dissent_oldest_job_age_seconds(\{[^}]*\})? 90/);
    expect(await metrics()).toMatch(/dissent_cases_overdue(\{[^}]*\})? 2/);
    answers = false;
    expect(await metrics()).toMatch(/dissent_store_answers(\{[^}]*\})? 0/);
  });

  test('each line of the log says which version, host and copy wrote it, and on which request', async () => {
    const lines: string[] = [];
    const log = operatorLog('debug', { write: (line) => void lines.push(line) }, { ...self, request: telemetry.request });
    log.info('outside');
    await telemetry.traced('hear pressed', {}, async () => log.warn('inside'));
    const [outside, inside] = lines.map((line) => JSON.parse(line) as object);
    expect(outside).toMatchObject(self);
    expect(outside).not.toHaveProperty('request');
    expect(inside).toMatchObject({ ...self, request: (await finished())[0]?.spanContext().traceId });
  });
});

test('OP2: metrics and traces go to a collector where one is named, with its headers', async () => {
  const sent: string[] = [];
  const server: Server = createServer(async (request, response) => {
    for await (const _ of request);
    sent.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const collected = await startTelemetry(self, { endpoint: `http://127.0.0.1:${port}`, headers: { authorization: 'Bearer a' } });
  collected.meter.createCounter('something').add(1);
  await collected.traced('a job', {}, async () => {});
  await collected.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(sent.toSorted()).toEqual(['POST /v1/metrics Bearer a', 'POST /v1/traces Bearer a']);
});
