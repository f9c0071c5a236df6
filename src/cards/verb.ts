import type { Job } from '../app/job.ts';
import type { CardKey } from '../app/ports.ts';
import type { CommandType } from '../domain/commands.ts';
import type { DocumentName } from '../domain/events/concludingEvents.ts';

/** A record that does not compile while it lacks a command. */
type OfEveryCommand<T extends Record<CommandType, string>> = T;

/** The verb of each command; what it is about stands after a colon. `cards/verbs.ts` says what each stands for. */
type Verbs = OfEveryCommand<{
  DeclineChair: 'decline-chair';
  NameChair: 'name-chair';
  NameActor: 'name-actor';
  Record: 'refer';
  Submit: 'submit';
  JudgeLateness: 'late:accept' | 'late:refuse';
  Withdraw: 'withdraw';
  AddToDissent: 'add';
  AddPaper: 'add-paper';
  Ask: 'ask:dissenter' | 'ask:chair';
  AskAdvice: 'advice';
  /** The question's number. */
  Answer: `answer:${number}`;
  /** Stage and outcome. */
  Decide: `decide:${string}.${string}`;
  /** Stage and choice. */
  Choose: `choose:${string}.${string}`;
  LookForTimes: 'times';
  ChooseChair: 'chair';
  ChangeInvited: 'people';
  ShareMeeting: 'share';
  ChooseTime: 'move';
  CancelMeeting: 'cancel';
  CallOffMeeting: 'call-off';
  RetryInvitation: 'retry';
  TakeOutlookTime: 'take-time';
  RestoreBooking: 'put-back';
  ReportHeld: 'held';
  ExplainLateness: 'why-late';
  /** The stage whose decision the letter tells. */
  ApproveLetter: `approve:${string}`;
  /** The message's number, and what became of it. */
  SettleSending: `settle:${number}.${'sent' | 'again' | 'dropped'}`;
  /** The task's id. */
  TickTask: `tick:${string}`;
  /** For these three, the stage whose decision parents are told of. */
  NameTeller: `teller:${string}`;
  CheckContact: `contact:${string}`;
  TellParents: `parents:${string}`;
  /** The child's place in the dissent: a card names a child by that, since its reference is somebody's own writing. */
  FileReasons: `file:${number}`;
  RetryFiling: 'file-again';
  RequestDocument: `document:${DocumentName}`;
  RemainConcerned: 'concerned';
  NoteEscalation: 'escalation-note';
}>;

/** The verb of a command, such as `refer` or `decide:review.reconvene`. */
export type VerbOf<T extends CommandType> = Verbs[T];

/** A verb that is a command to a case. */
export type CommandVerb = VerbOf<CommandType>;

/** A verb that is no command to a case: it asks for something to look at, or is about a dissent to come, cover, or a job. */
export type ChatVerb =
  | 'raise'
  /** What is offered to be raised, by its id. */
  | `raise:${string}`
  | 'log'
  | 'my-cases'
  | 'help'
  | 'cover'
  | 'cover:begin'
  | `cover:end.${number}`
  | 'register'
  /** The page, from 0 on. */
  | `register:${number}`
  | 'figures'
  /** The quarter's code and the partnership's id. */
  | `figures:${string}.${string}`
  /** What is sent as a file, and which kind of file: see `readTakeAway`. */
  | `take-away:${string}`
  | 'stuck'
  | `stuck:${Job['name']}`
  | `see:${CardKey}`
  /** A case from a list, which stays: which list, and its page. */
  | `open:${'my-cases' | 'reminder' | 'stuck' | `register.${number}`}`
  /** A text's id, and the card that it is read from. */
  | `read:${string}@${CardKey}`;

/** What a button does. There is no button without one of these, so that none can be misspelt. */
export type Verb = CommandVerb | ChatVerb;

/** What stands before a verb's colon, or the whole of one without. */
export type NameOf<V extends Verb> = V extends `${infer Name}:${string}` ? Name : V;

const chatNames: Record<NameOf<ChatVerb>, true> = {
  raise: true,
  log: true,
  'my-cases': true,
  help: true,
  cover: true,
  register: true,
  figures: true,
  'take-away': true,
  stuck: true,
  see: true,
  open: true,
  read: true,
};

/** The name of a verb that is no command to a case; null for any other text. */
export function chatNameOf(verb: string): NameOf<ChatVerb> | null {
  const { name } = partsOf(verb);
  return Object.hasOwn(chatNames, name) ? (name as NameOf<ChatVerb>) : null;
}

/** The name of a verb and what stands after its colon, which is empty where there is no colon. */
export function partsOf(verb: string): { name: string; argument: string } {
  const [name = '', ...rest] = verb.split(':');
  return { name, argument: rest.join(':') };
}
