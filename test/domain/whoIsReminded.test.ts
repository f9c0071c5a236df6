import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { personsWhoStandAside, type Roster, raiserHasLeft, standingsOf } from '../../src/domain/authority.ts';
import { type Case, evolve, replay } from '../../src/domain/case.ts';
import type { Command, CommandType } from '../../src/domain/commands.ts';
import { closing, decide } from '../../src/domain/decide.ts';
import type { CaseEvent, RecordedEvent } from '../../src/domain/events/events.ts';
import type { Actor } from '../../src/domain/events/trail.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { mayDo } from '../../src/domain/mayDo.ts';
import { deciders } from '../../src/domain/procedure.ts';
import type { Procedure } from '../../src/domain/procedureShape.ts';
import { raise } from '../../src/domain/raise.ts';
import { peopleTold, type Reminder, remindersOn } from '../../src/domain/reminders.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { tasksOf } from '../../src/domain/tasks.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { alwaysHolds } from '../support/properties.ts';
import { anyProcedure } from './anyProcedure.ts';
import { aDissent, aRecord, camden, england, roster, scottish } from './given.ts';

/**
 * Whom a reminder may reach, and when: a model that knows the calendar, who may press what, and who stands aside, and nothing of how
 * reminders are found. It is held against them on random cases, on every day of some weeks.
 */

const complaint = loadLibrary('procedures').procedure('camden-complaint', 1);
const covers = [{ person: 'sm-deputy', from: '2027-01-01', to: '2027-12-31' }];
const posts: Roster['roles'] = {
  'service-manager': { holder: 'sm', alternate: 'sm-alternate', deputies: covers },
  'head-of-service': { holder: 'hos', alternate: 'hos-alternate', deputies: [] },
  'register-keeper': { holder: 'keeper', alternate: null, deputies: [] },
};
const stays = ['administrator', 'sm', 'sm-alternate', 'hos', 'hos-alternate', 'keeper', 'chair', 'other-chair'];
const mayLeave = ['health-visitor', 'social-worker', 'health-lead', 'sm-deputy'];

/** What people do to a case, besides what they write on it. */
function deedsOn(current: Case, procedure: Procedure): Command[] {
  const answers = { resolved: 'no', consensus: 'yes', threshold: 'x', decision: 'x', basis: 'x', asked: 'yes', account: 'x' };
  const decided = { guidance: 'yes', edition: 'x', parents: 'social-worker', old_category: 'x', new_category: 'y' };
  return [
    { type: 'Record', record: { ...aRecord, answers }, agency: 'health' },
    ...Object.entries(procedure.stages).flatMap(([stage, { kind, ...rest }]) =>
      kind !== 'decide' || !('outcomes' in rest)
        ? []
        : Object.keys(rest.outcomes).map(
            (outcome): Command => ({ type: 'Decide', stage, outcome, reasons: 'x', answers: decided, delayReason: 'x' }),
          ),
    ),
    ...Object.keys(current.decisions).map(
      (stage): Command => ({ type: 'ApproveLetter', stage, wording: 'x', recipients: ['agency:health'], changes: 'x' }),
    ),
    ...tasksOf(current, procedure).flatMap(({ id, stage, of }): Command[] => [
      { type: 'TickTask', task: id, note: null },
      { type: 'NameTeller', stage, person: 'social-worker' },
      { type: 'CheckContact', stage, safe: true, approach: null },
      { type: 'TellParents', stage, on: dateOf(current.raisedAt).toString(), means: 'x', everyone: true, note: null },
      { type: 'FileReasons', child: of, fileReference: 'x' },
    ]),
    { type: 'Submit', text: 'x', link: null, lateReason: 'x' },
    { type: 'JudgeLateness', accepted: true, reasons: 'x' },
    { type: 'DeclineChair', reason: 'x' },
    { type: 'NameChair', chair: 'other-chair' },
    { type: 'Ask', of: 'chair', question: 'x' },
    { type: 'Ask', of: 'dissenter', question: 'x' },
    { type: 'AskAdvice', question: 'x' },
    ...current.questions.map(({ request }): Command => ({ type: 'Answer', request, answer: 'x' })),
    { type: 'LookForTimes' },
  ];
}

/** Which deeds answer each reminder that asks for something. */
const WANTS: Partial<Record<Reminder['to'], CommandType[]>> = {
  'those who act': ['Record', 'NameChair', 'Submit', 'Decide', 'JudgeLateness', 'LookForTimes'],
  'those who write': ['Submit'],
  'those who finish': ['ApproveLetter', 'TickTask', 'NameTeller', 'CheckContact', 'TellParents', 'FileReasons'],
  'those asked': ['Answer'],
};

const isWeekend = (day: Temporal.PlainDate) => day.dayOfWeek > 5;
const HOLIDAYS = ['2027-01-01', '2027-03-26', '2027-03-29'];

const click = fc.record({ deed: fc.nat(), who: fc.nat(), minutes: fc.integer({ min: 1, max: 3000 }) });
const procedures = fc.oneof({ weight: 1, arbitrary: fc.constantFrom(camden, scottish, complaint) }, { weight: 2, arbitrary: anyProcedure });

test('C16 C26 Q27: a reminder goes on working days, to people who are here, with a part in the case and able to do what it asks, or to be told', () => {
  alwaysHolds(
    fc.property(
      procedures,
      fc.array(click, { maxLength: 20 }),
      fc.constantFrom('chair', 'sm', 'hos'),
      fc.subarray(mayLeave),
      (procedure, clicks, chair, here) => {
        const before: Roster = { ...roster, roles: posts, people: [...stays, ...mayLeave] };
        const after: Roster = { ...before, people: [...stays, ...here] };
        const current = played(procedure, clicks, chair, before);
        if (!current || current.status === 'closed') return;
        let day = dateOf(current.raisedAt);
        for (let count = 0; count < 90; count++, day = day.add({ days: 1 })) {
          const reminders = remindersOn(current, procedure, england, day);
          if (isWeekend(day) || HOLIDAYS.includes(day.toString())) expect(reminders).toEqual([]);
          for (const { to } of reminders)
            for (const person of peopleTold(to, current, procedure, after, day))
              expect({ to, person, why: wrong(to, person, current, procedure, after, day) }).toEqual({ to, person, why: null });
        }
      },
    ),
    60,
  );
});

/** Why a person may not be reminded so on a day; null where they may. */
function wrong(
  to: Reminder['to'],
  person: string,
  current: Case,
  procedure: Procedure,
  people: Roster,
  day: Temporal.PlainDate,
): string | null {
  if (!people.people?.includes(person)) return 'has left';
  const standings = standingsOf(person, current, procedure, people, day);
  if (standings.length === 0) return 'has no part in the case';
  const now = day.toZonedDateTime({ timeZone: 'Europe/London', plainTime: '09:00' }).toInstant();
  const context = { person, standings, procedure, calendar: england, roster: people, now };
  const wanted = WANTS[to];
  if (!wanted) {
    const aside = deciders(procedure).every((role) => personsWhoStandAside(role, current).includes(person));
    return aside && !standings.includes('administrator') ? 'stands aside' : null;
  }
  const able = deedsOn(current, procedure).filter(({ type }) => wanted.includes(type));
  if (able.some((command) => !('refused' in mayDo(current, command, context)))) return null;
  // Whoever stands in for a dissenter who has left can withdraw it, and nobody can write for them (S12).
  const standsIn = raiserHasLeft(current, people) && !('refused' in mayDo(current, { type: 'Withdraw' }, context));
  return standsIn ? null : 'can do nothing about it';
}

/** A case to which some things were done by people who might, each a while after the one before. */
function played(
  procedure: Procedure,
  clicks: { deed: number; who: number; minutes: number }[],
  chair: string,
  people: Roster,
): Case | null {
  const staff = procedure.raisedBy === 'staff';
  const dissent = aDissent({
    conference: { chair, type: Object.keys(procedure.meetings)[0] ?? '' },
    decision: Object.keys(procedure.decisions)[0] ?? '',
    grounds: [Object.keys(procedure.grounds)[0] ?? ''],
    affirmed: true,
    ...(staff ? { dissenter: 'administrator', agency: null, complainant: 'parent' } : {}),
  });
  let now = Temporal.Instant.from('2027-01-12T15:00:00Z');
  const raised = raise(dissent, procedure, people, ['health'], now, england);
  if (!('events' in raised)) return null;
  const taken = (events: CaseEvent[], from: number, actor: Actor) =>
    events.map((event, index): RecordedEvent => ({ ...event, revision: from + index + 1, at: now.toString(), actor }));
  const identity = { id: procedure.id, version: procedure.version };
  let current = replay('ANY-27-001', identity, taken(raised.events, 0, { person: dissent.dissenter, role: 'dissenter' })) as Case;
  for (const { deed, who, minutes } of clicks) {
    now = now.add({ minutes });
    const contextOf = (person: string) => {
      const standings = standingsOf(person, current, procedure, people, dateOf(now));
      return { person, standings, procedure, calendar: england, roster: people, now };
    };
    const pairs = deedsOn(current, procedure).flatMap((command) =>
      (people.people ?? [])
        .filter((each) => !('refused' in mayDo(current, command, contextOf(each))))
        .map((person) => ({ command, person })),
    );
    const chosen = pairs[(deed + who) % Math.max(1, pairs.length)];
    if (!chosen) continue;
    const answer = decide(current, chosen.command, contextOf(chosen.person));
    if ('refused' in answer) continue;
    current = taken(answer.events, current.revision, { person: chosen.person, role: answer.role }).reduce(evolve, current);
    const bot = { person: 'bot', role: 'bot' };
    for (const { number } of current.conclusion.sendings) {
      const sent = takeReport(current, { type: 'ConfirmSending', sending: number }, procedure);
      current = taken(closing(current, sent, procedure, now, bot), current.revision, bot).reduce(evolve, current);
    }
  }
  return current;
}
