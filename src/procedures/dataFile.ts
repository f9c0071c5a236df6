import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { canonicalJson } from '../domain/canonicalJson.ts';
import { didYouMean } from '../domain/nearest.ts';
import { readNotation } from './notation.ts';

/** A data file as it was read: its path as the operator knows it, and its text. */
export type Source = { file: string; text: string };

/** What a file holds, or null and everything that is wrong with it, each as `file: path.to.key: plain words`. */
export type Checked<T> = { value: T | null; faults: string[] };

/** Files that cannot be used. The message lists every fault of every file, so that one look is enough to mend them. */
export class FileFaults extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`These files need mending:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'FileFaults';
    this.faults = faults;
  }
}

/** One thing wrong with a file: on which line, where that is known; at which place (`path.to[0].key`, or of the notation `line 3`). */
export type Issue = { line: number | null; place: string; words: string };

/** What a file holds by a schema, or null and everything that is wrong with it; and the line on which what stands at a path begins. */
export type Read<T> = { value: T | null; issues: Issue[]; lineOf: LineOf };
/** The line of a file on which what stands at a path begins, or the last part of the path that is there. */
export type LineOf = (path: readonly PropertyKey[]) => number | null;

/**
 * Reads a YAML file's text and holds it against a schema, once `prepare` has made of what is written there what is meant. Issues name the
 * place, and never repeat what stands there: it may be about a person.
 */
export function readIssues<T>(text: string, schema: z.ZodType<T>, prepare: (value: unknown) => unknown = (value) => value): Read<T> {
  const { value, faults, lineOf } = readNotation(text);
  if (faults.length > 0) return { value: null, issues: faults.map((fault) => ({ place: `line ${fault.line}`, ...fault })), lineOf };
  const result = schema.safeParse(prepare(value), { error: plainWords });
  if (result.success) return { value: result.data, issues: [], lineOf };
  const issues = result.error.issues.map((issue): Issue => {
    const { path, message } = issue;
    const stands = issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path;
    return { line: stands.length === 0 ? null : lineOf(stands), place: placeAt(path), words: message };
  });
  return { value: null, issues, lineOf };
}

/** As {@link readIssues}, with each fault in one line, as {@link Checked} has it. */
export function readData<T>({ file, text }: Source, schema: z.ZodType<T>): Checked<T> {
  const { value, issues } = readIssues(text, schema);
  return { value, faults: issues.map((issue) => faultOf(file, issue)) };
}

/**
 * The SHA-256, in hexadecimal, of what a sound file says: comments, layout, the order of settings and examples do not count (X2).
 * It is taken before a schema fills in what was left out, so that a program with more settings finds no edit where none was made.
 */
export function fingerprintOf(written: unknown): string {
  const { examples: _, ...said } = written as Record<string, unknown>;
  return createHash('sha256').update(canonicalJson(said)).digest('hex');
}

/** The fault of a file or folder that the system would not let be read. */
export function unreadable(file: string, cause: unknown): string {
  const { code = String(cause) } = cause as NodeJS.ErrnoException;
  return `${file}: cannot be read: ${REASONS[code] ?? code}`;
}

/** One fault as it is shown: `file: path.to[0].key: plain words`. */
export function faultAt(file: string, path: readonly PropertyKey[], words: string): string {
  return faultOf(file, { place: placeAt(path), words });
}

/** An issue as it is shown with its file. */
export function faultOf(file: string, { place, words }: Pick<Issue, 'place' | 'words'>): string {
  return [file, place, words].filter((part) => part !== '').join(': ');
}

/** A path as a place: `path.to[0].key`. */
export function placeAt(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

/**
 * Where the faults of one file are, without the file and without their words, which may repeat what stands there: for a log, which holds
 * nothing about people.
 */
export function placesOf(faults: readonly string[]): string[] {
  return faults.map((fault) => fault.split(': ')[1] ?? '');
}

const REASONS: Record<string, string> = {
  ENOENT: 'it is not there',
  EACCES: 'this program may not read it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'it is no folder',
};

const FORMATS: Record<string, string> = {
  date: 'a date such as 2027-01-31',
  email: 'an e-mail address',
  guid: 'a GUID such as 3f2b8c1e-5d47-4a90-9e6b-0c7d1a2f4b58',
  url: 'a web address that begins with https://',
};

const KINDS: Record<string, string> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a group of settings',
  record: 'a group of settings',
  array: 'a list',
};

/** Zod's issues in words for whoever keeps the file; undefined leaves zod's own words. */
function plainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return wrongKind(issue.input, issue.expected);
    case 'unrecognized_keys':
      return issue.keys.map((key) => `there is no such setting: ${key}${didYouMean(key, settingsOf(issue.inst))}`).join('; ');
    case 'invalid_value':
      return `should be ${issue.values.join(' or ')}${meant(issue.input, issue.values.map(String))}`;
    case 'invalid_union':
      return Array.isArray(issue.options)
        ? `should be ${issue.options.join(' or ')}${meant(inputAt(issue), issue.options.map(String))}`
        : undefined;
    case 'invalid_format':
      return FORMATS[issue.format] && `should be ${FORMATS[issue.format]}`;
    case 'invalid_key':
      return `the name itself: ${issue.issues.map((each) => plainWords(each as z.core.$ZodRawIssue) ?? each.message).join(', ')}`;
    case 'too_small':
      return issue.origin === 'number' ? `should be at least ${issue.minimum}` : issue.minimum === 1 ? 'should not be empty' : undefined;
    case 'too_big':
      return issue.origin === 'string' ? `should have at most ${issue.maximum} characters` : `should be at most ${issue.maximum}`;
    default:
      return undefined;
  }
}

function wrongKind(input: unknown, expected: string): string {
  if (input === undefined) return 'is missing';
  if (input === null) return `is empty: it should be ${KINDS[expected] ?? expected}`;
  const cure =
    expected === 'string' && ['number', 'boolean'].includes(typeof input)
      ? ': put it in quotation marks'
      : expected === 'number' && typeof input === 'string' && Number.isFinite(Number(input))
        ? ': take the quotation marks away'
        : expected === 'array' && typeof input === 'string'
          ? ': put it in square brackets'
          : '';
  return `should be ${KINDS[expected] ?? expected}${cure}`;
}

/** Of the settings that something has, those that a misspelt one may have been meant for. */
function settingsOf(schema: unknown): string[] {
  const { shape = {} } = (schema as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def ?? {};
  return Object.keys(shape);
}

function inputAt({ input, discriminator }: z.core.$ZodRawIssue & { discriminator?: unknown }): unknown {
  return typeof discriminator === 'string' && typeof input === 'object' && input !== null
    ? (input as Record<string, unknown>)[discriminator]
    : input;
}

function meant(input: unknown, values: string[]): string {
  return typeof input === 'string' ? didYouMean(input, values) : '';
}
