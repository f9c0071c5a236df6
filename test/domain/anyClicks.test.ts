import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { standingsOf } from '../../src/domain/authority.ts';
import { type Case, evolve, replay } from '../../src/domain/case.ts';
import type { Command, Report } from '../../src/domain/commands.ts';
import { closing, decide } from '../../src/domain/decide.ts';
import type { CaseEvent, RecordedEvent } from '../../src/domain/events/events.ts';
import type { Actor } from '../../src/domain/events/trail.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { mayDo } from '../../src/domain/mayDo.ts';
import { stageOf } from '../../src/domain/procedure.ts';
import type { Stage } from '../../src/domain/procedureParts.ts';
import type { Procedure } from '../../src/domain/procedureShape.ts';
import { raise } from '../../src/domain/raise.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { attendeesOf, chairWanted } from '../../src/domain/sharing.ts';
import type { Task } from '../../src/domain/task.ts';
import { nothingLeft, tasksOf } from '../../src/domain/tasks.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { alwaysHolds } from '../support/properties.ts';
import { anyProcedure } from './anyProcedure.ts';
import { aDissent, aRecord, camden, england, roster, scottish } from './given.ts';

const complaint = loadLibrary('procedures').procedure('camden-complaint', 1);
const everybody = {
  ...roster,
  roles: { ...roster.roles, 'register-keeper': { holder: 'keeper', alternate: null, deputies: [] } },
};
const people = [
  ...['health-visitor', 'chair', 'other-chair', 'sm', 'sm-alternate', 'hos', 'hos-alternate'],
  ...['administrator', 'social-worker', 'keeper', 'health-lead', 'stranger'],
];
const dates = ['2027-01-20', '2027-02-16', '2027-06-01'];

/** What is done about a task of some kinds, beside ticking it. */
const DOES: Partial<Record<Task['kind'], (stage: string, child: string, current: Case) => Command[]>> = {
  letter: (stage) => [{ type: 'ApproveLetter', stage, wording: 'x', recipients: ['agency:health'], changes: 'x' }],
  file: (_stage, child) => [{ type: 'FileReasons', child, fileReference: 'F1' }],
  parents: (stage, _child, { decisions, raisedAt }) => [
    { type: 'NameTeller', stage, person: 'social-worker' },
    { type: 'CheckContact', stage, safe: true, approach: null },
    { type: 'TellParents', stage, on: dateOf(decisions[stage]?.at ?? raisedAt).toString(), means: 'visit', everyone: true, note: null },
  ],
};

/** All that could be asked of a case now, and things that could not: of other stages, of tasks that are done, of nobody. */
function commandsFor(current: Case, procedure: Procedure): Command[] {
  const answers = { resolved: 'no', consensus: 'yes', threshold: 'x', decision: 'x', basis: 'x', asked: 'yes', account: 'x' };
  const decided = { guidance: 'yes', edition: 'x', parents: 'social-worker', old_category: 'x', new_category: 'y' };
  const stages = Object.entries(procedure.stages);
  return [
    ...['no', 'yes'].map(
      (resolved): Command => ({ type: 'Record', record: { ...aRecord, answers: { ...answers, resolved } }, agency: 'health' }),
    ),
    ...stages.flatMap(([stage, definition]) =>
      definition.kind !== 'decide'
        ? []
        : Object.keys(definition.outcomes).map(
            (outcome): Command => ({ type: 'Decide', stage, outcome, reasons: 'x', answers: decided, delayReason: 'late' }),
          ),
    ),
    ...tasksOf(current, procedure).flatMap(({ id, kind, stage, of }): Command[] => [
      { type: 'TickTask', task: id, note: null },
      ...(DOES[kind]?.(stage, of, current) ?? []),
    ]),
    { type: 'Submit', text: 'x', link: null, lateReason: 'x' },
    { type: 'JudgeLateness', accepted: true, reasons: 'x' },
    { type: 'JudgeLateness', accepted: false, reasons: 'x' },
    { type: 'DeclineChair', reason: 'x' },
    ...['chair', 'other-chair', 'sm', 'health-visitor'].map((chair): Command => ({ type: 'NameChair', chair })),
    ...['chair', 'other-chair', 'hos'].map((chair): Command => ({ type: 'ChooseChair', chair })),
    { type: 'Withdraw', reason: 'x' },
    { type: 'AddToDissent', text: 'x' },
    { type: 'Ask', of: 'chair', question: 'x' },
    { type: 'Ask', of: 'dissenter', question: 'x' },
    { type: 'AskAdvice', question: 'x' },
    { type: 'Answer', request: 1, answer: 'x' },
    { type: 'LookForTimes' },
    { type: 'ShareMeeting' },
    ...dates.map((date): Command => ({ type: 'ChooseTime', start: `${date}T10:00:00Z`, reason: 'x' })),
    { type: 'CancelMeeting', reason: 'x' },
    ...dates.map((on): Command => ({ type: 'ReportHeld', on, reason: null })),
    { type: 'ExplainLateness', reason: 'x' },
    { type: 'RemainConcerned' },
  ];
}

/** What the bot then reports: times, with everybody free, and everything that was wanted sent. */
function reportsFor(current: Case): Report[] {
  const start = '2027-06-02T10:00:00Z';
  const free = attendeesOf(current).map(({ person }) => person);
  const slot = { start, end: '2027-06-02T12:00:00Z', workingDay: 1, meetsTarget: null, free, tentative: [], busy: [], unknown: [] };
  return [
    { type: 'ReportTimes', found: { slots: [slot], leastBad: [], blockers: [] } },
    ...current.conclusion.sendings.map(({ number }): Report => ({ type: 'ConfirmSending', sending: number })),
  ];
}

/** Where each stage may lead, read off the procedure. */
function leadsTo(procedure: Procedure, stage: Stage): (string | undefined)[] {
  const levels = Object.values(procedure.levels).map(({ next }) => next);
  if (stage.kind !== 'decide') return [stage.next, ...(stage.kind === 'record' ? levels : [])];
  return [...Object.values(stage.outcomes).map(({ next }) => next), stage.lateRefused];
}

const click = fc.record({
  /** Whose idea it is: somebody at random, or somebody who may. */
  person: fc.constantFrom(...people),
  lucky: fc.boolean(),
  command: fc.nat(),
  minutes: fc.integer({ min: 1, max: 3000 }),
});
const procedures = fc.oneof({ weight: 1, arbitrary: fc.constantFrom(camden, scottish, complaint) }, { weight: 3, arbitrary: anyProcedure });

test('C11 S12 S13 X1 X3 X4 P8: under any procedure no clicks by anyone lead where it does not, or to an open case with nobody to act, and the trail gives the case', () => {
  alwaysHolds(
    fc.property(procedures, fc.array(click, { maxLength: 30 }), fc.constantFrom('chair', 'sm', 'hos'), (procedure, clicks, chair) => {
      const staff = procedure.raisedBy === 'staff';
      const meeting = Object.keys(procedure.meetings)[0] ?? '';
      const dissent = aDissent({
        conference: { chair, type: meeting },
        decision: Object.keys(procedure.decisions)[0] ?? '',
        grounds: [Object.keys(procedure.grounds)[0] ?? ''],
        affirmed: true,
        ...(staff ? { dissenter: 'administrator', agency: null, complainant: 'parent' } : {}),
      });
      let now = Temporal.Instant.from('2027-01-12T15:00:00Z');
      const raised = raise(dissent, procedure, everybody, ['health'], now, england);
      if (!('events' in raised)) throw new Error(`not raised: ${JSON.stringify(raised)}`);

      const identity = { id: procedure.id, version: procedure.version };
      const trail: RecordedEvent[] = [];
      let current = null as unknown as Case;
      const take = (events: CaseEvent[], actor: Actor) => {
        for (const event of events) {
          if (event.type === 'StageEntered' && current.stage !== '')
            expect(leadsTo(procedure, stageOf(procedure, current.stage))).toContain(event.stage);
          if (event.type === 'TimeChosen') expect(chairWanted(current, procedure)).toBe(false);
          if (event.type === 'CaseClosed')
            expect(current.withdrawn !== null || current.resolved || nothingLeft(current, procedure)).toBe(true);
          const recorded: RecordedEvent = { ...event, revision: trail.length + 1, at: now.toString(), actor };
          trail.push(recorded);
          current = trail.length === 1 ? (replay('ANY-27-001', identity, [recorded]) as Case) : evolve(current, recorded);
        }
      };
      const contextOf = (person: string) => {
        const standings = standingsOf(person, current, procedure, everybody, dateOf(now));
        return { person, standings, procedure, calendar: england, roster: everybody, now };
      };
      take(raised.events, { person: dissent.dissenter, role: 'dissenter' });

      for (const { person: someone, lucky, command: chosen, minutes } of clicks) {
        now = now.add({ minutes });
        const all = commandsFor(current, procedure);
        const command = all[chosen % all.length] as Command;
        const able = lucky ? people.filter((each) => !('refused' in mayDo(current, command, contextOf(each)))) : [];
        const person = able[chosen % Math.max(1, able.length)] ?? someone;
        const context = contextOf(person);
        const before = JSON.stringify(current);
        const answer = decide(current, command, context);
        expect(JSON.stringify(current)).toBe(before);
        if ('refused' in answer) continue;
        expect([...context.standings, 'decided']).toContain(answer.role);
        const { stage, letter } = current;
        take(answer.events, { person, role: answer.role });
        // A letter may come before the chair has recorded. It moves nothing, and nobody is asked for a second one (S12, S13).
        if (command.type === 'Submit' && stageOf(procedure, stage).kind === 'record') expect(current.stage).toBe(stage);
        if (letter !== null)
          expect([current.letter, stageOf(procedure, current.stage).kind]).toEqual([letter, expect.not.stringMatching('submit')]);
        const bot = { person: 'bot', role: 'bot' };
        for (const report of reportsFor(current)) take(closing(current, takeReport(current, report, procedure), procedure, now, bot), bot);
      }

      expect(replay('ANY-27-001', identity, trail)).toEqual(current);
      if (current.status === 'closed') return;
      const open = commandsFor(current, procedure).filter(
        ({ type }) => !['Withdraw', 'AddToDissent', 'RemainConcerned', 'LookForTimes'].includes(type),
      );
      const somebody = open.some((command) => people.some((person) => !('refused' in mayDo(current, command, contextOf(person)))));
      expect({ stage: current.stage, somebody }).toEqual({ stage: current.stage, somebody: true });
    }),
    300,
  );
});
