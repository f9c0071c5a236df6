import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { environmentNames } from '../../src/settings.ts';

/** OP4: what a container host reads, as far as it can be looked at without one. */

const read = (file: string) => readFileSync(file, 'utf8');

test('OP4: the image holds what is there, no development dependency, and runs as a user who is not root', () => {
  const lines = read('Dockerfile').split('\n');
  const copied = lines.flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? []);
  expect(copied.filter((file) => !existsSync(file))).toEqual([]);
  const letIn = read('.dockerignore')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  expect(copied.filter((file) => !letIn.includes(file))).toEqual([]);
  expect(lines.filter((line) => /^RUN npm/.test(line))).toEqual([expect.stringContaining('--omit=dev')]);
  expect(lines.findLast((line) => line.startsWith('USER'))).toBe('USER node');
});

test('OP4 OP5: compose sets known names alone, keeps secrets in files, and gives the program a root that cannot be written', () => {
  const { services, secrets } = parse(read('compose.yaml')) as {
    services: {
      program: {
        environment: Record<string, string>;
        secrets: string[];
        read_only: boolean;
        cap_drop: string[];
        stop_grace_period: string;
      };
    };
    secrets: Record<string, unknown>;
  };
  const { program } = services;
  expect(Object.keys(program.environment).filter((name) => !environmentNames.includes(name))).toEqual([]);
  const files = Object.entries(program.environment).flatMap(([name, value]) =>
    name.endsWith('_FILE') && name !== 'DIRECTORY_FILE' ? [value] : [],
  );
  expect(files.toSorted()).toEqual(program.secrets.map((name) => `/run/secrets/${name}`).toSorted());
  expect(program.secrets.filter((name) => !(name in secrets))).toEqual([]);
  expect(program).toMatchObject({ read_only: true, cap_drop: ['ALL'], stop_grace_period: '25s' });
});

test('OP4: the workflow runs what a fresh machine runs', () => {
  const { jobs } = parse(read('.github/workflows/ci.yml')) as { jobs: { checks: { steps: { run?: string }[] } } };
  expect(jobs.checks.steps.flatMap(({ run }) => run ?? [])).toEqual(['.ci/run']);
});
