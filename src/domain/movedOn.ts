import { currentBooking } from './bookings.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { Case } from './case.ts';
import type { CommandType } from './commands.ts';
import { parentsNotTold } from './conclusion.ts';
import type { Intention } from './rule.ts';
import { attendeesOf } from './sharing.ts';

/** What of a case a press depends on, as it stood on its card; null where it changes nothing that can have gone by. */
type ReliesOn = (current: Case, intention: Intention) => unknown;

/**
 * All that a decision is made on: everything in the case, but for what follows earlier decisions, times that were looked for, and what is
 * kept of who did anything, and of how dates were counted. So
 * whatever a case comes to hold one day holds up a decision that was made without it, until somebody says here that it need not.
 */
const whatIsDecidedOn: ReliesOn = ({ revision: _, conclusion, times, timesWanted, signatories, dates, formerly, ...rest }) => rest;

const chairing: ReliesOn = ({ dissent, chairStands, declined }) => [dissent.conference.chair, chairStands, declined];

/** The time that stands, whoever is to be there and chairs it: not how far it has come in calendars. */
const booking: ReliesOn = (current) => {
  const standing = currentBooking(current);
  return [standing?.number, standing?.slot.start, standing?.status === 'held', current.sharing, current.otherChair, attendeesOf(current)];
};

/** That time, and what somebody did to it in Outlook. */
const inOutlook: ReliesOn = (current, intention) => {
  const { outlook } = currentBooking(current) ?? {};
  return [booking(current, intention), outlook?.is, outlook?.at];
};

const asked =
  (kind: 'information' | 'advice'): ReliesOn =>
  ({ stage, questions }, { of }) => [stage, questions.filter((each) => each.kind === kind && (of === undefined || each.of === of))];

const parents: ReliesOn = ({ conclusion }, { stage = '' }) => conclusion.parents[stage] ?? parentsNotTold;

/**
 * For each command, what has to be as it was when its card was made (CD3, X5). Whatever is said here has changed, the presser is shown it
 * before anything is done; whatever is not, such as that somebody has asked for a copy, holds nobody up. What a press must not do twice,
 * or at another stage, is each command's own rule.
 */
const reliesOn: Record<CommandType, ReliesOn> = {
  DeclineChair: chairing,
  NameChair: chairing,
  NameActor: ({ stage, named }) => [stage, named],
  Record: (current) => [chairing(current, { type: 'Record' }), current.stage, current.dissent, current.additions, current.letter],
  Submit: () => null,
  JudgeLateness: ({ letter, stage }) => [letter, stage],
  Withdraw: () => null,
  AddToDissent: () => null,
  AddPaper: () => null,
  Ask: asked('information'),
  AskAdvice: asked('advice'),
  Answer: () => null,
  Decide: whatIsDecidedOn,
  Choose: ({ decisions, stage }) => [decisions, stage],
  LookForTimes: () => null,
  ChooseChair: booking,
  ChangeInvited: booking,
  ShareMeeting: ({ sharing }) => sharing,
  ChooseTime: booking,
  CancelMeeting: booking,
  CallOffMeeting: booking,
  RetryInvitation: booking,
  TakeOutlookTime: inOutlook,
  RestoreBooking: inOutlook,
  ReportHeld: booking,
  ExplainLateness: booking,
  ApproveLetter: ({ decisions }, { stage = '' }) => decisions[stage],
  SettleSending: ({ conclusion }, { sending }) => conclusion.sendings.find(({ number }) => number === sending),
  TickTask: () => null,
  NameTeller: parents,
  CheckContact: parents,
  TellParents: parents,
  FileReasons: () => null,
  RetryFiling: () => null,
  RequestDocument: () => null,
  RemainConcerned: ({ decisions }) => Object.keys(decisions),
  NoteEscalation: () => null,
};

/**
 * Whether a press on an older card may not be acted on, since something that it depends on has changed (CD3). `then` is the case as its
 * card showed it; null for a card of no moment of this case, which only a press that depends on nothing survives.
 */
export function hasMovedOn(then: Case | null, current: Case, intention: Intention): boolean {
  const relied = reliesOn[intention.type];
  const [before, now] = [then && relied(then, intention), relied(current, intention)].map((each) => canonicalJson(each ?? null));
  return before !== now;
}
