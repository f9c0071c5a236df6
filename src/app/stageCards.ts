import type { Case } from '../domain/case.ts';
import type { PersonId, StageName } from '../domain/events/trail.ts';
import { deciders, stageOf } from '../domain/procedure.ts';
import type { StageKind, StageOf } from '../domain/procedureParts.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { addedHere, papersAddedHere } from '../domain/questions.ts';
import type { CardKey } from './ports.ts';

/** A card that ought to be in a person's chat. */
export type CardDue = { person: PersonId; key: CardKey };

/** Who may act in a role on a case today, with their deputies. */
type Acting = (role: string) => PersonId[];

/** What the cards that are due have to know of a kind of stage. */
type StageCards<K extends StageKind> = {
  /** The card on which those who act there act; null where nobody acts on a card of its own. */
  own: ((name: StageName) => CardKey) | null;
  /** What has come to somebody by the case's being there, beside that card. */
  news(stage: StageOf<K>, current: Case, procedure: Procedure, acting: Acting): CardDue[];
};

const ofStage = (name: StageName): CardKey => `stage:${name}`;
const none = () => [];

const cards: { [K in StageKind]: StageCards<K> } = {
  record: { own: () => 'record', news: none },
  submit: {
    own: null,
    // Once it is recorded, it is their turn to write (S12).
    news: (_stage, { record, dissent, stage }) => (record ? [{ person: dissent.dissenter, key: `told:${stage}` }] : []),
  },
  decide: {
    own: ofStage,
    // An answer that has come at this stage, whichever asked for it (C13-C15), and what was added since the case came here (C8).
    news: ({ by }, current, _procedure, acting) => {
      const answers = current.questions.filter(({ answer }) => answer?.stage === current.stage);
      const what = [
        ...answers.map(({ request }) => `answer:${request}`),
        ...addedHere(current).map(({ at }) => `added:${at}`),
        ...papersAddedHere(current).map(({ at }) => `paper:${at}`),
      ];
      return what.flatMap((each) => acting(by).map((person): CardDue => ({ person, key: `told:${each}` })));
    },
  },
  choose: {
    own: null,
    // It is their turn to choose (PL3).
    news: (_stage, { dissent, stage }) => [{ person: dissent.dissenter, key: `told:${stage}` }],
  },
  reconvene: { own: ofStage, news: none },
  conclude: {
    own: null,
    // Nothing is decided, and whoever would have is told that it has come (P6, P9).
    news: ({ tell }, _current, procedure, acting) =>
      tell?.who.includes('decider') ? acting(deciders(procedure)[0] ?? '').map((person) => ({ person, key: 'status' })) : [],
  },
};

function cardsOf(kind: StageKind): StageCards<StageKind> {
  return cards[kind] as StageCards<StageKind>;
}

/** The card on which those who act at the present stage act; null where nobody acts on a card of its own. */
export function ownCardAt({ stage: name }: Case, procedure: Procedure): CardKey | null {
  return cardsOf(stageOf(procedure, name).kind).own?.(name) ?? null;
}

/** What has come to somebody by the case's being at its present stage, beside the card on which they act. */
export function newsAt(current: Case, procedure: Procedure, acting: Acting): CardDue[] {
  const stage = stageOf(procedure, current.stage);
  return cardsOf(stage.kind).news(stage, current, procedure, acting);
}
