import { didYouMean } from './nearest.ts';
import { dateQuestions } from './procedure.ts';
import type { FormQuestion } from './procedureParts.ts';
import type { Procedure } from './procedureShape.ts';

/**
 * Something found in a procedure, the path to it, and the cure. A `fault` does not hold together, and is never run; a `warning` runs, but
 * most likely not as it was meant.
 */
export type ProcedureFinding = { severity: 'fault' | 'warning'; path: (string | number)[]; message: string };

/** What a definition is held against, each with a path below that of the thing checked. */
export type Checks = {
  fault(path: (string | number)[], message: string): void;
  warn(path: (string | number)[], message: string): void;
  /** That there is such a stage. */
  stage(name: string, path: (string | number)[]): void;
  /** That days can be counted from it. */
  anchor(from: string, path: (string | number)[]): void;
  /** That there is such a role. */
  role(name: string, path: (string | number)[]): void;
  /** That choices, outcomes or questions are for kinds of meeting that there are. */
  only(all: Record<string, { only?: string[] | undefined }>, path: (string | number)[]): void;
  /** That what is asked on one form has names of its own. */
  names(names: string[], path: (string | number)[]): void;
  /** That the question that names who tells the parents is asked. */
  teller(tell: { teller?: string | undefined } | undefined, asks: Record<string, FormQuestion>): void;
};

/** What forms ask anyway, or cards carry: a question of a procedure goes by another name. */
const TAKEN = ['reference', 'revision', 'verb', 'reasons', 'children', 'otherwise', 'agency', 'agencies', 'required', 'optional'];

/** Checks of a procedure's part at a path, which leave what they find in `findings`. */
export function checksAt(procedure: Procedure, base: (string | number)[], findings: ProcedureFinding[]): Checks {
  const named = (kind: string, all: object) => (name: string, path: (string | number)[]) => {
    if (!Object.hasOwn(all, name)) fault(path, `there is no ${kind} "${name}"${didYouMean(name, Object.keys(all), `the ${kind}s are`)}`);
  };
  const found = (severity: ProcedureFinding['severity']) => (path: (string | number)[], message: string) =>
    void findings.push({ severity, path: [...base, ...path], message });
  const fault = found('fault');
  const meeting = named('meeting', procedure.meetings);
  return {
    fault,
    warn: found('warning'),
    stage: named('stage', procedure.stages),
    anchor(from, path) {
      const known = ['conference', 'raised', ...Object.keys(procedure.stages), ...Object.keys(dateQuestions(procedure))];
      if (!known.includes(from)) fault(path, `nothing here is called "${from}"${didYouMean(from, known, 'days are counted from')}`);
    },
    role: named('role', procedure.roles),
    only(all, path) {
      for (const [id, { only = [] }] of Object.entries(all)) {
        for (const [index, name] of only.entries()) meeting(name, [...path, id, 'only', index]);
      }
    },
    names(names, path) {
      for (const name of new Set(names)) {
        const taken = TAKEN.includes(name) || name in Object.prototype || names.indexOf(name) !== names.lastIndexOf(name);
        if (taken || name.length > 40)
          fault([...path, name], `"${name}" cannot name what is asked here: use another name, of at most 40 letters, that is used once`);
      }
    },
    teller(tell, asks) {
      const teller = tell?.teller;
      if (teller !== undefined && (asks[teller]?.kind !== 'person' || asks[teller]?.eachChild))
        fault(['tell', 'teller'], `there is no question "${teller}" of kind person in "asks", asked once`);
    },
  };
}
