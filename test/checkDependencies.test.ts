import { expect, test } from '@jest/globals';
import { dependencyFaults, type Project } from '../scripts/check-dependencies.ts';

const sound: Project = {
  manifest: {
    dependencies: { zod: '4.6.7', pg: '8.23.1' },
    devDependencies: { '@types/pg': '8.23.1', '@biomejs/biome': '2.6.8', jest: '30.5.2' },
  },
  lock: { packages: { 'node_modules/@biomejs/biome': { bin: { biome: 'bin/biome' } }, 'node_modules/zod': {} } },
  code: [
    {
      path: 'src/case.ts',
      text: "import { z } from 'zod';\nimport { readFileSync } from 'node:fs';\nimport { decide } from './decide.ts';",
    },
    { path: 'src/storage/database.ts', text: "import type {\n  Pool,\n} from 'pg';\nconst said = `imported from 'nowhere'`;" },
  ],
  tools: 'biome check\nnode node_modules/jest/bin/jest.js',
  readme: null,
};
const withCode = (path: string, text: string): Project => ({ ...sound, code: [...sound.code, { path, text }] });

test('a project whose dependencies are used, declared and kept has no faults', () => {
  expect(dependencyFaults(sound)).toEqual([]);
});

test('a dependency that nothing imports, runs or gives types to is a fault', () => {
  expect(dependencyFaults({ ...sound, tools: '' })).toEqual([
    '@biomejs/biome is declared and nothing uses it',
    'jest is declared and nothing uses it',
  ]);
});

test('what another direct dependency wants beside it is used', () => {
  const packages = { ...sound.lock.packages, 'node_modules/zod': { peerDependencies: { yaml: '^2' } } };
  const manifest = { ...sound.manifest, dependencies: { ...sound.manifest.dependencies, yaml: '2.9.1' } };
  expect(dependencyFaults({ ...sound, manifest, lock: { packages } })).toEqual([]);
  expect(dependencyFaults({ ...sound, manifest })).toEqual(['yaml is declared and nothing uses it']);
});

test("a product's file may import the types of a package for development, which are gone when it runs, and nothing else of it", () => {
  const manifest = { ...sound.manifest, devDependencies: { ...sound.manifest.devDependencies, yaml: '2.9.1' } };
  const importing = (text: string) => dependencyFaults({ ...withCode('src/read.ts', text), manifest });
  expect(importing("import type { Node } from 'yaml';")).toEqual([]);
  expect(importing("import { type Node } from 'yaml';")).toEqual([
    'yaml is imported by the product (src) and declared for development alone',
  ]);
});

test('a lockfile that the next install would change, or that names a registry, is a fault', () => {
  const locked = (entry: object) =>
    dependencyFaults({ ...sound, lock: { packages: { ...sound.lock.packages, 'node_modules/glob': entry } } });
  expect(locked({})).toEqual([]);
  expect(locked({ resolved: 'https://registry.example/glob.tgz' })).toHaveLength(1);
  expect(locked({ libc: ['musl'] })).toHaveLength(1);
});

test.each([
  "import { parse } from 'yaml';",
  "import 'yaml';",
  "export * from 'yaml';",
  "const yaml = await import('yaml/browser');",
  "const yaml = require('yaml');",
  "const yaml = createRequire(import.meta.url)('yaml');",
  "const file = import.meta.resolve('yaml/package.json');",
])('an undeclared package is a fault, however it comes in: %s', (text) => {
  expect(dependencyFaults(withCode('test/sample.test.ts', text))).toEqual([
    'yaml is imported by test/sample.test.ts and package.json does not declare it',
  ]);
});

test('the product never leans on what is installed for development alone', () => {
  expect(dependencyFaults(withCode('src/main.ts', "import { run } from 'jest';"))).toEqual([
    'jest is imported by the product (src) and declared for development alone',
  ]);
});

test('a direct dependency that its makers have deprecated is a fault', () => {
  const lock = { packages: { ...sound.lock.packages, 'node_modules/pg': { deprecated: 'use another' } } };
  expect(dependencyFaults({ ...sound, lock })).toEqual(['pg is deprecated by its makers: use another']);
});

test('README’s table has a line for each', () => {
  const readme = '| package | why |\n| `zod` | checks |\n| `@biomejs/biome`, `jest` | tools |\n`pg` is told here, outside the table';
  expect(dependencyFaults({ ...sound, readme })).toEqual([
    "pg has no line in README's table of dependencies",
    "@types/pg has no line in README's table of dependencies",
  ]);
});
