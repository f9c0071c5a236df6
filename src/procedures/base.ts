import { parse } from 'yaml';
import { didYouMean } from '../domain/nearest.ts';
import type { Source } from './dataFile.ts';

/** A file that changes another: a region's procedure, and what a borough does otherwise (PL8). */

/** What a file says once its base is worked in, and what is wrong with how it names one: the place, and words. */
export type Based = { value: unknown; faults: { path: string[]; words: string }[] };

type Mapping = Record<string, unknown>;
const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A file's value with its base worked in. `base: { id, version }` names another file of the folder: what is said here takes the place of
 * what is said there, group by group; a list takes the place of a list; and `without` names places of the base that are left out. A base
 * may have a base. A file that names none is as it stands.
 */
export function withBase(value: unknown, sources: readonly Source[], passed: string[] = []): Based {
  if (!isMapping(value) || !('base' in value)) return { value, faults: [] };
  const { base, without = [], ...own } = value;
  const fault = (path: string[], words: string): Based => ({ value: own, faults: [{ path, words }] });
  if (!isMapping(base) || typeof base.id !== 'string' || typeof base.version !== 'number')
    return fault(['base'], 'name a file by its id and version: { id: region-dissent, version: 1 }');
  const name = `${base.id} ${base.version}`;
  if (passed.includes(name)) return fault(['base'], `the bases go round in a circle: ${[...passed, name].join(' -> ')}`);
  const all = new Map(sources.flatMap(({ text }) => namedIn(text)));
  const found = all.get(name);
  if (!found) {
    const known = [...all.keys()];
    return fault(
      ['base'],
      `there is no procedure "${base.id}" version ${base.version} beside this file${didYouMean(name, known, 'there are:')}`,
    );
  }
  const under = withBase(found, sources, [...passed, name]);
  if (under.faults.length > 0) return under;
  if (!Array.isArray(without) || !without.every((each) => typeof each === 'string'))
    return fault(['without'], 'list the places that are left out, such as [stages.review]');
  let rest: unknown = under.value;
  for (const [index, place] of (without as string[]).entries()) {
    const less = leftOut(rest, place.split('.'));
    if (less === null) return fault(['without', String(index)], `the base has nothing at "${place}"`);
    rest = less;
  }
  const { examples: _, ...taken } = rest as Mapping;
  return { value: changedBy(taken, own), faults: [] };
}

/** What a file's text says under its own id and version; nothing for a text that cannot be read: that is told where it is read itself. */
function namedIn(text: string): [string, unknown][] {
  try {
    const value: unknown = parse(text);
    return isMapping(value) ? [[`${value.id} ${value.version}`, value]] : [];
  } catch {
    return [];
  }
}

function changedBy(base: unknown, own: unknown): unknown {
  if (!isMapping(base) || !isMapping(own)) return own;
  const both = Object.entries(own).map(([key, value]) => [key, key in base ? changedBy(base[key], value) : value]);
  return { ...base, ...Object.fromEntries(both) };
}

function leftOut(value: unknown, [first = '', ...rest]: string[]): Mapping | null {
  if (!isMapping(value) || !Object.hasOwn(value, first)) return null;
  const { [first]: inner, ...others } = value;
  if (rest.length === 0) return others;
  const less = leftOut(inner, rest);
  return less === null ? null : { ...value, [first]: less };
}
