import type { Case, PersonId, StageName } from '../domain/case.ts';
import { deciders, type Procedure, type StageKind, type StageOf, stageOf } from '../domain/procedure.ts';
import { stageBegan } from '../domain/reminders.ts';
import type { CardKey } from './ports.ts';

/** A card that a person ought to have standing in their chat. */
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
    // An answer to what was asked at this stage (C13-C15).
    news: ({ by }, current, _procedure, acting) => {
      const began = stageBegan(current);
      const answers = current.questions.filter(({ answer, askedAt }) => answer && Temporal.Instant.compare(askedAt, began) >= 0);
      return answers.flatMap(({ request }) => acting(by).map((person): CardDue => ({ person, key: `told:answer:${request}` })));
    },
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
