/**
 * Something outside did not do what was asked. `permission`, `not-found` and `rejected` will not mend themselves;
 * `throttled` and `unreachable` are tried again by the job, as is what waits while replicas are `apart`; with `uncertain` it is not known
 * whether the deed was done.
 */
export class OutsideFault extends Error {
  readonly kind: 'permission' | 'not-found' | 'rejected' | 'throttled' | 'unreachable' | 'apart' | 'uncertain';
  /** What the operator should look at. */
  readonly check: string;
  readonly retryAfterSeconds: number | null;

  constructor(
    kind: OutsideFault['kind'],
    message: string,
    check: string,
    options: { cause?: unknown; retryAfterSeconds?: number | null } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.check = check;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

/** Whether trying again later may help; what is uncertain was perhaps done, so that a person has to look. */
export function mayMend(kind: OutsideFault['kind']): kind is 'throttled' | 'unreachable' | 'apart' | 'uncertain' {
  return triesAgain(kind) || kind === 'uncertain';
}

/** Whether the same job, tried again by itself, may well do what it could not. */
export function triesAgain(kind: OutsideFault['kind']): kind is 'throttled' | 'unreachable' | 'apart' {
  return kind === 'throttled' || kind === 'unreachable' || kind === 'apart';
}

/** The program cannot start, for a reason that its message tells the operator in plain words, with what to do. */
export class StartFault extends Error {}

/**
 * A row that is evidence is not as the program wrote it (EV1), so nothing is made of it. The message names the case and the row, and
 * holds no content.
 */
export class TrailFault extends Error {
  /** The case, or `-` for what hangs on no one case. */
  readonly reference: string;
  /** The event's revision or the entry's number, where one row can be named. */
  readonly revision: number | null;

  constructor(reference: string, revision: number | null, what: string) {
    const where = [reference === '-' ? [] : [`case ${reference}`], revision === null ? [] : [`row ${revision}`]].flat().join(', ');
    super(`${where === '' ? '' : `${where}: `}${what}; run verify-audit`);
    this.reference = reference;
    this.revision = revision;
  }
}
