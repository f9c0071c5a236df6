import { hasChecklist } from '../../app/cardsDue.ts';
import type { CardKey } from '../../app/ports.ts';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { actorsFor } from '../../domain/authority.ts';
import { recordStageOf } from '../../domain/procedure.ts';
import type { Stage, StageKind, StageOf } from '../../domain/procedureParts.ts';
import type { Task } from '../../domain/task.ts';
import { tasksOf } from '../../domain/tasks.ts';
import { type Body, decidesTheCase, hasOnlyTasks } from './body.ts';
import { presentBooking } from './booking.ts';
import { presentChecklist } from './checklist.ts';
import { presentDecide } from './decide.ts';
import { presentMeeting } from './meeting.ts';
import { presentOutcome } from './outcomeCard.ts';
import { presentParents } from './parents.ts';
import { presentQuestion } from './question.ts';
import { presentReceipt } from './receipt.ts';
import { presentRecord } from './record.ts';
import { presentStatus } from './status.ts';
import { presentTask } from './task.ts';

/** What stands before a card key's colon, or the whole of one without. */
type CardKind<K extends CardKey = CardKey> = K extends `${infer Kind}:${string}` ? Kind : K;

/** A kind of card of a case; `name` is what stands after the colon of its key. */
type CaseCard = {
  /** Whether it is this viewer's to see (X9, Part E). */
  isFor(seen: CaseForViewer, name: string): boolean;
  /** What it says, `several` additions and questions each by itself; null where the case has nothing of that name. */
  present(seen: CaseForViewer, name: string, several: number): Body | null;
};

/** The card on which those who act at a kind of stage act. */
type StageCard<K extends StageKind> = {
  isFor(seen: CaseForViewer, name: string, stage: StageOf<K>): boolean;
  present(seen: CaseForViewer, name: string, stage: StageOf<K>, several: number): Body;
};

const has = ({ standings }: CaseForViewer, ...some: string[]): boolean => some.some((standing) => standings.includes(standing));
const acts = (seen: CaseForViewer, stage: Stage): boolean => has(seen, ...actorsFor(stage, seen.person, seen.current));

/** Each kind of stage's own card, null where it has none: there people act on another card, or on none. */
const stageCards: { [K in StageKind]: StageCard<K> | null } = {
  record: null,
  submit: null,
  decide: {
    isFor: (seen, name, stage) => acts(seen, stage) || seen.current.decisions[name]?.by === seen.person,
    present: (seen, name, _stage, several) => presentDecide(seen, name, several),
  },
  choose: null,
  reconvene: {
    isFor: (seen, _name, stage) => acts(seen, stage),
    present: (seen, name, stage) => presentBooking(seen, name, stage),
  },
  conclude: null,
};

/** Whose each kind of card is, and what it says. */
const cards: Record<CardKind, CaseCard> = {
  receipt: {
    isFor: (seen) => has(seen, 'dissenter', 'logger', 'agency-lead'),
    present: (seen, _name, several) => presentReceipt(seen, several),
  },
  record: {
    isFor: (seen) => has(seen, 'chair', recordStageOf(seen.procedure)?.by ?? 'chair'),
    present: (seen, _name, several) => presentRecord(seen, several),
  },
  meeting: { isFor: (seen) => has(seen, 'meeting-chair'), present: (seen) => presentMeeting(seen) },
  status: { isFor: (seen) => !hasOnlyTasks(seen), present: (seen) => presentStatus(seen) },
  stage: {
    isFor(seen, name) {
      const { current, procedure } = seen;
      const stage = procedure.stages[name];
      const reached = current.stage === name || current.finished[name] !== undefined;
      return reached && stage !== undefined && (stageCard(stage)?.isFor(seen, name, stage) ?? false);
    },
    present(seen, name, several) {
      const stage = seen.procedure.stages[name];
      return (stage && stageCard(stage)?.present(seen, name, stage, several)) ?? null;
    },
  },
  question: {
    isFor(seen, name) {
      const asked = questionOf(seen, name);
      return asked !== undefined && (asked.to === seen.person || (asked.kind === 'advice' && has(seen, asked.of)));
    },
    present(seen, name, several) {
      const asked = questionOf(seen, name);
      return asked ? presentQuestion(seen, asked, several) : null;
    },
  },
  outcome: {
    isFor: (seen, name) => has(seen, 'dissenter', 'logger', 'chair') && Object.hasOwn(seen.current.decisions, name),
    present(seen, name) {
      const stage = seen.procedure.stages[name];
      return stage?.kind === 'decide' ? presentOutcome(seen, name, stage) : null;
    },
  },
  checklist: {
    isFor: (seen) => (decidesTheCase(seen) || has(seen, 'administrator')) && hasChecklist(seen),
    present: (seen, _name, several) => presentChecklist(seen, several),
  },
  parents: {
    isFor({ current, person }, name) {
      const { parents } = current.conclusion;
      return Object.hasOwn(parents, name) && parents[name]?.teller === person;
    },
    present: (seen, name, several) => presentParents(seen, name, several),
  },
  task: {
    isFor: (seen, name) => has(seen, taskOf(seen, name)?.role ?? ''),
    present(seen, name) {
      const task = taskOf(seen, name);
      return task ? presentTask(seen, task) : null;
    },
  },
  // A card posted anew shows its viewer's own, or what did not go; the representative's says nothing of the case, and is drawn apart.
  told: {
    isFor: (seen, name) => name.startsWith('unsent:') && cards.checklist.isFor(seen, ''),
    present: (seen, _name, several) => presentChecklist(seen, several),
  },
  // One line, which says nothing of the case.
  past: { isFor: () => false, present: () => null },
  escalation: { isFor: () => false, present: () => null },
};

function stageCard(stage: Stage): StageCard<StageKind> | null {
  return stageCards[stage.kind] as StageCard<StageKind> | null;
}

function questionOf({ current }: CaseForViewer, name: string) {
  return current.questions.find(({ request }) => String(request) === name);
}

function taskOf({ current, procedure }: CaseForViewer, name: string): Task | undefined {
  return tasksOf(current, procedure).find(({ id }) => id === `task:${name}`);
}

/** Whether a card of that key is the viewer's to see. A key that came with a press may be any text: no card's, then. */
export function isForViewer(key: CardKey, seen: CaseForViewer): boolean {
  const [kind, name] = partsOf(key);
  return Object.hasOwn(cards, kind) && cards[kind].isFor(seen, name);
}

/** What the card of that key says to the viewer; where the case has nothing of the kind, where it stands. */
export function bodyOf(key: CardKey, seen: CaseForViewer, several: number): Body {
  const [kind, name] = partsOf(key);
  return cards[kind].present(seen, name, several) ?? presentStatus(seen);
}

function partsOf(key: CardKey): [kind: CardKind, name: string] {
  const [kind, ...rest] = key.split(':');
  return [kind as CardKind, rest.join(':')];
}
