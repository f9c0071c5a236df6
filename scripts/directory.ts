import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { faultsBetween, warningsAbout } from '../src/directory/crossChecks.ts';
import { readDirectory } from '../src/directory/readDirectory.ts';
import { FileFaults } from '../src/procedures/dataFile.ts';
import { loadLibrary } from '../src/procedures/loadLibrary.ts';

/**
 * `npm run directory -- check <file>`: what is wrong with a directory file, by itself and against the procedures, calendars and links that
 * it names; each with its place, in plain words. It starts nothing, and needs no settings but PROCEDURES_DIR.
 * Ends with 0 for a file that can be used (what it lacks is told), 1 for one with faults, 2 for a command that cannot be understood.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const [command, file] = positionals;
if (command !== 'check' || !file || !existsSync(file)) {
  console.error(file && command === 'check' ? `${file} is not there.` : 'Say which file: npm run directory -- check directory.yaml');
  process.exit(2);
}
try {
  const library = loadLibrary(process.env.PROCEDURES_DIR?.trim() || 'procedures');
  const directory = readDirectory(file, { check: (read) => faultsBetween(read, library), onFaults: () => {} })();
  for (const warning of warningsAbout(directory, library.procedures)) console.log(`${file}: ${warning}`);
  const partnerships = Object.keys(directory.partnerships);
  console.log(`${file} can be used: ${directory.people.length} people; partnerships: ${partnerships.join(', ')}.`);
} catch (fault) {
  if (!(fault instanceof FileFaults)) throw fault;
  console.error(fault.message);
  process.exitCode = 1;
}
