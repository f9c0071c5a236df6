import { type Document, isCollection, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

/** Something wrong at a line of a file, in words for whoever keeps it. */
export type NotationFault = { line: number; words: string };

/** A text as YAML 1.2, in which a date is plain text; and the line of the file on which what stands at a path begins. */
export type Notation = { value: unknown; faults: NotationFault[]; lineOf(path: readonly PropertyKey[]): number | null };

/** Reads a file's notation. Where it does not hold there is no value, and the first fault is told: the others mostly follow from it. */
export function readNotation(text: string): Notation {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => Math.min(lines.linePos(offset).line, Math.max(1, text.trimEnd().split('\n').length));
  const lineOf = (path: readonly PropertyKey[]) => {
    const offset = offsetOf(document, path);
    return offset === null ? null : lineAt(offset);
  };
  const [first] = [...document.errors, ...document.warnings];
  if (first) {
    const line = lineAt(first.pos[0]);
    return { value: null, faults: [{ line, words: said(first.code, text.split('\n')[line - 1] ?? '') }], lineOf };
  }
  try {
    return { value: document.toJS(), faults: [], lineOf };
  } catch (cause) {
    const starred = text.split('\n').findIndex((line) => /(^|[:,[{-]\s+)\*/.test(line)) + 1;
    return { value: null, faults: [{ line: Math.max(1, starred), words: starred === 0 ? (cause as Error).message : STARRED }], lineOf };
  }
}

/** Where what stands at a path begins, or the last part of the path that is there; null for an empty file. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | null {
  let at: unknown = document.contents;
  let offset = isCollection(at) ? (at.range?.[0] ?? null) : null;
  for (const step of path) {
    const pair = isMap(at) ? at.items.find(({ key }) => isScalar(key) && String(key.value) === String(step)) : undefined;
    const item = isSeq(at) ? at.items[Number(step)] : pair?.value;
    const begins = isScalar(pair?.key) ? pair.key.range : (item as { range?: [number, number, number] } | undefined)?.range;
    if (!begins) break;
    offset = begins[0];
    at = item;
  }
  return offset;
}

const QUOTE = 'put the whole text in quotation marks ("...")';

const STARRED = `a text cannot begin with a star: ${QUOTE}`;

/** What is wrong in a line, by the code of YAML's own fault. */
function said(code: string, line: string): string {
  const words: Record<string, string> = {
    BLOCK_AS_IMPLICIT_KEY: `a colon with a space after it stands inside a text, so the text ends there: ${QUOTE}`,
    BLOCK_IN_FLOW: `a colon with a space after it stands inside a text between braces: ${QUOTE}`,
    UNEXPECTED_TOKEN: unexpected(line),
    MISSING_CHAR: 'a text that begins with a quotation mark has none at its end',
    TAB_AS_INDENT: 'the line begins with a tab: use spaces',
    DUPLICATE_KEY: 'this name stands here already: take one of the two out, or give it another name',
    BAD_SCALAR_START: `a text cannot begin with this sign: ${QUOTE}`,
    TAG_RESOLVE_FAILED: `a text cannot begin with an exclamation mark: ${QUOTE}`,
    BAD_INDENT: 'the line does not begin below the one that it belongs with, or a bracket before it was not closed',
    MULTIPLE_DOCS: 'a line of three hyphens begins a second file here: keep one procedure in a file',
    MULTILINE_IMPLICIT_KEY: 'a colon with a space after it is missing: write a name, a colon, a space and what belongs to it',
  };
  return words[code] ?? 'this line cannot be read: look at its colons, quotation marks and brackets, and at the line before it';
}

function unexpected(line: string): string {
  if (/'[^']*'\w/.test(line)) return `an apostrophe ends the text here: ${QUOTE} instead of single ones`;
  if (/:\s*["']/.test(line)) return 'something stands after the closing quotation mark: put all of the text between the marks';
  if (/:\s*\*/.test(line)) return STARRED;
  if (/:\s*[[{]/.test(line)) return `a text cannot begin with a bracket: ${QUOTE}`;
  if (/:\s*-/.test(line)) return 'a list begins on the line after its name, or between square brackets: [one, two]';
  return 'this line does not belong where it stands: look at its spaces, and at how the line before it ends';
}
