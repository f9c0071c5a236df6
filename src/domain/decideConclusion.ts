import type { Case, CaseEvent } from './case.ts';
import type { ConclusionCommand, ConclusionReport } from './commands.ts';
import { notTold, type Recipient } from './conclusion.ts';
import { dateOf } from './londonTime.ts';
import type { Context } from './mayDo.ts';
import type { DecideStage, Procedure } from './procedure.ts';
import { already, notNow, type Refusal } from './refusal.ts';
import { tasksOf } from './tasks.ts';

/** What a command about letters, telling, filing or remaining concerned comes to, once `mayDo` has let it pass. */
export function decideConclusion(current: Case, command: ConclusionCommand, context: Context): { events: CaseEvent[] } | Refusal {
  switch (command.type) {
    case 'ApproveLetter':
      return approve(current, command, context.procedure);
    case 'SettleSending': {
      const { sending, as } = command;
      const copy = current.conclusion.sendings.some(({ number, to }) => number === sending && to === 'copy');
      if (as === 'dropped' && copy) return notNow('The partnership has to have its copy before the case can close.', 'C18');
      return { events: [{ type: 'SendingSettled', sending, as }] };
    }
    case 'TickTask': {
      const { task, note } = command;
      return { events: [{ type: 'TaskTicked', task, note }] };
    }
    case 'NameTeller': {
      const { stage, person } = command;
      return (current.conclusion.tellings[stage] ?? notTold).teller === person
        ? already('This person is named already.')
        : { events: [{ type: 'TellerNamed', stage, person }] };
    }
    case 'CheckContact': {
      const { stage, safe, approach } = command;
      if (!safe && approach === null)
        return invalid('X8', { approach: 'Write what was agreed, and with whom. Until then nobody is to be told.' });
      return { events: [{ type: 'ContactChecked', stage, safe, approach }] };
    }
    case 'TellParents':
      return tell(current, command, context);
    case 'FileReasons': {
      const { child, fileReference } = command;
      return { events: [{ type: 'ReasonsFiled', child, fileReference, item: null }] };
    }
    case 'RetryFiling':
      return { events: [{ type: 'FilingWanted' }] };
    case 'RequestDocument':
      return { events: [{ type: 'SendingsWanted', document: command.document, to: [`person:${context.person}`] }] };
    case 'RemainConcerned': {
      const { agency } = current.dissent;
      const representative = (agency === null ? undefined : context.roster.representatives[agency]) ?? null;
      const raised: CaseEvent = { type: 'ConcernRaised', representative };
      return { events: representative === null ? [raised, { type: 'SendingsWanted', document: 'escalation', to: ['copy'] }] : [raised] };
    }
    case 'NoteEscalation':
      return { events: [{ type: 'EscalationNoted', text: command.text }] };
  }
}

/** What the bot's own report of its sending and filing comes to: nothing when the case has it already. */
export function takeConclusionReport(current: Case, report: ConclusionReport, procedure: Procedure): CaseEvent[] {
  const { sendings, filed } = current.conclusion;
  switch (report.type) {
    case 'ConfirmSending':
      return sendings.some(({ number, status }) => number === report.sending && status !== 'sent')
        ? [{ type: 'SendingDone', sending: report.sending }]
        : [];
    case 'FailSending':
      return sendings.some(({ number, status }) => number === report.sending && status === 'wanted')
        ? [{ type: 'SendingFailed', sending: report.sending, cause: report.cause }]
        : [];
    case 'ConfirmTold':
      return tasksOf(current, procedure).some(({ id, done }) => id === report.task && done === null)
        ? [{ type: 'TaskTicked', task: report.task, note: null }]
        : [];
    case 'ConfirmFiling': {
      const { child, fileReference, item } = report;
      return filed[child] ? [] : [{ type: 'ReasonsFiled', child, fileReference, item }];
    }
    case 'FailFiling':
      return filed[report.child] || current.status === 'closed' ? [] : [{ type: 'FilingFailed', child: report.child, cause: report.cause }];
  }
}

/**
 * Whom a decision's letter goes to unless the decider says otherwise: the agencies that the chair confirmed and the dissenter's own
 * (Q7), or everybody who was invited, the chair and the dissenter (Q23); and the partnership's copy where there is one (C18).
 */
export function recipientsOf(current: Case, letter: NonNullable<DecideStage['letter']>): Recipient[] {
  const { record, dissent } = current;
  const own = dissent.agency === null ? [] : [dissent.agency];
  const people = [...(record?.required ?? []), ...(record?.optional ?? []), dissent.conference.chair, dissent.dissenter];
  const to: Recipient[] =
    letter.to === 'agencies' ? [...own, ...(record?.agencies ?? [])].map((agency): Recipient => `agency:${agency}`) : people.map(person);
  return [...new Set(to), ...(letter.copy ? ['copy' as const] : [])];
}

const person = (id: string): Recipient => `person:${id}`;

function approve(
  current: Case,
  { stage, wording, recipients, changes }: Extract<ConclusionCommand, { type: 'ApproveLetter' }>,
  procedure: Procedure,
): { events: CaseEvent[] } | Refusal {
  const { letter } = procedure.stages[stage] as DecideStage;
  if (!letter) throw new Error(`mayDo let a letter of stage "${stage}" pass, which has none`);
  const proposed = recipientsOf(current, letter);
  const chosen: Recipient[] = [...new Set(recipients.filter((each) => each !== 'copy')), ...(letter.copy ? ['copy' as const] : [])];
  if (chosen.every((each) => each === 'copy')) return invalid('C17', { recipients: 'Choose whom the letter goes to.' });
  const changed = chosen.length !== proposed.length || chosen.some((each) => !proposed.includes(each));
  if (changed && changes === null) return invalid('Q7', { changes: 'You changed whom it goes to. Say why.' });
  return {
    events: [
      { type: 'LetterApproved', stage, wording, changes: changed ? changes : null },
      { type: 'SendingsWanted', document: `letter:${stage}`, to: chosen },
    ],
  };
}

function tell(
  current: Case,
  { stage, on, means, everyone, note }: Extract<ConclusionCommand, { type: 'TellParents' }>,
  { now }: Context,
): { events: CaseEvent[] } | Refusal {
  if (on > dateOf(now).toString()) return invalid('C22', { on: 'That day has not come yet.' });
  const decided = current.decisions[stage]?.at;
  if (decided !== undefined && on < dateOf(decided).toString()) return invalid('C22', { on: 'That is before the decision.' });
  if (!everyone && note === null) return invalid('X8', { note: 'Write who is still to be told, and how.' });
  return { events: [{ type: 'ParentsTold', stage, on, means, everyone, note }] };
}

const invalid = (rule: string, fields: Record<string, string>): Refusal => ({
  refused: 'invalid',
  rule,
  sentence: 'Nothing has been changed yet. Please mend what is marked.',
  fields,
});
