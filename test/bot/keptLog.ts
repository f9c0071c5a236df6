import type { Log } from '../../src/app/ports.ts';

export type Entry = { level: 'info' | 'warn' | 'error'; message: string; facts?: object; cause?: unknown };

/** A log that keeps what it is told. */
export function keptLog(): Log & { entries: Entry[] } {
  const entries: Entry[] = [];
  return {
    entries,
    info: (message, facts = {}) => void entries.push({ level: 'info', message, facts }),
    warn: (message, facts = {}) => void entries.push({ level: 'warn', message, facts }),
    error: (message, cause, facts = {}) => void entries.push({ level: 'error', message, cause, facts }),
  };
}
