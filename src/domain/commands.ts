import type { Booking } from './bookings.ts';
import type { DocumentName, Recipient, SendingFailure } from './events/concludingEvents.ts';
import type { ConferenceRecord } from './events/dissentEvents.ts';
import type { CaseEvent } from './events/events.ts';
import type { Asked, Guest, Reading, Slot, TimesFound } from './events/meetingEvents.ts';
import type { Answers, PersonId } from './events/trail.ts';

/** What a person, or the bot, may ask of a case. Imperative; `decide` returns events or a refusal. */
export type Command =
  | { type: 'DeclineChair'; reason: string }
  | { type: 'NameChair'; chair: PersonId }
  /** Somebody is to decide on this case, where nobody may (CD7). */
  | { type: 'NameActor'; person: PersonId }
  | { type: 'Record'; record: ConferenceRecord; agency: string | null }
  | { type: 'Submit'; text: string | null; link: string | null; lateReason: string | null }
  | { type: 'JudgeLateness'; accepted: boolean; reasons: string }
  | { type: 'Withdraw'; reason: string }
  | { type: 'AddToDissent'; text: string }
  /** Notes, minutes or a plan that came after the chair had recorded (CD4). */
  | { type: 'AddPaper'; title: string; link: string }
  | { type: 'Ask'; of: 'dissenter' | 'chair'; question: string }
  | { type: 'AskAdvice'; question: string }
  | { type: 'Answer'; request: number; answer: string }
  | {
      type: 'Decide';
      stage: string;
      outcome: string;
      /**
       * What some children get instead, by reference: the same where the outcome or the reasons are null, and where an answer is left out
       * (CD1, X11, Q16).
       */
      own?: Record<string, { outcome: string | null; reasons: string | null; answers: Answers }>;
      reasons: string;
      answers: Answers;
      delayReason: string | null;
    }
  | { type: 'Choose'; stage: string; choice: string; reasons: string | null; answers: Answers }
  | { type: 'LookForTimes' }
  | { type: 'ChooseChair'; chair: PersonId }
  /** Who is invited besides those who always are: all who must be there, and all who may (CD5). */
  | { type: 'ChangeInvited'; required: PersonId[]; optional: PersonId[] }
  | { type: 'ShareMeeting' }
  | { type: 'ChooseTime'; start: string; reason: string | null }
  | { type: 'CancelMeeting'; reason: string }
  /** It will not take place after all (CD6). */
  | { type: 'CallOffMeeting'; reason: string }
  | { type: 'RetryInvitation' }
  /** The time to which it was moved in Outlook by hand is its time; `reason`: why, where it could not have been offered (OB3). */
  | { type: 'TakeOutlookTime'; reason: string | null }
  /** What was done to its event in Outlook by hand is undone: it is put back, or booked anew (OB3). */
  | { type: 'RestoreBooking' }
  /** `reason`: why on that day, where it is not the one booked, or is too late with nothing said of it. */
  | { type: 'ReportHeld'; on: string; reason: string | null }
  | { type: 'ExplainLateness'; reason: string }
  | ConclusionCommand;

/** The commands about what follows a decision. */
export type ConclusionCommand =
  | { type: 'ApproveLetter'; stage: string; wording: string; own?: Record<string, string>; recipients: Recipient[]; changes: string | null }
  | { type: 'SettleSending'; sending: number; as: 'sent' | 'again' | 'dropped' }
  | { type: 'TickTask'; task: string; note: string | null }
  | { type: 'NameTeller'; stage: string; person: PersonId }
  | { type: 'CheckContact'; stage: string; safe: boolean; approach: string | null }
  | { type: 'TellParents'; stage: string; on: string; means: string; everyone: boolean; note: string | null }
  | { type: 'FileReasons'; child: string; fileReference: string }
  | { type: 'RetryFiling' }
  | { type: 'RequestDocument'; document: DocumentName }
  | { type: 'RemainConcerned' }
  | { type: 'NoteEscalation'; text: string };

/** The name of a command. */
export type CommandType = Command['type'];

/** The command of that name. */
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;

/** What the bot itself reports back to a case after its work outside. */
export type Report =
  | { type: 'ReportTimes'; found: TimesFound }
  /** That nothing was chosen at a stage by the end of its limit. */
  | { type: 'TakeSilence'; stage: string }
  | {
      type: 'ConfirmInvitation';
      booking: number;
      start: string;
      calendarEvent: string;
      joinUrl: string | null;
      round?: number;
      uninvited?: PersonId[];
      slot?: Slot;
      asked?: Asked;
      room?: { name: string; mailbox: string } | null;
    }
  /**
   * What Outlook says of the event that was booked. `knownIn` is the revision by which what was known when the look began was written;
   * `offered` the time that it was moved to, where that could have been offered.
   */
  | { type: 'ReadOutlook'; booking: number; knownIn: number; reading: Reading; offered: Slot | null }
  | { type: 'LoseTime'; booking: number; slot: Slot }
  | { type: 'FindLink'; booking: number; joinUrl: string }
  | { type: 'MissLink'; booking: number }
  | { type: 'FailInvitation'; booking: number; cause: 'permission' | 'not-found' | 'rejected' }
  | { type: 'ConfirmCancellation'; booking: number }
  /** The dates that a changed calendar gives otherwise (CD10). */
  | { type: 'MoveDates'; moved: Extract<CaseEvent, { type: 'DateMoved' }>[] }
  | SharingReport
  | ConclusionReport;

/** What the bot reports where one conference serves several cases (X10, Q26). */
export type SharingReport =
  | { type: 'OfferSharing'; with: string }
  /** That a case which this one serves has agreed to the offer. */
  | { type: 'AgreeSharing'; with: string }
  /** The offer stands no more; or with `from`, the case named serves this one no more. */
  | { type: 'EndSharing'; from?: string }
  /** To the case that books: a case that its conference serves needs it no more (CD6). */
  | { type: 'LeaveMeeting'; guest: string }
  /** To the case that books: other cases' conference is this one, all of them or none. */
  | { type: 'JoinMeeting'; guests: Guest[] }
  /** To each such case: the conference of the case named is its own, `instead` of that of another. */
  | { type: 'ShareMeeting'; with: string; instead?: string }
  /** What has become of the booking since, null where there is none; and whose conference the case that books is offered in turn. */
  | { type: 'FollowMeeting'; with: string; booking: Booking | null; onward: string | null };

/** What the bot reports of letters, of telling and of filing. */
export type ConclusionReport =
  | { type: 'ConfirmSending'; sending: number }
  | { type: 'FailSending'; sending: number; cause: SendingFailure }
  | { type: 'ConfirmTold'; task: string }
  | { type: 'ConfirmFiling'; child: string; fileReference: string; item: string }
  | { type: 'FailFiling'; child: string; cause: 'permission' | 'not-found' | 'rejected' };
