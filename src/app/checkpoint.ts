import type { Erasure } from '../evidence/erasures.ts';
import type { Frontier } from '../evidence/tree.ts';

/** When a place last took a checkpoint, and of what size. */
export type Placed = { size: number; at: Temporal.Instant };

/** The log of all evidence: one place for each row of every chain, in the order in which they were taken in. */
export type EvidenceLog = {
  /** Takes in the rows that are not in the log yet; returns how many it holds. Any number of replicas may do so at once. */
  takeIn(): Promise<number>;
  /** What the log kept of itself when it was of a size; null when no checkpoint was made then. */
  frontierAt(size: number): Promise<Frontier | null>;
  /** The hashes of the leaves from one place to before another, in order; those before the first that is missing. */
  leaves(from: number, to: number): AsyncIterable<Buffer>;
  /** Keeps a checkpoint that was signed. */
  keep(signed: { size: number; root: Buffer; frontier: Frontier; note: string; at: Temporal.Instant }): Promise<void>;
  placed(place: string, size: number, at: Temporal.Instant): Promise<void>;
  places(): Promise<Map<string, Placed>>;
  /** The cases whose content was erased, in the order in which they were. */
  erasures(): Promise<Erasure[]>;
};

/** Somewhere outside the database that checkpoints are written to. @throws OutsideFault */
export type Place = {
  /** What it is called in logs and in the store; nothing that opens it. */
  name: string;
  /** Nothing more is written to it within this time, and something at least once in `atMost`. */
  atLeast: Temporal.Duration;
  atMost: Temporal.Duration;
  /** Whether what was written can be read again; then the list of erased cases is kept there too. */
  canBeRead: boolean;
  /** The names of the files that stand there, in their order; none for a place that cannot be read. */
  list(): Promise<string[]>;
  read(name: string): Promise<string>;
  /** Writes a file of a name that is not there yet; one that is there stays as it is. */
  write(name: string, text: string): Promise<void>;
};

/** The one thing that jobs about checkpoints are about, in place of a case's reference. */
export const THE_LOG = 'log';

/** Whether a place takes a checkpoint now: one that says something new, or the hourly or daily sign that all is well. */
export function isDue({ atLeast, atMost }: Pick<Place, 'atLeast' | 'atMost'>, last: Placed | undefined, { size, at }: Placed): boolean {
  if (!last || Temporal.Instant.compare(last.at, at) > 0) return true;
  const since = Temporal.Duration.compare(last.at.until(at), size > last.size ? atLeast : atMost);
  return since >= 0;
}

/** `000000001234-20270126T101500Z.checkpoint`: in order of size, and then of time. */
export function nameOf(size: number, at: Temporal.Instant): string {
  return `${String(size).padStart(12, '0')}-${at.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}.checkpoint`;
}

/** Whether a file in a place is a checkpoint, by its name. */
export function isCheckpoint(name: string): boolean {
  return name.endsWith('.checkpoint');
}
