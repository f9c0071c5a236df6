import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { templateOf, type View } from '../src/cards/template.ts';

/**
 * `npm run card -- <sample>`: writes `build/cards/<sample>.json`, the complete template of a sample of `cards/samples/` with the sample's
 * data in it, to be pasted into Microsoft's card designer (adaptivecards.io/designer). Without a sample it names them.
 */
const samples = new URL('../cards/samples/', import.meta.url);
const built = new URL('../build/cards/', import.meta.url);
const [sample = ''] = process.argv.slice(2);
const source = new URL(`${sample}.json`, samples);
if (!/^[\w.-]+$/.test(sample) || !existsSync(source)) {
  const names = readdirSync(samples).map((file) => file.replace('.json', ''));
  console.error(`Say which sample: npm run card -- ${names[0]}\nThere are: ${names.join(', ')}`);
  process.exit(2);
}
const data = JSON.parse(readFileSync(source, 'utf8')) as object;
mkdirSync(built, { recursive: true });
writeFileSync(
  new URL(`${sample}.json`, built),
  `${JSON.stringify({ ...templateOf(sample.split('.')[0] as View), $data: data }, null, 2)}\n`,
);
console.log(`build/cards/${sample}.json`);
