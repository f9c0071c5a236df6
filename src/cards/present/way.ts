import type { CaseForViewer } from '../../app/seeCase.ts';
import type { StageName } from '../../domain/events/trail.ts';
import { stageOf } from '../../domain/procedure.ts';
import { stageFacts, stagesAfter, wayToDecision } from '../../domain/stages/stages.ts';
import type { WayRun } from '../frame.ts';
import { wordsOf } from '../stageWords.ts';
import { DECIDED, whereItStands } from './whereItStands.ts';

/**
 * The way that a case has come, where it is, and the way still to come, in one line and in the procedure's own words (CD12). What comes only
 * if it is decided so is marked as such, and the present step is named in words, so that it can be told by ear.
 */
export function wayOf(seen: CaseForViewer): WayRun[] {
  const plain = (text: string): WayRun => ({ text, weight: 'Default', color: 'Default', isSubtle: true });
  const { certain, perhaps } = stepsAhead(seen);
  const now = whereItStands(seen);
  const taken = stepsTaken(seen);
  const past = now === DECIDED ? taken.slice(0, -1) : taken;
  const ahead =
    perhaps.length > 0 ? [said('Then', certain), said('Perhaps', perhaps), said('At the end', END)] : [said('Then', [...certain, ...END])];
  const coming = seen.current.status === 'open' ? ahead.flat() : [];
  return [
    plain([...past, ''].join(BETWEEN)),
    { text: `Now: ${now}`, weight: 'Bolder', color: 'Accent', isSubtle: false },
    ...(coming.length > 0 ? [plain(['', ...coming].join(BETWEEN))] : []),
  ];
}

const END = ['Closed'];
const said = (when: string, steps: string[]) => (steps.length > 0 ? [`${when}: ${steps.join(BETWEEN)}`] : []);

/** A mark that screen readers pass over, and that no line begins with. */
const BETWEEN = '\u00a0\u203a ';

function stepsTaken(seen: CaseForViewer): string[] {
  const { current, procedure } = seen;
  const finished = Object.keys(current.finished).filter((name) => {
    const stage = stageOf(procedure, name);
    // A late letter that was not accepted takes a case on with nothing decided (Q17).
    return stageFacts(stage).decider(stage) === null || current.decisions[name] !== undefined;
  });
  // What ends with the record was recorded without the case's going on from there (S11).
  const recorded = current.record && current.resolved ? [current.stage] : [];
  return ['Raised', ...[...finished, ...recorded].flatMap((name) => step(name, seen)?.done ?? [])];
}

function stepsAhead(seen: CaseForViewer): { certain: string[]; perhaps: string[] } {
  const { current, procedure } = seen;
  if (current.status === 'closed') return { certain: [], perhaps: [] };
  const [, ...way] = wayToDecision(procedure, current);
  const last = way.at(-1) ?? current.stage;
  const stage = stageOf(procedure, last);
  const onward = stageFacts(stage).next(stage, procedure, current.dissent);
  const after = [...stagesAfter(procedure, last)].filter((name) => name !== onward && current.finished[name] === undefined);
  const words = (names: StageName[]) => [...new Set(names.flatMap((name) => step(name, seen)?.ahead ?? []))];
  const order = Object.keys(procedure.stages);
  const inOrder = after.toSorted((one, other) => order.indexOf(one) - order.indexOf(other));
  return { certain: words([...way, ...(onward === null ? [] : [onward])]), perhaps: words(inOrder) };
}

function step(name: StageName, { current, procedure }: CaseForViewer): { done: string; ahead: string } | null {
  const stage = stageOf(procedure, name);
  return wordsOf(stage).step(stage, current, procedure);
}
