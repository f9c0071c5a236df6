import { openDatabase } from '../src/storage/database.ts';
import { verifyAudit } from '../src/storage/verifyAudit.ts';

/** `npm run verify-audit`: goes through the audit trail; ends with 0 when it is whole, 1 when it is not, 2 when it cannot be read. */
try {
  const database = await openDatabase({
    databaseUrl: process.env.DATABASE_URL || undefined,
    dataDirectory: process.env.DATA_DIR || '.data',
  });
  try {
    const { cases, events, accesses, fault } = await verifyAudit(database.kysely);
    console.log(
      fault
        ? `The audit trail is not whole. ${fault.sentence}`
        : `The audit trail is whole: ${cases} cases, ${events} events, ${accesses} looks and refused presses.`,
    );
    process.exitCode = fault ? 1 : 0;
  } finally {
    await database.close();
  }
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault);
  process.exitCode = 2;
}
