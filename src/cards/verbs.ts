import { mainCard } from '../app/cardsDue.ts';
import type { CardKey } from '../app/ports.ts';
import type { CaseForViewer } from '../app/seeCase.ts';
import type { Case } from '../domain/case.ts';
import type { CommandOf, CommandType } from '../domain/commands.ts';
import type { DocumentName } from '../domain/events/concludingEvents.ts';
import type { Stage } from '../domain/procedureParts.ts';
import type { Intention } from '../domain/rule.ts';
import { tasksOf } from '../domain/tasks.ts';
import { approveForm } from './forms/approveForm.ts';
import { escalationNoteForm, fileForm, tickForm } from './forms/checklistForms.ts';
import { chooseForm } from './forms/chooseForm.ts';
import { adviceForm, answerForm, askForm, decideForm, nameActorForm } from './forms/decideForms.ts';
import { addForm, declineChairForm, nameChairForm, withdrawForm } from './forms/dissentForms.ts';
import type { CaseForm } from './forms/form.ts';
import { inviteForm } from './forms/inviteForm.ts';
import { latenessForm, letterForm } from './forms/letterForms.ts';
import { callOffForm, cancelForm, chairForm, heldForm, moveForm, takeTimeForm, whyLateForm } from './forms/meetingForms.ts';
import { paperForm } from './forms/paperForm.ts';
import { contactForm, tellerForm, tellParentsForm } from './forms/parentsForms.ts';
import { recordForm } from './forms/recordForm.ts';
import { type CommandVerb, type NameOf, partsOf, type VerbOf } from './verb.ts';

/** What a verb stands for: the card that it belongs to, what it means to do, and the form that asks for the rest. */
export type VerbDefinition<T extends CommandType = CommandType> = {
  key(seen: CaseForViewer): CardKey;
} & (
  | {
      /** As far as the verb says it, and the case where that is known. */
      intention: (Intention & { type: T }) | ((current: Case | null) => Intention & { type: T });
      /** Null where the case asks for nothing of the kind. */
      form: (seen: CaseForViewer) => CaseForm<T> | null;
    }
  | {
      /** Nothing is asked first: the verb says all of the command. */
      intention: CommandOf<T>;
      form: null;
    }
);

/** Reads what stands after a verb's colon; null where that makes no sense. */
type Definition<T extends CommandType> = (argument: string) => VerbDefinition<T> | null;

/** What a verb of a case's cards stands for; null for one that is no command. */
export function definitionOf(verb: string): (VerbDefinition & { verb: CommandVerb }) | null {
  if (verb.endsWith(':')) return null;
  const { name, argument } = partsOf(verb);
  const read = Object.hasOwn(definitions, name) ? (definitions[name as keyof typeof definitions] as Definition<CommandType>) : null;
  const definition = read?.(argument) ?? null;
  return definition && { ...definition, verb: verb as CommandVerb };
}

const always = (key: CardKey) => () => key;
const atPresent = ({ current }: CaseForViewer): CardKey => `stage:${current.stage}`;
/** The card of the present stage, or where the case is not at such a stage, of the procedure's first one. */
const stageLike =
  (fits: (stage: Stage) => boolean) =>
  ({ current, procedure }: CaseForViewer): CardKey => {
    const names = Object.entries(procedure.stages).flatMap(([name, stage]) => (fits(stage) ? [name] : []));
    return `stage:${names.includes(current.stage) ? current.stage : (names[0] ?? current.stage)}`;
  };
const booking = stageLike(({ kind }) => kind === 'reconvene');
/** The card of whoever raised it; an administrator, who may name a chair where that one has left, has none of those. */
const cardOfRaiser = ({ standings }: CaseForViewer): CardKey =>
  standings.includes('dissenter') || standings.includes('logger') ? 'receipt' : 'status';
const judging = stageLike((stage) => stage.kind === 'decide' && stage.lateRefused !== undefined);
/** Of the decisions made, the latest one's outcome. */
const latestOutcome = ({ current }: CaseForViewer): CardKey => `outcome:${Object.keys(current.decisions).at(-1) ?? ''}`;

/** Each verb by name, typed over all commands: a new command does not compile before its verb, card and form are said here. */
const definitions: { [T in CommandType as NameOf<VerbOf<T>>]: Definition<T> } = {
  refer: plain({ key: always('record'), intention: { type: 'Record' }, form: recordForm }),
  'decline-chair': plain({ key: always('record'), intention: { type: 'DeclineChair' }, form: declineChairForm }),
  'name-chair': plain({ key: cardOfRaiser, intention: { type: 'NameChair' }, form: nameChairForm }),
  'name-actor': plain({ key: mainCard, intention: { type: 'NameActor' }, form: nameActorForm }),
  submit: plain({ key: always('receipt'), intention: { type: 'Submit' }, form: letterForm }),
  late: (argument) =>
    argument === 'accept' || argument === 'refuse'
      ? { key: judging, intention: { type: 'JudgeLateness' }, form: (seen) => latenessForm(seen, argument === 'accept') }
      : null,
  withdraw: plain({ key: always('receipt'), intention: { type: 'Withdraw' }, form: withdrawForm }),
  'add-paper': plain({ key: mainCard, intention: { type: 'AddPaper' }, form: paperForm }),
  add: plain({ key: always('receipt'), intention: { type: 'AddToDissent' }, form: addForm }),
  ask: (of) => (of === 'dissenter' || of === 'chair' ? { key: atPresent, intention: { type: 'Ask', of }, form: () => askForm(of) } : null),
  advice: plain({ key: atPresent, intention: { type: 'AskAdvice' }, form: adviceForm }),
  times: plain({ key: booking, intention: { type: 'LookForTimes' }, form: null }),
  share: plain({ key: booking, intention: { type: 'ShareMeeting' }, form: null }),
  chair: plain({ key: booking, intention: { type: 'ChooseChair' }, form: chairForm }),
  people: plain({ key: booking, intention: { type: 'ChangeInvited' }, form: inviteForm }),
  move: plain({ key: booking, intention: { type: 'ChooseTime' }, form: moveForm }),
  cancel: plain({ key: booking, intention: { type: 'CancelMeeting' }, form: cancelForm }),
  'call-off': plain({ key: booking, intention: { type: 'CallOffMeeting' }, form: callOffForm }),
  retry: plain({ key: booking, intention: { type: 'RetryInvitation' }, form: null }),
  'take-time': plain({ key: booking, intention: { type: 'TakeOutlookTime' }, form: takeTimeForm }),
  'put-back': plain({ key: booking, intention: { type: 'RestoreBooking' }, form: null }),
  held: plain({ key: booking, intention: { type: 'ReportHeld' }, form: heldForm }),
  'why-late': plain({ key: booking, intention: { type: 'ExplainLateness' }, form: whyLateForm }),
  'file-again': plain({ key: always('checklist'), intention: { type: 'RetryFiling' }, form: null }),
  concerned: plain({ key: latestOutcome, intention: { type: 'RemainConcerned' }, form: null }),
  'escalation-note': plain({ key: mainCard, intention: { type: 'NoteEscalation' }, form: escalationNoteForm }),
  decide: (argument) => {
    const [, stage = '', outcome = ''] = /^([a-z0-9_-]+)\.([a-z0-9_-]+)$/.exec(argument) ?? [];
    if (stage === '') return null;
    return {
      key: always(`stage:${stage}`),
      intention: { type: 'Decide', stage, outcome },
      form: (seen) => decideForm(seen, stage, outcome),
    };
  },
  choose: (argument) => {
    const [, stage = '', choice = ''] = /^([a-z0-9_-]+)\.([a-z0-9_-]+)$/.exec(argument) ?? [];
    if (stage === '') return null;
    return {
      key: always('receipt'),
      intention: { type: 'Choose', stage, choice },
      form: (seen) => chooseForm(seen, stage, choice),
    };
  },
  answer: (argument) => {
    const request = numbered(argument);
    if (request === null) return null;
    return { key: always(`question:${request}`), intention: { type: 'Answer', request }, form: () => answerForm(request) };
  },
  approve: ofStage((stage) => ({
    key: always(`stage:${stage}`),
    intention: { type: 'ApproveLetter', stage },
    form: (seen) => approveForm(seen, stage),
  })),
  settle: (argument) => {
    const [, number = '', as] = /^(\d+)\.(sent|again|dropped)$/.exec(argument) ?? [];
    const sending = numbered(number);
    if (sending === null || (as !== 'sent' && as !== 'again' && as !== 'dropped')) return null;
    return { key: cardOfSending(sending), intention: { type: 'SettleSending', sending, as }, form: null };
  },
  tick: (task) => ({
    // What is a role's own task has a card of its own.
    key: ({ current, procedure }) =>
      tasksOf(current, procedure).some(({ id, role }) => id === task && role !== null) ? (task as CardKey) : 'checklist',
    intention: { type: 'TickTask', task },
    form: (seen) => tickForm(seen, task),
  }),
  teller: ofStage((stage) => ({
    key: always('checklist'),
    intention: { type: 'NameTeller', stage },
    form: (seen) => tellerForm(seen, stage),
  })),
  contact: ofStage((stage) => ({
    key: always(`parents:${stage}`),
    intention: { type: 'CheckContact', stage },
    form: () => contactForm(stage),
  })),
  parents: ofStage((stage) => ({
    key: always(`parents:${stage}`),
    intention: { type: 'TellParents', stage },
    form: (seen) => tellParentsForm(seen, stage),
  })),
  file: (argument) => {
    const position = numbered(argument);
    if (position === null) return null;
    // A card names a child by its place in the dissent: its reference is somebody's own writing.
    const child = (current: Case | null) => current?.dissent.children[position - 1] ?? '';
    return {
      key: always('checklist'),
      intention: (current) => ({ type: 'FileReasons', child: child(current) }),
      form: (seen) => fileForm(child(seen.current)),
    };
  },
  document: (argument) => {
    if (!/^(letter:[a-z0-9_-]+|dissent-letter|entry|acknowledgement|case)$/.test(argument)) return null;
    const document = argument as DocumentName;
    return { key: cardOfDocument(document), intention: { type: 'RequestDocument', document }, form: null };
  },
};

/** A verb about a stage; what is no stage's name, but is one that every object has, is no verb. */
function ofStage<T extends CommandType>(define: (stage: string) => VerbDefinition<T>): Definition<T> {
  return (argument) => (/^[a-z0-9_-]+$/.test(argument) && !(argument in Object.prototype) ? define(argument) : null);
}

/** A verb without a colon. */
function plain<T extends CommandType>(definition: VerbDefinition<T>): Definition<T> {
  return (argument) => (argument === '' ? definition : null);
}

function numbered(text: string): number | null {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : null;
}

function cardOfDocument(document: DocumentName): (seen: CaseForViewer) => CardKey {
  if (document.startsWith('letter:')) return always(`stage:${document.slice('letter:'.length)}`);
  if (document === 'dissent-letter') return always('receipt');
  return document === 'entry' ? always('record') : mainCard;
}

/** A letter's state stands on the card of its decision; that of anything else on the card that says most to the viewer. */
function cardOfSending(number: number): (seen: CaseForViewer) => CardKey {
  return (seen) => {
    const sending = seen.current.conclusion.sendings.find((each) => each.number === number);
    return sending && sending.to !== `person:${seen.person}` ? cardOfDocument(sending.document)(seen) : mainCard(seen);
  };
}
