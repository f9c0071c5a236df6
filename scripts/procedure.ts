import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diagramOf, summaryOf } from '../src/procedures/describe.ts';
import { checkProcedure } from '../src/procedures/loadLibrary.ts';

/**
 * `npm run procedure -- check <file>`: what is wrong with a procedure file, in plain words; or, for a good one, the procedure in
 * plain English and as a Mermaid state diagram. Calendars are looked for in the folder `calendars` beside it.
 * Ends with 0 for a good file, 1 for one with faults, 2 for a command that cannot be understood.
 */
const [command, file] = process.argv.slice(2);
if (command !== 'check' || !file || !existsSync(file)) {
  console.error(
    file && command === 'check' ? `${file} is not there.` : 'Say which file: npm run procedure -- check procedures/camden-dissent.1.yaml',
  );
  process.exit(2);
}
const folder = join(dirname(file), 'calendars');
const calendars = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }))
  : [];
const { procedure, faults } = checkProcedure({ file, text: readFileSync(file, 'utf8') }, calendars);
if (!procedure) {
  console.error([`${file} has faults:`, ...faults.map((fault) => `  ${fault}`)].join('\n'));
  process.exit(1);
}
console.log(
  [
    `${procedure.title} (${procedure.id}, version ${procedure.version})`,
    '',
    ...summaryOf(procedure),
    '',
    '```mermaid',
    diagramOf(procedure),
    '```',
  ].join('\n'),
);
