import { stageOfKind } from './procedure.ts';
import { checksAt, type ProcedureFault } from './procedureChecks.ts';
import type { Stage } from './procedureParts.ts';
import { type Procedure, procedureShape } from './procedureShape.ts';
import { stageFacts, stagesAfter } from './stages/stages.ts';

/**
 * Standings that a case gives by itself, so that no role can go by their name; `agency-lead` may be a role, see {@link procedureSchema}.
 */
const GIVEN_STANDINGS = ['dissenter', 'logger', 'chair', 'administrator', 'decided', 'teller', 'meeting-chair', 'bot'];

/** The schema of a procedure definition: its shape, and that it holds together. */
export const procedureSchema = procedureShape.superRefine((procedure, context) => {
  for (const { path, message } of faultsIn(procedure)) context.addIssue({ code: 'custom', path, message });
});

/**
 * What a procedure says that does not hold together, each with the path to it: names of stages, roles and meetings that are not there,
 * and stages that lead nowhere good.
 */
export function faultsIn(procedure: Procedure): ProcedureFault[] {
  const faults: ProcedureFault[] = [];
  const checks = checksAt(procedure, [], faults);
  for (const role of Object.keys(procedure.roles)) {
    if (GIVEN_STANDINGS.includes(role))
      checks.fault(['roles', role], `"${role}" cannot name a role: everybody on a case is called that by their part in it`);
  }
  for (const [id, { next }] of Object.entries(procedure.levels)) if (next) checks.stage(next, ['levels', id, 'next']);
  checks.stage(procedure.start, ['start']);
  if (endsAt(procedure, procedure.start)) checks.fault(['start'], 'a case cannot begin at a "conclude" stage');
  if ((procedure.raisedBy === 'staff') !== Object.keys(procedure.complainants).length > 0)
    checks.fault(['complainants'], 'say who complains where "raisedBy" is staff, and only there');
  for (const [id, { routes }] of Object.entries(procedure.grounds)) {
    if (routes && !endsAt(procedure, routes.to))
      checks.fault(['grounds', id, 'routes', 'to'], `there is no stage "${routes.to}" of kind conclude`);
  }
  checks.only(procedure.complainants, ['complainants']);
  checks.only(procedure.grounds, ['grounds']);
  checks.only(procedure.decisions, ['decisions']);
  for (const [name, stage] of Object.entries(procedure.stages)) checkStage(name, stage, procedure, faults);
  procedure.escalation?.after.forEach((each, index) => {
    const [stage = '', outcome = ''] = each.split('.');
    if (!Object.hasOwn(stageOfKind(procedure, stage, 'decide')?.outcomes ?? {}, outcome))
      checks.fault(['escalation', 'after', index], `there is no outcome "${outcome}" of a deciding stage "${stage}"`);
  });
  const stages = Object.keys(procedure.stages);
  const reached = stagesAfter(procedure, procedure.start).add(procedure.start);
  for (const { routes } of Object.values(procedure.grounds)) if (routes) reached.add(routes.to);
  const astray = [...reached].some((name) => !stages.includes(name));
  for (const name of stages.filter((each) => !astray && !reached.has(each))) checks.fault(['stages', name], 'nothing leads to this stage');
  return faults;
}

/** What is wrong with one stage: as any stage, as one of its kind, and in its place among the others. */
function checkStage(name: string, stage: Stage, procedure: Procedure, faults: ProcedureFault[]): void {
  const checks = checksAt(procedure, ['stages', name], faults);
  const facts = stageFacts(stage);
  for (const key of ['limit', 'target'] as const) {
    const from = stage[key]?.from;
    if (from && !['conference', 'raised'].includes(from)) checks.stage(from, [key, 'from']);
  }
  if (stage.next) checks.stage(stage.next, ['next']);
  facts.check(stage, checks, procedure);
  const later = stagesAfter(procedure, name);
  if (later.has(name)) checks.fault([], 'leads back to itself; a case goes through a stage once');
  const again = facts.once && [...later].find((other) => other !== name && procedure.stages[other]?.kind === stage.kind);
  if (again) checks.fault([], `"${again}" comes after it; a case has one stage of the kind "${stage.kind}" on its way`);
}

function endsAt({ stages }: Procedure, name: string): boolean {
  const stage = stages[name];
  return stage !== undefined && stageFacts(stage).ends;
}
