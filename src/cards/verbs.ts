import { mainCard } from '../app/cardsDue.ts';
import type { CardKey } from '../app/ports.ts';
import type { Seen } from '../app/seeCase.ts';
import type { Case } from '../domain/case.ts';
import type { DocumentName } from '../domain/conclusion.ts';
import type { Intention } from '../domain/mayDo.ts';
import type { Stage } from '../domain/procedure.ts';
import { tasksOf } from '../domain/tasks.ts';
import { approveForm } from './forms/approveForm.ts';
import { adviceForm, answerForm, askForm, decideForm } from './forms/decideForms.ts';
import { addForm, declineChairForm, nameChairForm, withdrawForm } from './forms/dissentForms.ts';
import type { CaseForm } from './forms/form.ts';
import { latenessForm, letterForm } from './forms/letterForms.ts';
import { cancelForm, chairForm, heldForm, moveForm } from './forms/meetingForms.ts';
import { recordForm } from './forms/recordForm.ts';
import { contactForm, escalationNoteForm, fileForm, tellerForm, tellParentsForm, tickForm } from './forms/tellingForms.ts';

/** What a verb stands for. */
export type Meaning = {
  /** The card that it belongs to. */
  key(seen: Seen): CardKey;
  /** What it means to do, as far as the verb says it, and the case where that is known. */
  intention: Intention | ((current: Case | null) => Intention);
  /** Null where nothing is asked first. */
  form: ((seen: Seen) => CaseForm | null) | null;
};

/** What a verb of a case's cards stands for; null for one that changes no case. */
export function meaningOf(verb: string): Meaning | null {
  if (Object.hasOwn(plain, verb)) return plain[verb] ?? null;
  const [, family = '', argument = ''] = /^([a-z-]+):(.+)$/.exec(verb) ?? [];
  return Object.hasOwn(families, family) ? (families[family]?.(argument) ?? null) : null;
}

const always = (key: CardKey) => () => key;
const present = ({ current }: Seen): CardKey => `stage:${current.stage}`;
/** The card of the present stage, or where the case is not at such a stage, of the procedure's first one. */
const stageLike =
  (fits: (stage: Stage) => boolean) =>
  ({ current, procedure }: Seen): CardKey => {
    const names = Object.entries(procedure.stages).flatMap(([name, stage]) => (fits(stage) ? [name] : []));
    return `stage:${names.includes(current.stage) ? current.stage : (names[0] ?? current.stage)}`;
  };
const booking = stageLike(({ kind }) => kind === 'reconvene');
const judging = stageLike((stage) => stage.kind === 'decide' && stage.lateRefused !== undefined);
/** Of the decisions made, the latest one's outcome. */
const latestOutcome = ({ current }: Seen): CardKey => `outcome:${Object.keys(current.decisions).at(-1) ?? ''}`;

const plain: Record<string, Meaning> = {
  refer: { key: always('record'), intention: { type: 'Record' }, form: recordForm },
  'decline-chair': { key: always('record'), intention: { type: 'DeclineChair' }, form: declineChairForm },
  'name-chair': { key: always('receipt'), intention: { type: 'NameChair' }, form: nameChairForm },
  submit: { key: always('receipt'), intention: { type: 'Submit' }, form: letterForm },
  'late:accept': { key: judging, intention: { type: 'JudgeLateness' }, form: (seen) => latenessForm(seen, true) },
  'late:refuse': { key: judging, intention: { type: 'JudgeLateness' }, form: (seen) => latenessForm(seen, false) },
  withdraw: { key: always('receipt'), intention: { type: 'Withdraw' }, form: withdrawForm },
  add: { key: always('receipt'), intention: { type: 'AddToDissent' }, form: addForm },
  'ask:dissenter': { key: present, intention: { type: 'Ask', of: 'dissenter' }, form: () => askForm('dissenter') },
  'ask:chair': { key: present, intention: { type: 'Ask', of: 'chair' }, form: () => askForm('chair') },
  advice: { key: present, intention: { type: 'AskAdvice' }, form: adviceForm },
  times: { key: booking, intention: { type: 'LookForTimes' }, form: null },
  share: { key: booking, intention: { type: 'ShareMeeting' }, form: null },
  chair: { key: booking, intention: { type: 'ChooseChair' }, form: chairForm },
  move: { key: booking, intention: { type: 'ChooseTime' }, form: moveForm },
  cancel: { key: booking, intention: { type: 'CancelMeeting' }, form: cancelForm },
  retry: { key: booking, intention: { type: 'RetryInvitation' }, form: null },
  held: { key: booking, intention: { type: 'ReportHeld' }, form: heldForm },
  'file-again': { key: always('checklist'), intention: { type: 'RetryFiling' }, form: null },
  concerned: { key: latestOutcome, intention: { type: 'RemainConcerned' }, form: null },
  'escalation-note': { key: mainCard, intention: { type: 'NoteEscalation' }, form: escalationNoteForm },
};

/** The verbs that say what they are about after a colon. */
const families: Record<string, (argument: string) => Meaning | null> = {
  decide: (argument) => {
    const [, stage = '', outcome = ''] = /^([a-z0-9_-]+)\.([a-z0-9_-]+)$/.exec(argument) ?? [];
    if (stage === '') return null;
    return {
      key: always(`stage:${stage}`),
      intention: { type: 'Decide', stage, outcome },
      form: (seen) => decideForm(seen, stage, outcome),
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
    if (sending === null) return null;
    // `as` makes the intention the whole command: nothing is asked first.
    return { key: cardOfSending(sending), intention: { type: 'SettleSending', sending, as } as Intention, form: null };
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
function ofStage(meaning: (stage: string) => Meaning): (argument: string) => Meaning | null {
  return (argument) => (/^[a-z0-9_-]+$/.test(argument) && !(argument in Object.prototype) ? meaning(argument) : null);
}

function numbered(text: string): number | null {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : null;
}

function cardOfDocument(document: DocumentName): (seen: Seen) => CardKey {
  if (document.startsWith('letter:')) return always(`stage:${document.slice('letter:'.length)}`);
  if (document === 'dissent-letter') return always('receipt');
  return document === 'entry' ? always('record') : mainCard;
}

/** A letter's state stands on the card of its decision; that of anything else on the card that says most to the viewer. */
function cardOfSending(number: number): (seen: Seen) => CardKey {
  return (seen) => {
    const sending = seen.current.conclusion.sendings.find((each) => each.number === number);
    return sending && sending.to !== `person:${seen.person}` ? cardOfDocument(sending.document)(seen) : mainCard(seen);
  };
}
