import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { CaseFacts } from '../domain/figures.ts';

/** An instant, read as a `Date` (UTC, to the millisecond) and written as ISO text. */
type Instant = ColumnType<Date, string, string>;
type OptionalInstant = ColumnType<Date | null, string | null | undefined, string | null>;
/** A calendar date, written as ISO text; read it as text too, since the driver makes a moment of it. */
type PlainDate = ColumnType<never, string | null, string | null>;
/** A whole number that may grow beyond 32 bits, which the server's driver reads as text. */
type Count = ColumnType<string | number, number, number>;
/** Text that only its key opens: see `seal.ts`. */
type Sealed = string;
/** Who can have written a row: only a holder of the master key (EV1). None before `upgradeEvidence` has been through an older store. */
type Mac = string | null;

/** None of it before `upgradeEvidence` has been through an older store. */
type CoverLink = { sequence: number; previous_hash: string; hash: string; mac: Mac };

/** The tables as `migrations/` leaves them. */
export type Tables = {
  /** The last number given out under a prefix and year. */
  case_number: { prefix: string; year: string; last: number; mac: Mac };
  /** What a case keeps from the day it was opened; append-only. */
  case_header: {
    reference: string;
    partnership: string;
    procedure_id: string;
    procedure_version: number;
    /** What the procedure said on that day (X2). */
    procedure_fingerprint: string;
    draft: string;
    prefix: string;
    year: string;
    number: number;
    hash: string;
    mac: Mac;
  };
  /** The trail (X1); append-only. All that was typed or chosen is in `sealed`, under the case's key. */
  case_event: {
    /** What its seal and hash are bound to: see `caseEvents.ts`. */
    format: number;
    reference: string;
    revision: number;
    type: string;
    sealed: Sealed;
    actor_person: string;
    actor_role: string;
    at: Instant;
    procedure_id: string;
    procedure_version: number;
    /** Binds the words without giving any of them away (EV4); null in format 1. */
    commitment: string | null;
    previous_hash: string;
    hash: string;
    mac: Mac;
  };
  /** Each case's key, wrapped by the master key; `-` is the store's own. A key once erased never comes back. */
  case_key: { reference: string; wrapped: string | null; key_id: string; erased_at: OptionalInstant; mac: Mac };
  /** What was done about keeping and erasing; append-only, one chain over all cases. */
  retention_log: {
    sequence: number;
    reference: string;
    action: 'hold-on' | 'hold-off' | 'erased' | 'removed';
    operator: string;
    /** Why, as the operator typed it, under the store's own key. */
    sealed: Sealed;
    /** Before the period was over, by force. */
    early: boolean;
    at: Instant;
    previous_hash: string;
    hash: string;
    mac: Mac;
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
    mac: Mac;
  };
  /** How long each chain is, its last hash and that row's instant, so that a row missing at the end is seen too. */
  chain_head: {
    chain: 'event' | 'access' | 'retention' | 'cover' | 'directory';
    reference: string;
    length: number;
    hash: string;
    at: OptionalInstant;
    mac: Mac;
  };
  /** Each change of the directory (EV7); append-only, one chain. */
  directory_change: {
    sequence: number;
    /** A keyed hash of the whole directory after it, which tells whether there is a change at all. */
    state: string;
    /** What is otherwise than before, under the store's own key, since it names people. */
    sealed: Sealed;
    at: Instant;
    previous_hash: string;
    hash: string;
    mac: Mac;
  };
  /** What lists and figures need; rebuilt from the events by one command. Of an erased case nobody's part in it is left. */
  case_view: {
    reference: string;
    partnership: string;
    procedure_id: string;
    procedure_version: number;
    status: 'open' | 'closed';
    stage: string;
    revision: number;
    raised_at: Instant;
    closed_at: OptionalInstant;
    agency: string | null;
    dissenter: string | null;
    chair: string | null;
    /** Who has a part in it besides, by having decided or being named to tell the parents or chair; null where last written before lists kept that. */
    others: string[] | null;
    /** Whether something of it failed and waits for a person; null as above. */
    unfinished: boolean | null;
    /** The same for cases about conferences of the same partnership, date and chair, and says nothing else. */
    conference: string | null;
    /** The children, by keyed hashes of their references; null where last written before lists kept that. */
    children: string[] | null;
    due_on: PlainDate;
    waits_for: string | null;
    /** What it adds to the figures; nobody's name or reason. Null where it was last written before open cases kept that. */
    figures: JSONColumnType<CaseFacts, string, string> | null;
  };
  /** Cards in chats; `sealed` holds the conversation reference, under the store's own key. */
  posted_card: {
    reference: string;
    person: string;
    key: string;
    sealed: Sealed;
    activity_id: string | null;
    shows: string;
    /** Since when its person has had a form open on the message. */
    form_opened_at: OptionalInstant;
    /** The stage of its case that the form is for. */
    form_stage: string | null;
  };
  /** Chats; `sealed` holds the conversation reference and the person's name, and `fingerprint` tells whether either has changed. */
  conversation: { person: string; sealed: Sealed; fingerprint: string; updated_at: Instant };
  /** Deputies named in chat (Q27), each ended early by a row of `cover_end`; both append-only, and links of one chain. */
  cover: {
    number: number;
    draft: string;
    partnership: string;
    role: string;
    holder: string;
    deputy: string;
    from_date: string;
    to_date: string;
    made_at: Instant;
  } & CoverLink;
  cover_end: { cover: number; ended_by: string; ended_at: Instant } & CoverLink;
  /** Every row of every chain in the order in which it was taken into the log (EV2); append-only. */
  log_leaf: { index: Count; chain: string; reference: string; sequence: number; hash: string };
  /** How many rows of each chain have been taken in. */
  log_reach: { chain: string; reference: string; logged: number };
  /** Each checkpoint that was signed over the log, with what is needed to go on from there; append-only. */
  log_checkpoint: {
    number: ColumnType<number, never, never>;
    size: Count;
    root: string;
    frontier: string;
    note: string;
    at: Instant;
  };
  /** The last checkpoint that each place outside took. */
  log_place: { place: string; size: Count; at: Instant };
  /** Up to which change of each case the case system has been told (OP9). */
  case_system_reach: { reference: string; number: number };
  /** Who was told on a day that something is stuck. */
  stuck_notice: { person: string; day: string };
  /** Who could not be told in Teams (TM1); `mailed_on` is the London date of the last mail to them about it. */
  unreached: { person: string; since: Instant; cause: string; mailed_on: string | null };
  /** The replicas of the program that run, each with the fingerprint of its directory and when it said so last. */
  replica: { id: string; directory: string; seen_at: Generated<Date> };
  booking_effect: {
    reference: string;
    booking: number;
    calendar_event: string | null;
    attempted_at: Instant;
    /** How often its event was deleted in Outlook, and given up. */
    given_up: Generated<number>;
    /** When it was last looked at in Outlook (OB3). */
    looked_at: Instant | null;
  };
  /** Who is needed at a booked conference, and when (OB1). */
  booking_claim: { reference: string; booking: number; person: string; starts: Instant; ends: Instant };
  /** Messages sent to recipients: the number of each in its case and how often it was wanted, such as `3.1`. */
  sending_effect: { reference: string; sending: string; sent: boolean; attempted_at: Instant };
  /** The last day on which reminders by a calendar were decided. */
  reminder_round: { calendar: string; day: string };
  /**
   * What a round of a day found to remind a person of; all that waits for them goes as one message. `taken`: it is being sent, or a process
   * died while it sent it.
   */
  reminder: {
    number: Generated<number>;
    person: string;
    day: string;
    about: JSONColumnType<{ reference: string; stage: string; due?: string[] }[], string, string>;
    state: 'waiting' | 'taken' | 'sent';
    /** The date in London on which it went; null until then, and where nothing of it was news any more. */
    sent_on: string | null;
  };
};
