import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

/**
 * The layout of the product, held by its imports: dependencies point inward, each outside thing has one folder that
 * speaks to it, and only the composition root and the sandbox see everything.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

type Layer = { folders: string[]; packages: string[] };
const inner = ['domain', 'evidence', 'procedures', 'directory', 'app'];
const node = ['node:'];
const openTelemetry = [
  '@opentelemetry/api',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/sdk-trace-base',
  '@opentelemetry/resources',
  '@opentelemetry/exporter-prometheus',
  '@opentelemetry/exporter-metrics-otlp-http',
  '@opentelemetry/exporter-trace-otlp-http',
];

/** What each folder of src, or file that lies in src itself, may import: itself, these folders, and these packages (`node:` is all of Node's own). */
const layers: Record<string, Layer> = {
  domain: { folders: [], packages: ['zod'] },
  evidence: { folders: [], packages: ['node:crypto'] },
  procedures: { folders: ['domain'], packages: ['zod', 'yaml', ...node] },
  directory: { folders: ['domain', 'procedures'], packages: ['zod', 'yaml', ...node] },
  app: { folders: ['domain', 'evidence', 'procedures', 'directory'], packages: ['zod'] },
  cards: { folders: inner, packages: ['zod', 'adaptivecards-templating', 'adaptive-expressions', ...node] },
  conversation: { folders: [...inner, 'cards'], packages: ['zod', ...node] },
  bot: {
    folders: [...inner, 'conversation'],
    packages: ['zod', 'botbuilder', 'botbuilder-core', 'botframework-connector', 'botframework-schema', 'restify', ...node],
  },
  graph: {
    folders: inner,
    packages: [
      'zod',
      '@microsoft/microsoft-graph-client',
      '@microsoft/microsoft-graph-types',
      '@azure/identity',
      'adaptive-expressions',
      ...node,
    ],
  },
  storage: { folders: inner, packages: ['zod', 'pg', 'kysely', '@electric-sql/pglite', ...node] },
  checkpoints: { folders: inner, packages: ['@azure/identity', '@azure/storage-blob', ...node] },
  jobs: { folders: inner, packages: ['zod', 'pg-boss', 'pg', 'kysely', ...node] },
  sheets: { folders: inner, packages: ['write-excel-file/node', 'csv-stringify/sync'] },
  telemetry: { folders: [...inner, 'conversation', 'jobs'], packages: [...openTelemetry, ...node] },
  webhook: { folders: inner, packages: ['standardwebhooks'] },
  letters: { folders: inner, packages: ['zod', 'docx', ...node] },
  operate: { folders: inner, packages: node },
  'credentials.ts': { folders: ['config.ts'], packages: ['@azure/identity'] },
  'masterKey.ts': { folders: ['app', 'config.ts', 'credentials.ts'], packages: ['@azure/identity', '@azure/keyvault-keys'] },
  'config.ts': { folders: ['settings.ts'], packages: [] },
  'settings.ts': { folders: [], packages: ['zod', 'node:fs'] },
  'log.ts': { folders: ['app', 'telemetry'], packages: ['pino'] },
};

/** The composition root and the sandbox see everything; the program that both start, and the doctor, see all but the sandbox. */
const overseers = /^src\/(main\.ts|program\.ts|prepareStore\.ts|doctor\.ts|sandbox\/)/;

/** Packages that one folder speaks to, wherever else they are allowed by accident. */
const owners: [RegExp, RegExp][] = [
  [/^(botbuilder|botframework|restify)/, /^src\/(bot|sandbox)\//],
  [/^@microsoft\/microsoft-graph-client/, /^src\/graph\//],
  [/^(pg|kysely|pg-boss|@electric-sql\/pglite)(\/|$)/, /^src\/(storage|jobs)\//],
];

type Import = { from: string; what: string };

/** Every module that a file names in an import, an export-from, a dynamic import or a require, types included. */
function importsOf({ path, text }: { path: string; text: string }): Import[] {
  const named = /(?:\bfrom|\bimport|\brequire|\bcreateRequire\([^()]*\))\s*\(?\s*(['"])([@\w./:-]+)\1/g;
  return [...text.matchAll(named)].map((match) => {
    const what = match[2] ?? '';
    return { from: path, what: what.startsWith('.') ? join(dirname(path), what) : what };
  });
}

const srcFiles = sources('src/**/*.ts');
const imports = srcFiles.flatMap(importsOf);
/** The folder of src that a path lies in, or the name of a file that lies in src itself. */
const placeOf = (path: string) => /^src\/([^/]+)/.exec(path)?.[1] ?? '';
const said = ({ from, what }: Import) => `${from} imports ${what}`;
const allowsPackage = (allowed: string[], what: string) =>
  allowed.some((name) => (name.endsWith(':') ? what.startsWith(name) : what === name || what.startsWith(`${name}/`)));

/** Why an import breaks the layout, if it does. */
function breaks({ from, what }: Import): boolean {
  if (overseers.test(from)) return false;
  const layer = layers[placeOf(from)];
  if (!layer) return true;
  return what.startsWith('src/') ? ![placeOf(from), ...layer.folders].includes(placeOf(what)) : !allowsPackage(layer.packages, what);
}

describe('imports', () => {
  test('everything in src has its place in the layout', () => {
    const places = new Set(srcFiles.filter(({ path }) => !overseers.test(path)).map(({ path }) => placeOf(path)));
    expect([...places].filter((place) => !Object.hasOwn(layers, place))).toEqual([]);
  });

  test.each(Object.keys(layers))('%s imports only what lies further in, and its own packages', (place) => {
    const wrong = imports.filter((each) => placeOf(each.from) === place && breaks(each));
    expect(wrong.map(said)).toEqual([]);
  });

  test('only main.ts sees the sandbox', () => {
    const seen = imports.filter(({ from, what }) => placeOf(what) === 'sandbox' && !/^src\/(main\.ts|sandbox\/)/.test(from));
    expect(seen.map(said)).toEqual([]);
  });

  test.each(owners)('%s is imported only by %s', (packages, owner) => {
    const elsewhere = imports.filter(({ from, what }) => packages.test(what) && !owner.test(from));
    expect(elsewhere.map(said)).toEqual([]);
  });

  test('no file imports itself in a circle', () => {
    const byFile = Map.groupBy(imports, ({ from }) => from);
    const names = new Set(byFile.keys());
    const next = (file: string) => (byFile.get(file) ?? []).map(({ what }) => what).filter((what) => names.has(what));
    const reached = (file: string) => {
      const seen = new Set<string>();
      for (let ahead = next(file); ahead.length > 0; ahead = ahead.filter((each) => !seen.has(each))) {
        for (const each of ahead) seen.add(each);
        ahead = ahead.flatMap(next);
      }
      return seen;
    };
    expect([...names].filter((file) => reached(file).has(file))).toEqual([]);
  });

  const lawful: [string, string, boolean][] = [
    ['src/domain/case.ts', 'zod', true],
    ['src/domain/case.ts', 'node:crypto', false],
    ['src/domain/case.ts', 'src/app/ports.ts', false],
    ['src/conversation/tell.ts', 'src/cards/present.ts', true],
    ['src/conversation/tell.ts', 'botbuilder', false],
    ['src/conversation/tell.ts', 'src/storage/database.ts', false],
    ['src/bot/turn.ts', 'src/conversation/conversation.ts', true],
    ['src/jobs/worker.ts', 'src/cards/present.ts', false],
    ['src/graph/mail.ts', 'src/cards/present.ts', false],
    ['src/graph/mail.ts', 'botbuilder', false],
    ['src/config.ts', 'src/storage/database.ts', false],
    ['src/main.ts', 'src/storage/database.ts', true],
  ];
  test.each(lawful)('the rule itself: %s importing %s is lawful: %s', (from, what, isLawful) => {
    expect(breaks({ from, what })).toBe(!isLawful);
  });

  test.each([
    ["import { z } from 'zod';", ['zod']],
    ["import type { Case } from './case.ts';", ['src/app/case.ts']],
    ["export * from '../domain/case.ts';", ['src/domain/case.ts']],
    ["import 'pg';", ['pg']],
    ["const pg = await import('pg');", ['pg']],
    ["const pg = require('pg');", ['pg']],
    ["const pg = createRequire(import.meta.url)('pg');", ['pg']],
    ["import {\n  a,\n  b,\n} from 'yaml';", ['yaml']],
  ])('the reader itself: %j', (text, found) => {
    expect(importsOf({ path: 'src/app/sample.ts', text }).map(({ what }) => what)).toEqual(found);
  });
});

describe('what only one place does', () => {
  const rules: [string, RegExp, RegExp][] = [
    [
      'SQL is spoken in storage alone',
      /\bsql`|\b(INSERT INTO|DELETE FROM|CREATE (TABLE|INDEX|SCHEMA|TRIGGER)|ALTER TABLE|SELECT [^'"`]{1,200} FROM)\b|\b(case_event|case_view)\b/,
      /^src\/storage\//,
    ],
    [
      'the clock is asked in the outer folders alone',
      /\bTemporal\.Now\b|\bDate\.now\(|\bnew Date\(\)/,
      /^src\/(?!domain|directory|procedures|app|cards)/,
    ],
    ['chance has no part in the inner folders', /\bMath\.random\(|\brandomUUID\(/, /^src\/(?!domain|directory|procedures|app|cards)/],
    ['the environment is read by main.ts alone', /\bprocess\.env\b/, /^src\/main\.ts$/],
  ];
  test.each(rules)('%s', (_rule, deed, place) => {
    expect(srcFiles.filter(({ path, text }) => deed.test(text) && !place.test(path)).map(({ path }) => path)).toEqual([]);
  });
});

describe('files', () => {
  const files = sources('{src,test,scripts,bench}/**/*.ts');

  test('no file is over 300 lines', () => {
    const long = files.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length })).filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });

  test('names say what a thing is: no Manager, Helper, Util or Service', () => {
    expect(files.map(({ path }) => path).filter((path) => /(manager|helper|util|service)s?(\.|\/|[A-Z-]|$)/i.test(path))).toEqual([]);
  });
});
