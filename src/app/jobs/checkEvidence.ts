import { TrailFault } from '../faults.ts';
import type { Log } from '../ports.ts';

/** What the job about the whole trail has in place of a case's reference. */
export const WHOLE_TRAIL = 'trail';

/** Goes through the whole trail; returns the first thing that is not as the program wrote it, with the case or `-`, and who may do too much. */
export type CheckEvidence = () => Promise<{ fault: { reference: string; sentence: string } | null; powers: string | null }>;

/**
 * The job that has the program check its own trail (EV6), at start and once a day. What is wrong goes to the log, and waits under what is
 * stuck with the case's reference, of which every administrator is told.
 */
export function evidenceChecked({ check, log }: { check: CheckEvidence; log: Log }): () => Promise<void> {
  return async () => {
    const { fault, powers } = await check();
    if (powers !== null) log.warn(powers);
    if (!fault) return;
    const { reference, sentence } = fault;
    log.error('the audit trail is not as this program wrote it', new Error(sentence), { reference });
    throw new TrailFault('-', null, sentence.replace(/\.$/, ''));
  };
}
