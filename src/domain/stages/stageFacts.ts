import type { Case } from '../case.ts';
import type { StageName, Standing } from '../events/trail.ts';
import type { Checks } from '../procedureChecks.ts';
import type { StageKind, StageOf } from '../procedureParts.ts';
import type { Procedure } from '../procedureShape.ts';
import type { Task } from '../task.ts';

/**
 * All that the rules have to know of a kind of stage, in one place: a new kind does not compile until every one of these is said of it.
 * What is said of it in cards, documents and descriptions stands in records of theirs, typed over the same kinds.
 */
export type StageFacts<K extends StageKind> = {
  /** The standings that act there by the procedure, on a card of the stage's own. Empty where the professional writes, and at the end. */
  actors(stage: StageOf<K>): Standing[];
  /** Whose turn it is there now, whom lists name first; none at the end, where tasks say who has something left to do. */
  waitsFor(stage: StageOf<K>, current: Case): Standing[];
  /** Where a case goes from there by itself, once its work is done; null where a decision says so, and at the end. */
  next(stage: StageOf<K>, procedure: Procedure, dissent: Pick<Case['dissent'], 'level'>): StageName | null;
  /** Every stage that may come straight after it, whatever is recorded and decided. */
  ways(stage: StageOf<K>, procedure: Procedure): StageName[];
  /** Whether a decision still lies ahead of it on the way that a case takes by itself. */
  beforeDecision: boolean;
  /** Whether a case goes through one such stage at most, under any procedure. */
  once: boolean;
  /** Whether a case is closed there when nothing is left to do (Q29). */
  ends: boolean;
  /** The instant at which its work was done, although the case may not have come to it yet; null where it was not, or cannot be. */
  doneAhead(current: Case): string | null;
  /** The instant of what is in people's calendars, which takes the place of its dates; null where nothing is. */
  calendared(current: Case): string | null;
  /** On which late morning the next person up is told, and what being late there is; null where no date is chased. */
  late: { nextUpOn: number; said: 'overdue' | 'not-recorded' } | null;
  /** The role that decides there; null where nothing is decided. */
  decider(stage: StageOf<K>): Standing | null;
  /** The role that decides after it, or advises, which has to know once it is late; null where the way that goes on from there says. */
  nextUp(stage: StageOf<K>, procedure: Procedure, current: Case): string | null;
  /** What days counted from its end are counted from, in words. */
  end(stage: StageOf<K>, procedure: Procedure): string;
  /** What has to be done because of it before a case may close. */
  tasks(stage: StageOf<K>, name: StageName, current: Case, procedure: Procedure): Task[];
  /** What its definition says that does not hold together. */
  check(stage: StageOf<K>, checks: Checks, procedure: Procedure): void;
};
