import { holdersOf, type Roster, type Standing } from './authority.ts';
import type { Case, CaseEvent, PersonId } from './case.ts';
import type { Command, CommandType } from './commands.ts';
import { decideMeeting, type MeetingCommand } from './decideMeeting.ts';
import { dateOf, sayDate } from './londonTime.ts';
import { stageOf, type DecideStage, type Procedure, type Window } from './procedure.ts';
import type { Refusal } from './refusal.ts';
import { dueIn, startAt, timeLimitsOf } from './timeLimits.ts';
import type { Calendar } from './workingDays.ts';

/** What a decision about a command depends on besides the case and the command. */
export type Context = {
  person: PersonId;
  standings: Standing[];
  procedure: Procedure;
  calendar: Calendar;
  roster: Roster;
  now: Temporal.Instant;
};

/** What a command comes to: the facts, and the standing that allowed it (X1). */
export type Outcome = { events: CaseEvent[]; role: Standing };

/** What of a command is known before its form is filled in: enough to say whether this person may open the form now. */
export type Intention = { type: CommandType; stage?: string; outcome?: string; request?: number; of?: 'dissenter' | 'chair' };

/**
 * Whether a person may do this to the case now, whatever they would write: by standing first (X3), then by what has been
 * done already (X4) and by the stage the case is at (X5). Answers the standing that allows it, or a refusal.
 */
export function mayDo(current: Case, intention: Intention, context: Context): { role: Standing } | Refusal {
  const rule = rules[intention.type](current, intention, context);
  const role = rule.by.find((standing) => context.standings.includes(standing));
  const chosen = rule.onlyPerson === undefined || rule.onlyPerson === context.person;
  if (role === undefined || !chosen) return { refused: 'not-allowed', rule: 'X3', sentence: rule.only };
  return rule.bar ?? { role };
}

/**
 * The domain's one gate: events, or a refusal that changes nothing. Pure: `now` is passed in, and the same question
 * always has the same answer. Lateness never refuses (C16); it asks for a reason.
 */
export function decide(current: Case, command: Command, context: Context): Outcome | Refusal {
  const allowed = mayDo(current, command, context);
  if ('refused' in allowed) return allowed;
  const { role } = allowed;
  const answer = consequences(current, command, context);
  return 'refused' in answer ? answer : { events: answer.events, role };
}

/** The rule for one command: who, the sentence for anybody else, and what bars it for now. */
type Rule = { by: Standing[]; only: string; onlyPerson?: PersonId; bar: Refusal | null };

/** Said to somebody with no part in the case, and about a case that does not exist, in the same words (X9). */
export const onlyFor: Record<CommandType, string> = {
  DeclineChair: 'Only the chair of this conference can say that.',
  NameChair: 'Only the person who raised this dissent can name the chair.',
  Refer: 'Only the chair of this conference can refer.',
  Withdraw: 'Only the person who raised this dissent can withdraw it.',
  AddToDissent: 'Only the person who raised this dissent can add to it.',
  Ask: 'Only the person who decides this dissent can ask.',
  AskAdvice: 'Only the person who decides this dissent can ask for advice.',
  Answer: 'Only the person who was asked can answer.',
  Decide: 'Only the person named by the procedure can decide this.',
  LookForTimes: 'Only those who book this conference can look for times.',
  ChooseTime: 'Only those who book this conference can choose its time.',
  CancelMeeting: 'Only those who book this conference can cancel it.',
  RetryInvitation: 'Only those who book this conference can try again.',
  ReportHeld: 'Only those who book this conference can record that it was held.',
};

const rules: Record<CommandType, (current: Case, intention: Intention, context: Context) => Rule> = {
  DeclineChair: (current) => ({ by: ['chair'], only: onlyFor.DeclineChair, bar: closed(current) ?? recorded(current) }),
  NameChair: (current) => ({
    by: ['dissenter'],
    only: onlyFor.NameChair,
    bar: closed(current) ?? (current.chairStands ? done('The chair has been named already.', 'X4') : null),
  }),
  Refer: (current) => ({ by: ['chair'], only: onlyFor.Refer, bar: closed(current) ?? recorded(current) }),
  Withdraw: (current) => ({ by: ['dissenter'], only: onlyFor.Withdraw, bar: closed(current) ?? firstDecision(current) }),
  AddToDissent: (current) => ({ by: ['dissenter'], only: onlyFor.AddToDissent, bar: closed(current) ?? firstDecision(current) }),
  Ask: (current, { of }, context) => {
    const stage = stageOf(context.procedure, current.stage);
    const asks = stage.kind === 'decide' && (of === undefined || stage.ask.includes(of));
    const open = current.questions.some((each) => each.kind === 'information' && each.of === of && !each.answer);
    return {
      ...byDecider(current, context, onlyFor.Ask),
      bar: closed(current) ?? (!asks ? notNow('Nobody is being asked at this stage.', 'C14') : open ? done(`The ${of} has been asked and has not answered yet.`, 'X4') : null),
    };
  },
  AskAdvice: (current, _intention, context) => {
    const stage = stageOf(context.procedure, current.stage);
    const adviser = stage.kind === 'decide' ? stage.advice : undefined;
    const open = current.questions.some((each) => each.kind === 'advice' && !each.answer);
    return {
      ...byDecider(current, context, onlyFor.AskAdvice),
      bar: closed(current) ?? (!adviser ? notNow('Advice is not part of this stage.', 'C13') : open ? done('Advice has been asked for and has not come yet.', 'X4') : null),
    };
  },
  Answer: (current, { request }, context) => {
    const asked = current.questions.find((each) => each.request === request);
    const by = asked?.kind === 'advice' ? [asked.of] : ['dissenter', 'chair'];
    const onlyPerson = asked?.kind === 'information' ? asked.to : undefined;
    const bar = asked?.answer ? done(`Already answered ${sayDate(dateOf(asked.answer.at))}.`, 'X4') : closed(current) ?? questionsOver(current, asked, context);
    return { by: asked ? by : [], only: onlyFor.Answer, ...(onlyPerson === undefined ? {} : { onlyPerson }), bar };
  },
  Decide: (current, { stage: name = '', outcome = '' }, context) => {
    const stage = context.procedure.stages[name];
    if (stage?.kind !== 'decide' || !stage.outcomes[outcome]) return { by: [], only: onlyFor.Decide, bar: null };
    const title = context.procedure.roles[stage.by]?.title ?? stage.by;
    return { by: [stage.by], only: `Only the ${title} can decide this.`, bar: decidedAlready(current, name, stage) ?? closed(current) ?? otherStage(current, name, context) };
  },
  LookForTimes: booking,
  ChooseTime: booking,
  CancelMeeting: booking,
  RetryInvitation: booking,
  ReportHeld: booking,
};

function byDecider(current: Case, { procedure }: Context, otherwise: string): Pick<Rule, 'by' | 'only'> {
  const stage = stageOf(procedure, current.stage);
  const deciding = Object.values(procedure.stages).filter((each): each is DecideStage => each.kind === 'decide' && each.ask.length > 0);
  const by = stage.kind === 'decide' ? [stage.by] : deciding.map((each) => each.by);
  return { by, only: otherwise };
}

function booking(current: Case, { type }: Intention, { procedure }: Context): Rule {
  const stages = Object.values(procedure.stages).flatMap((stage) => (stage.kind === 'reconvene' ? [stage.by] : []));
  const reached = stageOf(procedure, current.stage).kind === 'reconvene';
  return {
    by: ['administrator', ...stages],
    only: onlyFor[type],
    bar: closed(current) ?? (reached ? null : notNow('No conference is being reconvened in this case now.', 'C21')),
  };
}

function consequences(current: Case, command: Command, context: Context): { events: CaseEvent[] } | Refusal {
  const { procedure, calendar, roster, now, person } = context;
  const today = dateOf(now);
  switch (command.type) {
    case 'DeclineChair':
      return { events: [{ type: 'ChairDeclined', reason: command.reason }] };
    case 'NameChair': {
      const refused = chairFault(command.chair, current.dissent.dissenter, roster);
      return refused ?? { events: [{ type: 'ChairNamed', chair: command.chair }] };
    }
    case 'Refer': {
      const agency = current.dissent.agency ?? command.agency;
      if (agency === null) return invalid('C2', { agency: 'Choose the agency that this person represents.' });
      const stage = stageOf(procedure, current.stage);
      const next = stage.next ?? '';
      const receiving = stageOf(procedure, next);
      const { principal, insteadOf } = receiving.kind === 'decide' ? holdersOf(receiving.by, current, roster, today) : { principal: null, insteadOf: null };
      if (principal === null) return noDecider(receiving.title);
      return {
        events: [
          { type: 'ConferenceRecorded', record: command.record, agency },
          { type: 'DissentReferred', to: principal, insteadOf },
          { type: 'StageEntered', stage: next },
        ],
      };
    }
    case 'Withdraw':
      return { events: [{ type: 'DissentWithdrawn', reason: command.reason }, { type: 'CaseClosed' }] };
    case 'AddToDissent':
      return { events: [{ type: 'DissentAddedTo', text: command.text }] };
    case 'Ask': {
      const { dissenter, conference } = current.dissent;
      const to = command.of === 'dissenter' ? dissenter : conference.chair;
      return { events: [request(current, 'information', command.of, to, command.question, wantedBy(current, context))] };
    }
    case 'AskAdvice': {
      const stage = stageOf(procedure, current.stage) as DecideStage;
      const adviser = stage.advice ?? '';
      const { principal } = holdersOf(adviser, current, roster, today);
      if (principal === null) return noDecider(procedure.roles[adviser]?.title ?? adviser);
      return { events: [request(current, 'advice', adviser, principal, command.question, wantedBy(current, context))] };
    }
    case 'Answer':
      return { events: [{ type: 'InformationGiven', request: command.request, answer: command.answer }] };
    case 'Decide': {
      const stage = stageOf(procedure, command.stage) as DecideStage;
      const outcome = stage.outcomes[command.outcome];
      if (!outcome) throw new Error(`mayDo let an unknown outcome pass: ${command.outcome}`);
      const limit = timeLimitsOf(current, procedure, calendar, now).find((each) => each.kind === 'time limit');
      const late = limit !== undefined && limit.overdueBy > 0;
      if (late && command.delayReason === null) {
        return invalid('C16', { delayReason: `This is ${days(limit.overdueBy)} late. Say why.` });
      }
      const flags = roster.lineManagers[current.dissent.dissenter] === person ? ['line-manager'] : [];
      const { stage: name, outcome: chosen, reasons, newInformation } = command;
      return {
        events: [
          { type: 'DecisionMade', stage: name, outcome: chosen, reasons, newInformation, delayReason: late ? command.delayReason : null, flags },
          { type: 'StageEntered', stage: outcome.next },
          ...(stageOf(procedure, outcome.next).kind === 'reconvene' ? [{ type: 'TimesRequested' as const }] : []),
        ],
      };
    }
    default:
      return decideMeeting(current, command satisfies MeetingCommand, context);
  }
}

/** Why a person cannot be named as a conference's chair, or null (C9, C26). */
export function chairFault(chair: PersonId, dissenter: PersonId, roster: Roster): Refusal | null {
  if (chair === dissenter) return invalid('C26', { chair: 'The chair cannot be the person who dissents. Choose the chair of the conference.' });
  return roster.chairs.includes(chair) ? null : invalid('C9', { chair: 'Choose a conference chair from the list.' });
}

function request(current: Case, kind: 'information' | 'advice', of: string, to: PersonId, question: string, wanted: string | null): CaseEvent {
  return { type: 'InformationRequested', request: current.questions.length + 1, kind, of, to, question, wantedBy: wanted };
}

function wantedBy(current: Case, { procedure, calendar, now }: Context): string | null {
  const stage = stageOf(procedure, current.stage);
  const target: Window | undefined = stage.kind === 'decide' ? stage.askTarget : undefined;
  return target ? dueIn(target, startAt(now.toString()), current.stage, 'local target', calendar, now)?.due ?? null : null;
}

function days(count: number): string {
  return `${count} working day${count === 1 ? '' : 's'}`;
}

const done = (sentence: string, rule: string): Refusal => ({ refused: 'already-done', rule, sentence });
const notNow = (sentence: string, rule: string): Refusal => ({ refused: 'not-now', rule, sentence });
const invalid = (rule: string, fields: Record<string, string>): Refusal => ({ refused: 'invalid', rule, sentence: 'Nothing has been sent yet. Please mend what is marked.', fields });
const noDecider = (title: string): Refusal => notNow(`There is nobody who may act: ${title}. Ask your administrator to name an alternate, then try again.`, 'C26');

function closed(current: Case): Refusal | null {
  return current.status === 'closed' ? done(current.withdrawn ? 'This dissent was withdrawn.' : 'This case is closed.', 'X4') : null;
}

function recorded(current: Case): Refusal | null {
  return current.record ? done(`Already referred ${sayDate(dateOf(current.record.at))}.`, 'X4') : null;
}

function firstDecision(current: Case): Refusal | null {
  const [first] = Object.values(current.decisions);
  return first ? done(`Already decided ${sayDate(dateOf(first.at))}.`, 'X4') : null;
}

function decidedAlready(current: Case, stage: string, definition: DecideStage): Refusal | null {
  const decision = current.decisions[stage];
  if (!decision) return null;
  return done(`Already decided ${sayDate(dateOf(decision.at))}: ${definition.outcomes[decision.outcome]?.title ?? decision.outcome}.`, 'X4');
}

function otherStage(current: Case, stage: string, { procedure }: Context): Refusal | null {
  if (current.stage === stage) return null;
  return notNow(`This cannot be decided now. The case is here: ${stageOf(procedure, current.stage).title}.`, 'X5');
}

/** A question asked for a decision that has been made needs no answer any more. */
function questionsOver(current: Case, asked: Case['questions'][number] | undefined, { procedure }: Context): Refusal | null {
  if (!asked || stageOf(procedure, current.stage).kind === 'decide') return null;
  return firstDecision(current);
}
