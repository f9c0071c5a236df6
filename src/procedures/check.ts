import { findingsIn } from '../domain/procedureFaults.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { readCalendars } from './calendars.ts';
import { type Issue, placeAt, type Source } from './dataFile.ts';
import { issuesBeside, readProcedure } from './loadLibrary.ts';
import { walk } from './walk/walk.ts';

/** Something that the check found in a file: a fault stops the program, a warning does not. */
export type Finding = Issue & { severity: 'fault' | 'warning' };

/** What a file says, null where it has faults, and all that was found in it, in order of the lines. */
export type Examined = { procedure: Procedure | null; findings: Finding[] };

/**
 * A procedure file looked at as closely as can be: its notation and words, whether it holds together, and once it does, every way through
 * it by the real rules (PL1). Calendars are those that it may name, and `beside` the files that it may
 * change.
 */
export function examine(source: Source, calendars: readonly Source[], beside: readonly Source[] = [source]): Examined {
  const others: string[] = [];
  const known = readCalendars(calendars, others);
  const { value, issues, lineOf } = readProcedure(source, beside);
  if (value === null) return { procedure: null, findings: inOrder(issues.map((issue) => ({ severity: 'fault', ...issue }))) };
  const calendar = known.get(value.calendar);
  const around = issuesBeside(value, known).map((found) => ({ severity: 'fault' as const, ...found }));
  const walked = calendar && around.length === 0 ? walk(value, calendar) : [];
  const found = [...findingsIn(value), ...around, ...walked].map(
    ({ severity, path, message }): Finding => ({ severity, line: lineOf(path), place: placeAt(path), words: message }),
  );
  const faulty = found.some(({ severity }) => severity === 'fault');
  return { procedure: faulty ? null : value, findings: inOrder(found) };
}

/** One finding as a line of text: where it is, and what to do. */
export function sayFinding({ severity, line, place, words }: Finding): string {
  const where = line === null || place === `line ${line}` ? place : place === '' ? `line ${line}` : `line ${line}, ${place}`;
  return `${severity === 'fault' ? 'FAULT' : 'WARNING'} ${where === '' ? '' : `${where}: `}${words}`;
}

/** Faults before warnings, and each by line. */
function inOrder(findings: Finding[]): Finding[] {
  return findings.toSorted(
    (one, other) =>
      one.severity.localeCompare(other.severity) || (one.line ?? 0) - (other.line ?? 0) || one.words.localeCompare(other.words),
  );
}
