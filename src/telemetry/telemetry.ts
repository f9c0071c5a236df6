import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Attributes, type Context, type Meter, ROOT_CONTEXT, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationType,
  InstrumentType,
  MeterProvider,
  type MetricReader,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';

/** Who runs: the program's version, the host, and this copy of it. */
export type Replica = { version: string; host: string; replica: string };

/** Where metrics and traces go besides `/metrics`: an OpenTelemetry collector's address, and headers for it. */
export type Collector = { endpoint: string; headers: Record<string, string> };

/**
 * What the program tells of its running (OP2): metrics, and a trace of each click and job. Names, codes and references at the most: nothing that
 * X6 keeps out of logs is ever given to it.
 */
export type Telemetry = {
  meter: Meter;
  /** Does some work as a piece of a trace, of the one that is under way where there is one. What it throws marks it as failed, by its kind alone. */
  traced<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T>;
  /** The id of the trace that is under way, for the log; null outside any. */
  request(): string | null;
  /** Answers a request for the metrics, in the form of Prometheus. */
  serve(request: IncomingMessage, response: ServerResponse): void;
  /** Sends what has not been sent yet, and ends. */
  stop(): Promise<void>;
};

/** In seconds: how long clicks and jobs take. */
const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Starts telling. Without a collector metrics stand under `/metrics` alone, and traces give the log its ids and go nowhere. */
export async function startTelemetry(
  { version, host, replica }: Replica,
  collector: Collector | null,
  extra: SpanProcessor[] = [],
): Promise<Telemetry> {
  const resource = resourceFromAttributes({
    'service.name': 'conference-dissent',
    'service.version': version,
    'service.instance.id': replica,
    'host.name': host,
  });
  const page = new PrometheusExporter({ preventServerStart: true });
  const out = collector && (await senders(collector));
  const meters = new MeterProvider({
    resource,
    readers: [page, ...(out ? [out.reader] : [])],
    views: [
      {
        instrumentName: '*_seconds',
        instrumentType: InstrumentType.HISTOGRAM,
        aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: DURATIONS } },
      },
    ],
  });
  const tracers = new BasicTracerProvider({ resource, spanProcessors: [...(out ? [out.spans] : []), ...extra] });
  const tracer: Tracer = tracers.getTracer('conference-dissent');
  const active = new AsyncLocalStorage<Context>();
  return {
    meter: meters.getMeter('conference-dissent'),
    traced(name, attributes, work) {
      const parent = active.getStore() ?? ROOT_CONTEXT;
      const span = tracer.startSpan(name, { attributes }, parent);
      return active.run(trace.setSpan(parent, span), async () => {
        try {
          return await work();
        } catch (fault) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          span.setAttribute('error.type', kindOf(fault));
          throw fault;
        } finally {
          span.end();
        }
      });
    },
    request: () => {
      const context = active.getStore();
      return (context && trace.getSpanContext(context)?.traceId) ?? null;
    },
    serve: (request, response) => page.getMetricsRequestHandler(request, response),
    async stop() {
      await Promise.allSettled([meters.shutdown(), tracers.shutdown()]);
    },
  };
}

/** The kind of a fault, which names nobody: what Graph or Teams did, or the error's own kind. */
export function kindOf(fault: unknown): string {
  if (!Error.isError(fault)) return typeof fault;
  const { kind } = fault as Error & { kind?: unknown };
  return typeof kind === 'string' ? kind : fault.name;
}

/** The exporters are loaded only where there is a collector. */
async function senders({ endpoint, headers }: Collector): Promise<{ reader: MetricReader; spans: SpanProcessor }> {
  const [{ OTLPMetricExporter }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/exporter-metrics-otlp-http'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const at = (path: string) => ({ url: `${endpoint.replace(/\/$/, '')}${path}`, headers });
  return {
    reader: new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter(at('/v1/metrics')) }),
    spans: new BatchSpanProcessor(new OTLPTraceExporter(at('/v1/traces'))),
  };
}
