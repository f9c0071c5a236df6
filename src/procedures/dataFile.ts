import { createHash } from 'node:crypto';
import { LineCounter, parse, parseDocument } from 'yaml';
import type { z } from 'zod';
import { canonicalJson } from '../domain/canonicalJson.ts';

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

/** Reads YAML 1.2, in which a date is plain text. Faults are those of the notation itself, each with its line. */
function readYaml({ file, text }: Source): Checked<unknown> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings].map(
    ({ pos, message }) => `${file}: line ${lines.linePos(pos[0]).line}: ${message}`,
  );
  if (faults.length > 0) return { value: null, faults };
  try {
    return { value: document.toJS(), faults: [] };
  } catch (cause) {
    return { value: null, faults: [`${file}: ${(cause as Error).message}`] };
  }
}

/** Holds data against a schema. Faults name the place, and never repeat what stands there: it may be about a person. */
function checkShape<T>(file: string, data: unknown, schema: z.ZodType<T>): Checked<T> {
  const result = schema.safeParse(data, { error: plainWords });
  if (result.success) return { value: result.data, faults: [] };
  return { value: null, faults: result.error.issues.map(({ path, message }) => faultAt(file, path, message)) };
}

/** Reads a YAML file's text and holds it against a schema. */
export function readData<T>(source: Source, schema: z.ZodType<T>): Checked<T> {
  const { value, faults } = readYaml(source);
  return faults.length > 0 ? { value: null, faults } : checkShape(source.file, value, schema);
}

/**
 * The SHA-256, in hexadecimal, of what a sound file says: comments, layout and the order of settings do not count (X2).
 * It is taken before a schema fills in what was left out, so that a program with more settings finds no edit where none was made.
 */
export function fingerprintOf({ text }: Source): string {
  return createHash('sha256')
    .update(canonicalJson(parse(text)))
    .digest('hex');
}

/** The fault of a file or folder that the system would not let be read. */
export function unreadable(file: string, cause: unknown): string {
  const { code = String(cause) } = cause as NodeJS.ErrnoException;
  return `${file}: cannot be read: ${REASONS[code] ?? code}`;
}

/** One fault as it is shown: `file: path.to[0].key: plain words`. */
export function faultAt(file: string, path: readonly PropertyKey[], words: string): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return [file, place.replace(/^\./, ''), words].filter((part) => part !== '').join(': ');
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
      return issue.input === undefined ? 'is missing' : `should be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'unrecognized_keys':
      return `there is no such setting: ${issue.keys.join(', ')}`;
    case 'invalid_value':
      return `should be ${issue.values.join(' or ')}`;
    case 'invalid_union':
      return Array.isArray(issue.options) ? `should be ${issue.options.join(' or ')}` : undefined;
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
