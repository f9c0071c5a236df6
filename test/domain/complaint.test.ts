import { describe, expect, test } from '@jest/globals';
import { cardsDue } from '../../src/app/cardsDue.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import type { Dissent } from '../../src/domain/events/dissentEvents.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { raise } from '../../src/domain/raise.ts';
import { peopleTold, remindersOn } from '../../src/domain/reminders.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { tasksOf } from '../../src/domain/tasks.ts';
import { timeLimitsOf } from '../../src/domain/timeLimits.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { aDissent, added, bot, caseOf, done, raising, type Setting } from '../support/dissents.ts';
import { england, events, roster, when } from './given.ts';

const procedure = loadLibrary('procedures').procedure('camden-complaint', 1);
const setting: Setting = { procedure, calendar: england, roster };
const LOGGED = '2027-10-14T10:00:00Z';

/** A parent's complaint as an administrator logs it; a test changes what it is about. */
const aComplaint = (changes: Partial<Dissent> = {}): Dissent =>
  aDissent({
    conference: { date: '2027-10-11' },
    decision: '',
    dissenter: 'administrator',
    agency: null,
    complainant: 'parent',
    grounds: ['category'],
    reasons: 'Neglect is the wrong category.',
    ...changes,
  });
const raised = (changes: Partial<Dissent> = {}) =>
  raise(aComplaint(changes), procedure, roster, ['health', 'council'], Temporal.Instant.from(LOGGED), england);

/** A complaint to which things have happened: commands by somebody at an instant, or reports of the bot. */
function complaint(changes: Partial<Dissent> = {}) {
  const start = caseOf('CMP-27-011', procedure, raising(setting, aComplaint(changes), ['health', 'council'], LOGGED, 'logger'));
  const from = (current: Case) => ({
    current,
    does: (command: Command, person: string, at = LOGGED) => {
      return from(done(setting, current, command, person, at));
    },
    tries: (command: Command, person: string, at = LOGGED) => when(current, command, person, at, roster, setting),
    reports: (report: Parameters<typeof takeReport>[1], at = LOGGED) =>
      from(added(current, takeReport(current, report, procedure), at, bot)),
    tasks: () => tasksOf(current, procedure),
  });
  return from(start);
}
const passOn: Command = {
  type: 'Record',
  agency: null,
  record: { answers: {}, documents: {}, agencies: [], required: ['social-worker'], optional: [] },
};
const outcome = (of: string): Command => ({
  type: 'Decide',
  stage: 'outcome',
  outcome: of,
  reasons: 'We looked at it.',
  answers: {},
  delayReason: null,
});

describe('logging a complaint', () => {
  test.each(['administrator', 'chair', 'other-chair'])('P1: %s may log it for a family', (dissenter) => {
    expect(raised({ dissenter })).toMatchObject({ events: [{ type: 'DissentRaised', flags: [] }, { stage: 'acknowledge' }] });
  });

  test.each(['health-visitor', 'health-lead', 'stranger'])('P1: %s may not', (dissenter) => {
    expect(raised({ dissenter })).toMatchObject({ refused: 'not-allowed', rule: 'P1' });
  });

  test('P1: a parent, a carer or a child complains; a child is flagged for the partnership to confirm', () => {
    expect(raised({ complainant: 'carer' })).toMatchObject({ events: [{ flags: [] }, {}] });
    expect(raised({ complainant: 'child' })).toMatchObject({ events: [{ flags: ['complainant:child'] }, {}] });
    expect(raised({ complainant: 'neighbour' })).toMatchObject({ fields: { complainant: 'Choose who complains.' } });
  });

  test('LE4: the day on which it was made is kept beside the day of its logging; it is not one that has yet to come', () => {
    expect(raised({ madeOn: '2027-10-12' })).toMatchObject({ events: [{ dissent: { madeOn: '2027-10-12' } }, {}] });
    expect(raised({ madeOn: '2028-02-01' })).toMatchObject({
      fields: { madeOn: 'Tue 1 Feb 2028 has not come yet. Give the day on which it was made.' },
    });
  });

  test.each(['process', 'outcome', 'category', 'become', 'continue', 'not_become'])('P2 P3 P4: %s can be complained of', (ground) => {
    expect(raised({ grounds: [ground] })).toMatchObject({ events: [{ flags: [] }, { stage: 'acknowledge' }] });
  });

  test('P4 Q22: the end of a plan is taken too, with a flag', () => {
    expect(raised({ grounds: ['end'] })).toMatchObject({ events: [{ flags: ['ground:end'] }, {}] });
  });

  test('P5: no ground is refused, several are all kept', () => {
    expect(raised({ grounds: [] })).toMatchObject({ refused: 'invalid', fields: { grounds: expect.any(String) } });
    expect(complaint({ grounds: ['process', 'outcome', 'category'] }).current.dissent.grounds).toHaveLength(3);
  });

  test('P9 P11: about an agency alone it goes to that agency, named, and no outcome for the conference is possible', () => {
    expect(raised({ grounds: ['agency'] })).toMatchObject({ fields: { agencyConcerned: 'Choose the agency that it is about.' } });
    const routed = complaint({ grounds: ['agency'], agencyConcerned: 'council' });
    expect(routed.current).toMatchObject({ stage: 'routed', flags: ['agency_complaint'], dissent: { agencyConcerned: 'council' } });
    for (const person of ['sm', 'administrator', 'chair'])
      expect(routed.tries(outcome('stands'), person)).toMatchObject({ refused: expect.any(String) });
    expect(routed.tasks()[0]).toMatchObject({
      id: 'task:routed.agency',
      kind: 'task',
      title: expect.stringContaining('own complaints process'),
    });
  });

  test('P6 P9 X8: chair, Service Manager and complainant are told of that one too, each on record, before it closes', () => {
    const routed = complaint({ grounds: ['agency'], agencyConcerned: 'council' });
    expect(routed.tasks().map(({ id, title, source }) => [id, title, source])).toEqual([
      ['task:routed.agency', expect.any(String), 'P9'],
      ['chair:routed', undefined, 'P6'],
      ['task:routed.decider', 'Tell the Service Manager that it has come', 'P6'],
      ['parents:routed', undefined, 'P6'],
    ]);
    expect(cardsDue(routed.current, procedure, roster, dateOf(LOGGED))).toContainEqual({ person: 'sm', key: 'status' });
    const passed = routed
      .does({ type: 'TickTask', task: 'task:routed.agency', note: null }, 'administrator')
      .reports({ type: 'ConfirmTold', task: 'chair:routed' })
      .reports({ type: 'ConfirmTold', task: 'task:routed.decider' })
      .does({ type: 'NameTeller', stage: 'routed', person: 'social-worker' }, 'administrator')
      .does({ type: 'CheckContact', stage: 'routed', safe: true, approach: null }, 'social-worker');
    expect(passed.current.status).toBe('open');
    const tell: Command = { type: 'TellParents', stage: 'routed', on: '2027-10-14', means: 'visit', everyone: true, note: null };
    expect(passed.does(tell, 'social-worker').current.status).toBe('closed');
  });

  test('P9: with other grounds beside, the agency part is passed on and the rest goes its way', () => {
    const both = complaint({ grounds: ['category', 'agency'], agencyConcerned: 'council' });
    expect(both.current).toMatchObject({ stage: 'acknowledge', flags: [] });
    expect(both.tasks().map(({ id }) => id)).toContain('task:routed.agency');
  });
});

describe('handling a complaint', () => {
  test('P6 X8: chair, Service Manager and complainant are each told, the last by a named person after looking whether it is safe', () => {
    const logged = complaint();
    expect(procedure.words.decisionStands).toMatch(
      /A complaint cannot change the decision of the conference\. The decision of the conference stands/,
    );
    expect(logged.tasks().map(({ id, done }) => [id, done])).toEqual([
      ['chair:acknowledge', null],
      ['task:acknowledge.decider', null],
      ['parents:acknowledge', null],
    ]);
    const named = logged.does({ type: 'NameTeller', stage: 'acknowledge', person: 'social-worker' }, 'administrator');
    const tell: Command = { type: 'TellParents', stage: 'acknowledge', on: '2027-10-14', means: 'visit', everyone: true, note: null };
    expect(named.tries(tell, 'social-worker')).toMatchObject({ refused: 'not-now', rule: 'X8' });
    expect(named.tries(tell, 'administrator')).toMatchObject({ refused: 'not-allowed' });
    const told = named
      .does({ type: 'CheckContact', stage: 'acknowledge', safe: true, approach: null }, 'social-worker')
      .does(tell, 'social-worker')
      .reports({ type: 'ConfirmTold', task: 'chair:acknowledge' })
      .reports({ type: 'ConfirmTold', task: 'task:acknowledge.decider' });
    expect(told.tasks().every(({ done }) => done !== null)).toBe(true);
  });

  test('P6: an administrator passes it on, and nobody else does', () => {
    for (const person of ['chair', 'sm', 'health-visitor'])
      expect(complaint().tries(passOn, person)).toMatchObject({ refused: 'not-allowed' });
    expect(complaint().does(passOn, 'administrator').current.stage).toBe('outcome');
  });

  test.each(['sm', 'administrator'])('P8: %s records exactly one of the three outcomes', (person) => {
    for (const chosen of ['reconvened', 'brought_forward', 'stands']) {
      const decided = complaint().does(passOn, 'administrator').does(outcome(chosen), person);
      expect(decided.current.decisions.outcome).toMatchObject({ outcome: chosen, by: person });
      expect(decided.tries(outcome('stands'), person)).toMatchObject({ refused: 'already-done' });
    }
    expect(complaint().does(passOn, 'administrator').tries(outcome('changed'), person)).toMatchObject({ refused: 'not-allowed' });
  });

  test('P8 C26: a Service Manager who chaired the conference leaves it to the alternate', () => {
    const chaired = complaint({ conference: { type: 'initial', date: '2027-10-11', chair: 'sm' } }).does(passOn, 'administrator');
    expect(chaired.tries(outcome('stands'), 'sm')).toMatchObject({ refused: 'not-allowed' });
    expect(chaired.does(outcome('stands'), 'sm-alternate').current.decisions.outcome?.by).toBe('sm-alternate');
  });

  test('P14: no time limit is set at any stage', () => {
    const now = Temporal.Instant.from(LOGGED);
    const reconvened = complaint().does(passOn, 'administrator').does(outcome('reconvened'), 'sm').current;
    for (const current of [complaint().current, complaint().does(passOn, 'administrator').current, reconvened])
      expect(timeLimitsOf(current, procedure, england, now)).toEqual([]);
  });

  test('P8 Q28: reconvened, it has no time before a chair other than the original one is chosen', () => {
    const reconvened = complaint().does(passOn, 'administrator').does(outcome('reconvened'), 'sm');
    const choose: Command = { type: 'ChooseTime', start: '2027-11-09T10:00:00Z', reason: null };
    expect(reconvened.tries(choose, 'administrator')).toMatchObject({ refused: 'not-now', rule: 'P8' });
    const found = { slots: [], leastBad: [], blockers: [] };
    expect(takeReport(reconvened.current, { type: 'ReportTimes', found }, procedure)).toEqual([]);
    const chair = (person: string): Command => ({ type: 'ChooseChair', chair: person });
    expect(reconvened.tries(chair('chair'), 'administrator')).toMatchObject({ refused: 'invalid', rule: 'P8' });
    expect(reconvened.tries(chair('stranger'), 'administrator')).toMatchObject({ refused: 'invalid' });
    expect(reconvened.tries(chair('other-chair'), 'chair')).toMatchObject({ refused: 'not-allowed' });
    const booked = reconvened.does(chair('other-chair'), 'administrator').does(choose, 'administrator');
    expect(booked.current.bookings).toMatchObject([{ status: 'wanted', slot: { unknown: ['other-chair', 'social-worker'] } }]);
  });

  test('P1 X7: whoever logged it is no party to it: not invited, not flagged as managed, and not a dissenter in the trail', () => {
    const { current } = complaint();
    const due = cardsDue(current, procedure, roster, dateOf(LOGGED)).map(({ person, key }) => `${person} ${key}`);
    expect(due).toEqual(expect.arrayContaining(['administrator receipt', 'administrator record', 'chair record']));
    expect(complaint().tries({ type: 'RemainConcerned' }, 'administrator')).toMatchObject({ refused: 'not-allowed' });
    expect(complaint().does({ type: 'Withdraw', reason: 'The family asked for it.' }, 'administrator').current.status).toBe('closed');
  });
});

describe('who acts, and when, in the corners of a complaint', () => {
  const passedOn = complaint().does(passOn, 'administrator').current;
  const chairedBy = (chair: string): Case => ({
    ...passedOn,
    dissent: { ...passedOn.dissent, conference: { ...passedOn.dissent.conference, chair } },
  });
  const tries = (current: Case, person: string) => when(current, outcome('stands'), person, LOGGED, roster, setting);

  test('corner 26: an administrator who chaired the conference does not write down what came of it (C26)', () => {
    expect(tries(chairedBy('administrator'), 'administrator')).toMatchObject({
      refused: 'not-allowed',
      sentence: 'You chaired this, raised it or decided in it earlier, so somebody else decides it as Service Manager.',
    });
    expect(events(tries(chairedBy('administrator'), 'sm'))[0]).toMatchObject({ type: 'DecisionMade' });
    expect(events(tries(passedOn, 'administrator'))[0]).toMatchObject({ type: 'DecisionMade' });
    const cards = (current: Case) => cardsDue(current, procedure, roster, dateOf(LOGGED)).filter(({ key }) => key === 'stage:outcome');
    expect(cards(passedOn).map(({ person }) => person)).toEqual(['sm', 'administrator']);
    expect(cards(chairedBy('administrator')).map(({ person }) => person)).toEqual(['sm']);
  });

  test('corner 19: where an administrator records, it is the administrators who are reminded, and not the chair', () => {
    const target = { within: 5, unit: 'working-days', from: 'raised', source: 'P14' } as const;
    const { acknowledge } = procedure.stages;
    if (acknowledge?.kind !== 'record') throw new Error('a complaint is not recorded first');
    const hurried = { ...procedure, stages: { ...procedure.stages, acknowledge: { ...acknowledge, target } } };
    const { current } = complaint();
    const told = (date: string) => {
      const day = Temporal.PlainDate.from(date);
      return remindersOn(current, hurried, england, day)
        .filter(({ kind }) => kind !== 'summary')
        .flatMap(({ to }) => peopleTold(to, current, hurried, roster, day));
    };
    expect([told('2027-10-20'), told('2027-10-21'), told('2027-10-22')]).toEqual([['administrator'], ['administrator'], ['administrator']]);
  });

  test('corner 22: nobody was told of a complaint before it came, or of an outcome before it was decided (C22)', () => {
    const told = (stage: string, on: string): Command => ({ type: 'TellParents', stage, on, means: 'visit', everyone: true, note: null });
    const ready = (stage: string, of: ReturnType<typeof complaint>, at: string) =>
      of
        .does({ type: 'NameTeller', stage, person: 'social-worker' }, 'administrator', at)
        .does({ type: 'CheckContact', stage, safe: true, approach: null }, 'social-worker', at);
    const come = ready('acknowledge', complaint(), LOGGED);
    expect(come.tries(told('acknowledge', '2020-10-14'), 'social-worker')).toMatchObject({
      refused: 'invalid',
      rule: 'C22',
      fields: { on: 'That is before the complaint came, so there was nothing to tell yet.' },
    });
    expect(come.tries(told('acknowledge', '2027-10-13'), 'social-worker')).toMatchObject({ refused: 'invalid' });
    expect(events(come.tries(told('acknowledge', '2027-10-14'), 'social-worker'))).toHaveLength(1);
    const decidedAt = '2027-10-20T10:00:00Z';
    const decided = ready('outcome', complaint().does(passOn, 'administrator').does(outcome('stands'), 'sm', decidedAt), decidedAt);
    expect(decided.tries(told('outcome', '2027-10-19'), 'social-worker', decidedAt)).toMatchObject({
      fields: { on: 'That is before the decision, so there was nothing to tell yet.' },
    });
    expect(events(decided.tries(told('outcome', '2027-10-20'), 'social-worker', decidedAt))).toHaveLength(1);
  });
});
