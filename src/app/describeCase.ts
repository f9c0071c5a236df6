import { stagesAfter } from '../domain/stages/stages.ts';
import { timeLimitsTogether } from '../domain/timeLimits.ts';
import { chronology } from './documents/chronology.ts';
import { type CaseDependencies, seenBy } from './seeCase.ts';

/**
 * A case as an auditor reads it: its state, revision, every time limit it has had or may still have, and one history of changes, looks and refused
 * presses in order of time. For the sandbox and for tests; it goes through no access check.
 * Of an erased case it says only when that was.
 */
export async function describeCase(deps: CaseDependencies, reference: string): Promise<object | null> {
  const trail = await deps.cases.load(reference);
  if (!trail) {
    const erasedAt = await deps.cases.erasedAt(reference);
    return erasedAt === null ? null : { reference, status: 'erased', erasedAt };
  }
  const seen = seenBy(deps, trail, 'bot');
  const { current, procedure, calendar, now } = seen;
  const changes = trail.events.map(({ type, revision, at, actor, ...facts }) => ({
    at,
    kind: 'change',
    revision,
    event: type,
    actor: actor.person,
    role: actor.role,
    facts,
  }));
  const looks = (await deps.access.of(reference)).map(({ person, role, action, cardRevision, result, code, rule, at }) => ({
    at: at.toString(),
    kind: result,
    actor: person,
    role,
    action,
    cardRevision,
    code,
    rule,
  }));
  const decisions = Object.entries(current.decisions);
  const ahead = stagesAfter(procedure, current.stage);
  return {
    reference,
    revision: current.revision,
    procedure: trail.procedure,
    partnership: trail.partnership,
    status: current.status,
    stage: current.stage,
    outcome: decisions.at(-1)?.[1].outcome ?? null,
    outcomes: Object.fromEntries(decisions.map(([stage, { outcome }]) => [stage, outcome])),
    timeLimits: Object.keys(procedure.stages)
      .filter((stage) => stage === current.stage || current.finished[stage] !== undefined || ahead.has(stage))
      .flatMap((stage) => timeLimitsTogether(current, procedure, stage, calendar, now)),
    /** The whole of it in words, as those who may have it get it. */
    document: chronology(seen, trail.events),
    state: current,
    history: [...changes, ...looks].toSorted((one, other) => Temporal.Instant.compare(one.at, other.at)),
  };
}
