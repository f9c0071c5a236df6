import type { Decision } from './case.ts';
import type { Answers } from './events/trail.ts';
import { forMeeting } from './procedure.ts';
import type { DecideStage, FormQuestion } from './procedureParts.ts';

/** What was decided on each child: the same for all of them, or something of its own (CD1, X11, Q16). */

/** A decision as it stands for one child or for several alike. */
export type Decided = { outcome: string; reasons: string; answers: Answers };

/** What was decided on a child: its outcome, and its own reasons and answers where it has some. */
export function decidedOn({ outcome, perChild, reasons, answers, own }: Decision, child: string): Decided {
  const { reasons: ownReasons = null, answers: ownAnswers = {} } = own[child] ?? {};
  return { outcome: perChild[child] ?? outcome, reasons: ownReasons ?? reasons, answers: { ...answers, ...ownAnswers } };
}

/**
 * The children of a decision together as far as all that was decided on them is the same, in their own order. One entry where it was the
 * same for all; with no children, where the decision is about none.
 */
export function decidedAlike(decision: Decision): (Decided & { children: string[] })[] {
  const children = Object.keys(decision.perChild);
  if (children.length === 0) return [{ ...decidedOn(decision, ''), children }];
  const alike = Map.groupBy(children, (child) => JSON.stringify([decidedOn(decision, child), decision.own[child]?.answers ?? {}]));
  return [...alike.values()].map((some) => ({ ...decidedOn(decision, some[0] ?? ''), children: some }));
}

/** What is asked about a child that is given an outcome: the outcome's own questions, and those of the stage that are about each child. */
export function asksAboutChild({ outcomes, asks }: DecideStage, outcome: string, meeting: string): Record<string, FormQuestion> {
  const perChild = Object.entries(asks).filter(([, { eachChild }]) => eachChild);
  return forMeeting({ ...outcomes[outcome]?.asks, ...Object.fromEntries(perChild) }, meeting);
}

/** What is asked once, whatever is decided on any child. */
export function asksOnce({ asks }: DecideStage, meeting: string): Record<string, FormQuestion> {
  return forMeeting(Object.fromEntries(Object.entries(asks).filter(([, { eachChild }]) => !eachChild)), meeting);
}

/**
 * What a form calls what it asks about one child of several, by its place among them: no question of a procedure can be called so, and a
 * child's reference, which is somebody's own writing, is in no name.
 */
export function ownField(place: number, id: string): string {
  return `C${place + 1}_${id}`;
}
