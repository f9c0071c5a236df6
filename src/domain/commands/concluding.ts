import { doersIn } from '../authority.ts';
import type { Case } from '../case.ts';
import type { Concern } from '../conclusion.ts';
import type { CaseEvent } from '../events/events.ts';
import type { StageName, Standing } from '../events/trail.ts';
import { dateOf, sayDate } from '../londonTime.ts';
import { deciders } from '../procedure.ts';
import type { Procedure } from '../procedureShape.ts';
import { already, notNow } from '../refusal.ts';
import { tasksOf } from '../tasks.ts';
import { byDeciderOrAdministrator, closedAfterDecision } from './afterDecision.ts';
import type { CommandFamily } from './commandFacts.ts';

/** The tasks that follow a decision: what is ticked, what goes on the children's files, and that somebody remains concerned (C22-C25, Q21, S23, Q11). */
export const concluding: CommandFamily<'TickTask' | 'FileReasons' | 'RetryFiling' | 'RemainConcerned' | 'NoteEscalation'> = {
  TickTask: {
    rule: (current, { task: id = '' }, { procedure, roster, now }) => {
      const task = tasksOf(current, procedure).find((each) => each.id === id);
      const tickable = task && ['agency', 'chair', 'task'].includes(task.kind);
      return {
        ...(!tickable
          ? { by: [] }
          : task.role !== null
            ? { by: doersIn(task.role, current, roster, dateOf(now)) }
            : byDeciderOrAdministrator(task.stage, current, procedure)),
        bar: task?.done ? already(`Already done ${sayDate(dateOf(task.done.at))}.`) : closedAfterDecision(current),
      };
    },
    onlyFor: () => 'Only those whose task this is can say that it is done.',
    consequences: (_current, { task, note }) => ({ events: [{ type: 'TaskTicked', task, note }] }),
  },
  FileReasons: {
    rule: (current, { child = '' }, { procedure }) => {
      const task = tasksOf(current, procedure).find(({ id }) => id === `file:${child}`);
      return {
        by: finishers(procedure),
        bar: task?.done
          ? already(`Already filed ${sayDate(dateOf(task.done.at))}.`)
          : (closedAfterDecision(current) ?? (task ? null : notNow('There is nothing to file yet.', 'C23'))),
      };
    },
    onlyFor: () => 'Only those who file can say that the reasons are on file.',
    consequences: (_current, { child, fileReference }) => ({ events: [{ type: 'ReasonsFiled', child, fileReference, item: null }] }),
  },
  RetryFiling: {
    rule: (current, _intention, { procedure }) => ({
      by: finishers(procedure),
      bar:
        Object.keys(current.conclusion.filingFailed).length > 0
          ? closedAfterDecision(current)
          : already('Nothing is waiting to be filed again.'),
    }),
    onlyFor: () => 'Only those who file can try again.',
    consequences: () => ({ events: [{ type: 'FilingWanted' }] }),
  },
  RemainConcerned: {
    rule: (current, _intention, { procedure }) => {
      const stage = escalable(current, procedure);
      const said = stage !== null && current.conclusion.concerns.find((concern) => follows(concern, stage, current));
      return {
        by: ['dissenter'],
        bar:
          stage === null
            ? notNow('There is no outcome yet that this could follow.', 'C24')
            : said
              ? already(`You said so ${sayDate(dateOf(said.at))}.`)
              : null,
      };
    },
    onlyFor: () => 'Only the person who raised this can say that they remain concerned.',
    consequences: (current, _command, { procedure, roster }) => {
      const { agency } = current.dissent;
      const after = escalable(current, procedure);
      const representative = (agency === null ? undefined : roster.representatives[agency]) ?? null;
      const raised: CaseEvent = { type: 'ConcernRaised', ...(after === null ? {} : { after }), representative };
      return { events: representative === null ? [raised, { type: 'SendingsWanted', document: 'escalation', to: ['copy'] }] : [raised] };
    },
  },
  NoteEscalation: {
    rule: (current, _intention, { procedure }) => ({
      by: finishers(procedure),
      bar: current.conclusion.concerns.length > 0 ? null : notNow('Nobody has said that they remain concerned.', 'C24'),
    }),
    onlyFor: () => 'Only those who decide or administer can note what came of it.',
    consequences: (_current, { text }) => ({ events: [{ type: 'EscalationNoted', text }] }),
  },
};

/** Those who see to what is left: administrators, and whoever decides or has decided. */
function finishers(procedure: Procedure): Standing[] {
  return ['administrator', 'decided', ...deciders(procedure)];
}

/** The last decision after whose outcome the dissenter is shown where to turn (C24, C25, Q11); null where there is none yet. */
function escalable({ decisions }: Pick<Case, 'decisions'>, { escalation }: Procedure): StageName | null {
  const reached = Object.entries(decisions).findLast(([stage, { perChild }]) =>
    Object.values(perChild).some((outcome) => escalation?.after.includes(`${stage}.${outcome}`)),
  );
  return reached?.[0] ?? null;
}

/** Whether it was said of that decision. */
function follows({ after, at }: Concern, stage: StageName, { decisions }: Case): boolean {
  return after === null ? Temporal.Instant.compare(decisions[stage]?.at ?? at, at) <= 0 : after === stage;
}
