import { parseArgs } from 'node:util';

/** What an operator's command line says. */
export type CommandLine = { words: string[]; operator: string; reason: string; force: boolean; erase: boolean };

/**
 * Reads the command line of a command that leaves its operator's name in a log. `usage` shows how it is written; without what it needs
 * the process ends with 2 and shows it. `--by` is an account name and not a person's own, since it outlasts every key.
 */
export function readCommandLine(usage: string, needs: { words: number; reason: boolean; operator?: boolean }): CommandLine {
  try {
    const { values, positionals: words } = parseArgs({
      allowPositionals: true,
      options: { by: { type: 'string' }, reason: { type: 'string' }, force: { type: 'boolean' }, erase: { type: 'boolean' } },
    });
    const { by: operator = '', reason = '', force = false, erase = false } = values;
    if (words.length !== needs.words) throw new Error('something is missing, or too much');
    if ((needs.operator ?? true) && !/^[\w.@-]{2,60}$/.test(operator)) throw new Error('--by has to be your account name, without spaces');
    if (needs.reason && reason.trim() === '') throw new Error('--reason has to say why');
    return { words, operator, reason: reason.trim(), force, erase };
  } catch (fault) {
    console.error(`The command cannot be understood: ${fault instanceof Error ? fault.message : fault}.\nWrite it like this: ${usage}`);
    process.exit(2);
  }
}
