import { personsWhoStandAside, type Standing } from './authority.ts';
import type { Case, Decision } from './case.ts';
import type { CommandType } from './commands.ts';
import { dateOf, sayDate } from './londonTime.ts';
import { conclusionRules } from './mayConclude.ts';
import { notYours } from './notYours.ts';
import { type DecideStage, forMeeting, type Procedure, recordStageOf, refers, stageOf } from './procedure.ts';
import { already, notNow, type Refusal } from './refusal.ts';
import type { Context, Intention, Rule } from './rule.ts';
import { actorsAt, writingStage } from './stages/stages.ts';
import { listOf } from './words.ts';

export type { Context, Intention } from './rule.ts';

/**
 * Whether a person may do this to the case now, whatever they would write: by standing first (X3), then by what has been
 * done already (X4) and by the stage the case is at (X5). Answers the standing that allows it, or a refusal.
 */
export function mayDo(current: Case, intention: Intention, context: Context): { role: Standing } | Refusal {
  const rule = rules[intention.type](current, intention, context);
  const role =
    rule.by.find((standing) => context.standings.includes(standing)) ?? (rule.orDecider === context.person ? 'decided' : undefined);
  const chosen = rule.onlyPerson === undefined || rule.onlyPerson === context.person;
  if (role === undefined || !chosen) return notYours(intention.type, context.procedure, rule.only);
  return rule.bar ?? { role };
}

const rules: Record<CommandType, (current: Case, intention: Intention, context: Context) => Rule> = {
  DeclineChair: (current, _intention, { procedure }) => ({
    by: ['chair'],
    bar: closed(current, procedure) ?? recorded(current, procedure),
  }),
  NameChair: (current, _intention, { procedure }) => ({
    by: RAISED,
    bar: closed(current, procedure) ?? (current.chairStands ? already('The chair has been named already.') : null),
  }),
  Record: (current, _intention, { procedure }) => ({
    by: [recordStageOf(procedure)?.by ?? 'chair'],
    bar: closed(current, procedure) ?? recorded(current, procedure) ?? notRecording(current, procedure) ?? chairFirst(current),
  }),
  Submit: (current, _intention, { procedure }) => ({
    by: ['dissenter'],
    bar:
      submitted(current) ??
      closed(current, procedure) ??
      (writingStage(procedure, current) === null ? notNow('There is nothing to write at this stage.', 'S12') : null),
  }),
  JudgeLateness: (current, _intention, context) => ({
    ...byDecider(current, context),
    bar:
      closed(current, context.procedure) ??
      (latenessOpen(current, context.procedure) ? null : already('No late letter is waiting to be accepted.')),
  }),
  Withdraw: (current, _intention, { procedure }) => ({
    by: RAISED,
    bar: closed(current, procedure) ?? firstDecision(current),
  }),
  AddToDissent: (current, _intention, { procedure }) => ({
    by: RAISED,
    bar: closed(current, procedure) ?? firstDecision(current),
  }),
  Ask: (current, { of }, context) => {
    const stage = stageOf(context.procedure, current.stage);
    const asks = stage.kind === 'decide' && (of === undefined || stage.ask.includes(of));
    const open = current.questions.some((each) => each.kind === 'information' && each.of === of && !each.answer);
    return {
      ...byDecider(current, context),
      bar:
        closed(current, context.procedure) ??
        (!asks
          ? notNow('Nobody is being asked at this stage.', 'C14')
          : open
            ? already(`The ${of} has been asked and has not answered yet.`)
            : null),
    };
  },
  AskAdvice: (current, _intention, context) => {
    const stage = stageOf(context.procedure, current.stage);
    const adviser = stage.kind === 'decide' ? stage.advice : undefined;
    const open = current.questions.some((each) => each.kind === 'advice' && !each.answer);
    return {
      ...byDecider(current, context),
      bar:
        closed(current, context.procedure) ??
        (!adviser
          ? notNow('Advice is not part of this stage.', 'C13')
          : open
            ? already('Advice has been asked for and has not come yet.')
            : null),
    };
  },
  Answer: (current, { request }, context) => {
    const asked = current.questions.find((each) => each.request === request);
    const by = asked?.kind === 'advice' ? [asked.of] : ['dissenter', 'chair'];
    const onlyPerson = asked?.kind === 'information' ? asked.to : undefined;
    const bar = asked?.answer
      ? already(`Already answered ${sayDate(dateOf(asked.answer.at))}.`)
      : (closed(current, context.procedure) ?? questionsOver(current, asked, context));
    return { by: asked ? by : [], ...(onlyPerson === undefined ? {} : { onlyPerson }), bar };
  },
  Decide: (current, { stage: name = '', outcome = '' }, context) => {
    const stage = context.procedure.stages[name];
    if (stage?.kind !== 'decide' || !Object.hasOwn(forMeeting(stage.outcomes, current.dissent.conference.type), outcome))
      return { by: [], bar: null };
    const title = context.procedure.roles[stage.by]?.title ?? stage.by;
    return {
      by: actorsAt(stage),
      only: standsAside(stage.by, current, context)
        ? `You chaired this, raised it or decided in it earlier, so somebody else decides it as ${title}.`
        : `Only the ${title} can decide this.`,
      bar:
        decidedAlready(current, name, stage) ??
        closed(current, context.procedure) ??
        otherStage(current, name, context) ??
        latenessFirst(current, context.procedure),
    };
  },
  LookForTimes: booking,
  ChooseChair: booking,
  ShareMeeting: (current, intention, context) => {
    const rule = booking(current, intention, context);
    const offered = current.sharing?.state === 'offered' ? null : notNow('There is no other conference that could serve both now.', 'Q26');
    return { ...rule, bar: rule.bar ?? offered };
  },
  ChooseTime: booking,
  CancelMeeting: booking,
  RetryInvitation: booking,
  ReportHeld: booking,
  ...conclusionRules,
};

/** Whoever raised it: the dissenter, or the one who logged it for a family. */
const RAISED: Standing[] = ['dissenter', 'logger'];

/** Whether somebody who holds or covers a role leaves it to another on this case (C26). */
function standsAside(role: string, current: Case, { person, roster }: Context): boolean {
  const post = roster.roles[role];
  const holds = post?.holder === person || post?.deputies.some((deputy) => deputy.person === person);
  return holds === true && personsWhoStandAside(role, current).includes(person);
}

function byDecider(current: Case, { procedure }: Context): Pick<Rule, 'by'> {
  const stage = stageOf(procedure, current.stage);
  const deciding = Object.values(procedure.stages).filter((each): each is DecideStage => each.kind === 'decide' && each.ask.length > 0);
  const by = stage.kind === 'decide' ? actorsAt(stage) : deciding.map((each) => each.by);
  return { by };
}

function booking(current: Case, _intention: Intention, { procedure }: Context): Rule {
  const stages = Object.values(procedure.stages).flatMap((stage) => (stage.kind === 'reconvene' ? [stage.by] : []));
  const reached = stageOf(procedure, current.stage).kind === 'reconvene';
  return {
    by: ['administrator', ...stages],
    bar:
      closed(current, procedure) ??
      (reached ? together(current, procedure) : notNow(`No ${procedure.words.meeting} is being reconvened in this case now.`, 'C21')),
  };
}

/** Once one conference serves this case and another, it is booked in the other, and nowhere twice (X10). */
function together({ sharing }: Case, { words: { meeting } }: Procedure): Refusal | null {
  if (sharing === null || sharing.state === 'offered') return null;
  return notNow(`One ${meeting} serves this case and another. It is booked in the other case.`, 'X10');
}

function notRecording(current: Case, procedure: Procedure): Refusal | null {
  return stageOf(procedure, current.stage).kind === 'record' ? null : notNow('There is nothing to record at this stage.', 'C9');
}

/** Nothing goes on while it is not known who chaired. */
function chairFirst({ chairStands }: Case): Refusal | null {
  return chairStands ? null : notNow('First the chair has to be named.', 'C9');
}

function closed(current: Case, { words }: Procedure): Refusal | null {
  return current.status === 'closed' ? already(current.withdrawn ? `This ${words.case} was withdrawn.` : 'This case is closed.') : null;
}

function recorded(current: Case, procedure: Procedure): Refusal | null {
  return current.record
    ? already(`Already ${refers(procedure, current.dissent) ? 'referred' : 'recorded'} ${sayDate(dateOf(current.record.at))}.`)
    : null;
}

/** What ends what the dissenter, the chair and those asked can add: a decision, or a late letter that was not accepted. */
function firstDecision(current: Case): Refusal | null {
  const { lateness } = current;
  if (lateness && !lateness.accepted) return already(`The letter came late and was not accepted ${sayDate(dateOf(lateness.at))}.`);
  const [first] = Object.values(current.decisions);
  return first ? already(`Already decided ${sayDate(dateOf(first.at))}.`) : null;
}

function decidedAlready(current: Case, stage: string, definition: DecideStage): Refusal | null {
  const decision = current.decisions[stage];
  if (!decision) return null;
  return already(`Already decided ${sayDate(dateOf(decision.at))}: ${sayOutcomes(decision, definition)}.`);
}

/** The outcome, or where it was not the same for every child, for how many it was which (X11). */
function sayOutcomes({ outcome, perChild }: Decision, { outcomes }: DecideStage): string {
  const titled = (id: string) => outcomes[id]?.title ?? id;
  const given = Map.groupBy(Object.values(perChild), (each) => each);
  if (given.size < 2) return titled(outcome);
  return listOf([...given].map(([id, { length }]) => `${titled(id)} for ${length} ${length === 1 ? 'child' : 'children'}`));
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

function submitted(current: Case): Refusal | null {
  return current.letter ? already(`Already sent ${sayDate(dateOf(current.letter.at))}.`) : null;
}

/** Whether a letter that came late waits for the decider to say that it is accepted, or not (Q17). */
export function latenessOpen(current: Case, procedure: Procedure): boolean {
  const stage = stageOf(procedure, current.stage);
  return stage.kind === 'decide' && stage.lateRefused !== undefined && (current.letter?.lateBy ?? 0) > 0 && current.lateness === null;
}

function latenessFirst(current: Case, procedure: Procedure): Refusal | null {
  return latenessOpen(current, procedure) ? notNow('The letter came late. First say whether you accept it.', 'Q17') : null;
}
