import { type Case, forFamily, type Question } from './case.ts';
import { isObjectId, type PersonId, type Standing } from './events/trail.ts';
import { rolesOnEveryCase, stageOfKind } from './procedure.ts';
import type { Stage } from './procedureParts.ts';
import type { Procedure } from './procedureShape.ts';
import { actorsAt, stageFacts, waitsFor } from './stages/stages.ts';
import { tasksOf } from './tasks.ts';

/** Who holds what in a partnership on a given day: read from the directory at every click, never from a card. */
export type Roster = {
  /** By role of the procedure: who decides, who stands in when roles collide (C26), who covers and when (Q27). */
  roles: Record<string, { holder: PersonId; alternate: PersonId | null; deputies: { person: PersonId; from: string; to: string }[] }>;
  /** Everybody who is in the directory, of whichever partnership; absent where nobody is to count as having left. */
  people?: PersonId[];
  administrators: PersonId[];
  chairs: PersonId[];
  /** By agency: the lead who may see its dissents (Part E). */
  agencyLeads: Record<string, PersonId>;
  /** By person: who manages them, for a flag and never a bar (Scenario 10). */
  lineManagers: Record<PersonId, PersonId>;
  /** By agency: whom it nominates to the partnership (C24). */
  representatives: Record<string, PersonId>;
};

/** The standing of the named lead of the dissenter's agency: to read, and to decide where the procedure has it as a role. */
const AGENCY_LEAD = 'agency-lead';

/** Who acts in a role on this case, and whether that is someone other than its holder, and why (C26, Q27). */
export type Holders = {
  principal: PersonId | null;
  deputies: PersonId[];
  insteadOf: PersonId | null;
};

/**
 * Who may act in a role on this case today. A holder or deputy who chaired the conference, raised the dissent, or made an
 * earlier decision on the case stands aside, or has left: the alternate acts instead of such a holder, and so of the holder's deputies, who
 * would sign for the one who is barred (C26); and where they may not either, whoever was named on this case (CD7).
 * `today` is a date in London; a deputy's dates are inclusive.
 */
export function holdersOf(role: string, current: Case, roster: Roster, today: Temporal.PlainDate): Holders {
  const post = postOf(role, current, roster);
  const barred = new Set(personsWhoStandAside(role, current));
  const may = (person: PersonId | null | undefined) => (person && !barred.has(person) && !hasLeft(person, roster) ? person : null);
  const named = may(current.named[role]);
  if (!post) return { principal: named, deputies: [], insteadOf: null };
  if (may(post.holder) === null) return { principal: may(post.alternate) ?? named, deputies: [], insteadOf: post.holder };
  const covering = post.deputies.filter(({ from, to }) => from <= today.toString() && today.toString() <= to);
  const deputies = [...new Set(covering.map(({ person }) => person))].filter((person) => !barred.has(person) && person !== post.holder);
  return { principal: post.holder, deputies, insteadOf: null };
}

/** For whom a person acts in a role on this case today, and as what; null for its holder, and for whoever may not act in it. */
export function standsInFor(
  person: PersonId,
  role: string,
  current: Case,
  roster: Roster,
  today: Temporal.PlainDate,
): { as: 'deputy' | 'alternate'; for: PersonId } | null {
  const { principal, deputies, insteadOf } = holdersOf(role, current, roster, today);
  if (person === principal) return insteadOf === null ? null : { as: 'alternate', for: insteadOf };
  return deputies.includes(person) && principal !== null ? { as: 'deputy', for: principal } : null;
}

/**
 * The role that decides where a case is, if nobody may act there today: its holder, their alternate and deputies are barred on this case or
 * gone, and nobody else may write it down (CD7). Null anywhere else.
 */
export function roleNobodyHolds(current: Case, procedure: Procedure, roster: Roster, today: Temporal.PlainDate): string | null {
  const stage = stageOfKind(procedure, current.stage, 'decide');
  if (current.status === 'closed' || !stage) return null;
  const mays = (role: Standing) =>
    peopleOf(role, current, roster, today).some((person) => actorsFor(stage, person, current).includes(role));
  return actorsAt(stage).some(mays) ? null : stage.by;
}

/** Everybody who may act in a role on this case today: whoever acts as its holder, and their deputies (C26, Q27). */
export function peopleIn(role: string, current: Case, roster: Roster, today: Temporal.PlainDate): PersonId[] {
  const { principal, deputies } = holdersOf(role, current, roster, today);
  return [...(principal === null ? [] : [principal]), ...deputies];
}

/** The standings that do what a role has to do after a decision: the role, or where nobody may act in it here, the administrators. */
export function doersIn(role: string, current: Case, roster: Roster, today: Temporal.PlainDate): Standing[] {
  return peopleIn(role, current, roster, today).length > 0 ? [role] : [role, 'administrator'];
}

/** The people of a standing today: by their part in the case, as administrators, or in a role of the procedure. */
export function peopleOf(standing: Standing, current: Case, roster: Roster, today: Temporal.PlainDate): PersonId[] {
  const { conference } = current.dissent;
  const byPart: Record<string, PersonId[]> = {
    dissenter: raisers(current, roster),
    logger: raisers(current, roster),
    chair: conference.chair === '' ? [] : [conference.chair],
    administrator: roster.administrators,
  };
  return Object.hasOwn(byPart, standing) ? (byPart[standing] ?? []) : peopleIn(standing, current, roster, today);
}

/**
 * Whether somebody has left: they went by an id of the directory, which knows them no more. Somebody who goes by an object id never was in
 * it (C2).
 */
export function hasLeft(person: PersonId, { people }: Pick<Roster, 'people'>): boolean {
  return people !== undefined && !people.includes(person) && !isObjectId(person);
}

/** Whether whoever raised the case has left. */
export function raiserHasLeft({ dissent }: Pick<Case, 'dissent'>, roster: Pick<Roster, 'people'>): boolean {
  return hasLeft(dissent.dissenter, roster);
}

/** Whether a case waits for whoever raised it, who has left. */
export function waitsForOneWhoLeft(current: Case, procedure: Procedure, roster: Pick<Roster, 'people'>): boolean {
  return raiserHasLeft(current, roster) && waitsFor(current, procedure).some((standing) => ['dissenter', 'logger'].includes(standing));
}

/**
 * Who sees to what whoever raised the case has to do: themselves, or once they have left the lead of their agency and the administrators,
 * who can withdraw it. Nobody writes for another (S12).
 */
export function raisers(current: Case, roster: Roster): PersonId[] {
  const { dissenter, agency } = current.dissent;
  if (!raiserHasLeft(current, roster)) return [dissenter];
  const lead = agency === null ? undefined : roster.agencyLeads[agency];
  return [...(lead === undefined ? [] : [lead]), ...roster.administrators];
}

/** Who may answer a question today: the one it was put to, or for advice whoever holds the role that is asked, or covers it (C13, Q27). */
export function peopleAsked({ kind, of, to }: Question, current: Case, roster: Roster, today: Temporal.PlainDate): PersonId[] {
  return kind === 'information' ? [to] : peopleIn(of, current, roster, today);
}

/** Whether somebody of these standings is asked by a question: as {@link peopleAsked} has it. */
export function isAsked({ kind, of, to }: Question, person: PersonId, standings: Standing[]): boolean {
  return kind === 'information' ? to === person : standings.includes(of);
}

/**
 * Who holds a role: its post in the directory. The role `agency-lead` is held by the lead whom the dissenter's agency names, and its
 * post stands in where the agency names nobody, or the lead stands aside.
 */
function postOf(role: string, { dissent }: Case, roster: Roster): Roster['roles'][string] | undefined {
  const post = roster.roles[role];
  const named = Object.hasOwn(NAMED_BY_AGENCIES, role) ? NAMED_BY_AGENCIES[role]?.(dissent, roster) : undefined;
  return named === undefined ? post : { holder: named, alternate: post?.holder ?? null, deputies: [] };
}

/** Roles that are held by somebody whom an agency, or the directory, names for whoever raised it: another person on each case. */
const NAMED_BY_AGENCIES: Record<string, (dissent: Case['dissent'], roster: Roster) => PersonId | undefined> = {
  [AGENCY_LEAD]: ({ agency }, { agencyLeads }) => agencyLeads[agency ?? ''],
  'agency-representative': ({ agency }, { representatives }) => representatives[agency ?? ''],
  'other-agency-lead': ({ agencyConcerned = '' }, { agencyLeads }) => agencyLeads[agencyConcerned],
  'other-agency-representative': ({ agencyConcerned = '' }, { representatives }) => representatives[agencyConcerned],
  'line-manager': ({ dissenter }, { lineManagers }) => lineManagers[dissenter],
};

/** The roles that need another agency to be named on the form. */
export const OF_OTHER_AGENCY = ['other-agency-lead', 'other-agency-representative'];

/**
 * Who leaves a role to others on a case: whoever chaired the conference, raised it, or decided in it in another role (C26), and where the
 * procedure keeps adviser and decider apart, whoever advised (Q14).
 */
export function personsWhoStandAside(role: string, current: Case): PersonId[] {
  const others = Object.values(current.decisions).filter((decision) => decision.role !== role);
  const { conference, dissenter } = current.dissent;
  const viewed = Object.values(current.views)
    .flat()
    .filter((view) => view.role !== role);
  const advised = current.questions.flatMap(({ aside, answer }) => (aside && answer ? [answer.by] : []));
  return [conference.chair, dissenter, ...others.map((decision) => decision.by), ...viewed.map((view) => view.by), ...advised];
}

/**
 * The standings in which a person acts at a stage: those of its procedure, but that nobody writes down for whoever decides what came of a
 * conference that they chaired, or of their own dissent (C26).
 */
export function actorsFor(stage: Stage, person: PersonId, { dissent }: Case): Standing[] {
  const decider = stageFacts(stage).decider(stage);
  const aside = dissent.conference.chair === person || (!forFamily(dissent) && dissent.dissenter === person);
  return actorsAt(stage).filter((standing) => decider === null || standing === decider || !aside);
}

/**
 * Every standing that a person has on this case today: a role that only has a task has one once there is such a task. None means that for
 * them the case does not exist (X9).
 */
export function standingsOf(person: PersonId, current: Case, procedure: Procedure, roster: Roster, today: Temporal.PlainDate): Standing[] {
  const { dissent } = current;
  const standings: Standing[] = [];
  if (dissent.dissenter === person) standings.push(forFamily(dissent) ? 'logger' : 'dissenter');
  if (dissent.conference.chair === person && current.chairStands) standings.push('chair');
  const leads = dissent.agency !== null && roster.agencyLeads[dissent.agency] === person;
  if (leads && !Object.hasOwn(procedure.roles, AGENCY_LEAD)) standings.push(AGENCY_LEAD);
  const asked = new Set(tasksOf(current, procedure).flatMap(({ role }) => role ?? []));
  const always = rolesOnEveryCase(procedure);
  for (const role of Object.keys(procedure.roles).filter((each) => always.includes(each) || asked.has(each))) {
    if (peopleIn(role, current, roster, today).includes(person)) standings.push(role);
  }
  if (tellersOf(current).includes(person)) standings.push('teller');
  if (meetingChairsOf(current).includes(person)) standings.push('meeting-chair');
  if (decidersOf(current).includes(person)) standings.push('decided');
  if (roster.administrators.includes(person)) standings.push('administrator');
  return standings;
}

const tellersOf = ({ conclusion }: Case) => Object.values(conclusion.parents).flatMap(({ teller }) => teller ?? []);
const decidersOf = ({ decisions, views }: Case) => [...Object.values(decisions), ...Object.values(views).flat()].map(({ by }) => by);

/**
 * Whoever was chosen to chair the reconvened conference instead of its chair (Q28, P8), while the case is open: one person or nobody. Where
 * another case books one conference for both, whoever chairs it is chosen there (X10).
 */
export function meetingChairsOf({ status, otherChair, sharing, dissent }: Case): PersonId[] {
  const booksHere = sharing === null || sharing.state === 'offered';
  return status === 'open' && booksHere && otherChair !== null && otherChair !== dissent.conference.chair ? [otherChair] : [];
}

/** Who has a part in a case that neither a post gives them nor their having raised or chaired it: they were named on it, or decided. */
export function peopleNamed(current: Case): PersonId[] {
  return [...new Set([...tellersOf(current), ...meetingChairsOf(current), ...decidersOf(current)])];
}

/** Whether whoever was named as chair is no chair of the partnership any more, and has still to record: others may name another (CD7). */
export function chairHasLeft(current: Case, procedure: Procedure, { chairs }: Pick<Roster, 'chairs'>): boolean {
  const records = stageOfKind(procedure, current.stage, 'record')?.by === 'chair' && current.record === null;
  return current.status === 'open' && records && current.chairStands && !chairs.includes(current.dissent.conference.chair);
}
