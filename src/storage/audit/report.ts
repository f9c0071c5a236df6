/** What going through the trail found: how much was read, and the first thing that is not as it was written. */
export type AuditReport = {
  cases: number;
  /** Of those, the ones whose content was erased at the end of their retention; their chains are followed all the same. */
  erased: number;
  events: number;
  accesses: number;
  fault: AuditFault | null;
  /** What could not be checked, each in a sentence; nothing where the master key is at hand. */
  unchecked: string[];
};

/** The first thing in the trail that is not as it was written. */
export type AuditFault = {
  /** The case, or `-` for what hangs on no one case. */
  reference: string;
  /** The event's revision or the entry's number, where one row can be named. */
  revision: number | null;
  /** One plain sentence. */
  sentence: string;
};

/** PostgreSQL's classes of errors that say something about what is stored, and nothing about the way to it. */
const ABOUT_WHAT_IS_STORED = /^(22|42)/;

/** That a table cannot be read as this program made it, in a sentence; null for any other fault. */
export function sayUnreadable(fault: unknown): string | null {
  if (!ABOUT_WHAT_IS_STORED.test((fault as { code?: string }).code ?? '')) return null;
  return `The tables are not as this program made them: ${fault instanceof Error ? fault.message : String(fault)}.`;
}
