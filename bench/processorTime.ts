import { readdirSync, readFileSync } from 'node:fs';

/**
 * How long processes have run on a processor, in milliseconds, user and system together, as Linux tells it; not a number elsewhere, or where
 * one of them is on another machine. Unlike the time that passes, it hardly changes with what else the machine has to do.
 */
export function processorTime(pids: number[]): number {
  try {
    return pids.reduce((sum, pid) => sum + timeOf(pid), 0);
  } catch {
    return Number.NaN;
  }
}

function timeOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  return (
    threads.reduce((sum, thread) => sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]), 0) / 1e6
  );
}
