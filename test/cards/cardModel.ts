import { createRequire } from 'node:module';
import type { Card } from '../../src/cards/template.ts';
import { asRead, type Node, nodesOf } from './wellFormed.ts';

/**
 * Microsoft's own model of a card, as the renderer that the project ships holds it: which properties each element and action has, of
 * which kind, since which version. It comes with the project, so a card's shape is proved wherever the tests run.
 */

type Definition = { name: string };
type Registry = { findByName(type: string): { objectType: new () => { getSchema(): Schema } } | undefined };
type Schema = { getCount(): number; getItemAt(index: number): Definition };
type Context = { eventCount: number; getEventAt(index: number): { message: string } };
type Kind = new (...given: never[]) => Definition;
const library = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as {
  AdaptiveCard: new () => { parse(json: unknown, context: Context): void };
  SerializationContext: new (version: unknown) => Context;
  Versions: { v1_5: unknown };
  GlobalRegistry: { defaultElements: Registry; defaultActions: Registry };
  StringProperty: Kind;
  BoolProperty: Kind;
  NumProperty: Kind;
};

/** What the model finds wrong with a card of version 1.5: unknown types, properties that it has no place for, values of another kind. */
export function libraryFaults(drawn: Card): string[] {
  const card = asRead(drawn) as Card;
  const elsewhere = fallbacksIn(card);
  const actions = elsewhere.filter(({ type }) => type?.startsWith('Action.'));
  const elements = elsewhere.filter((node) => !actions.includes(node));
  const shown = { type: 'AdaptiveCard', version: '1.5', body: elements, actions };
  return [...readingFaults(card), ...kindFaults(card), ...(elsewhere.length > 0 ? readingFaults(shown) : [])];
}

/** What the library passes over in a sound card: the schema's address, and what it would draw only in another's place. */
const UNREAD = new Set(['$schema', 'fallback']);

/** Reads a card through the library, and tells what it complained of and what it never looked at. */
function readingFaults(card: Card): string[] {
  const context = new library.SerializationContext(library.Versions.v1_5);
  const looked = new Map<object, { path: string; keys: Set<string | symbol> }>();
  new library.AdaptiveCard().parse(watched(card, '', looked), context);
  const said = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const unread = [...looked].flatMap(([node, { path, keys }]) =>
    Object.keys(node)
      .filter((key) => !keys.has(key) && !UNREAD.has(key) && !path.endsWith('/data'))
      .map((key) => `${path} ${(node as Node).type ?? ''} has no property "${key}"`),
  );
  // The library tests `lang` with a global expression, which forgets to begin anew: every second "en" counts as wrong.
  return [...said.filter((fault) => fault !== 'Invalid value "en" for property "lang".'), ...unread];
}

/** The same JSON, keeping for each object in it what was asked of it. */
function watched(value: unknown, path: string, looked: Map<object, { path: string; keys: Set<string | symbol> }>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { keys } = looked.get(value) ?? { keys: new Set() };
  looked.set(value, { path, keys });
  return new Proxy(value, {
    get(target, key) {
      keys.add(key);
      const inner = Reflect.get(target, key);
      return typeof inner === 'function' ? inner : watched(inner, `${path}/${String(key)}`, looked);
    },
  });
}

const KINDS: [Kind, string][] = [
  [library.StringProperty, 'string'],
  [library.BoolProperty, 'boolean'],
  [library.NumProperty, 'number'],
];

/** Texts, switches and numbers that are of another kind, which the library passes over without a word. */
function kindFaults(card: Card): string[] {
  return nodesOf(card).flatMap((node) => {
    const { defaultElements, defaultActions } = library.GlobalRegistry;
    const known = defaultElements.findByName(node.type ?? '') ?? defaultActions.findByName(node.type ?? '');
    const schema = known && new known.objectType().getSchema();
    const definitions = Array.from({ length: schema?.getCount() ?? 0 }, (_, index) => schema?.getItemAt(index)).filter((each) => !!each);
    return definitions.flatMap((definition) => {
      const wanted = KINDS.find(([kind]) => definition instanceof kind)?.[1];
      const value = node[definition.name];
      return wanted === undefined || value === undefined || typeof value === wanted
        ? []
        : [`${node.type} has a ${typeof value} as its "${definition.name}"`];
    });
  });
}

function fallbacksIn(card: Card): Node[] {
  return nodesOf(card).flatMap(({ fallback }) => (typeof fallback === 'object' && fallback !== null ? [fallback as Node] : []));
}
