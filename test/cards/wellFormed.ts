import { createRequire } from 'node:module';
import { type Card, render, type TemplateAndData } from '../../src/cards/template.ts';
import { described } from '../support/descriptions.ts';

/** What every card has to be, whatever it shows: each function answers the faults it finds, none for a good card. */

const require = createRequire(import.meta.url);

const validate = compile();

/** The 1.5.0 schema, which lies beside this checkout or does not. */
function compile() {
  const description = described('cards/adaptive-card-1.5.0.schema.json');
  if (description === null) return null;
  const { Ajv } = require('ajv') as typeof import('ajv');
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  const { id: _id, ...schema } = description as Record<string, unknown>;
  return ajv.compile(schema);
}

/** A card as a client of 1.5 reads it, which draws the fallback of what only Teams knows, and passes over what is said to Teams alone. */
export function asRead(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asRead);
  if (typeof node !== 'object' || node === null) return node;
  const { type, fallback } = node as { type?: unknown; fallback?: unknown };
  if (typeof type === 'string' && type.startsWith('Chart.')) return fallback;
  const read = Object.entries(node).filter(([key]) => !(key === 'msteams' && type === 'AdaptiveCard'));
  return Object.fromEntries(read.map(([key, value]) => [key, asRead(value)]));
}

/** Whether a chart is as Teams describes its bar charts: a title, points of a name and a number, and a table in its stead. */
function isBarChart({ type, title, data, fallback, ...rest }: Node): boolean {
  const points = (Array.isArray(data) ? data : []) as { x?: unknown; y?: unknown }[];
  const lawful = points.every((point) => Object.keys(point).join() === 'x,y' && typeof point.x === 'string' && typeof point.y === 'number');
  const known = type === 'Chart.HorizontalBar' || type === 'Chart.VerticalBar';
  return (
    known &&
    typeof title === 'string' &&
    points.length > 0 &&
    lawful &&
    (fallback as Node).type === 'Table' &&
    Object.keys(rest).length === 0
  );
}

/** Faults against the 1.5.0 schema; none where it is not at hand, which the run says at its end. */
export function schemaFaults(card: Card): string[] {
  if (!validate || validate(asRead(card))) return [];
  const deepest = (validate.errors ?? []).toSorted((one, other) => other.instancePath.length - one.instancePath.length);
  return deepest.slice(0, 2).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

export type Node = Record<string, unknown> & { type?: string };

/** Every element and action of a card, at any depth; what only an old client would see too. */
export function nodesOf(card: Card): Node[] {
  const found: Node[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return void node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    if (typeof (node as Node).type === 'string') found.push(node as Node);
    for (const [key, inner] of Object.entries(node)) if (key !== 'data') walk(inner);
  };
  walk(card);
  return found;
}

/** Inputs without a label or a message, buttons that carry anything but reference, revision and verb, templates left open, and the like. */
export function houseFaults(card: Card): string[] {
  const nodes = nodesOf(card);
  const inputs = nodes.filter(({ type }) => type?.startsWith('Input.'));
  const presses = nodes.filter(({ type }) => type === 'Action.Execute' || type === 'Action.Submit');
  const ids = nodes.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
  const titles = nodes.filter(({ style }) => style === 'heading');
  return [
    ...inputs.filter(({ label, errorMessage }) => !label || !errorMessage).map(({ id }) => `input ${id} has no label or no errorMessage`),
    ...presses
      .filter(({ data }) => Object.keys(data as object).join() !== 'reference,revision,verb')
      .map(({ title }) => `button ${title} carries something else`),
    ...presses
      .filter(({ type, verb, data }) => type === 'Action.Execute' && verb !== (data as { verb: string }).verb)
      .map(({ title }) => `button ${title} has two verbs`),
    ...presses
      .filter(({ type, fallback }) => type === 'Action.Execute' && (fallback as Node | undefined)?.type !== 'Action.Submit')
      .map(({ title }) => `button ${title} has no fallback`),
    ...nodes.filter(({ type, wrap }) => type === 'TextBlock' && wrap !== true).map(({ text }) => `text does not wrap: ${text}`),
    ...nodes.filter(({ text, title, value }) => [text, title, value].includes('')).map(({ type }) => `${type} is empty`),
    ...nodes
      .filter((node) => node.type?.startsWith('Chart.') && !isBarChart(node))
      .map(({ type }) => `${type} is no chart that Teams draws`),
    ...(new Set(ids).size === ids.length ? [] : ['two elements have the same id']),
    ...(titles.length === 0 ? ['no heading'] : []),
    ...(JSON.stringify(card.msteams) === '{"width":"Full"}' ? [] : ['does not take the width there is (TM7)']),
    ...(card.version === '1.5' && card.lang === 'en' && card.speak && card.fallbackText
      ? []
      : ['version, lang, speak or fallbackText is missing']),
    ...(/\$\{/.test(JSON.stringify(card)) ? ['a template was left open'] : []),
    ...(/statutory/i.test(JSON.stringify(card)) ? ['no window is statutory'] : []),
    ...((card.actions as unknown[]).length > 6 ? ['more buttons than Teams shows'] : []),
  ];
}

/** What the template could not evaluate. */
export function templateWarnings(drawing: TemplateAndData): string[] {
  const warnings: string[] = [];
  render(drawing, (warning) => warnings.push(warning));
  return warnings;
}
