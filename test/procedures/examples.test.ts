import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { checkProcedure } from '../../src/procedures/loadLibrary.ts';

const calendar = 'procedures/calendars/england-and-wales.yaml';
const calendars = [{ file: calendar, text: readFileSync(calendar, 'utf8') }];
const page = readFileSync('docs/procedures.md', 'utf8');
const [whole = '', ...additions] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);

/** One example put into another: what it says replaces what stood there, and the rest stays. */
function added(to: unknown, change: unknown): unknown {
  if (!isMapping(to) || !isMapping(change)) return change;
  const keys = new Set([...Object.keys(to), ...Object.keys(change)]);
  return Object.fromEntries([...keys].map((key) => [key, key in change ? added(to[key], change[key]) : to[key]]));
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const faultsOf = (text: string) => checkProcedure({ file: 'example', text }, calendars).faults;

describe('docs/procedures.md', () => {
  test('its whole procedure is one', () => {
    expect(faultsOf(whole)).toEqual([]);
  });

  test.each(additions.map((text) => [text.split('\n').slice(0, 3).join(' '), text]))('what it adds is sound: %s', (_, text) => {
    expect(faultsOf(stringify(added(parse(whole), parse(text))))).toEqual([]);
  });
});
