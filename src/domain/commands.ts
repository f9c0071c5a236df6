import type { Answers, ConferenceRecord, PersonId, TimesFound } from './case.ts';

/** What a person, or the bot, may ask of a case. Imperative; `decide` answers with events or a refusal. */
export type Command =
  | { type: 'DeclineChair'; reason: string }
  | { type: 'NameChair'; chair: PersonId }
  | { type: 'Record'; record: ConferenceRecord; agency: string | null }
  | { type: 'Submit'; text: string | null; link: string | null; lateReason: string | null }
  | { type: 'JudgeLateness'; accepted: boolean; reasons: string }
  | { type: 'Withdraw'; reason: string }
  | { type: 'AddToDissent'; text: string }
  | { type: 'Ask'; of: 'dissenter' | 'chair'; question: string }
  | { type: 'AskAdvice'; question: string }
  | { type: 'Answer'; request: number; answer: string }
  | { type: 'Decide'; stage: string; outcome: string; reasons: string; answers: Answers; delayReason: string | null }
  | { type: 'LookForTimes' }
  | { type: 'ChooseTime'; start: string; reason: string | null }
  | { type: 'CancelMeeting'; reason: string }
  | { type: 'RetryInvitation' }
  | { type: 'ReportHeld'; on: string };

export type CommandType = Command['type'];

/** What the bot itself reports back to a case after its work outside. */
export type Report =
  | { type: 'ReportTimes'; found: TimesFound }
  | { type: 'ConfirmInvitation'; booking: number; start: string; calendarEvent: string; joinUrl: string | null }
  | { type: 'FailInvitation'; booking: number; cause: 'permission' | 'not-found' | 'rejected' }
  | { type: 'ConfirmCancellation'; booking: number };
