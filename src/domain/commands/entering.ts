import { holdersOf } from '../authority.ts';
import type { Case } from '../case.ts';
import type { CaseEvent } from '../events/events.ts';
import { dateOf } from '../londonTime.ts';
import { stageOf } from '../procedure.ts';
import type { StageKind, StageOf } from '../procedureParts.ts';
import { nobodyActs } from '../refusal.ts';
import type { CommandContext } from '../rule.ts';
import type { Consequences } from './commandFacts.ts';

/** What happens when a case comes to a stage of a kind. */
type Entering<K extends StageKind> = {
  /** From recording or writing: it is received there, or goes on at once. */
  received(stage: StageOf<K>, entered: CaseEvent, current: Case, context: CommandContext): Consequences;
  /** What a decision that sends it there asks for at once. */
  asked: CaseEvent[];
};

const plainly = (_stage: unknown, entered: CaseEvent): Consequences => ({ events: [entered] });

const entering: { [K in StageKind]: Entering<K> } = {
  record: { received: plainly, asked: [] },
  submit: {
    // Past a stage at which a letter is to be written that is there already (S12).
    received: ({ next }, entered, current, context) => {
      if (!current.letter) return { events: [entered] };
      const onward = enter(next, current, context);
      return 'refused' in onward ? onward : { events: [entered, ...onward.events] };
    },
    asked: [],
  },
  decide: {
    // A decider receives it, or the one who stands in for them (C9, C26), with the letter (S12).
    received: (stage, entered, current, { roster, now }) => {
      const { principal, insteadOf } = holdersOf(stage.by, current, roster, dateOf(now));
      if (principal === null) return nobodyActs(stage.title);
      const letter: CaseEvent[] = current.letter
        ? [{ type: 'SendingsWanted', document: 'dissent-letter', to: [`person:${principal}`] }]
        : [];
      return { events: [{ type: 'DissentReferred', to: principal, insteadOf }, entered, ...letter] };
    },
    asked: [],
  },
  choose: { received: plainly, asked: [] },
  reconvene: { received: plainly, asked: [{ type: 'TimesRequested' }] },
  conclude: { received: plainly, asked: [] },
};

const enteringAt = (kind: StageKind) => entering[kind] as Entering<StageKind>;

/** The case goes on to a stage from recording or writing, and is received there. */
export function enter(next: string, current: Case, context: CommandContext): Consequences {
  const stage = stageOf(context.procedure, next);
  return enteringAt(stage.kind).received(stage, { type: 'StageEntered', stage: next }, current, context);
}

/** The case goes where a decision sends it, and what that asks for at once. */
export function sentTo(next: string, { procedure }: Pick<CommandContext, 'procedure'>): CaseEvent[] {
  return [{ type: 'StageEntered', stage: next }, ...enteringAt(stageOf(procedure, next).kind).asked];
}
