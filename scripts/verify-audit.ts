import { excessivePowers } from '../src/storage/audit/guards.ts';
import { verifyAudit } from '../src/storage/audit/verifyAudit.ts';
import { withStore } from './openStore.ts';

const SAID_EVERY_MILLISECONDS = 2000;

/** `npm run verify-audit`: goes through the audit trail; ends with 0 when it is whole, 1 when it is not, 2 when it cannot be read. */
await withStore(async ({ database, vault }) => {
  const { kysely, embedded } = database;
  let said = performance.now();
  const progress = (read: number) => {
    if (performance.now() - said < SAID_EVERY_MILLISECONDS) return;
    said = performance.now();
    console.error(`${read} cases have been read.`);
  };
  const { cases, erased, events, accesses, fault, unchecked } = await verifyAudit(kysely, { vault, progress });
  console.log(
    fault
      ? `The audit trail is not whole. ${fault.sentence}`
      : `The audit trail is whole: ${cases} cases (${erased} of them erased), ${events} events, ${accesses} looks and refused presses.`,
  );
  const powers = embedded
    ? "This is the sandbox's embedded database, which has one role: whoever has the folder owns it all."
    : await excessivePowers(kysely);
  for (const sentence of [...unchecked, ...(powers === null ? [] : [powers])]) console.log(sentence);
  return fault ? 1 : 0;
});
