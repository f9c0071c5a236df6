import { verifyAudit } from '../src/storage/verifyAudit.ts';
import { withStore } from './openStore.ts';

/** `npm run verify-audit`: goes through the audit trail; ends with 0 when it is whole, 1 when it is not, 2 when it cannot be read. */
await withStore(async ({ database }) => {
  const { cases, erased, events, accesses, fault } = await verifyAudit(database.kysely);
  console.log(
    fault
      ? `The audit trail is not whole. ${fault.sentence}`
      : `The audit trail is whole: ${cases} cases (${erased} of them erased), ${events} events, ${accesses} looks and refused presses.`,
  );
  return fault ? 1 : 0;
});
