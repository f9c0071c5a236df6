import { AsyncLocalStorage } from 'node:async_hooks';

const atWork = new AsyncLocalStorage<true>();
const ours = new WeakSet<object>();
const names = ['log', 'info', 'warn', 'error'] as const;

/**
 * Runs a piece of the SDK's work that prints what it likes: stack traces, and whole signing keys where a token names none of them. None of
 * that reaches the console, whose every line is a log's; what matters of it is thrown besides. Everybody else's words go their usual way.
 * @returns what the work returns
 */
export async function withoutWords<T>(work: () => Promise<T>): Promise<T> {
  for (const name of names) hush(name);
  return atWork.run(true, work);
}

function hush(name: (typeof names)[number]): void {
  const usual = console[name];
  if (ours.has(usual)) return;
  const heard = (...words: unknown[]) => {
    if (atWork.getStore() === undefined) usual.apply(console, words);
  };
  ours.add(heard);
  console[name] = heard;
}
