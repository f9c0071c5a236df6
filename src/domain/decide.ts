import { holdersOf, type Roster, type Standing } from './authority.ts';
import { type Actor, type Answers, type Case, type CaseEvent, type Dissent, evolve, forFamily, type PersonId } from './case.ts';
import type { Command } from './commands.ts';
import { decideConclusion } from './decideConclusion.ts';
import { decideMeeting, type MeetingCommand } from './decideMeeting.ts';
import { dateOf, sayDate } from './londonTime.ts';
import { type Context, mayDo } from './mayDo.ts';
import {
  afterRecord,
  asksOf,
  type DecideStage,
  forMeeting,
  type Procedure,
  type Question,
  type RecordStage,
  stageOf,
  type Window,
} from './procedure.ts';
import type { Refusal } from './refusal.ts';
import { writingStage } from './stages/stages.ts';
import { childrenAt, nothingLeft } from './tasks.ts';
import { dueIn, startAt, timeLimitsOf, timeLimitsOfStage } from './timeLimits.ts';

/** What a command comes to: the facts, and the standing that allowed it (X1). */
export type Outcome = { events: CaseEvent[]; role: Standing };

/**
 * The domain's one gate: events, or a refusal that changes nothing. Pure: `now` is passed in, and the same question
 * always has the same answer. Lateness never refuses (C16); it asks for a reason.
 */
export function decide(current: Case, command: Command, context: Context): Outcome | Refusal {
  const allowed = mayDo(current, command, context);
  if ('refused' in allowed) return allowed;
  const { role } = allowed;
  const answer = consequences(current, command, context);
  if ('refused' in answer) return answer;
  return { events: closing(current, answer.events, context.procedure, context.now, { person: context.person, role }), role };
}

/** The events, and that the case is closed where they leave nothing to do (Q29). */
export function closing(current: Case, events: CaseEvent[], procedure: Procedure, now: Temporal.Instant, actor: Actor): CaseEvent[] {
  const after = events.reduce(
    (before, event) => evolve(before, { ...event, revision: before.revision + 1, at: now.toString(), actor }),
    current,
  );
  return events.length > 0 && nothingLeft(after, procedure) ? [...events, { type: 'CaseClosed' }] : events;
}

function consequences(current: Case, command: Command, context: Context): { events: CaseEvent[] } | Refusal {
  const { procedure, roster, now } = context;
  const today = dateOf(now);
  switch (command.type) {
    case 'DeclineChair':
      return { events: [{ type: 'ChairDeclined', reason: command.reason }] };
    case 'NameChair': {
      const refused = chairFault(command.chair, current.dissent, roster, procedure);
      return refused ?? { events: [{ type: 'ChairNamed', chair: command.chair }] };
    }
    case 'Record':
      return record(current, command, context);
    case 'Submit':
      return submit(current, command, context);
    case 'JudgeLateness': {
      const { accepted, reasons } = command;
      const refused = (stageOf(procedure, current.stage) as DecideStage).lateRefused ?? '';
      return {
        events: [{ type: 'LateLetterJudged', accepted, reasons }, ...(accepted ? [] : [{ type: 'StageEntered' as const, stage: refused }])],
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
    case 'Decide':
      return makeDecision(current, command, context);
    case 'LookForTimes':
    case 'ChooseChair':
    case 'ShareMeeting':
    case 'ChooseTime':
    case 'CancelMeeting':
    case 'RetryInvitation':
    case 'ReportHeld':
      return decideMeeting(current, command satisfies MeetingCommand, context);
    default:
      return decideConclusion(current, command, context);
  }
}

/**
 * The decision, child by child, with its reasons, what was asked with each outcome that a child was given, and where the case goes from
 * there (C11, C16, C20, S18, X11).
 */
function makeDecision(current: Case, command: Extract<Command, { type: 'Decide' }>, context: Context): { events: CaseEvent[] } | Refusal {
  const { procedure, calendar, roster, now, person } = context;
  const { stage: name, reasons } = command;
  const stage = stageOf(procedure, name) as DecideStage;
  const divided = perChildOf(current, command, stage, procedure);
  if ('refused' in divided) return divided;
  const { perChild, outcome } = divided;
  const { next } = stage.outcomes[outcome] ?? {};
  if (next === undefined) throw new Error(`mayDo let an unknown outcome pass: ${outcome}`);
  const asks = asksOf(stage, Object.values(perChild), current.dissent.conference.type);
  const unanswered = missing(asks, command.answers);
  if (unanswered) return unanswered;
  // The form asks for what goes with every outcome: an answer to one that no child was given says nothing about this decision.
  const answers = Object.fromEntries(Object.entries(command.answers).filter(([id]) => Object.hasOwn(asks, id)));
  const limit = timeLimitsOf(current, procedure, calendar, now).find((each) => each.kind === 'time limit');
  const late = limit !== undefined && limit.overdueBy > 0;
  if (late && command.delayReason === null) return invalid('C16', { delayReason: `This is ${days(limit.overdueBy)} late. Say why.` });
  const { dissent } = current;
  const flags = !forFamily(dissent) && roster.lineManagers[dissent.dissenter] === person ? ['line-manager'] : [];
  const delayReason = late ? command.delayReason : null;
  const teller = stage.tell?.teller === undefined ? undefined : answers[stage.tell.teller];
  return {
    events: [
      { type: 'DecisionMade', stage: name, outcome, perChild, reasons, answers, delayReason, flags },
      ...(teller === undefined ? [] : [{ type: 'TellerNamed' as const, stage: name, person: teller }]),
      { type: 'StageEntered', stage: next },
      ...(stageOf(procedure, next).kind === 'reconvene' ? [{ type: 'TimesRequested' as const }] : []),
    ],
  };
}

/**
 * The outcome for each child, and the one that says where the case goes: the first of the procedure's own order that leads somewhere
 * besides the end, since a case goes on while it goes on for any child (X11, Q16).
 */
function perChildOf(
  current: Case,
  { stage: name, outcome: pressed, children, otherwise }: Extract<Command, { type: 'Decide' }>,
  stage: DecideStage,
  procedure: Procedure,
): { perChild: Record<string, string>; outcome: string } | Refusal {
  const all = childrenAt(current, procedure, name);
  const chosen = children === undefined ? all : all.filter((child) => children.includes(child));
  if (chosen.length === 0) return invalid('X11', { children: 'Choose one child or more.' });
  const offered = forMeeting(stage.outcomes, current.dissent.conference.type);
  const other = otherwise ?? Object.keys(offered).find((id) => id !== pressed && Object.keys(offered).length === 2);
  if (chosen.length < all.length && (other === undefined || !Object.hasOwn(offered, other)))
    return invalid('X11', { otherwise: 'Choose the outcome for the other children.' });
  const perChild = Object.fromEntries(all.map((child) => [child, chosen.includes(child) ? pressed : (other ?? pressed)]));
  const given = Object.keys(offered).filter((id) => Object.values(perChild).includes(id));
  const onward = given.find((id) => stageOf(procedure, offered[id]?.next ?? '').kind !== 'conclude');
  return { perChild, outcome: onward ?? pressed };
}

/** The chair records, and the dissent ends there or goes on to whoever is next (C5-C9, S9-S11). */
function record(current: Case, command: Extract<Command, { type: 'Record' }>, context: Context): { events: CaseEvent[] } | Refusal {
  const agency = current.dissent.agency ?? command.agency;
  if (agency === null && !forFamily(current.dissent)) return invalid('C2', { agency: 'Choose the agency that this person represents.' });
  const stage = stageOf(context.procedure, current.stage) as RecordStage;
  const unanswered = missing(forMeeting(stage.asks, current.dissent.conference.type), command.record.answers);
  if (unanswered) return unanswered;
  const recorded: CaseEvent = { type: 'ConferenceRecorded', record: command.record, agency };
  const { closes } = stage;
  if (closes && command.record.answers[closes.question] === closes.answer) {
    if (current.letter) return invalid('S12', { [closes.question]: sayHandedIn(current.letter) });
    return { events: [recorded, { type: 'DissentResolved' }, { type: 'CaseClosed' }] };
  }
  const confirmed = { ...current, dissent: { ...current.dissent, agency } };
  const onward = enter(afterRecord(context.procedure, current.dissent) ?? stage.next, confirmed, context);
  return 'refused' in onward ? onward : { events: [recorded, ...onward.events] };
}

/** Whoever has written that they dissent has the right to be answered: nobody else can say that it was resolved (S12). */
function sayHandedIn({ at }: { at: string }): string {
  const on = sayDate(dateOf(at));
  return `The dissent letter was handed in ${on}, so for its writer this is not resolved. Choose No, and say in your account what was agreed.`;
}

/**
 * The professional writes in their own name; late, it goes all the same, with how late and why (S12, S13, Q17). What they write before the
 * chair has recorded is kept with its day, and goes when the chair has recorded that it was not resolved.
 */
function submit(current: Case, command: Extract<Command, { type: 'Submit' }>, context: Context): { events: CaseEvent[] } | Refusal {
  const { text, link, lateReason } = command;
  const { procedure, calendar, person, now } = context;
  if (text === null && link === null) return invalid('S12', { letter: 'Write your letter, or give a link to it.' });
  const writing = writingStage(procedure, current) ?? current.stage;
  const limit = timeLimitsOfStage(current, procedure, writing, calendar, now).find((each) => each.kind === 'time limit');
  const lateBy = limit?.overdueBy ?? 0;
  if (lateBy > 0 && lateReason === null)
    return invalid('S13', { lateReason: `This is ${days(lateBy)} late. It will still go to the decider. Say why it is late.` });
  const letter = { text, link, lateReason: lateBy > 0 ? lateReason : null, lateBy };
  const written = { ...current, letter: { ...letter, at: now.toString(), by: person } };
  const stage = stageOf(procedure, current.stage);
  const onward = stage.kind === 'submit' ? enter(stage.next, written, context) : { events: [] };
  return 'refused' in onward ? onward : { events: [{ type: 'LetterSubmitted', letter }, ...onward.events] };
}

/**
 * The case goes on to a stage, and past one at which a letter is to be written that is there already. A decider receives it, or the one
 * who stands in for them (C9, C26), with the letter (S12).
 */
function enter(next: string, current: Case, context: Context): { events: CaseEvent[] } | Refusal {
  const { procedure, roster, now } = context;
  const receiving = stageOf(procedure, next);
  const entered: CaseEvent = { type: 'StageEntered', stage: next };
  if (receiving.kind === 'submit' && current.letter) {
    const onward = enter(receiving.next, current, context);
    return 'refused' in onward ? onward : { events: [entered, ...onward.events] };
  }
  if (receiving.kind !== 'decide') return { events: [entered] };
  const { principal, insteadOf } = holdersOf(receiving.by, current, roster, dateOf(now));
  if (principal === null) return noDecider(receiving.title);
  const letter: CaseEvent[] = current.letter ? [{ type: 'SendingsWanted', document: 'dissent-letter', to: [`person:${principal}`] }] : [];
  return { events: [{ type: 'DissentReferred', to: principal, insteadOf }, entered, ...letter] };
}

/** What a procedure asks that has not been answered, question by question; null when nothing is missing. */
function missing(asks: Record<string, Question>, answers: Answers): Refusal | null {
  const wanting = Object.entries(asks).filter(([id, { kind, optional }]) =>
    kind === 'confirm' ? answers[id] !== 'yes' : !optional && !answers[id]?.trim(),
  );
  if (wanting.length === 0) return null;
  const [[, first] = []] = wanting;
  return invalid(first?.source ?? 'C5', Object.fromEntries(wanting.map(([id, { title }]) => [id, `Please answer: ${title}`])));
}

/** Why a person cannot be named as a conference's chair, or null (C9, C26). A chair may log a complaint about their own conference (P1). */
export function chairFault(
  chair: PersonId,
  dissent: Pick<Dissent, 'dissenter' | 'complainant'>,
  roster: Roster,
  { words: { meeting } }: Procedure,
): Refusal | null {
  if (chair === dissent.dissenter && !forFamily(dissent))
    return invalid('C26', { chair: `The chair cannot be the person who dissents. Choose the chair of the ${meeting}.` });
  return roster.chairs.includes(chair) ? null : invalid('C9', { chair: `Choose a ${meeting} chair from the list.` });
}

function request(
  current: Case,
  kind: 'information' | 'advice',
  of: string,
  to: PersonId,
  question: string,
  wanted: string | null,
): CaseEvent {
  return { type: 'InformationRequested', request: current.questions.length + 1, kind, of, to, question, wantedBy: wanted };
}

function wantedBy(current: Case, { procedure, calendar, now }: Context): string | null {
  const stage = stageOf(procedure, current.stage);
  const target: Window | undefined = stage.kind === 'decide' ? stage.askTarget : undefined;
  return target ? (dueIn(target, startAt(now.toString()), current.stage, 'local target', calendar, now)?.due ?? null) : null;
}

function days(count: number): string {
  return `${count} working day${count === 1 ? '' : 's'}`;
}

const invalid = (rule: string, fields: Record<string, string>): Refusal => ({
  refused: 'invalid',
  rule,
  sentence: 'Nothing has been sent yet. Please mend what is marked.',
  fields,
});
const noDecider = (title: string): Refusal => ({
  refused: 'not-now',
  rule: 'C26',
  sentence: `There is nobody who may act: ${title}. Ask your administrator to name an alternate, then try again.`,
});
