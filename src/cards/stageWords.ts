import { finisherOf } from '../app/caseSummary.ts';
import { sayWhoActs } from '../app/register.ts';
import { currentBooking } from '../domain/bookings.ts';
import type { Case } from '../domain/case.ts';
import { deciderTitle, refers, stageOf } from '../domain/procedure.ts';
import type { Stage, StageKind, StageOf } from '../domain/procedureParts.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { capitalised, inSentence } from '../domain/words.ts';

/** Something that has to be done, and by whom: "The chair has", "refer". */
export type Deed = { who: string; what: string };

/** How cards speak of a kind of stage: a new kind does not compile before all of it is said. */
type StageWords<K extends StageKind> = {
  /** What has to be done there, in words for anybody on the case. */
  deed(stage: StageOf<K>, current: Case, procedure: Procedure): Deed;
  /** What is late there once its time limit has passed. */
  late(stage: StageOf<K>): string;
  /** What comes of a decision that leads there, to those who are told of it; null where nothing more is to be decided. */
  ahead(stage: StageOf<K>, procedure: Procedure, decided: boolean): string | null;
  /** The step of the case's way that it is, once it was taken and while it is still to come (CD12); null where it is no step of its own. */
  step(stage: StageOf<K>, current: Case, procedure: Procedure): { done: string; ahead: string } | null;
  /** When a task that this stage asks for is done by itself; null where somebody has to say that it is. */
  doneByItself(stage: StageOf<K>): string | null;
};

const professional = ({ words: { raises } }: Procedure) => `The person who ${raises} has`;

const words: { [K in StageKind]: StageWords<K> } = {
  record: {
    deed: ({ button }, { chairStands }, procedure) =>
      chairStands ? { who: 'The chair has', what: inSentence(button) } : { who: professional(procedure), what: 'name the chair' },
    late: () => 'the decision',
    ahead: () => null,
    step: ({ title }, { dissent }, procedure) => ({ done: refers(procedure, dissent) ? 'Referred' : 'Recorded', ahead: title }),
    doneByItself: ({ button }) => `Once somebody has pressed "${button}", this is done by itself.`,
  },
  submit: {
    deed: ({ letter }, _current, procedure) => ({ who: professional(procedure), what: `write the ${letter}` }),
    late: ({ letter }) => `the ${letter}`,
    ahead: () => null,
    step: ({ letter }) => ({ done: `${capitalised(letter)} written`, ahead: capitalised(letter) }),
    doneByItself: () => null,
  },
  decide: {
    deed: (stage, _current, procedure) => ({ who: `The ${deciderAt(stage, procedure)} has`, what: 'decide' }),
    late: () => 'the decision',
    ahead: (stage, procedure, decided) => {
      const decider = deciderAt(stage, procedure);
      return decided ? `The ${decider} has decided since then.` : `The ${decider} looks at it now, and decides what happens next.`;
    },
    step: (stage, _current, procedure) => {
      const decider = deciderAt(stage, procedure);
      return { done: `${decider} decided`, ahead: `${decider} decides` };
    },
    doneByItself: () => null,
  },
  choose: {
    deed: () => ({ who: 'The person who raised it has', what: 'choose how it goes on' }),
    step: ({ title }) => ({ done: title, ahead: title }),
    late: () => 'the choice',
    ahead: ({ title }) => `${title}: whoever raised it chooses how it goes on.`,
    doneByItself: () => null,
  },
  reconvene: {
    deed: (_stage, current, { words: { meeting } }) => ({
      who: `Those who book the ${meeting} have`,
      what: currentBooking(current) ? `see that the ${meeting} is held` : `book the ${meeting}`,
    }),
    late: () => 'the decision',
    ahead: ({ title }) => `${title}. Everyone who has to be there is invited.`,
    step: () => ({ done: 'Met again', ahead: 'Meets again' }),
    doneByItself: () => null,
  },
  conclude: {
    deed: (_stage, current, procedure) => ({
      who: `${capitalised(sayWhoActs(finisherOf(current, procedure), procedure))} has`,
      what: 'send, tell or file what is left',
    }),
    late: () => 'the decision',
    ahead: () => null,
    step: () => null,
    doneByItself: () => 'Once they have a card about it in Teams, this is done by itself.',
  },
};

/** How cards speak of a stage: the words take the very stage, of which the compiler cannot see that it is of that kind. */
export function wordsOf(stage: Stage): StageWords<StageKind> {
  return words[stage.kind] as StageWords<StageKind>;
}

/** What has to be done at the stage that a case is at, and by whom. */
export function deedNow(current: Case, procedure: Procedure): Deed {
  const stage = stageOf(procedure, current.stage);
  return wordsOf(stage).deed(stage, current, procedure);
}

/** The title of the role that decides at a stage, such as "Service Manager"; null where nothing is decided. */
export function deciderAt(stage: Stage, procedure: Procedure): string | null {
  return stage.kind === 'decide' ? deciderTitle(procedure, stage) : null;
}
