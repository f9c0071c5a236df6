import type { Standing } from './authority.ts';
import { type Case, forFamily } from './case.ts';
import { notTold } from './conclusion.ts';
import { dateOf, sayDate } from './londonTime.ts';
import { type DecideStage, deciders, type Procedure } from './procedure.ts';
import { already, notNow } from './refusal.ts';
import type { Context, Intention, Rule } from './rule.ts';
import { tasksOf } from './tasks.ts';

/** The rules for what follows a decision: who, and what bars it for now. A closed case bars most of it. */
export const conclusionRules = {
  ApproveLetter: (current: Case, { stage = '' }: Intention, { procedure }: Context): Rule => {
    const letter = current.conclusion.letters[stage];
    return {
      ...byDeciderOf(stage, current, procedure),
      bar: letter
        ? already(`The letter was sent off ${sayDate(dateOf(letter.at))}.`)
        : (closed(current) ??
          (current.decisions[stage] && decideStage(procedure, stage)?.letter
            ? null
            : notNow('There is no letter to send before the decision.', 'C17'))),
    };
  },
  SettleSending: (current: Case, { sending: number }: Intention, { procedure, person }: Context): Rule => {
    const sending = current.conclusion.sendings.find((each) => each.number === number);
    const open = sending?.status === 'uncertain' || sending?.status === 'failed';
    const own: Standing[] = sending?.to === `person:${person}` ? ['dissenter', 'chair'] : [];
    return {
      by: [...deciders(procedure), 'decided', 'administrator', ...own],
      bar: sending && open ? null : already('Nothing about this message has to be settled.'),
    };
  },
  TickTask: (current: Case, { task: id = '' }: Intention, { procedure }: Context): Rule => {
    const task = tasksOf(current, procedure).find((each) => each.id === id);
    const tickable = task && ['agency', 'chair', 'task'].includes(task.kind);
    return {
      ...(!tickable ? { by: [] } : task.role !== null ? { by: [task.role] } : orAdministrator(byDeciderOf(task.stage, current, procedure))),
      bar: task?.done ? already(`Already done ${sayDate(dateOf(task.done.at))}.`) : closed(current),
    };
  },
  NameTeller: (current: Case, { stage = '' }: Intention, { procedure }: Context): Rule => ({
    ...orAdministrator(byDeciderOf(stage, current, procedure)),
    bar: closed(current) ?? parentsToTell(current, stage, procedure),
  }),
  CheckContact: (current: Case, { stage = '' }: Intention, { procedure }: Context): Rule => ({
    ...byTeller(current, stage),
    bar: closed(current) ?? parentsToTell(current, stage, procedure),
  }),
  TellParents: (current: Case, { stage = '' }: Intention, { procedure }: Context): Rule => ({
    ...byTeller(current, stage),
    bar:
      closed(current) ??
      parentsToTell(current, stage, procedure) ??
      (current.conclusion.tellings[stage]?.contact ? null : notNow('First say whether there is a safe way to reach them.', 'X8')),
  }),
  FileReasons: (current: Case, { child = '' }: Intention, { procedure }: Context): Rule => {
    const task = tasksOf(current, procedure).find(({ id }) => id === `file:${child}`);
    return {
      by: ['administrator', 'decided', ...deciders(procedure)],
      bar: task?.done
        ? already(`Already filed ${sayDate(dateOf(task.done.at))}.`)
        : (closed(current) ?? (task ? null : notNow('There is nothing to file yet.', 'C23'))),
    };
  },
  RetryFiling: (current: Case, _intention: Intention, { procedure }: Context): Rule => ({
    by: ['administrator', 'decided', ...deciders(procedure)],
    bar: Object.keys(current.conclusion.filingFailed).length > 0 ? closed(current) : already('Nothing is waiting to be filed again.'),
  }),
  RequestDocument: (current: Case, { document = 'case' }: Intention, { procedure, person }: Context): Rule => {
    const [kind, stage = ''] = document.split(':');
    const readers: Standing[] = ['decided', ...deciders(procedure)];
    const by: Record<string, Standing[]> = {
      letter: readers,
      'dissent-letter': ['dissenter', ...readers],
      entry: ['chair', ...readers],
      acknowledgement: ['logger', 'administrator', 'teller', ...readers],
      case: readers,
    };
    const there: Record<string, boolean> = {
      letter: current.decisions[stage] !== undefined && decideStage(procedure, stage)?.letter !== undefined,
      'dissent-letter': current.letter !== null,
      entry: current.record !== null && !forFamily(current.dissent),
      acknowledgement: forFamily(current.dissent),
      case: true,
    };
    const own = `person:${person}`;
    const pending = current.conclusion.sendings.some((each) => each.document === document && each.to === own && each.status === 'wanted');
    return {
      by: by[kind ?? ''] ?? [],
      bar: !there[kind ?? ''] ? notNow('There is no such document yet.', 'C8') : pending ? already('It is on its way to you.') : null,
    };
  },
  RemainConcerned: (current: Case, _intention: Intention, { procedure }: Context): Rule => {
    const { escalation } = current.conclusion;
    return {
      by: ['dissenter'],
      bar: escalation
        ? already(`You said so ${sayDate(dateOf(escalation.at))}.`)
        : mayEscalate(current, procedure)
          ? null
          : notNow('There is no outcome yet that this could follow.', 'C24'),
    };
  },
  NoteEscalation: (current: Case, _intention: Intention, { procedure }: Context): Rule => ({
    by: ['administrator', 'decided', ...deciders(procedure)],
    bar: current.conclusion.escalation ? null : notNow('Nobody has said that they remain concerned.', 'C24'),
  }),
};

/** Whether an outcome has come after which the dissenter is shown where to turn (C24, C25, Q11). */
export function mayEscalate({ decisions }: Case, { escalation }: Procedure): boolean {
  if (!escalation) return false;
  return Object.entries(decisions).some(([stage, { perChild }]) =>
    Object.values(perChild).some((outcome) => escalation.after.includes(`${stage}.${outcome}`)),
  );
}

function decideStage(procedure: Procedure, name: string): DecideStage | null {
  const stage = procedure.stages[name];
  return stage?.kind === 'decide' ? stage : null;
}

/** Whoever holds the role that decided, or made the decision. */
function byDeciderOf(stage: string, current: Case, procedure: Procedure): Pick<Rule, 'by' | 'orDecider'> {
  const role = decideStage(procedure, stage)?.by;
  if (role === undefined) return { by: [] };
  const decider = current.decisions[stage]?.by;
  return { by: [role], ...(decider === undefined ? {} : { orDecider: decider }) };
}

function orAdministrator({ by, ...rest }: Pick<Rule, 'by' | 'orDecider'>): Pick<Rule, 'by' | 'orDecider'> {
  return { by: [...by, 'administrator'], ...rest };
}

function byTeller(current: Case, stage: string): Pick<Rule, 'by' | 'onlyPerson'> {
  const { teller } = current.conclusion.tellings[stage] ?? notTold;
  return teller === null ? { by: [] } : { by: ['teller'], onlyPerson: teller };
}

function parentsToTell(current: Case, stage: string, procedure: Procedure) {
  const task = tasksOf(current, procedure).find(({ id }) => id === `parents:${stage}`);
  if (!task) return notNow('There is nobody to tell before the decision.', 'C22');
  return task.done ? already(`They were told ${sayDate(dateOf(task.done.at))}.`) : null;
}

function closed(current: Case) {
  return current.status === 'closed' ? already('This case is closed.') : null;
}
