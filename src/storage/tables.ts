import type { ColumnType, JSONColumnType } from 'kysely';

/** An instant, read as a `Date` (UTC, to the millisecond) and written as ISO text. */
type Instant = ColumnType<Date, string, string>;
/** Written as JSON text, since the driver takes an array for one of PostgreSQL's own. */
type Json = JSONColumnType<object>;

/** The tables as `migrations/` leaves them. */
export type Tables = {
  /** The last number given out under a prefix and year. */
  case_number: { prefix: string; year: string; last: number };
  /** What a case keeps from the day it was opened; append-only. */
  case_header: {
    reference: string;
    partnership: string;
    procedure_id: string;
    procedure_version: number;
    /** What the procedure said on that day (X2); null for a case opened before fingerprints were kept. */
    procedure_fingerprint: string | null;
    draft: string;
    prefix: string;
    year: string;
    number: number;
    hash: string;
  };
  /** The trail (X1); append-only. */
  case_event: {
    reference: string;
    revision: number;
    type: string;
    data: Json;
    actor_person: string;
    actor_role: string;
    at: Instant;
    procedure_id: string;
    procedure_version: number;
    previous_hash: string;
    hash: string;
  };
  /** Looks, and presses that changed nothing (X3, X4); append-only. The reference `-` stands for no case. */
  case_access: {
    reference: string;
    sequence: number;
    person: string;
    role: string;
    action: string;
    card_revision: number | null;
    result: 'viewed' | 'refused' | 'diverted';
    code: string | null;
    rule: string | null;
    at: Instant;
    previous_hash: string;
    hash: string;
  };
  /** How long each chain is and its last hash, so that a row missing at the end is seen too. */
  chain_head: { chain: 'event' | 'access'; reference: string; length: number; hash: string };
  /** What lists need; rebuilt from the events by one command. */
  case_view: {
    reference: string;
    partnership: string;
    procedure_id: string;
    procedure_version: number;
    status: 'open' | 'closed';
    stage: string;
    revision: number;
    raised_at: Instant;
    dissenter: string;
    chair: string;
  };
  posted_card: { reference: string; person: string; key: string; conversation: Json; activity_id: string | null; shows: string };
  conversation: { person: string; conversation: Json; name: string; updated_at: Instant };
  booking_effect: { reference: string; booking: number; calendar_event: string | null; attempted_at: Instant };
};
