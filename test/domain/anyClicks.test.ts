import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { standingsOf } from '../../src/domain/authority.ts';
import { type Case, evolve, type RecordedEvent, replay } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { decide } from '../../src/domain/decide.ts';
import { takeReport } from '../../src/domain/decideMeeting.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { type Intention, mayDo } from '../../src/domain/mayDo.ts';
import { stageOf } from '../../src/domain/procedure.ts';
import { aDissent, aRecord, camden, england, roster } from './given.ts';

const people = [
  'health-visitor',
  'chair',
  'other-chair',
  'sm',
  'sm-alternate',
  'hos',
  'hos-alternate',
  'administrator',
  'stranger',
  'health-lead',
];

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constant<Command>({ type: 'DeclineChair', reason: 'x' }),
  fc.constantFrom('chair', 'other-chair', 'sm', 'health-visitor').map((chair): Command => ({ type: 'NameChair', chair })),
  fc.constant<Command>({ type: 'Record', record: aRecord, agency: null }),
  fc.constant<Command>({ type: 'Withdraw', reason: 'x' }),
  fc.constant<Command>({ type: 'AddToDissent', text: 'x' }),
  fc.constantFrom('dissenter' as const, 'chair' as const).map((of): Command => ({ type: 'Ask', of, question: 'x' })),
  fc.constant<Command>({ type: 'AskAdvice', question: 'x' }),
  fc.integer({ min: 1, max: 4 }).map((request): Command => ({ type: 'Answer', request, answer: 'x' })),
  fc
    .constantFrom(
      ['decide', 'upheld'],
      ['decide', 'not_upheld'],
      ['review', 'reconvene'],
      ['review', 'no_reconvene'],
      ['review', 'upheld'],
      ['record', 'upheld'],
    )
    .chain(([stage = '', outcome = '']) =>
      fc
        .constantFrom(null, 'late')
        .map((delayReason): Command => ({ type: 'Decide', stage, outcome, reasons: 'x', answers: {}, delayReason })),
    ),
  fc.constant<Command>({ type: 'LookForTimes' }),
  fc
    .constantFrom('2027-02-16T10:00:00Z', '2027-02-17T10:00:00Z', '2027-06-01T10:00:00Z')
    .map((start): Command => ({ type: 'ChooseTime', start, reason: null })),
  fc.constant<Command>({ type: 'CancelMeeting', reason: 'x' }),
  fc.constant<Command>({ type: 'RetryInvitation' }),
  fc.constantFrom('2027-01-20', '2027-02-16').map((on): Command => ({ type: 'ReportHeld', on })),
);

const click = fc.record({ person: fc.constantFrom(...people), command, minutes: fc.integer({ min: 1, max: 3000 }) });

/** Where each stage may lead, read off the procedure. */
const leadsTo = (name: string): string[] => {
  const stage = stageOf(camden, name);
  return stage.kind === 'decide' ? Object.values(stage.outcomes).map(({ next }) => next) : stage.next ? [stage.next] : [];
};

const intentions: Intention[] = [
  { type: 'Record' },
  { type: 'NameChair' },
  { type: 'ChooseTime' },
  ...['decide', 'review'].flatMap((stage) =>
    Object.keys((camden.stages[stage] as { outcomes: object }).outcomes).map((outcome): Intention => ({ type: 'Decide', stage, outcome })),
  ),
];

test('C11 X1 X3 X4: no clicks by anyone lead where the procedure does not, leave an open case with nobody to act, or a trail that does not give the case', () => {
  fc.assert(
    fc.property(fc.array(click, { maxLength: 25 }), fc.constantFrom('chair', 'sm', 'hos'), (clicks, chair) => {
      const trail: RecordedEvent[] = [];
      let now = Temporal.Instant.from('2027-01-12T15:00:00Z');
      const dissent = aDissent({ conference: { chair } });
      const record = (current: Case | null, event: Parameters<typeof evolve>[1]): Case | null => {
        trail.push(event);
        return current ? evolve(current, event) : replay('DIS-27-001', { id: camden.id, version: 1 }, [event]);
      };
      let current = record(null, {
        type: 'DissentRaised',
        dissent,
        flags: [],
        revision: 1,
        at: now.toString(),
        actor: { person: 'health-visitor', role: 'dissenter' },
      }) as Case;
      current = record(current, {
        type: 'StageEntered',
        stage: 'record',
        revision: 2,
        at: now.toString(),
        actor: { person: 'health-visitor', role: 'dissenter' },
      }) as Case;

      for (const { person, command: asked, minutes } of clicks) {
        now = now.add({ minutes });
        const standings = standingsOf(person, current, camden, roster, dateOf(now));
        const before = structuredClone(current);
        const answer = decide(current, asked, { person, standings, procedure: camden, calendar: england, roster, now });
        expect(current).toEqual(before);
        if ('refused' in answer) continue;
        expect(standings).toContain(answer.role);
        for (const event of answer.events) {
          if (event.type === 'StageEntered') expect(leadsTo(current.stage)).toContain(event.stage);
          current = record(current, {
            ...event,
            revision: current.revision + 1,
            at: now.toString(),
            actor: { person, role: answer.role },
          }) as Case;
        }
        for (const event of takeReport(current, { type: 'ReportTimes', found: { slots: [], leastBad: [], blockers: [] } }, camden)) {
          current = record(current, {
            ...event,
            revision: current.revision + 1,
            at: now.toString(),
            actor: { person: 'bot', role: 'bot' },
          }) as Case;
        }
      }

      expect(replay('DIS-27-001', { id: camden.id, version: 1 }, trail)).toEqual(current);
      if (current.status === 'open' && stageOf(camden, current.stage).kind !== 'conclude') {
        const somebody = people.some((person) => {
          const standings = standingsOf(person, current, camden, roster, dateOf(now));
          return intentions.some(
            (intention) =>
              !('refused' in mayDo(current, intention, { person, standings, procedure: camden, calendar: england, roster, now })),
          );
        });
        expect(somebody).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
