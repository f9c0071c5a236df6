import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { harmless } from '../domain/harmlessText.ts';

/** An Adaptive Card, or a part of one, as JSON. */
export type Card = Record<string, unknown>;

/** The views, each with its template in `cards/<view>.json`; `case` draws every card of a case, from its sections in order. */
export type View =
  | 'case'
  | 'reading'
  | 'raise'
  | 'escalation'
  | 'case-list'
  | 'reminder'
  | 'welcome'
  | 'notice'
  | 'neutral'
  | 'cover'
  | 'register'
  | 'figures'
  | 'stuck';

/** A view with the data that fills it. */
export type TemplateAndData = { view: View; data: object };

type Kept = { expand(context: { $root: object }): Card; getLastTemplateExpansionWarnings(): string[] };
// The package is CommonJS, and its declarations name a type that its peer no longer exports.
const { Template } = createRequire(import.meta.url)('adaptivecards-templating') as { Template: new (payload: object) => Kept };

const FOLDER = new URL('../../cards/', import.meta.url);
const kept = new Map<View, Kept>();

/**
 * Draws a view: its template, spliced into the frame that all cards share, filled with data. A template is read and prepared
 * once and kept, since preparing costs ten times as much as filling. `onWarning` hears what the template could not evaluate.
 * Nothing in the data is read as a template, and what people typed lands only in TextRuns, which read no Markdown.
 */
export function render({ view, data }: TemplateAndData, onWarning?: (warning: string) => void): Card {
  const template = kept.get(view) ?? prepare(view);
  kept.set(view, template);
  const card = template.expand({ $root: data });
  if (onWarning) template.getLastTemplateExpansionWarnings().forEach(onWarning);
  return asShown(card) as Card;
}

/** A view's whole template: its own part spliced into the frame that all cards share. */
export function templateOf(view: View): object {
  return splice(read('parts/frame'), view) as object;
}

function prepare(view: View): Kept {
  return new Template(templateOf(view));
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));
}

/**
 * Puts a part in place of each `{ "include": "<part>" }`, once for each of its `$data` where it has some; the part `view` is
 * the view's own template. Where one element is wanted, such as a fallback, it is the part's first.
 */
function splice(node: unknown, view: View): unknown {
  if (Array.isArray(node)) return node.flatMap((each) => (isInclude(each) ? partsOf(each, view) : [splice(each, view)]));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, isInclude(value) ? partsOf(value, view)[0] : splice(value, view)]),
  );
}

type Include = { include: string; $data?: string };

function isInclude(node: unknown): node is Include {
  return typeof node === 'object' && node !== null && 'include' in node;
}

function partsOf({ include, ...data }: Include, view: View): object[] {
  const part = splice(read(include === 'view' ? view : `parts/${include}`), view) as object[];
  return part.map((element) => ({ ...element, ...data }));
}

/**
 * A card as clients take it. Nothing that anybody wrote, here or elsewhere, can deceive its reader (EV9). An input whose `value` is empty
 * has none: some clients take an empty date for a wrong one.
 */
function asShown(node: unknown): unknown {
  if (typeof node === 'string') return harmless(node);
  if (Array.isArray(node)) return node.map(asShown);
  if (typeof node !== 'object' || node === null) return node;
  const { type } = node as { type?: unknown };
  const input = typeof type === 'string' && type.startsWith('Input.');
  const entries = Object.entries(node).filter(([key, value]) => !(input && value === '' && (key === 'value' || key === 'placeholder')));
  return Object.fromEntries(entries.map(([key, value]) => [key, asShown(value)]));
}
