import { actorsFor, hasLeft, personsWhoStandAside, type Roster, roleNobodyHolds } from '../authority.ts';
import { type Case, type Decision, forFamily, type View } from '../case.ts';
import type { CommandOf } from '../commands.ts';
import { asksAboutChild, ownField } from '../decided.ts';
import type { Answers } from '../events/trail.ts';
import { dateOf, sayDate } from '../londonTime.ts';
import { agreementOf, asksOf, deciderTitle, forMeeting, stageOf, stageOfKind, titleOf } from '../procedure.ts';
import type { DecideStage, FormQuestion } from '../procedureParts.ts';
import type { Procedure } from '../procedureShape.ts';
import { already, invalid, notNow, type Refusal, unanswered } from '../refusal.ts';
import type { CommandContext } from '../rule.ts';
import { stageFacts } from '../stages/stages.ts';
import { childrenAt } from '../tasks.ts';
import { timeLimitsOf } from '../timeLimits.ts';
import { listOf, workingDays } from '../words.ts';
import { closed, latenessOpen } from './bars.ts';
import type { CommandFamily, Consequences } from './commandFacts.ts';
import { sentTo } from './entering.ts';

/** The decision (C11, C16, C20, C26, S16-S19, X11), and who is to make it where nobody may (CD7). */
export const deciding: CommandFamily<'Decide' | 'NameActor'> = {
  NameActor: {
    rule: (current, _intention, { procedure, roster, now }) => {
      const last = Object.values(current.decisions).at(-1);
      return {
        by: ['administrator', ...(last ? [last.role] : [])],
        ...(last ? { orDecider: last.by } : {}),
        bar:
          closed(current, procedure) ??
          (roleNobodyHolds(current, procedure, roster, dateOf(now)) === null ? already('There is somebody who may act here.') : null),
      };
    },
    onlyFor: () => 'Only an administrator, or whoever decided before, can name somebody.',
    consequences: (current, { person }, { procedure, roster, now }) => {
      const role = roleNobodyHolds(current, procedure, roster, dateOf(now)) ?? '';
      if (personsWhoStandAside(role, current).includes(person))
        return invalid('C26', { person: 'This person chaired it, raised it or decided in it. Choose somebody else.' });
      if (hasLeft(person, roster)) return invalid('CD7', { person: 'Choose somebody of the partnership.' });
      return { events: [{ type: 'ActorNamed', role, person }] };
    },
  },
  Decide: {
    rule: (current, { stage: name = '', outcome = '' }, context) => {
      const { procedure } = context;
      const stage = stageOfKind(procedure, name, 'decide');
      if (!stage || !Object.hasOwn(forMeeting(stage.outcomes, current.dissent.conference.type), outcome)) return { by: [], bar: null };
      const title = deciderTitle(procedure, stage);
      return {
        by: actorsFor(stage, context.person, current),
        only: sayWhoDecides(stage, title, current, context),
        bar:
          decidedAlready(current, name, stage) ??
          closed(current, procedure) ??
          otherStage(current, name, procedure) ??
          (latenessOpen(current, procedure) ? notNow('The letter came late. First say whether you accept it.', 'Q17') : null),
      };
    },
    onlyFor: () => 'Only the person named by the procedure can decide this.',
    consequences: makeDecision,
  },
};

/** Whose it is to decide, and to somebody who leaves it to another on this case, why (C26). */
function sayWhoDecides({ by, also }: DecideStage, title: string, current: Case, { person, roster, standings }: CommandContext): string {
  const { holder, deputies = [] } = roster.roles[by] ?? {};
  const aside = personsWhoStandAside(by, current);
  const covers = deputies.some((deputy) => deputy.person === person);
  if (aside.includes(person) && (holder === person || covers || also.some((standing) => standings.includes(standing))))
    return `You chaired this, raised it or decided in it earlier, so somebody else decides it as ${title}.`;
  if (covers && holder !== undefined && aside.includes(holder))
    return `Whoever you cover for chaired this, raised it or decided in it earlier, so somebody else decides it as ${title}.`;
  return `Only the ${title} can decide this.`;
}

function decidedAlready(current: Case, stage: string, definition: DecideStage): Refusal | null {
  const decision = current.decisions[stage];
  if (!decision) return null;
  return already(`Already decided ${sayDate(dateOf(decision.at))}: ${sayOutcomes(decision, definition)}.`);
}

/** The outcome, or where it was not the same for every child, for how many it was which (X11). */
function sayOutcomes({ outcome, perChild }: Decision, { outcomes }: DecideStage): string {
  const given = Map.groupBy(Object.values(perChild), (each) => each);
  if (given.size < 2) return titleOf(outcomes, outcome);
  return listOf([...given].map(([id, { length }]) => `${titleOf(outcomes, id)} for ${length} ${length === 1 ? 'child' : 'children'}`));
}

function otherStage(current: Case, stage: string, procedure: Procedure): Refusal | null {
  if (current.stage === stage) return null;
  return notNow(`This cannot be decided now. The case is here: ${stageOf(procedure, current.stage).title}.`, 'X5');
}

/**
 * The decision, child by child, with its reasons, what was asked with each outcome that a child was given, and where the case goes from
 * there (C11, C16, C20, S18, X11).
 */
function makeDecision(current: Case, command: CommandOf<'Decide'>, context: CommandContext): Consequences {
  const { procedure, calendar, roster, now, person } = context;
  const { stage: name, reasons } = command;
  const stage = stageOf(procedure, name) as DecideStage;
  const divided = dividedOf(current, command, stage, procedure);
  if ('refused' in divided) return divided;
  const { perChild, outcome, answers, own } = divided;
  const { next } = stage.outcomes[outcome] ?? {};
  if (next === undefined) throw new Error(`the rule let an unknown outcome pass: ${outcome}`);
  const limit = timeLimitsOf(current, procedure, calendar, now).find(({ kind }) => kind === 'time limit');
  const late = limit !== undefined && limit.overdueBy > 0;
  if (late && command.delayReason === null)
    return invalid('C16', { delayReason: `This is ${workingDays(limit.overdueBy)} late. Say why.` });
  const { dissent } = current;
  const flags = !forFamily(dissent) && roster.lineManagers[dissent.dissenter] === person ? ['line-manager'] : [];
  const delayReason = late ? command.delayReason : null;
  const teller = tellerOf(stage, answers, current, roster);
  const ofTheirOwn = Object.keys(own).length === 0 ? {} : { own };
  const together = agreed(current, name, stage, perChild, context);
  if (together === null) return { events: [{ type: 'ViewGiven', stage: name, outcome, perChild, reasons, answers }] };
  const said =
    together.length === 0
      ? reasons
      : [...together, { role: roleOf(stage, context), reasons }].map((view) => asView(view, procedure)).join('\n\n');
  const all = Object.assign({}, ...together.map((view) => view.answers), answers);
  return {
    events: [
      { type: 'DecisionMade', stage: name, outcome, perChild, reasons: said, answers: all, ...ofTheirOwn, delayReason, flags },
      ...(teller === undefined ? [] : [{ type: 'TellerNamed' as const, stage: name, person: teller }]),
      ...sentTo(next, context),
    ],
  };
}

/**
 * Of several who decide together, the views of the others that agree with this one, where they are enough for a decision; null where they
 * are not. Where one decides alone there are no others, and none are wanted (PL4).
 */
function agreed(current: Case, name: string, stage: DecideStage, perChild: Record<string, string>, context: CommandContext): View[] | null {
  const role = roleOf(stage, context);
  const others = (current.views[name] ?? []).filter((view) => view.by !== context.person && view.role !== role);
  const alike = others.filter((view) => Object.entries(perChild).every(([child, outcome]) => view.perChild[child] === outcome));
  return alike.length + 1 >= agreementOf(stage) ? alike : null;
}

/** The role in which somebody decides, of those that decide together. */
function roleOf({ by, with: others }: DecideStage, { standings }: CommandContext): string {
  return [by, ...others].find((role) => standings.includes(role)) ?? by;
}

/** A view as the reasons of the decision give it: whose, and why. */
function asView({ role, reasons }: Pick<View, 'role' | 'reasons'>, { roles }: Procedure): string {
  return `${titleOf(roles, role)}: ${reasons}`;
}

/** Who tells the parents: whoever the decider names, or else whoever told them of an earlier decision, or is to (C22, S21). */
function tellerOf({ tell }: DecideStage, answers: Answers, { conclusion }: Case, roster: Roster): string | undefined {
  if (tell?.teller !== undefined) return answers[tell.teller];
  const known = Object.values(conclusion.parents).findLast(({ teller }) => teller !== null && !hasLeft(teller, roster))?.teller;
  return tell?.who.includes('parents') ? (known ?? undefined) : undefined;
}

/** A decision as the event keeps it, child by child. */
type Divided = Pick<Decision, 'perChild' | 'outcome' | 'answers' | 'own'>;

/**
 * What is decided on each child: as pressed, or what it has of its own (CD1); and the outcome that says where the case goes, which is the
 * first of the procedure's own order that leads somewhere besides the end, since a case goes on while it goes on for any child (X11, Q16).
 * Answers to what was not asked with an outcome that a child was given say nothing about this decision, and are left out.
 */
function dividedOf(
  current: Case,
  { stage: name, outcome: pressed, own: given = {}, answers: typed }: CommandOf<'Decide'>,
  stage: DecideStage,
  procedure: Procedure,
): Divided | Refusal {
  const { type } = current.dissent.conference;
  const children = childrenAt(current, procedure, name);
  const offered = forMeeting(stage.outcomes, type);
  const perChild = Object.fromEntries(children.map((child) => [child, given[child]?.outcome ?? pressed]));
  const fields: Record<string, string> = {};
  const sources: string[] = [];
  const asks = asksOf(stage, [pressed], type);
  const answers = answering(asks, typed);
  const missing = unanswered(asks, typed);
  if (missing) return missing;
  const own: Divided['own'] = {};
  for (const [place, child] of children.entries()) {
    const theirs = given[child];
    const outcome = perChild[child] ?? pressed;
    if (!Object.hasOwn(offered, outcome)) return invalid('CD1', { [ownField(place, 'outcome')]: 'Choose one of these.' });
    if (!theirs) continue;
    const about = asksAboutChild(stage, outcome, type);
    const wanting = unanswered(about, { ...answers, ...theirs.answers });
    for (const [id, said] of Object.entries(wanting?.fields ?? {})) fields[ownField(place, id)] = said;
    if (wanting) sources.push(wanting.rule);
    const ownAnswers = answering(about, theirs.answers);
    if (theirs.reasons !== null || Object.keys(ownAnswers).length > 0) own[child] = { reasons: theirs.reasons, answers: ownAnswers };
  }
  if (Object.keys(fields).length > 0) return invalid(sources[0] ?? 'CD1', fields);
  if (children.length > 0 && !Object.values(perChild).includes(pressed))
    return invalid('X11', {
      [ownField(0, 'outcome')]:
        `No child is left that gets "${titleOf(offered, pressed)}". Leave one as above, or go back and begin with another outcome.`,
    });
  const onward = Object.keys(offered)
    .filter((id) => Object.values(perChild).includes(id))
    .find((id) => !stageFacts(stageOf(procedure, offered[id]?.next ?? '')).ends);
  return { perChild, outcome: onward ?? pressed, answers, own };
}

/** Of some answers those to what is asked. */
function answering(asks: Record<string, FormQuestion>, answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([id]) => Object.hasOwn(asks, id)));
}
