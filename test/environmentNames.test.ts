import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { packageNames } from '../scripts/package.ts';
import { environmentNames } from '../src/settings.ts';

test('.env.example lists every name that is read, each once with a line above it that says what it is for', () => {
  const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n');
  const listed = lines.flatMap((line, index) => {
    const name = /^#(\w+)=/.exec(line)?.[1];
    return name ? [{ name, told: /^# \S.*/.test(lines[index - 1] ?? '') }] : [];
  });
  expect(listed.map(({ name }) => name).sort()).toEqual([...environmentNames, ...packageNames].sort());
  expect(listed.filter(({ told }) => !told)).toEqual([]);
});
