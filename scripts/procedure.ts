import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readCalendars } from '../src/procedures/calendars.ts';
import { examine, sayFinding } from '../src/procedures/check.ts';
import { diagramOf, summaryOf } from '../src/procedures/describe.ts';
import { editorSchema } from '../src/procedures/editorSchema.ts';
import { playInText } from '../test/procedures/playInText.ts';

/**
 * What can be done with a procedure file:
 * - `npm run procedure -- check <file>`: what is wrong with it, in plain words; and for a good one the procedure in plain English and as a
 *   Mermaid state diagram.
 * - `npm run procedure -- play <file>`: a sample case, with each card that somebody acts on, as text.
 * - `npm run procedure -- schema`: the JSON Schema of such files, for editors.
 * Calendars are looked for in the folder `calendars` beside the file, or where there is none in `procedures/calendars`; a base beside it.
 * Ends with 0 for a good file, 1 for one with faults, 2 for a command that cannot be understood.
 */
const [command, file = ''] = process.argv.slice(2);
if (command === 'schema') {
  console.log(JSON.stringify(editorSchema(), null, 2));
  process.exit(0);
}
if ((command !== 'check' && command !== 'play') || !existsSync(file)) {
  const known = command === 'check' || command === 'play';
  console.error(
    known && file !== '' ? `${file} is not there.` : 'Say which file: npm run procedure -- check procedures/camden-dissent.1.yaml',
  );
  process.exit(2);
}
const yamlIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }))
    : [];
const own = join(dirname(file), 'calendars');
const calendars = yamlIn(existsSync(own) ? own : join('procedures', 'calendars'));
const others = yamlIn(dirname(file)).filter((each) => basename(each.file) !== basename(file));
const source = { file, text: readFileSync(file, 'utf8') };
const { procedure, findings } = examine(source, calendars, [source, ...others]);
if (findings.length > 0) console.error([`${file}:`, ...findings.map((each) => `  ${sayFinding(each)}`), ''].join('\n'));
if (!procedure) process.exit(1);
const title = `${procedure.title} (${procedure.id}, version ${procedure.version})`;
if (command === 'check') {
  console.log([title, '', ...summaryOf(procedure), '', '```mermaid', diagramOf(procedure), '```'].join('\n'));
} else {
  const calendar = readCalendars(calendars, []).get(procedure.calendar);
  if (calendar) console.log([title, '', ...playInText(procedure, calendar)].join('\n'));
}
