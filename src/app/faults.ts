/**
 * Something outside did not do what was asked. `permission`, `not-found`, `gone` (a thing that was there, such as an event that somebody
 * deleted) and `rejected` will not mend themselves; `throttled` and `unreachable` are tried again by the job, as is what waits while
 * replicas are `apart`, and what somebody else has `not-yet` done; a `conflict` with somebody else's change and an `unreadable` answer are, a few times; with `uncertain` it is not
 * known whether the deed was done.
 */
export class OutsideFault extends Error {
  readonly kind:
    | 'permission'
    | 'not-found'
    | 'gone'
    | 'rejected'
    | 'throttled'
    | 'unreachable'
    | 'apart'
    | 'not-yet'
    | 'conflict'
    | 'unreadable'
    | 'uncertain';
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

/** How often a job that ends in such a fault is tried by itself; with the waits of the queue, five times take a minute and nine half an hour. */
const TRIES: Record<OutsideFault['kind'], number> = {
  permission: 1,
  'not-found': 1,
  gone: 1,
  rejected: 1,
  uncertain: 1,
  conflict: 5,
  unreadable: 9,
  throttled: Number.POSITIVE_INFINITY,
  unreachable: Number.POSITIVE_INFINITY,
  apart: Number.POSITIVE_INFINITY,
  'not-yet': Number.POSITIVE_INFINITY,
};

/** Whether trying again later may help; what is uncertain was perhaps done, so that a person has to look. */
export function mayMend(kind: OutsideFault['kind'], tried = 1): boolean {
  return triesAgain(kind, tried) || kind === 'uncertain';
}

/** Whether the same job, tried so often already, may well do what it could not if it is tried again by itself (OB11). */
export function triesAgain(kind: OutsideFault['kind'], tried = 1): boolean {
  return tried < TRIES[kind];
}

/** Why Graph did not do something, as a case keeps it once it is not tried any more. */
export function causeOf({ kind }: OutsideFault): 'permission' | 'not-found' | 'rejected' {
  if (kind === 'gone') return 'not-found';
  return kind === 'permission' || kind === 'not-found' ? kind : 'rejected';
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
