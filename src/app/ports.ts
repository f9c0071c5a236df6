import type { Directory } from '../directory/directory.ts';
import type { Case } from '../domain/case.ts';
import type { CaseEvent, RecordedEvent } from '../domain/events/events.ts';
import type { Actor, PersonId } from '../domain/events/trail.ts';
import type { CaseFacts } from '../domain/figures.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import type { Calendar } from '../domain/workingDays.ts';
import type { Document } from './documents/document.ts';
import type { Job } from './job.ts';

/** What the use cases need from the world. Each port is a role; `storage`, `graph` and `bot` play them, and `main.ts` says who plays which. */

/** The time. The sandbox's can be moved; nothing else in the product asks for the time in any other way. */
export type Clock = { now(): Temporal.Instant };

/** Procedures by id and version, and calendars by id, as read and checked at start. */
export type Library = {
  /** The version that a case keeps for ever (X2). @throws if the files no longer hold it */
  procedure(id: string, version: number): Procedure;
  /** Tells what a version says from what it said before an edit (X2). @throws if the files no longer hold it */
  fingerprint(id: string, version: number): string;
  /** The newest version in force on a London date, for a new case; null if there is none. */
  inForce(id: string, on: Temporal.PlainDate): Procedure | null;
  calendar(id: string): Calendar;
};

/** The directory as it is now: read again at every click, so that a person removed has no powers left. */
export type ReadDirectory = () => Directory;

/** A case's trail and what a case keeps from the day it was opened. */
export type Trail = {
  reference: string;
  partnership: string;
  procedure: { id: string; version: number };
  events: RecordedEvent[];
  /** Where the trail ended when it was read, as its store knows it. */
  end: TrailEnd;
};

/** The hash of a trail's last row, and the wrapped key that its rows are sealed with. */
export type TrailEnd = { hash: string; wrapped: string; keyId: string };

/** What an open case waits for: its next date, and the role or standing that has to act. Both null once it is closed. */
export type Waiting = {
  /** The last day of the present stage's time limit, or of the next that runs already, or of a local target; null where it has none. */
  dueOn: string | null;
  /** A role of the procedure, or `dissenter`, `logger`, `chair`, `teller` or `administrator`. */
  waitsFor: string | null;
};

/** What lists and figures keep of a case. */
export type Summary = Waiting & {
  /** What it adds to the figures, kept when what was said is erased. */
  figures: CaseFacts;
};

/** What one commit writes: events and jobs, together or not at all (house rule 1). */
export type Commit = {
  /** The trail as it was read; another commit in between makes this one a `conflict`. */
  trail: Trail;
  events: CaseEvent[];
  actor: Actor;
  at: Temporal.Instant;
  jobs: Job[];
  /** The case as it is after the events, for the view that lists are read from. */
  after: Case;
  summary: Summary;
};

/** A row of the list views. */
export type CaseSummary = {
  reference: string;
  partnership: string;
  procedure: { id: string; version: number };
  status: Case['status'];
  stage: string;
  revision: number;
  raisedAt: string;
} & Waiting;

/** The store of cases: append-only trails, hash-chained, with views that are rebuilt from them. */
export type Cases = {
  /**
   * Opens a case under the next free reference of its prefix and year, once per draft: a second call with the same draft
   * opens nothing and returns the first one's reference. `events` and `after` are made once the reference is known.
   */
  open(opening: {
    draft: string;
    prefix: string;
    /** The last two digits of the year (London) in which the dissent is raised. */
    year: string;
    partnership: string;
    procedure: { id: string; version: number; fingerprint: string };
    build(reference: string): Omit<Commit, 'trail'>;
  }): Promise<{ reference: string; repeated: boolean }>;
  /** The trail of a case in order of revision, or null when there is no such case, or its content was erased. */
  load(reference: string): Promise<Trail | null>;
  /** When a case's content was erased at the end of its retention (an instant); null where it was not, or there is no such case. */
  erasedAt(reference: string): Promise<string | null>;
  /** Where a case was opened, be it one that cannot be read; null when there is none. */
  partnershipOf(reference: string): Promise<string | null>;
  append(commit: Commit): Promise<'committed' | 'conflict'>;
  /**
   * Cases that may concern a person: raised, chaired or decided by them, or with their name on it to tell the parents or to chair
   * the reconvened conference, or in a partnership in which they hold a post; newest first. All of them, or so many `after` one.
   */
  concerning(person: PersonId, partnerships: string[], page?: { limit: number; after: CaseSummary | undefined }): Promise<CaseSummary[]>;
  /** Every open case, for the jobs that go through all of them. */
  openReferences(): Promise<string[]>;
  /** Open cases of some partnerships, the soonest due first and those without a date last: `limit` of them after the first `offset`. */
  openBySoonest(partnerships: string[], limit: number, offset: number): Promise<CaseSummary[]>;
  /** Cases of some partnerships, open or closed, on which a message, a filing or an invitation failed and waits for a person; a few more may be among them. */
  unfinished(partnerships: string[]): Promise<string[]>;
  /** Open cases that a person raised about conferences of a partnership, date and chair, oldest first, but for the one of that draft. */
  raisedOn(person: PersonId, conference: { partnership: string; date: string; chair: PersonId }, exceptDraft: string): Promise<string[]>;
  /** Other cases, open or closed, about conferences of the same partnership, date and chair (X10), oldest first: a day may have two. */
  onConference(reference: string): Promise<string[]>;
};

/** One look at a case, or one press that changed nothing: in the trail beside the changes (X3, X4, Part E). */
export type Access = {
  /** The case, or null where the press was about no case (a diverted concern, C4). */
  reference: string | null;
  person: PersonId;
  /** The standing it was done in; `none` for somebody not on the case. */
  role: string;
  /** The verb pressed, or `view`. */
  action: string;
  /** The revision on the card that was pressed; null when no card was. */
  cardRevision: number | null;
  result: 'viewed' | 'refused' | 'diverted';
  /** The refusal's code and rule. */
  code: string | null;
  rule: string | null;
  at: Temporal.Instant;
};

/** The trail of looks, and of presses that changed nothing. */
export type AccessLog = {
  record(access: Access): Promise<void>;
  of(reference: string): Promise<Access[]>;
};

/** Which card of a case it is: what it shows is decided anew for its viewer each time it is shown. */
export type CardKey =
  | 'receipt'
  | 'record'
  | 'status'
  | `stage:${string}`
  | `question:${number}`
  /** What was decided at a stage, for the dissenter and the chair (C22). */
  | `outcome:${string}`
  /** The reconvened conference, for whoever was chosen to chair it instead of its chair (Q28, P8). */
  | 'meeting'
  /** Letters, telling and filing, for those who see to it that they are done. */
  | 'checklist'
  /** To tell the parents of a stage's decision, for the person named (C22, S21). */
  | `parents:${string}`
  /** A procedure's own task, by its id (Q21). */
  | `task:${string}`
  /** A person's own card posted anew, since something has come to them: Teams tells nobody of a card that only changes. */
  | `told:${string}`
  /** An earlier card of the case, by the message in which it stood: one line since there is a newer one (CD9). */
  | `past:${string}`
  /** That somebody of their agency remains concerned, for its representative: the reference and nothing else (C24). */
  | 'escalation'
  /** The same, of the second time and later ones. */
  | `escalation:${number}`;

/** A card that stands in a chat. `conversation` is the Bot Framework's conversation reference, kept whole. */
export type PostedCard = {
  reference: string;
  person: PersonId;
  key: CardKey;
  conversation: unknown;
  activityId: string | null;
  /** The fingerprint of what the card shows, so that a card that would not change is not sent again; empty where it is out of date. */
  shows: string;
};

/** Where the cards of cases stand in chats. */
export type PostedCards = {
  /** The cards of a case that stand in chats. */
  of(reference: string): Promise<PostedCard[]>;
  /** Keeps where a card came to stand, or what it shows now. In another message than before, no form is open on it. */
  keep(card: PostedCard): Promise<void>;
  /** Notes that a person has a form for a stage open on a message of theirs since an instant, whichever of their cards stand in it. */
  formOpened(person: PersonId, activityId: string, stage: string, at: Temporal.Instant): Promise<void>;
  /** Notes that the form is gone from there; returns the cases of whose news its card was left without meanwhile. */
  formClosed(person: PersonId, activityId: string): Promise<string[]>;
  /** Whether a card has to be left as it is, since a form for the stage was opened on it after an instant; it is then out of date. */
  heldBack(card: PostedCard, stage: string, openedAfter: Temporal.Instant): Promise<boolean>;
  /** The cases with a card that is out of date since it was held back for a form that was opened at an instant or before. */
  heldBackUntil(opened: Temporal.Instant): Promise<string[]>;
};

/** Where each person can be reached in Teams: the latest personal chat with the bot. */
export type Conversations = {
  of(person: PersonId): Promise<{ conversation: unknown; name: string } | null>;
  /** Returns whether it is new: a first contact, upon which waiting cards are posted. */
  keep(person: PersonId, conversation: unknown, name: string): Promise<boolean>;
};

/** Sends cards into personal chats. @throws OutsideFault */
export type Chat = {
  /** Posts a card; returns the activity's id. `summary` is the notification's text and holds nothing about a child (X6). */
  post(conversation: unknown, card: object, summary: string): Promise<string>;
  update(conversation: unknown, activityId: string, card: object, summary: string): Promise<void>;
  /** Opens a personal chat with somebody who has not spoken to the bot yet. */
  begin(aadObjectId: string): Promise<unknown>;
  /** The Teams ids of those who are in a shared chat, as many as are worth looking for somebody among. */
  members(conversation: unknown): Promise<Set<string>>;
};

/** Mail from a partnership's mailbox, through Microsoft Graph. @throws OutsideFault; `uncertain` where it may have gone all the same */
export type Mail = {
  /** Sends one message, and tries once: a repetition would be a second letter. `subject` is neutral (X6); `lines` are plain paragraphs. */
  send(
    from: string,
    message: { to: string; subject: string; lines: string[]; attachment: { fileName: string; content: Uint8Array } | null },
  ): Promise<void>;
};

/** A partnership's document library, through Microsoft Graph. @throws OutsideFault */
export type Files = {
  /** Uploads to a path such as `CH-1041/DIS-27-001-reasons.docx`, in the place of what is there, and makes the folders it needs. */
  upload(drive: string, path: string, content: Uint8Array): Promise<{ item: string; url: string | null }>;
};

/** Draws a document as a Word file. */
export type DrawDocument = (document: Document) => Promise<Uint8Array>;

/**
 * The permanent row of each message that a case sends: `attempt` is written before the deed, so that none goes twice. `sending` is its
 * number and how often it was wanted, such as `3.1`.
 */
export type SendingRows = {
  find(reference: string, sending: string): Promise<{ sent: boolean } | null>;
  attempt(reference: string, sending: string): Promise<void>;
  /** What is known not to have gone may be attempted anew. */
  undo(reference: string, sending: string): Promise<void>;
  done(reference: string, sending: string): Promise<void>;
};

/** The operator's log: case references and causes, never personal data. */
export type Log = {
  info(message: string, facts?: Record<string, string | number | boolean>): void;
  warn(message: string, facts?: Record<string, string | number | boolean>): void;
  error(message: string, cause: unknown, facts?: Record<string, string | number | boolean>): void;
};
