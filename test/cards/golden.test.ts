import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { caseCard } from '../../src/cards/caseCard.ts';
import { TEXT_BUDGETS, type TextBudget } from '../../src/cards/fit.ts';
import { render, templateOf, type View } from '../../src/cards/template.ts';
import { libraryFaults } from './cardModel.ts';
import { keptCards } from './drawings.ts';
import { seenBy } from './fixtures.ts';
import { goldenFiles, sampleFiles } from './goldenFiles.ts';
import { states } from './states.ts';
import { houseFaults, schemaFaults, templateWarnings } from './wellFormed.ts';

/**
 * Cards in their cases, kept as a person reads them in `test/golden/`, and the samples of `cards/samples/`, which fill the templates in
 * Microsoft's card designer. `npm run golden` writes both anew: read what changed before keeping it.
 */
const drawings = Object.entries(keptCards).map(([name, { drawing }]) => ({ name, drawing }));
const views = globSync('cards/*.json').map((path) => path.replace(/^cards\/|\.json$/g, '') as View);
const read = (path: string) => readFileSync(path, 'utf8');

/** One card of a golden file, by its heading. */
const cardsIn = (text: string) => Object.fromEntries(text.split(/^## /m).map((card) => [card.split(/[,\n]/)[0] ?? '', card.trimEnd()]));

describe('each card in each of its cases', () => {
  test.each(Object.keys(goldenFiles))('%s: says what it said before', (path) => {
    expect(cardsIn(goldenFiles[path] ?? '')).toEqual(cardsIn(read(path)));
    expect(goldenFiles[path]).toBe(read(path));
  });

  test.each(Object.keys(sampleFiles))('%s: is what fills its template', (path) => {
    expect(JSON.parse(JSON.stringify(sampleFiles[path]))).toEqual(JSON.parse(read(path)));
  });

  test('no golden file and no sample is left over', () => {
    expect(globSync('test/golden/*').toSorted()).toEqual(Object.keys(goldenFiles).toSorted());
    expect(globSync('cards/samples/*').toSorted()).toEqual(Object.keys(sampleFiles).toSorted());
  });

  test('a form that may be sent as it stands sends something: what brings nothing back would only open it again', () => {
    type Forms = { forms?: { title: string; fields: { isRequired: boolean; value: string }[] }[] };
    const forms = drawings.flatMap(({ drawing }) => (drawing.data as Forms).forms ?? []);
    const empty = forms.filter(({ fields }) => !fields.some(({ isRequired, value }) => isRequired || value !== ''));
    expect(empty.map(({ title }) => title)).toEqual([]);
  });

  test('each fills its template without warnings, to a card without faults', () => {
    const faults = drawings.flatMap(({ name, drawing }) => {
      const card = render(drawing);
      const found = [...templateWarnings(drawing), ...houseFaults(card), ...schemaFaults(card), ...libraryFaults(card)];
      return found.map((fault) => `${name}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });

  test('every template has a kept card, and a sample', () => {
    const drawn = new Set(drawings.map(({ drawing }) => drawing.view));
    expect(views.filter((view) => !drawn.has(view))).toEqual([]);
    const sampled = new Set(Object.keys(sampleFiles).map((path) => path.split(/[/.]/)[2] as View));
    expect(views.filter((view) => !sampled.has(view))).toEqual([]);
  });

  test('whatever fills a template is drawn by it', () => {
    const unused = drawings.flatMap(({ name, drawing: { view, data } }) => {
      const template = JSON.stringify(templateOf(view));
      const named = new Set([...template.matchAll(/\$\{([^}]*)\}/g)].flatMap(([, expression = '']) => expression.match(/\w+/g) ?? []));
      // What is handed whole to an element of the card is the element's to draw.
      const whole = new Set([...template.matchAll(/"(?:facts|choices|data)":"\$\{(\w+)\}"/g)].map(([, key]) => key));
      const keysOf = (value: unknown): string[] => {
        if (Array.isArray(value)) return value.flatMap(keysOf);
        if (typeof value !== 'object' || value === null) return [];
        return Object.entries(value).flatMap(([key, inner]) => [key, ...(whole.has(key) ? [] : keysOf(inner))]);
      };
      return [...new Set(keysOf(data))].filter((key) => !named.has(key)).map((key) => `${name}: ${key}`);
    });
    expect(unused).toEqual([]);
  });

  test('what people typed is never read as a template or as Markdown', () => {
    const budget = TEXT_BUDGETS[0] as TextBudget;
    const typed = `\${title} **bold** [link](https://evil.example) 'x' \${{}} {{DATE(2027-01-01T00:00:00Z)}}`;
    const { current, now } = states.referred ?? { current: null, now: '' };
    if (!current) throw new Error('no state');
    const drawing = caseCard(
      'stage:decide',
      seenBy('sm', { ...current, dissent: { ...current.dissent, reasons: typed } }, now),
      {},
      budget,
    );
    const text = JSON.stringify(render(drawing));
    expect(templateWarnings(drawing)).toEqual([]);
    expect(text).toContain(JSON.stringify({ type: 'TextRun', text: typed.replace('{{DATE', '{ {DATE') }));
    expect(text.split('evil.example').length).toBe(2);
  });
});
