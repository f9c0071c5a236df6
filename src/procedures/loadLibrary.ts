import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minutesOfDay } from '../domain/meetingTimes.ts';
import { didYouMean } from '../domain/nearest.ts';
import type { ProcedureFinding } from '../domain/procedureChecks.ts';
import { procedureSchema } from '../domain/procedureFaults.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import type { Calendar } from '../domain/workingDays.ts';
import { withBase } from './base.ts';
import { readCalendars } from './calendars.ts';
import {
  FileFaults,
  faultAt,
  faultOf,
  fingerprintOf,
  type Issue,
  type LineOf,
  placeAt,
  readIssues,
  type Source,
  unreadable,
} from './dataFile.ts';
import { examplesThatFail } from './examples.ts';

/** A procedure, the file that it stands in, and what tells it from itself before an edit. */
export type ProcedureFile = { file: string; fingerprint: string; procedure: Procedure };

/** Procedures by id and version, and calendars by id, as read and checked at start. */
export type CheckedLibrary = {
  /** The folder that they were read from. */
  folder: string;
  /** All of them, for checks against the directory. */
  procedures: readonly Procedure[];
  /** All of them with their files, for the check that no version in use was edited (X2). */
  files: readonly ProcedureFile[];
  /** The ids of all calendars. */
  calendars: readonly string[];
  /** The version that a case keeps for ever (X2). @throws Error if the files do not hold it */
  procedure(id: string, version: number): Procedure;
  /** What a case keeps of the version it is opened under, to see an edit by (X2). @throws Error if the files do not hold it */
  fingerprint(id: string, version: number): string;
  /** The highest version in force on a London date, for a new case; null if there is none. */
  inForce(id: string, on: Temporal.PlainDate): Procedure | null;
  /** @throws Error if the files do not hold it */
  calendar(id: string): Calendar;
};

/**
 * Reads and checks every procedure (`*.yaml`) of a folder, and every calendar of its folder `calendars`.
 * @throws FileFaults with every fault of every file, each as `file: path.to.key: plain words`
 */
export function loadLibrary(directory: string): CheckedLibrary {
  const faults: string[] = [];
  const calendarFolder = join(directory, 'calendars');
  const calendars = readCalendars(sourcesIn(calendarFolder, faults), faults);
  const sources = sourcesIn(directory, faults);
  const files = readProcedures(sources, sources, calendars, faults);
  const procedures = files.map(({ procedure }) => procedure);
  if (procedures.length === 0 && faults.length === 0) faults.push(`${directory}: holds no procedure`);
  if (faults.length > 0) throw new FileFaults(faults);
  const fileOf = (id: string, version: number) => {
    const found = files.find(({ procedure }) => procedure.id === id && procedure.version === version);
    if (!found)
      throw new Error(`${directory} does not hold procedure "${id}" version ${version}; a case opened under a version keeps it (X2)`);
    return found;
  };
  return {
    folder: directory,
    procedures,
    files,
    calendars: [...calendars.keys()],
    procedure: (id, version) => fileOf(id, version).procedure,
    fingerprint: (id, version) => fileOf(id, version).fingerprint,
    inForce(id, on) {
      const inForce = procedures.filter((each) => each.id === id && each.effective <= on.toString());
      return inForce.toSorted((one, other) => other.version - one.version)[0] ?? null;
    },
    calendar(id) {
      const found = calendars.get(id);
      if (!found) throw new Error(`${calendarFolder} does not hold a calendar "${id}"`);
      return found;
    },
  };
}

/** One procedure file checked by itself, against some calendars; null with every fault as `file: path.to.key: plain words`. */
export function checkProcedure(source: Source, calendars: Source[]): { procedure: Procedure | null; faults: string[] } {
  const faults: string[] = [];
  const [read] = readProcedures([source], [source], readCalendars(calendars, faults), faults);
  return { procedure: read && faults.length === 0 ? read.procedure : null, faults };
}

function sourcesIn(folder: string, faults: string[]): Source[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    return names.toSorted().map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
  } catch (cause) {
    faults.push(unreadable(folder, cause));
    return [];
  }
}

/**
 * A procedure as its file and the one that it changes say it (PL8), or what is wrong with it; and what is written, once the base is worked
 * in. `beside` are the files that it may change.
 */
export function readProcedure(
  source: Source,
  beside: readonly Source[],
): { value: Procedure | null; written: unknown; issues: Issue[]; lineOf: LineOf } {
  let written: unknown = null;
  const wrong: { path: string[]; words: string }[] = [];
  const { value, issues, lineOf } = readIssues(source.text, procedureSchema, (own) => {
    const based = withBase(own, beside);
    wrong.push(...based.faults);
    written = based.value;
    return written;
  });
  if (wrong.length > 0)
    return { value: null, written, issues: wrong.map(({ path, words }) => ({ line: lineOf(path), place: placeAt(path), words })), lineOf };
  return { value, written, issues, lineOf };
}

function readProcedures(
  sources: readonly Source[],
  beside: readonly Source[],
  calendars: ReadonlyMap<string, Calendar>,
  faults: string[],
): ProcedureFile[] {
  const fileOf = new Map<string, string>();
  return sources.flatMap((source) => {
    const { value: procedure, written, issues } = readProcedure(source, beside);
    faults.push(...issues.map((issue) => faultOf(source.file, issue)));
    if (procedure === null) return [];
    const { id, version } = procedure;
    const namesake = fileOf.get(`${id} ${version}`);
    if (namesake) faults.push(faultAt(source.file, ['version'], `${namesake} is already version ${version} of "${id}"`));
    fileOf.set(`${id} ${version}`, source.file);
    faults.push(...issuesBeside(procedure, calendars).map(({ path, message }) => faultAt(source.file, path, message)));
    return [{ file: source.file, fingerprint: fingerprintOf(written), procedure }];
  });
}

/** What is wrong with a procedure by what lies beside it: its calendar, its examples, and the hours in which its meeting has to fit. */
export function issuesBeside(procedure: Procedure, calendars: ReadonlyMap<string, Calendar>): Pick<ProcedureFinding, 'path' | 'message'>[] {
  const { calendar, stages } = procedure;
  const known = [...calendars.keys()];
  const unknown = `there is no calendar "${calendar}" that can be used${didYouMean(calendar, known, 'there are:')}`;
  const counting = calendars.get(calendar);
  return [...(counting ? examplesThatFail(procedure, counting) : [{ path: ['calendar'], message: unknown }]), ...issuesOfHours(stages)];
}

/** A meeting has to fit into the hours in which it may be held. */
function issuesOfHours(stages: Procedure['stages']): Pick<ProcedureFinding, 'path' | 'message'>[] {
  return Object.entries(stages).flatMap(([name, stage]) => {
    if (stage.kind !== 'reconvene') return [];
    const space = minutesOfDay(stage.hours.to) - minutesOfDay(stage.hours.from);
    if (space >= stage.minutes) return [];
    const message = `a meeting of ${stage.minutes} minutes does not fit between ${stage.hours.from} and ${stage.hours.to}`;
    return [{ path: ['stages', name, 'hours'], message }];
  });
}
