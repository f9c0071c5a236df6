import {
  actorsFor,
  chairHasLeft,
  isAsked,
  meetingChairsOf,
  peopleAsked,
  peopleIn,
  peopleOf,
  type Roster,
  roleNobodyHolds,
} from '../domain/authority.ts';
import { currentBooking, lostTime } from '../domain/bookings.ts';
import type { Case } from '../domain/case.ts';
import { unsettled } from '../domain/conclusion.ts';
import type { PersonId } from '../domain/events/trail.ts';
import { movesToTell } from '../domain/keptDates.ts';
import { type Trouble, troublesOf } from '../domain/outlook.ts';
import { endedNews } from '../domain/partsEnded.ts';
import { bookers, stageOf } from '../domain/procedure.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { answersCount, isPending } from '../domain/questions.ts';
import { actorsAt, waitsFor } from '../domain/stages/stages.ts';
import { tasksOf } from '../domain/tasks.ts';
import type { CardKey } from './ports.ts';
import type { CaseForViewer } from './seeCase.ts';
import { type CardDue, newsAt, ownCardAt } from './stageCards.ts';

/**
 * How long a card with an open form is left alone, counted from when the form was opened or last handed back: whatever is put in its
 * place takes what was typed with it. Long enough to write a conference's record on a phone, and short enough that a form that was left
 * open does not hide the day's news. What is typed on a card that the case has left behind is not acted on, but handed back (X5).
 */
export const FORM_STANDS = Temporal.Duration.from({ minutes: 30 });

/**
 * The cards that everybody on a case ought to have now: the dissenter's receipt, the chair's record, the meeting of whoever chairs it instead, that of whoever records, decides or
 * books at the present stage or has to be told of it (P6), one for each open question, for a deputy too (Q27), what has come to
 * somebody since, and that a part of theirs has ended (CD16). A card once posted stays and is kept current; this says which must be there. `today` is a date in London.
 */
export function cardsDue(current: Case, procedure: Procedure, roster: Roster, today: Temporal.PlainDate): CardDue[] {
  // Where there is no chair, nobody has a chair's cards.
  return allDue(current, procedure, roster, today).filter(({ person }) => person !== '');
}

function allDue(current: Case, procedure: Procedure, roster: Roster, today: Temporal.PlainDate): CardDue[] {
  const { conference, dissenter } = current.dissent;
  const due: CardDue[] = [{ person: dissenter, key: 'receipt' }];
  if (current.chairStands) due.push({ person: conference.chair, key: 'record' });
  due.push(...meetingChairsOf(current).map((person): CardDue => ({ person, key: 'meeting' })));
  const acting = (role: string) => peopleIn(role, current, roster, today);
  const key = ownCardAt(current, procedure);
  if (current.status === 'open' && key !== null) {
    const stage = stageOf(procedure, current.stage);
    const people = actorsAt(stage)
      .filter((role) => role !== 'chair')
      .flatMap((role) => peopleOf(role, current, roster, today).filter((person) => actorsFor(stage, person, current).includes(role)));
    due.push(...[...new Set(people)].map((person): CardDue => ({ person, key })));
  }
  for (const asked of current.questions.filter((each) => isPending(each, current))) {
    const people = peopleAsked(asked, current, roster, today);
    due.push(...people.map((person): CardDue => ({ person, key: `question:${asked.request}` })));
  }
  return [
    ...due,
    ...newsOf(current, procedure, roster, today, acting),
    ...cardsAfter(current, procedure, roster, acting),
    ...nobodyNews(current, procedure, roster, today),
    ...endedNews(waitsFor(current, procedure), current, procedure, roster, today).map(
      ({ person, key }): CardDue => ({ person, key: `told:${key}` }),
    ),
  ];
}

/**
 * What has come to somebody whose card stands there already: that it is their turn to write (S12) or to name the chair, which is the
 * administrators' too where the one who was named has left, an answer to what
 * they asked (C13-C15), that a date has moved (CD10), that it was resolved (S11), and to the writer and their agency's lead what came of a late letter (Q17).
 */
function newsOf(
  current: Case,
  procedure: Procedure,
  roster: Roster,
  today: Temporal.PlainDate,
  acting: (role: string) => PersonId[],
): CardDue[] {
  const { conference, dissenter, agency } = current.dissent;
  const told = (person: PersonId, what: string): CardDue => ({ person, key: `told:${what}` });
  const lead = agency === null ? undefined : roster.agencyLeads[agency];
  const late = current.lateness ? [...new Set([dissenter, lead ?? dissenter])].map((person) => told(person, 'lateness')) : [];
  if (current.status === 'closed') return current.resolved ? [told(dissenter, 'resolved')] : late;
  const left = chairHasLeft(current, procedure, roster) ? [dissenter, ...roster.administrators] : [];
  const naming = current.chairStands ? [...new Set(left)] : [dissenter];
  return [
    ...late,
    ...naming.map((person) => told(person, `chair:${conference.chair}`)),
    ...movedNews(current, procedure, roster, today),
    ...newsAt(current, procedure, acting),
  ];
}

/** That a date has moved is news to whoever raised it, to the chair, and to those who act where the case is (CD10). */
function movedNews(current: Case, procedure: Procedure, roster: Roster, today: Temporal.PlainDate): CardDue[] {
  const { conference, dissenter } = current.dissent;
  const acting = waitsFor(current, procedure).flatMap((standing) => peopleOf(standing, current, roster, today));
  const people = [...new Set([dissenter, conference.chair, ...acting])];
  return movesToTell(current).flatMap(({ stage, to }) => people.map((person): CardDue => ({ person, key: `told:moved:${stage}.${to}` })));
}

/** The cards that follow a decision: its outcome for dissenter and chair, the checklist, and one for each task that is somebody's own. */
function cardsAfter(current: Case, procedure: Procedure, roster: Roster, acting: (role: string) => PersonId[]): CardDue[] {
  const { conference, dissenter } = current.dissent;
  const decisions = Object.entries(current.decisions);
  const outcomes = decisions.flatMap(([stage]) =>
    [dissenter, conference.chair].map((person): CardDue => ({ person, key: `outcome:${stage}` })),
  );
  const { parents, concerns } = current.conclusion;
  const tasks = tasksOf(current, procedure).filter(({ done }) => done === null);
  const own = tasks.flatMap(({ id, kind, stage, role }): CardDue[] => {
    const teller = kind === 'parents' ? parents[stage]?.teller : undefined;
    if (teller) return [{ person: teller, key: `parents:${stage}` }];
    return role === null ? [] : acting(role).map((person) => ({ person, key: id as CardKey }));
  });
  const seeing = tasks.length > 0 ? [...new Set([...decisions.map(([, { by }]) => by), ...roster.administrators])] : [];
  const told = concerns.flatMap(({ representative: person }, index): CardDue[] =>
    person === null ? [] : [{ person, key: index === 0 ? 'escalation' : `escalation:${index + 1}` }],
  );
  return [
    ...outcomes,
    ...seeing.map((person): CardDue => ({ person, key: 'checklist' })),
    ...own,
    ...told,
    ...unsentNews(current, roster),
    ...linkNews(current, procedure, roster, acting),
    ...lostNews(current),
    ...calledOffNews(current, roster),
    ...outlookNews(current, procedure, roster, acting),
  ];
}

/** Whether there is anything for the card of what has to be sent, told and filed: a task, done or not, or a message that did not go. */
export function hasChecklist({ current, procedure }: Pick<CaseForViewer, 'current' | 'procedure'>): boolean {
  return tasksOf(current, procedure).length > 0 || unsettled(current.conclusion).length > 0;
}

/** That nobody may act where the case is, is news at once to those who can name somebody: administrators, and whoever decided last (CD7). */
function nobodyNews(current: Case, procedure: Procedure, roster: Roster, today: Temporal.PlainDate): CardDue[] {
  if (roleNobodyHolds(current, procedure, roster, today) === null) return [];
  const last = Object.values(current.decisions).at(-1)?.by;
  const people = [...roster.administrators, ...(last === undefined ? [] : [last])];
  return [...new Set(people)].map((person): CardDue => ({ person, key: `told:nobody:${current.stage}` }));
}

/** That the conference will not take place is news to whoever was told that it would, and to those who see to what is left (CD6). */
function calledOffNews({ calledOff, dissent, otherChair, decisions }: Case, { administrators }: Roster): CardDue[] {
  if (!calledOff) return [];
  const deciders = Object.values(decisions).map(({ by }) => by);
  const people = [
    dissent.dissenter,
    dissent.conference.chair,
    ...(otherChair === null ? [] : [otherChair]),
    ...deciders,
    ...administrators,
  ];
  return [...new Set(people)].map((person): CardDue => ({ person, key: 'told:called-off' }));
}

/** That the time that somebody chose was no longer free is news to them (OB2). */
function lostNews(current: Case): CardDue[] {
  const lost = lostTime(current);
  if (!lost || current.status === 'closed' || lost.chosenBy.person === 'bot') return [];
  return [{ person: lost.chosenBy.person, key: `told:lost:${lost.slot.start}` }];
}

/**
 * What happened to the meeting in Outlook is news to those who book it and to whoever decided that it is to meet, at once (OB3): each thing
 * once, for the time that it is booked for.
 */
function outlookNews(current: Case, procedure: Procedure, roster: Roster, acting: (role: string) => PersonId[]): CardDue[] {
  const troubles = troublesOf(current);
  const booking = currentBooking(current);
  if (!booking || troubles.length === 0) return [];
  const decided = Object.values(current.decisions).at(-1)?.by;
  const people = new Set([...roster.administrators, ...bookers(procedure).flatMap(acting), ...(decided === undefined ? [] : [decided])]);
  const what = (trouble: Trouble) => ('person' in trouble ? trouble.person : 'to' in trouble ? trouble.to.start : '');
  return troubles.flatMap((trouble) =>
    [...people].map(
      (person): CardDue => ({ person, key: `told:${trouble.what.replace(' ', '-')}:${booking.slot.start}:${what(trouble)}` }),
    ),
  );
}

/** That the meeting has had no Teams link for a day is news to those who book it (OB6). */
function linkNews(current: Case, procedure: Procedure, roster: Roster, acting: (role: string) => PersonId[]): CardDue[] {
  const booking = currentBooking(current);
  if (current.status === 'closed' || booking?.status !== 'sent' || !booking.linkMissing) return [];
  const people = new Set([...roster.administrators, ...bookers(procedure).flatMap(acting)]);
  return [...people].map((person) => ({ person, key: `told:link:${booking.number}` }));
}

/**
 * That messages did not go, or may not have gone: told to the administrators, and to whoever was to have a document in their own mailbox.
 * What was wanted together is told once, however much of it failed (C17, C24).
 */
function unsentNews({ conclusion }: Case, { administrators }: Roster): CardDue[] {
  const failed = unsettled(conclusion);
  const wanted = Object.values(Object.groupBy(conclusion.sendings, ({ document, wantedAt }) => `${document} ${wantedAt}`));
  return wanted.flatMap((together = []) => {
    const here = together.filter((each) => failed.includes(each));
    const [first] = together;
    if (!first || here.length === 0) return [];
    const own = first.document.startsWith('letter:')
      ? []
      : here.flatMap(({ to }) => (to.startsWith('person:') ? to.slice('person:'.length) : []));
    return [...new Set([...administrators, ...own])].map((person): CardDue => ({ person, key: `told:unsent:${first.number}` }));
  });
}

/** The card of a case that says most to this viewer: what they have to act on first, then what they have done, then where it stands. */
export function mainCard(seen: Pick<CaseForViewer, 'current' | 'procedure' | 'standings' | 'person'>): CardKey {
  const { current, procedure, standings, person } = seen;
  const present = ownCardAt(current, procedure);
  if (present !== null && actorsFor(stageOf(procedure, current.stage), person, current).some((role) => standings.includes(role)))
    return present;
  const wanted = current.questions.filter((asked) => !asked.answer && isAsked(asked, person, standings));
  const open = wanted.find((asked) => isPending(asked, current)) ?? (answersCount(current, procedure) ? wanted[0] : undefined);
  if (open) return `question:${open.request}`;
  const own = ownTasks(seen);
  const undone = own.find(({ done }) => !done);
  if (undone) return undone.key;
  const decided = Object.entries(current.decisions).find(([, decision]) => decision.by === person);
  if (decided) return `stage:${decided[0]}`;
  if (standings.includes('dissenter') || standings.includes('logger')) return 'receipt';
  if (standings.includes('chair')) return 'record';
  if (standings.includes('meeting-chair')) return 'meeting';
  const [past] = own;
  if (past) return past.key;
  return standings.includes('administrator') && hasChecklist(seen) ? 'checklist' : 'status';
}

/** The cards of what a person has to do by themselves after a decision: to tell the parents, or a procedure's own task (C22, Q21). */
function ownTasks({ current, procedure, standings, person }: Parameters<typeof mainCard>[0]): { key: CardKey; done: boolean }[] {
  return tasksOf(current, procedure).flatMap(({ id, kind, stage, role, done }): { key: CardKey; done: boolean }[] => {
    const telling = kind === 'parents' && current.conclusion.parents[stage]?.teller === person;
    if (telling) return [{ key: `parents:${stage}`, done: done !== null }];
    return role !== null && standings.includes(role) ? [{ key: id as CardKey, done: done !== null }] : [];
  });
}
