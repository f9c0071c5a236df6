import { OF_OTHER_AGENCY } from './authority.ts';
import { didYouMean } from './nearest.ts';
import { dateQuestions, deciders, forMeeting, stageOfKind } from './procedure.ts';
import { type Checks, checksAt, type ProcedureFinding } from './procedureChecks.ts';
import type { Stage, Window } from './procedureParts.ts';
import { type Procedure, procedureShape } from './procedureShape.ts';
import { stageFacts, stagesAfter } from './stages/stages.ts';
import { bothOf } from './timeLimits.ts';
import { TOLD } from './whoIsTold.ts';

/**
 * Standings that a case gives by itself, so that no role can go by their name; `agency-lead` may be a role, see {@link procedureSchema}.
 */
const GIVEN_STANDINGS = ['dissenter', 'logger', 'chair', 'administrator', 'decided', 'teller', 'meeting-chair', 'bot'];

/** The schema of a procedure definition: its shape, and that it holds together. */
export const procedureSchema = procedureShape.superRefine((procedure, context) => {
  for (const { severity, path, message } of findingsIn(procedure))
    if (severity === 'fault') context.addIssue({ code: 'custom', path, message });
});

/**
 * What a procedure says that does not hold together, or that is most likely not meant, each with the path to it: names of stages, roles and
 * meetings that are not there, and stages that lead nowhere good.
 */
export function findingsIn(procedure: Procedure): ProcedureFinding[] {
  const findings: ProcedureFinding[] = [];
  const checks = checksAt(procedure, [], findings);
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
  for (const word of ['meetings', 'grounds'] as const) {
    if (Object.keys(procedure[word]).length === 0) checks.fault([word], `without one nothing can be raised: say at least one`);
  }
  checkGrounds(procedure, checks);
  checkRoles(procedure, checks);
  checkForm(procedure, checks);
  checks.only(procedure.complainants, ['complainants']);
  checks.only(procedure.grounds, ['grounds']);
  checks.only(procedure.decisions, ['decisions']);
  for (const [name, stage] of Object.entries(procedure.stages)) checkStage(name, stage, procedure, findings);
  if (procedure.escalation && procedure.raisedBy === 'staff')
    checks.fault(['escalation'], 'nobody is offered this where "raisedBy" is staff: it is for a professional who dissents');
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
  return findings;
}

/** Of the grounds at each kind of meeting one at least has to open a case. */
function checkGrounds({ meetings, grounds }: Procedure, checks: Checks): void {
  for (const meeting of Object.keys(meetings)) {
    const open = Object.values(forMeeting(grounds, meeting)).some(({ divert }) => divert === undefined);
    if (Object.keys(grounds).length > 0 && !open)
      checks.fault(
        ['grounds'],
        `none opens a case about the meeting "${meeting}": each is for another meeting, or sent elsewhere by "divert"`,
      );
  }
}

/** A window counts from something that there is, and so does the one beside it. */
function checkWindow({ from, or }: Window, path: string[], checks: Checks): void {
  checks.anchor(from, [...path, 'from']);
  if (or) checks.anchor(or.from, [...path, 'or', 'from']);
}

/** What the form asks: under names of its own, and nothing that the case has not. */
function checkForm(procedure: Procedure, checks: Checks): void {
  const { asks, raising, chaired, otherAgency, roles, stages, raisedBy } = procedure;
  checks.names(Object.keys(asks), ['asks']);
  for (const id of Object.keys(asks))
    if (ON_RAISE_FORM.includes(id)) checks.fault(['asks', id], `the form has a "${id}" already: use another name`);
  if (raising) {
    const known = ['conference', ...Object.keys(dateQuestions({ ...procedure, stages: {} }))];
    for (const { from } of bothOf(raising.limit)) {
      if (!known.includes(from))
        checks.fault(['raising', 'limit', 'from'], `before anything is raised days are counted from ${known.join(' or ')}`);
    }
  }
  const days = dateQuestions(procedure);
  for (const id of Object.keys(days)) {
    if (['conference', 'raised', 'asked', ...Object.keys(stages)].includes(id))
      checks.fault(['asks', id], `a day is asked for under the name "${id}", from which something else is counted: use another name`);
  }
  if (!chaired) {
    for (const [name, stage] of Object.entries(stages)) {
      if (JSON.stringify(stage).includes('"chair"'))
        checks.fault(['stages', name], 'speaks of the chair, and "chaired: false" says that there is none');
    }
  }
  const other = Object.keys(roles).filter((role) => OF_OTHER_AGENCY.includes(role));
  if (other.length > 0 && !otherAgency)
    checks.fault(['roles', other[0] ?? ''], 'the form has to ask for the other agency: say "otherAgency" at the head of the file');
  if (raisedBy === 'staff' && Object.keys(roles).includes('line-manager'))
    checks.fault(['roles', 'line-manager'], 'nobody is raising it for whom somebody is line manager: "raisedBy" is staff');
}

/** What the form to raise asks anyway. */
const ON_RAISE_FORM = [
  ...['meeting', 'date', 'decision', 'chair', 'grounds', 'agencyConcerned', 'newInformation', 'level', 'complainant', 'affirmed'],
  'lateReason',
];

/** The directory has to name a holder for each role: one that has nothing to do is most likely a slip. */
function checkRoles({ roles, stages }: Procedure, checks: Checks): void {
  const used = JSON.stringify(stages);
  for (const role of Object.keys(roles)) {
    if (!used.includes(`"${role}"`)) checks.warn(['roles', role], 'has nothing to do in any stage: name it at one, or take it out');
  }
}

/** What is wrong with one stage: as any stage, as one of its kind, and in its place among the others. */
function checkStage(name: string, stage: Stage, procedure: Procedure, findings: ProcedureFinding[]): void {
  const checks = checksAt(procedure, ['stages', name], findings);
  const facts = stageFacts(stage);
  for (const key of ['limit', 'target'] as const) {
    const window = stage[key];
    if (window) checkWindow(window, [key], checks);
  }
  if (stage.next) checks.stage(stage.next, ['next']);
  checkTold(name, stage, procedure, checks);
  facts.check(stage, checks, procedure);
  const later = stagesAfter(procedure, name);
  if (later.has(name)) checks.fault([], 'leads back to itself; a case goes through a stage once');
  const again = facts.once && [...later].find((other) => other !== name && procedure.stages[other]?.kind === stage.kind);
  if (again) checks.fault([], `"${again}" comes after it; a case has one stage of the kind "${stage.kind}" on its way`);
}

/** Whoever has to be told has to be somebody. */
function checkTold(name: string, stage: Stage, procedure: Procedure, checks: Checks): void {
  const who = 'tell' in stage ? (stage.tell?.who ?? []) : [];
  const to = stage.kind === 'decide' ? (stage.letter?.to ?? []) : [];
  const known = [...TOLD, ...Object.keys(procedure.roles)];
  for (const each of [...who.map((one) => ['tell', 'who', one]), ...to.map((one) => ['letter', 'to', one])]) {
    const [word = '', list = '', one = ''] = each;
    if (!known.includes(one)) checks.fault([word, list], `there is nobody called "${one}"${didYouMean(one, known, 'there are:')}`);
  }
  for (const one of ['parents', 'decider'])
    if (to.includes(one)) checks.fault(['letter', 'to'], `"${one}" cannot be written to here: have them told by "tell"`);
  if (!procedure.otherAgency && [...who, ...to].includes('other-agency') && !Object.values(procedure.grounds).some(({ routes }) => routes))
    checks.fault(
      [who.includes('other-agency') ? 'tell' : 'letter'],
      'the form does not ask for the other agency: say "otherAgency" at the head of the file',
    );
  if (new Set(who).size < who.length) checks.fault(['tell', 'who'], 'somebody stands here twice: name each once');
  if (procedure.raisedBy === 'staff' && who.includes('agency'))
    checks.fault(['tell', 'who'], '"agency" is nobody where "raisedBy" is staff: no agency dissents');
  const ahead = [...stagesAfter(procedure, name)].flatMap((each) => procedure.stages[each] ?? []);
  const decided = stageFacts(stage).ends ? deciders(procedure).length > 0 : ahead.some((each) => stageFacts(each).decider(each) !== null);
  if (who.includes('decider') && !decided) checks.fault(['tell', 'who'], '"decider" is nobody here: nothing is decided after this stage');
}

function endsAt({ stages }: Procedure, name: string): boolean {
  const stage = stages[name];
  return stage !== undefined && stageFacts(stage).ends;
}
