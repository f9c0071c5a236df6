import { type DestinationStream, pino } from 'pino';
import { OutsideFault } from './app/faults.ts';
import type { Log } from './app/ports.ts';
import type { Replica } from './telemetry/telemetry.ts';

/** What stands in every line: who runs, and the trace that is under way. */
type Who = Replica & { request(): string | null };

/**
 * The operator's log: one JSON line an entry, at `level` and above, on standard output or `to` another place. An error is told by its
 * kind, its code and where it arose; its own words are left out unless they are ours, since a library's may quote a name or a mailbox.
 */
export function operatorLog(level: string, to?: DestinationStream, who: Who | null = null): Log {
  const { request = () => null, ...base } = who ?? {};
  const mixin = () => {
    const id = request();
    return id === null ? {} : { request: id };
  };
  const out = pino({ level, base, mixin, timestamp: pino.stdTimeFunctions.isoTime }, to);
  return {
    info: (message, facts = {}) => out.info(facts, message),
    warn: (message, facts = {}) => out.warn(facts, message),
    error: (message, cause, facts = {}) => out.error({ ...facts, cause: told(cause) }, message),
  };
}

/** What may be said of an error and of what caused it. */
function told(cause: unknown): object | string {
  if (!(cause instanceof Error)) return typeof cause;
  const { name, stack = '' } = cause;
  const code = (cause as { code?: unknown; statusCode?: unknown }).code ?? (cause as { statusCode?: unknown }).statusCode;
  return {
    name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(cause instanceof OutsideFault ? { says: cause.message, kind: cause.kind, check: cause.check } : {}),
    at: stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8)
      .map((line) => line.trim()),
    ...(cause.cause === undefined ? {} : { because: told(cause.cause) }),
  };
}
