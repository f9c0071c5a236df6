import type { PersonId } from '../domain/events/trail.ts';

/** The jobs that a commit may leave behind; their data is references only, never anything about a person. */
export type Job =
  /** Bring everybody's cards about a case up to date. Where only time has passed (`byTime`), new ones wait for working hours. */
  | { name: 'tell'; reference: string; byTime?: true }
  /** Read the calendars and find times for the reconvened conference. */
  | { name: 'find-times'; reference: string }
  /** Bring the calendar in line with the case's bookings. */
  | { name: 'align-calendar'; reference: string }
  /** Look whether Teams has given the meeting its link by now. */
  | { name: 'find-link'; reference: string }
  /** See what Outlook says of the conference that was booked (OB3). */
  | { name: 'look-at-outlook'; reference: string }
  /** Send what the case wants sent by mail. */
  | { name: 'send'; reference: string }
  /** Put the reasons on the children's files. */
  | { name: 'file'; reference: string }
  /** Bring the cards of all open cases of a partnership up to date; the reference is the partnership's id. */
  | { name: 'tell-partnership'; reference: string }
  /** Bring a person, who is the reference, the cards that have not reached them. */
  | { name: 'catch-up'; reference: PersonId }
  /** Tell the council's case system what happened to a case. */
  | { name: 'tell-case-system'; reference: string }
  /** Tell a person, who is the reference, by mail that something waits for them where Teams could not reach them. */
  | { name: 'mail-unreached'; reference: PersonId }
  /** Send a person the day's reminders; the reference is the message's own. */
  | { name: 'remind'; reference: string }
  /** Sign a checkpoint of all evidence and write it to the places outside; the reference is {@link THE_LOG}. */
  | { name: 'checkpoint'; reference: string }
  /** Tell the administrators that a job about a case, or a partnership, cannot be finished. */
  | { name: 'report-stuck'; reference: string }
  /** Go through the whole trail and tell what is not as the program wrote it (EV6); the reference is always the same. */
  | { name: 'check-evidence'; reference: string };
