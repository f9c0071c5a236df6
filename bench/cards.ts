import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { render, templateOf, type View } from '../src/cards/template.ts';
import type { Row } from './table.ts';

const FOLDER = new URL('../cards/samples/', import.meta.url);
const ROUNDS = 200;
const { Template } = createRequire(import.meta.url)('adaptivecards-templating') as {
  Template: new (payload: object) => { expand(context: { $root: object }): object };
};

/** A card drawn from its sample data, on average over all samples. Beside it a template made anew for each card, as samples have it. */
export function cardDrawing(): Row[] {
  const samples = readdirSync(FOLDER).map((file) => {
    const [view] = file.split('.') as [View];
    return { view, data: JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as object };
  });
  const views = new Map(samples.map(({ view }) => [view, templateOf(view)]));
  for (const sample of samples) render(sample);
  const ours = time(ROUNDS, () => samples.forEach((sample) => void render(sample))) / samples.length;
  const anew = time(1, () => samples.forEach(({ view, data }) => void new Template(views.get(view) ?? {}).expand({ $root: data })));
  return [{ what: 'a card drawn', unit: 'ms', ours, yardstick: anew / samples.length, beside: 'new Template().expand() for each card' }];
}

/** How long some work takes on average, in milliseconds. */
export function time(rounds: number, work: () => void): number {
  const begun = performance.now();
  for (let round = 0; round < rounds; round += 1) work();
  return (performance.now() - begun) / rounds;
}
