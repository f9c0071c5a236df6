import { type Procedure, procedureShape } from './procedureShape.ts';

/** What forms ask anyway, or cards carry: a question of a procedure goes by another name. */
const TAKEN = ['reference', 'revision', 'verb', 'reasons', 'children', 'otherwise', 'agency', 'agencies', 'required', 'optional'];

/**
 * Standings that a case gives by itself, so that no role can go by their name; `agency-lead` may be a role, see {@link procedureSchema}.
 */
const GIVEN_STANDINGS = ['dissenter', 'logger', 'chair', 'administrator', 'decided', 'teller', 'bot'];

/** Kinds of stage that a case goes through once at most: it is recorded once, written about once, and meets again once. */
const ONCE = ['record', 'submit', 'reconvene'];

/** The schema of a procedure definition: its shape, and that it holds together. */
export const procedureSchema = procedureShape.superRefine((procedure, context) => {
  for (const { path, message } of faultsIn(procedure)) context.addIssue({ code: 'custom', path, message });
});

/**
 * What a procedure says that does not hold together, each with the path to it: names of stages, roles and meetings that are not there,
 * and stages that lead nowhere good.
 */
export function faultsIn(procedure: Procedure): { path: (string | number)[]; message: string }[] {
  const faults: { path: (string | number)[]; message: string }[] = [];
  const fault = (path: (string | number)[], message: string) => void faults.push({ path, message });
  const stages = Object.keys(procedure.stages);
  const stageNamed = (name: string, path: (string | number)[]) => {
    if (!stages.includes(name)) fault(path, `there is no stage "${name}"; the stages are ${stages.join(', ')}`);
  };
  const roleNamed = (name: string, path: (string | number)[]) => {
    const roles = Object.keys(procedure.roles);
    if (!roles.includes(name)) fault(path, `there is no role "${name}"; the roles are ${roles.join(', ')}`);
  };
  const meetings = Object.keys(procedure.meetings);
  const meetingsNamed = (names: string[] | undefined, path: (string | number)[]) =>
    names?.forEach((name, index) => {
      if (!meetings.includes(name))
        fault([...path, 'only', index], `there is no meeting "${name}"; the meetings are ${meetings.join(', ')}`);
    });
  const onlyChecked = (all: Record<string, { only?: string[] | undefined }>, path: (string | number)[]) => {
    for (const [id, each] of Object.entries(all)) meetingsNamed(each.only, [...path, id]);
  };
  const namesChecked = (names: string[], path: (string | number)[]) => {
    for (const name of new Set(names)) {
      const taken = TAKEN.includes(name) || name in Object.prototype || names.indexOf(name) !== names.lastIndexOf(name);
      if (taken || name.length > 40)
        fault([...path, name], `"${name}" cannot name what is asked here: use another name, of at most 40 letters, that is used once`);
    }
  };
  for (const role of Object.keys(procedure.roles)) {
    if (GIVEN_STANDINGS.includes(role))
      fault(['roles', role], `"${role}" cannot name a role: everybody on a case is called that by their part in it`);
  }
  for (const [id, { next }] of Object.entries(procedure.levels)) {
    if (next) stageNamed(next, ['levels', id, 'next']);
  }
  stageNamed(procedure.start, ['start']);
  if (procedure.stages[procedure.start]?.kind === 'conclude') fault(['start'], 'a case cannot begin at a "conclude" stage');
  if ((procedure.raisedBy === 'staff') !== Object.keys(procedure.complainants).length > 0)
    fault(['complainants'], 'say who complains where "raisedBy" is staff, and only there');
  for (const [id, { routes }] of Object.entries(procedure.grounds)) {
    if (routes && procedure.stages[routes.to]?.kind !== 'conclude')
      fault(['grounds', id, 'routes', 'to'], `there is no stage "${routes.to}" of kind conclude`);
  }
  onlyChecked(procedure.complainants, ['complainants']);
  onlyChecked(procedure.grounds, ['grounds']);
  onlyChecked(procedure.decisions, ['decisions']);
  for (const [name, stage] of Object.entries(procedure.stages)) {
    const path = ['stages', name];
    for (const key of ['limit', 'target'] as const) {
      const from = stage[key]?.from;
      if (from && !['conference', 'raised'].includes(from)) stageNamed(from, [...path, key, 'from']);
    }
    if (stage.next) stageNamed(stage.next, [...path, 'next']);
    if (stage.kind === 'decide' || stage.kind === 'reconvene') roleNamed(stage.by, [...path, 'by']);
    if (stage.kind === 'record') {
      onlyChecked(stage.asks, [...path, 'asks']);
      namesChecked([...Object.keys(stage.asks), ...Object.keys(stage.documents)], [...path, 'asks']);
      const closing = stage.closes && stage.asks[stage.closes.question];
      if (stage.closes && closing?.kind !== 'yes-no')
        fault([...path, 'closes', 'question'], `there is no yes-no question "${stage.closes.question}" in "asks"`);
    }
    if (stage.kind === 'record' || stage.kind === 'decide' || stage.kind === 'conclude') {
      const teller = stage.tell?.teller;
      const asks = stage.kind === 'conclude' ? {} : stage.asks;
      if (teller !== undefined && asks[teller]?.kind !== 'person')
        fault([...path, 'tell', 'teller'], `there is no question "${teller}" of kind person in "asks"`);
    }
    if (stage.kind === 'decide') {
      if (stage.advice) roleNamed(stage.advice, [...path, 'advice']);
      if (stage.lateRefused) stageNamed(stage.lateRefused, [...path, 'lateRefused']);
      onlyChecked(stage.asks, [...path, 'asks']);
      onlyChecked(stage.outcomes, [...path, 'outcomes']);
      if (Object.keys(stage.outcomes).length === 0) fault([...path, 'outcomes'], 'a decision needs at least one outcome');
      for (const [id, each] of Object.entries(stage.outcomes)) {
        stageNamed(each.next, [...path, 'outcomes', id, 'next']);
        for (const [task, { by }] of Object.entries(each.tasks)) roleNamed(by, [...path, 'outcomes', id, 'tasks', task, 'by']);
        onlyChecked(each.asks, [...path, 'outcomes', id, 'asks']);
        namesChecked([...Object.keys(each.asks), ...Object.keys(stage.asks)], [...path, 'outcomes', id, 'asks']);
      }
    }
    if (procedure.raisedBy === 'staff') {
      if (stage.kind === 'submit') fault([...path, 'kind'], 'nobody can write here: where "raisedBy" is staff, no professional dissents');
      if (stage.kind === 'decide' && stage.ask.includes('dissenter'))
        fault([...path, 'ask'], '"dissenter" cannot be asked where "raisedBy" is staff');
    }
    if (stage.kind === 'conclude' && stage.next) fault([...path, 'next'], 'nothing comes after a "conclude" stage');
    const later = stagesAfter(procedure, name);
    if (later.has(name)) fault(path, 'leads back to itself; a case goes through a stage once');
    const again = ONCE.includes(stage.kind) && [...later].find((other) => other !== name && procedure.stages[other]?.kind === stage.kind);
    if (again) fault(path, `"${again}" comes after it; a case has one stage of the kind "${stage.kind}" on its way`);
  }
  procedure.escalation?.after.forEach((each, index) => {
    const [stage = '', outcome = ''] = each.split('.');
    const decides = procedure.stages[stage];
    if (decides?.kind !== 'decide' || !Object.hasOwn(decides.outcomes, outcome))
      fault(['escalation', 'after', index], `there is no outcome "${outcome}" of a deciding stage "${stage}"`);
  });
  const reached = stagesAfter(procedure, procedure.start).add(procedure.start);
  for (const { routes } of Object.values(procedure.grounds)) if (routes) reached.add(routes.to);
  const astray = [...reached].some((name) => !stages.includes(name));
  for (const name of stages.filter((each) => !astray && !reached.has(each))) fault(['stages', name], 'nothing leads to this stage');
  return faults;
}

/** Every stage that may come after one. */
export function stagesAfter({ stages, levels }: Pick<Procedure, 'stages' | 'levels'>, name: string): Set<string> {
  const after = new Set<string>();
  const ahead = [name];
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    const stage = stages[at];
    const outcomes = stage?.kind === 'decide' ? [...Object.values(stage.outcomes).map(({ next }) => next), stage.lateRefused] : [];
    const recorded = stage?.kind === 'record' ? Object.values(levels).map(({ next }) => next) : [];
    for (const next of [stage?.next, ...recorded, ...outcomes]) {
      if (next === undefined || after.has(next)) continue;
      after.add(next);
      ahead.push(next);
    }
  }
  return after;
}
