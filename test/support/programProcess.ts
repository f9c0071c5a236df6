import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** One entry of the operator's log. */
export type LogLine = { msg: string; port?: number } & Record<string, unknown>;

/** The program as an operator starts it: a process of its own, with no environment but the one given. */
export type ProgramProcess = ReturnType<typeof startProcess>;

/** Starts `src/main.ts` in a process of its own. */
export function startProcess(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const heard: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const look of heard) look();
    });
  }
  /** What is sought in the output, now or later. @throws Error with the output if the process ends without it */
  const until = <T>(sought: () => T | null | undefined, missing: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = sought();
        if (found) resolve(found);
      };
      heard.push(look);
      look();
      void ended.then(() => reject(new Error(`the program ended without saying "${missing}":\n${output}`)));
    });
  const ended = once(child, 'close').then(([code, signal]) => ({ code: code as number | null, signal: signal as string | null }));
  return {
    /** Everything that the process has written, to either stream. */
    output: () => output,
    /** How the process ended, once it has. */
    ended,
    /** The first entry of its log with that message, now or later. @throws Error with the output if the process ends without it */
    logs: (message: string) => until(() => linesOf(output).find(({ msg }) => msg === message), message),
    /** What it prints that is like the pattern, now or later. @throws Error with the output if the process ends without it */
    prints: (pattern: RegExp) => until(() => pattern.exec(output), pattern.source),
    /** Asks it to end, as a container's host does; returns how it ended. */
    terminate() {
      child.kill('SIGTERM');
      return ended;
    },
    /** Ends it at once, where a test is over. */
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function linesOf(output: string): LogLine[] {
  return output.split('\n').flatMap((line) => (line.startsWith('{') && line.endsWith('}') ? [JSON.parse(line) as LogLine] : []));
}
