import type { Cases } from '../ports.ts';

/** A change of a case as another system hears of it: which case, what kind of change, when (UTC), and its number within the case. */
export type CaseChange = { reference: string; number: number; kind: string; at: string };

/** The council's case system, or what listens for it. */
export type CaseSystem = {
  /** Says that a case changed; it may hear of one change twice, under the same number. @throws OutsideFault where it did not take it */
  tell(change: CaseChange): Promise<void>;
};

/** Up to which change of each case the case system has been told. */
export type CaseSystemReach = {
  of(reference: string): Promise<number>;
  reached(reference: string, number: number): Promise<void>;
};

/**
 * The job that tells the case system what happened to a case since it last heard of it, each change by itself and in order (OP9): a change that
 * was not taken is tried again before any later one. Of an erased case nothing is told any more.
 */
export function caseSystemTold(deps: {
  cases: Pick<Cases, 'load'>;
  caseSystem: CaseSystem;
  reach: CaseSystemReach;
}): (reference: string, job: unknown, tried: number, stopping: AbortSignal) => Promise<void> {
  return async (reference, _job, _tried, stopping) => {
    const trail = await deps.cases.load(reference);
    const heard = await deps.reach.of(reference);
    for (const { revision: number, type: kind, at } of (trail?.events ?? []).slice(heard)) {
      stopping.throwIfAborted();
      await deps.caseSystem.tell({ reference, number, kind, at });
      await deps.reach.reached(reference, number);
    }
  };
}
