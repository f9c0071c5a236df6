import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { goldenFiles, sampleFiles } from '../test/cards/goldenFiles.ts';
import { mistakesPage } from '../test/procedures/mistakes.ts';

/**
 * `npm run golden`: writes anew what cards are seen to say (`test/golden/*.md`), what the check says of mistakes in a procedure
 * (`test/procedures/mistakes.md`), and the samples that fill their templates
 * (`cards/samples/*.json`), formatted. Read what has changed before you keep it, and keep it as a commit of its own.
 */
const at = (path: string) => new URL(`../${path}`, import.meta.url);
for (const [path, text] of Object.entries(goldenFiles)) writeFileSync(at(path), text);
writeFileSync(at('test/procedures/mistakes.md'), mistakesPage());
for (const [path, data] of Object.entries(sampleFiles)) writeFileSync(at(path), `${JSON.stringify(data, null, 2)}\n`);
execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', 'cards/samples'], {
  cwd: at('.'),
  stdio: 'inherit',
});
