import type { Database } from '../database.ts';
import type { KeyVault } from '../keyVault.ts';
import { excessivePowers } from './guards.ts';
import type { AuditFault } from './report.ts';
import { verifyAudit } from './verifyAudit.ts';

/** The program's check of its own trail (EV6): the first fault, and why its database role may do more than it should. */
export async function checkEvidence(
  { kysely, embedded }: Pick<Database, 'kysely' | 'embedded'>,
  vault: KeyVault,
): Promise<{ fault: AuditFault | null; powers: string | null }> {
  const { fault } = await verifyAudit(kysely, { vault });
  return { fault, powers: embedded ? null : await excessivePowers(kysely) };
}
