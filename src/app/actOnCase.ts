import { rosterOf } from '../directory/directory.ts';
import { standingsOf } from '../domain/authority.ts';
import { type Case, evolve, replay } from '../domain/case.ts';
import type { Command, Report } from '../domain/commands.ts';
import { closing, decide } from '../domain/decide.ts';
import type { CaseEvent, RecordedEvent } from '../domain/events/events.ts';
import type { Actor, PersonId } from '../domain/events/trail.ts';
import { dateOf } from '../domain/londonTime.ts';
import { mayDo } from '../domain/mayDo.ts';
import { hasMovedOn } from '../domain/movedOn.ts';
import { notYours } from '../domain/notYours.ts';
import { coversEnded, type PartEnded, partsEnded } from '../domain/partsEnded.ts';
import { stageOf } from '../domain/procedure.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { takeReport } from '../domain/reports.ts';
import type { CommandContext, Intention } from '../domain/rule.ts';
import { stageFacts } from '../domain/stages/stages.ts';
import { caseSummary } from './caseSummary.ts';
import { THE_LOG } from './checkpoint.ts';
import type { Job } from './job.ts';
import { keepWith } from './keepWith.ts';
import { type CaseDependencies, type CaseForViewer, findSeen, seenBy } from './seeCase.ts';

/** A press of a card's button: what the card carried, and who pressed, as the channel authenticated them. */
export type Press = {
  reference: string;
  /** The revision on the card. */
  revision: number;
  person: PersonId;
  /** The card's verb, for the trail. */
  verb: string;
};

/** What a press came to: the case as it now stands for the presser (null for somebody with no part in it), and why nothing changed. */
export type Pressed = { seen: CaseForViewer | null; refusal: Refusal | null };

/**
 * Decides a command and commits it, events and jobs together, before it is answered (house rule 1). The store is read
 * again at every press, so neither an old card nor two presses in the same moment can do a thing twice (X4, X5).
 * Every press that changes nothing goes in the trail with its actor, standing and the card's revision (X3).
 * `first` is the case as the presser was found to see it a moment ago, if that was looked at: should it have moved on, it is read again.
 */
export async function actOnCase(
  deps: CaseDependencies,
  press: Press,
  command: Command,
  first: CaseForViewer | null = null,
): Promise<Pressed> {
  for (let sight = first; ; sight = null) {
    const seen = sight ?? (await findSeen(deps, press.reference, press.person));
    const answer =
      seen === null ? await noPart(deps, press, command) : (stale(seen, press, command) ?? decide(seen.current, command, contextOf(seen)));
    if (seen === null || isRefusal(answer)) return refuse(deps, press, seen, answer as Refusal);
    const actor: Actor = { person: press.person, role: answer.role };
    const after = await commit(deps, seen, answer.events, actor);
    if (after)
      return {
        seen: { ...seen, current: after, standings: standingsOf(press.person, after, seen.procedure, seen.roster, dateOf(seen.now)) },
        refusal: null,
      };
  }
}

/**
 * Whether a form may be opened, or once `filledIn` be handed back to be mended: the same checks as the command it leads to, and the same
 * trail of refusals. One that was filled in before something changed that it depends on is refused as `stale` whatever else is wrong with it
 * (CD3).
 */
export async function openForm(
  deps: CaseDependencies,
  press: Press,
  intention: (current: Case | null) => Intention,
  filledIn: boolean,
  present?: Promise<void>,
): Promise<Pressed> {
  const seen = await findSeen(deps, press.reference, press.person, present);
  if (!seen) return refuse(deps, press, null, await noPart(deps, press, intention(null)));
  const meant = intention(seen.current);
  const allowed = (filledIn ? stale(seen, press, meant) : null) ?? mayDo(seen.current, meant, contextOf(seen));
  return isRefusal(allowed) ? refuse(deps, press, seen, allowed) : { seen, refusal: null };
}

/** Writes down what the bot found or did outside; returns the case afterwards, or null if there is no such case. */
export async function reportOnCase(deps: CaseDependencies, reference: string, report: Report): Promise<Case | null> {
  for (;;) {
    const trail = await deps.cases.load(reference);
    if (!trail) return null;
    const seen = seenBy(deps, trail, 'bot');
    const bot: Actor = { person: 'bot', role: 'bot' };
    const events = closing(seen.current, takeReport(seen.current, report, seen.procedure), seen.procedure, seen.now, bot);
    if (events.length === 0) return seen.current;
    const after = await commit(deps, seen, events, bot);
    if (after) return after;
  }
}

/** Commits events and the jobs they call for; null when another commit came between. */
async function commit(deps: CaseDependencies, seen: CaseForViewer, events: CaseEvent[], actor: Actor): Promise<Case | null> {
  const at = seen.now;
  const { trail, procedure, calendar } = seen;
  const afterAll = (all: CaseEvent[]) =>
    all.map((event, index) => recorded(event, seen.current.revision + index + 1, at, actor)).reduce(evolve, seen.current);
  const written = keepWith(events, actor, afterAll(events), seen);
  const after = afterAll(written);
  const summary = caseSummary(after, procedure, calendar, at);
  const jobs = jobsFor(trail.reference, events, procedure);
  const result = await deps.cases.append({ trail, events: written, actor, at, jobs, after, summary });
  return result === 'committed' ? after : null;
}

/** An event with its place in the trail. */
export function recorded(event: CaseEvent, revision: number, at: Temporal.Instant, actor: Actor): RecordedEvent {
  return { ...event, revision, at: at.toString(), actor };
}

/** What has to happen outside once these events stand. Everybody's cards follow every change. */
export function jobsFor(reference: string, events: CaseEvent[], procedure: Procedure): Job[] {
  const names = new Set<Job['name']>(['tell', ...events.flatMap((event) => jobAfter(event, procedure) ?? [])]);
  return [...names].map((name) => ({ name, reference: name === 'checkpoint' ? THE_LOG : reference }));
}

function jobAfter(event: CaseEvent, procedure: Procedure): Job['name'] | null {
  switch (event.type) {
    case 'TimesRequested':
    case 'SharingAgreed':
      return 'find-times';
    case 'TimeChosen':
    case 'ChairChosen':
    case 'InvitedChanged':
    case 'MeetingJoined':
    case 'MeetingLeft':
    case 'MeetingCalledOff':
    case 'MeetingCancelled':
    case 'MeetingHeld':
      return 'align-calendar';
    case 'OutlookTimeTaken':
      return 'look-at-outlook';
    case 'InvitationSent':
      return event.joinUrl === null ? 'find-link' : null;
    case 'SendingsWanted':
    case 'SendingSettled':
      return 'send';
    case 'FilingWanted':
      return 'file';
    // EV2: a decision is in a checkpoint outside as soon as it has been made.
    case 'DecisionMade':
      return 'checkpoint';
    case 'StageEntered':
      return stageFacts(stageOf(procedure, event.stage)).ends ? 'file' : null;
    default:
      return null;
  }
}

function contextOf({ person, standings, procedure, calendar, roster, now }: CaseForViewer): CommandContext {
  return { person, standings, procedure, calendar, roster, now };
}

/**
 * A card from before something that its button depends on changed does nothing (CD3); but what has been done already is said in its own
 * words first.
 */
function stale(seen: CaseForViewer, press: Press, command: Intention): Refusal | null {
  if (press.revision === seen.current.revision || !hasMovedOn(asOf(seen, press.revision), seen.current, command)) return null;
  const allowed = mayDo(seen.current, command, contextOf(seen));
  if (isRefusal(allowed)) return allowed;
  return {
    refused: 'stale',
    rule: 'X5',
    sentence:
      'This case has moved on since your card was made, so nothing was changed. This is how it stands now: please read it, then press again.',
  };
}

/** The case as a card of that revision showed it; null where the case has not come to one, or never was at it. */
function asOf({ trail, current }: CaseForViewer, revision: number): Case | null {
  const until = trail.events.filter((event) => event.revision <= revision);
  return revision > current.revision ? null : replay(trail.reference, trail.procedure, until);
}

/**
 * The answer to somebody with no part in a case, in the words of the procedure whose cases are called so: the same whether or not there is
 * such a case (X9). Whoever had a part by name until they were replaced knows of the case, and is told that; whoever covered for a role is
 * told that this has ended, of any case (CD16).
 */
async function noPart(deps: CaseDependencies, { reference, person }: Press, { type }: Intention): Promise<Refusal> {
  const { directory, library, clock } = deps;
  const today = dateOf(clock.now());
  const prefix = reference.replace(/-\d+-\d+$/, '');
  const run = Object.values(directory().partnerships).flatMap(({ procedures }) => procedures);
  const inForce = run.map((id) => library.inForce(id, today));
  const procedure = inForce.find((each) => each?.prefix === prefix) ?? null;
  const rosters = Object.keys(directory().partnerships).map((id) => rosterOf(directory(), id));
  const covers = procedure ? rosters.flatMap((roster) => coversEnded(person, procedure, roster, today)) : [];
  const [ended] = [...(await replacedOn(deps, reference, person)), ...covers];
  return notYours(type, procedure, ended?.sentence);
}

/** The parts that somebody had in a case by name, and has no more. */
async function replacedOn(deps: CaseDependencies, reference: string, person: PersonId): Promise<PartEnded[]> {
  const trail = await deps.cases.load(reference);
  if (!trail) return [];
  const { current, procedure, roster, now } = seenBy(deps, trail, person);
  return partsEnded(person, current, procedure, roster, dateOf(now)).filter(({ key }) => key.startsWith('replaced:'));
}

async function refuse(deps: CaseDependencies, press: Press, seen: CaseForViewer | null, refusal: Refusal): Promise<Pressed> {
  await deps.access.record({
    reference: press.reference,
    person: press.person,
    role: seen?.standings[0] ?? 'none',
    action: press.verb,
    cardRevision: press.revision,
    result: 'refused',
    code: refusal.refused,
    rule: refusal.rule,
    at: deps.clock.now(),
  });
  return { seen, refusal };
}
