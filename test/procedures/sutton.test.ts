import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../src/domain/commands.ts';
import { raise } from '../../src/domain/raise.ts';
import { diagramOf, summaryOf } from '../../src/procedures/describe.ts';
import { decides, england, events, type Step } from '../domain/given.ts';
import { aDissent, aRoster, type Setting } from '../support/dissents.ts';
import { checked, decision, play, procedureOf, records } from './play.ts';

describe('Sutton: a record-only level, and an agency lead who must agree first', () => {
  const procedure = procedureOf('sutton');
  const roster = aRoster(
    { 'agency-lead': 'partnership-lead', 'senior-chair': 'senior-chair' },
    { agencyLeads: { health: 'health-lead', school: 'school-lead' } },
  );
  const dissent = aDissent({ conference: { date: '2027-01-12' }, decision: 'plan', dissenter: 'nurse', level: 'review' });
  const setting: Setting = { procedure, calendar: england, roster };
  const { at, raised, does, limits, standings, cards } = play(setting, dissent, '2027-01-12T15:00:00Z');
  const recorded = records('2027-01-12T15:30:00Z', { answers: { account: 'The nurse said "I dissent".' } });
  const agreed: Step[] = [recorded, decides('health-lead', '2027-01-13T09:00:00Z', 'agree', 'agreed')];

  test('Part C: whoever dissents says how far it is to go', () => {
    const { level: _, ...unsaid } = dissent;
    for (const wrong of [
      raise(unsaid, procedure, roster, ['health'], Temporal.Instant.from('2027-01-12T15:00:00Z'), england),
      raised({ level: 'constructor' }),
    ]) {
      expect(wrong).toMatchObject({ refused: 'invalid', fields: { level: 'Choose what is to be done with your dissent.' } });
    }
    expect(raised({ level: 'record_only' })).toMatchObject({
      events: [{ type: 'DissentRaised', dissent: { level: 'record_only' } }, { stage: 'record' }],
    });
  });

  test('Part C: for the record only, it is recorded and goes to no decider', () => {
    const forTheRecord = play(setting, { ...dissent, level: 'record_only' }, '2027-01-12T15:00:00Z');
    expect(events(forTheRecord.does([], recorded.does, 'chair', recorded.at))).toEqual([
      expect.objectContaining({ type: 'ConferenceRecorded' }),
      { type: 'StageEntered', stage: 'conclude' },
    ]);
    expect(forTheRecord.does([recorded], recorded.does, 'chair', '2027-01-13T09:00:00Z')).toMatchObject({
      refused: 'already-done',
      sentence: 'Already recorded Tue 12 Jan 2027.',
    });
    expect(forTheRecord.does([recorded], decision('agree', 'agreed'), 'health-lead', '2027-01-13T09:00:00Z')).toMatchObject({
      refused: 'not-now',
    });
  });

  test("Part C: for review, it goes to the named lead of the agency first, and to no other agency's", () => {
    expect(events(does([], recorded.does, 'chair', recorded.at))).toEqual([
      expect.objectContaining({ type: 'ConferenceRecorded', agency: 'health' }),
      { type: 'DissentReferred', to: 'health-lead', insteadOf: null },
      { type: 'StageEntered', stage: 'agree' },
    ]);
    expect(cards([recorded], '2027-01-12T16:00:00Z')).toContain('health-lead stage:agree');
    for (const person of ['school-lead', 'partnership-lead', 'senior-chair', 'chair', 'nurse', 'administrator']) {
      expect(does([recorded], decision('agree', 'agreed'), person, '2027-01-13T09:00:00Z')).toMatchObject({
        refused: 'not-allowed',
        sentence: 'Only the Designated lead of the agency can decide this.',
      });
    }
    expect(standings([recorded], 'school-lead', '2027-01-13T09:00:00Z')).toEqual([]);
  });

  test('X5: the senior chair reviews only what the lead has agreed to', () => {
    expect(does([recorded], decision('review', 'kept'), 'senior-chair', '2027-01-13T09:00:00Z')).toMatchObject({
      refused: 'not-now',
      sentence: 'This cannot be decided now. The case is here: With the designated lead.',
    });
    expect(at(agreed)).toMatchObject({
      stage: 'review',
      decisions: { agree: { outcome: 'agreed', by: 'health-lead', role: 'agency-lead' } },
    });
    expect(events(does(agreed, decision('review', 'changed'), 'senior-chair', '2027-01-14T09:00:00Z'))).toMatchObject([
      { type: 'DecisionMade', outcome: 'changed' },
      { stage: 'conclude' },
    ]);
    expect(events(does([recorded], decision('agree', 'not_agreed'), 'health-lead', '2027-01-13T09:00:00Z'))).toMatchObject([
      {},
      { stage: 'conclude' },
    ]);
  });

  test('S24: no time limit for the review: a year later it asks for no reason', () => {
    expect(limits(agreed, '2028-01-14T09:00:00Z')).toEqual([]);
    expect(events(does(agreed, decision('review', 'kept'), 'senior-chair', '2028-01-14T09:00:00Z'))[0]).toMatchObject({
      delayReason: null,
    });
  });

  test('C26: a lead who dissents stands aside for whoever holds the post in the partnership, and agrees to nothing', () => {
    const own = play(setting, { ...dissent, dissenter: 'health-lead' }, '2027-01-12T15:00:00Z');
    expect(events(own.does([], recorded.does, 'chair', recorded.at))[1]).toEqual({
      type: 'DissentReferred',
      to: 'partnership-lead',
      insteadOf: 'health-lead',
    });
    expect(own.standings([recorded], 'health-lead', '2027-01-13T09:00:00Z')).toEqual(['dissenter']);
    expect(own.does([recorded], decision('agree', 'agreed'), 'health-lead', '2027-01-13T09:00:00Z')).toMatchObject({
      refused: 'not-allowed',
    });
    expect(events(own.does([recorded], decision('agree', 'agreed'), 'partnership-lead', '2027-01-13T09:00:00Z'))).toHaveLength(2);
  });

  test('C2: of somebody who is not in the directory, it goes to the lead of the agency that the chair confirms', () => {
    const visiting = play(setting, { ...dissent, agency: null }, '2027-01-12T15:00:00Z');
    expect(events(visiting.does([], { ...recorded.does, agency: 'school' } as Command, 'chair', recorded.at))[1]).toMatchObject({
      type: 'DissentReferred',
      to: 'school-lead',
    });
  });

  test("an agency that names no lead has the partnership's", () => {
    const nobody: Setting = { ...setting, roster: { ...roster, agencyLeads: {} } };
    expect(events(play(nobody, dissent, '2027-01-12T15:00:00Z').does([], recorded.does, 'chair', recorded.at))[1]).toMatchObject({
      to: 'partnership-lead',
      insteadOf: null,
    });
  });

  test('told in plain English: both ways on from the record, and that there is no limit', () => {
    expect(summaryOf(procedure)).toEqual(
      expect.arrayContaining(['  For the record only: finished.', 'The Senior conference chair decides, with no time limit.']),
    );
    expect(diagramOf(procedure)).toContain('record --> conclude: For the record only');
  });

  test('a level that leads nowhere, and a role that is called what somebody on the case is, are faults', () => {
    expect(checked('sutton', (text) => text.replace('only, next: conclude', 'only, next: nowhere')).faults[0]).toContain(
      'sutton.yaml: levels.record_only.next: there is no stage "nowhere"',
    );
    expect(checked('sutton', (text) => text.replaceAll('senior-chair', 'chair')).faults).toEqual([
      'sutton.yaml: roles.chair: "chair" cannot name a role: everybody on a case is called that by their part in it',
    ]);
  });
});
