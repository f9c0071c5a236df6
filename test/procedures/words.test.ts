import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { holdersOf } from '../../src/domain/authority.ts';
import type { Case } from '../../src/domain/case.ts';
import { silenceIsOver } from '../../src/domain/commands/choosing.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { procedureSchema } from '../../src/domain/procedureFaults.ts';
import type { Procedure } from '../../src/domain/procedureShape.ts';
import { recipientsOf } from '../../src/domain/recipients.ts';
import { takeReport } from '../../src/domain/reports.ts';
import { timeLimitsOf, timeLimitsOfStage } from '../../src/domain/timeLimits.ts';
import { withBase } from '../../src/procedures/base.ts';
import { editorSchema } from '../../src/procedures/editorSchema.ts';
import { examplesThatFail } from '../../src/procedures/examples.ts';
import { england, type Step } from '../domain/given.ts';
import { aDissent, aRoster } from '../support/dissents.ts';
import { decision, play, records } from './play.ts';

/** What the words of a procedure do beyond those that the product's own three need, each in a procedure that differs from a plain one by it. */

const page = readFileSync('docs/procedures.md', 'utf8');
const [, whole = ''] = /```yaml\n(id: example-dissent\n.*?)```/s.exec(page) ?? [];

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;
const base = { id: 'example-dissent', version: 1 };
const procedureWith = (change: { [key: string]: Json }): Procedure => {
  const { value, faults } = withBase({ base, ...change }, [{ file: 'example.yaml', text: whole }]);
  expect(faults).toEqual([]);
  return procedureSchema.parse(value);
};

const roster = {
  ...aRoster({ 'service-manager': 'sm', 'head-of-service': 'hos' }),
  agencyLeads: { health: 'health-lead', school: 'school-lead' },
  representatives: { health: 'health-rep', school: 'school-rep' },
  lineManagers: { nurse: 'nurse-manager' },
};
const dissent = aDissent({ decision: 'plan', dissenter: 'nurse', agencyConcerned: 'school' });
const RAISED = '2027-01-12T15:10:00Z';
const source = '1';
const playing = (procedure: Procedure, raised = dissent) => play({ procedure, calendar: england, roster }, raised, RAISED);
const referred = records('2027-01-13T10:00:00Z');

test('PL9: what is raised is named with its article and plural as the file says, and has plain ones where it does not', () => {
  const { words } = procedureWith({ words: { case: 'appeal', article: 'an', cases: 'appeals' } });
  expect([words.aCase, words.cases]).toEqual(['an appeal', 'appeals']);
  expect(procedureWith({ words: { case: 'concern' } }).words.cases).toBe('concerns');
});

describe('PL5: windows', () => {
  const limit = (change: Json, raised = dissent) =>
    playing(
      procedureWith({ stages: { decide: { limit: { source, from: 'conference', within: 10, ...(change as object) } } } }),
      raised,
    ).limits([referred], '2027-01-14T10:00:00Z')[0];

  test('months end on the same day of a later month, or on its last', () => {
    expect(limit({ unit: 'months', within: 2 })).toMatchObject({ due: '2027-03-12', unit: 'months' });
    const last = { ...dissent, conference: { ...dissent.conference, date: '2026-12-31' } };
    expect(limit({ unit: 'months', within: 2 }, last)).toMatchObject({ due: '2027-02-28' });
  });

  test('of two the earlier or the later counts, and one alone while the other has not begun', () => {
    const or = (whichever: string) => ({ or: { within: 5, unit: 'calendar-days', from: 'record', whichever } });
    expect(limit(or('earlier'))).toMatchObject({ due: '2027-01-18', from: 'record' });
    expect(limit(or('later'))).toMatchObject({ due: '2027-01-26', from: 'conference' });
    const before = procedureWith({ stages: { decide: { limit: { source, from: 'conference', within: 10, ...or('later') } } } });
    expect(timeLimitsOfStage(playing(before).at([]), before, 'decide', england, Temporal.Instant.from(RAISED))[0]).toMatchObject({
      from: 'conference',
    });
  });

  test('days are counted from a day that the form asked for', () => {
    const procedure = procedureWith({
      asks: { sent: { title: 'When were the minutes sent?', kind: 'date', source } },
      stages: { decide: { limit: { within: 5, from: 'sent', source } } },
    });
    const { limits } = playing(procedure, { ...dissent, answers: { sent: '2027-01-11' } });
    expect(limits([referred], '2027-01-14T10:00:00Z')).toMatchObject([{ from: 'sent', start: '2027-01-11', due: '2027-01-18' }]);
  });

  test('Q13: where the procedure says so the clock stands still from a question until its answer, and the days are shown as not counted', () => {
    const procedure = procedureWith({ stages: { decide: { ask: ['chair'], pauses: true } } });
    const asks: Step[] = [
      referred,
      { at: '2027-01-14T10:00:00Z', by: 'sm', does: { type: 'Ask', of: 'chair', question: 'What was said?' } },
      { at: '2027-01-19T10:00:00Z', by: 'chair', does: { type: 'Answer', request: 1, answer: 'This.' } },
    ];
    const { limits } = playing(procedure);
    expect(limits([referred], '2027-01-20T10:00:00Z')).toMatchObject([{ due: '2027-01-26' }]);
    const [paused] = limits(asks, '2027-01-20T10:00:00Z');
    expect(paused).toMatchObject({ due: '2027-01-29' });
    expect(paused?.count.skipped).toContainEqual({ date: '2027-01-15', why: 'waiting for an answer' });
  });

  test('Q6: a limit for raising asks why it is late, and the decider says whether it is accepted', () => {
    const procedure = procedureWith({
      raising: { limit: { within: 72, unit: 'hours', from: 'conference', source } },
      stages: { decide: { lateRefused: 'conclude' } },
    });
    const late = { ...dissent, conference: { ...dissent.conference, date: '2027-01-08' } };
    expect(playing(procedure).raised()).toMatchObject({ events: [{ flags: [] }, {}] });
    expect(playing(procedure, late).raised()).toMatchObject({
      refused: 'invalid',
      fields: { lateReason: expect.stringContaining('late') },
    });
    const { raised, does } = playing(procedure, { ...late, late: { by: 9, reason: 'I was ill.' } });
    expect(raised()).toMatchObject({ events: [{ flags: ['raised-after', 'raised-late'], dissent: { late: { by: 1 } } }, {}] });
    expect(does([referred], decision('decide', 'upheld'), 'sm', '2027-01-14T10:00:00Z')).toMatchObject({ rule: 'Q17' });
  });

  test('Q14: whoever advised decides nothing afterwards, where the procedure keeps them apart', () => {
    const people = (adviserStandsAside: boolean) => {
      const procedure = procedureWith({
        roles: { 'head-of-service': { title: 'Head of Service', source } },
        stages: { decide: { advice: 'head-of-service', adviserStandsAside } },
      });
      const advised = playing(procedure).at([
        referred,
        { at: '2027-01-14T10:00:00Z', by: 'sm', does: { type: 'AskAdvice', question: 'What do you think?' } },
        { at: '2027-01-14T11:00:00Z', by: 'hos', does: { type: 'Answer', request: 1, answer: 'This.' } },
      ]);
      return holdersOf('head-of-service', advised, roster, dateOf('2027-01-15T10:00:00Z')).principal;
    };
    expect([people(false), people(true)]).toEqual(['hos', 'hos-alternate']);
  });

  test('C8: an earlier decision that is not final leaves it open to additions and to being withdrawn', () => {
    const first = (final: boolean) =>
      procedureWith({
        stages: { decide: { final, outcomes: { upheld: { next: 'second' } } }, second: { ...secondStage } },
      } as never);
    const secondStage = {
      kind: 'decide',
      title: 'Second',
      by: 'service-manager',
      outcomes: { so: { title: 'So', next: 'reconvene', source } },
    };
    const decided: Step[] = [referred, { at: '2027-01-14T10:00:00Z', by: 'sm', does: decision('decide', 'upheld') }];
    const adds = (final: boolean) =>
      playing(first(final)).does(decided, { type: 'AddToDissent', text: 'More.' }, 'nurse', '2027-01-15T10:00:00Z');
    expect(adds(false)).toMatchObject({ events: [{ type: 'DissentAddedTo' }] });
    expect(adds(true)).toMatchObject({ refused: 'already-done' });
  });
});

describe('PL6: the other agency, and no chair', () => {
  test('roles that each case fills anew: the leads and representatives of both agencies, and the line manager', () => {
    const current: Case = playing(procedureWith({})).at([]);
    const holder = (role: string) => holdersOf(role, current, roster, dateOf(RAISED)).principal;
    expect(
      ['agency-lead', 'agency-representative', 'other-agency-lead', 'other-agency-representative', 'line-manager'].map(holder),
    ).toEqual(['health-lead', 'health-rep', 'school-lead', 'school-rep', 'nurse-manager']);
  });

  test('without a chair nobody is asked who it was, and nobody stands in for one', () => {
    const procedure = procedureWith({
      chaired: false,
      start: 'decide',
      without: ['stages.record'],
      stages: { decide: { outcomes: { upheld: { next: 'reconvene' } } } },
    });
    const alone = { ...dissent, conference: { ...dissent.conference, chair: '' } };
    const { raised, cards } = playing({ ...procedure }, alone);
    expect(raised()).toMatchObject({ events: [{}, { stage: 'decide' }] });
    expect(
      cards([{ at: RAISED, by: 'bot', event: { type: 'StageEntered', stage: 'decide' } }], RAISED).filter((card) => card.startsWith(' ')),
    ).toEqual([]);
  });
});

describe('PL4: several decide together', () => {
  const others = { 'head-of-service': { title: 'Head of Service', source }, nurse: { title: 'Designated Nurse', source } };
  const procedure = procedureWith({ roles: others, stages: { decide: { with: ['head-of-service', 'nurse'], agree: 2, called: 'Panel' } } });
  const people = { ...roster, roles: { ...roster.roles, nurse: { holder: 'dn', alternate: 'dn-alternate', deputies: [] } } };
  const panel = play({ procedure, calendar: england, roster: people }, dissent, RAISED);
  const first: Step = { at: '2027-01-14T10:00:00Z', by: 'sm', does: decision('decide', 'upheld') };

  test('a first view decides nothing; a second that agrees does, with the reasons of both', () => {
    expect(panel.at([referred, first])).toMatchObject({ stage: 'decide', decisions: {}, views: { decide: [{ role: 'service-manager' }] } });
    expect(panel.does([referred, first], decision('decide', 'not_upheld'), 'hos', '2027-01-15T10:00:00Z')).toMatchObject({
      events: [{ type: 'ViewGiven', outcome: 'not_upheld' }],
    });
    const second = panel.does([referred, first], decision('decide', 'upheld'), 'hos', '2027-01-15T10:00:00Z');
    expect(second).toMatchObject({
      events: [{ type: 'DecisionMade', outcome: 'upheld' }, { stage: 'reconvene' }, { type: 'TimesRequested' }],
    });
    expect(JSON.stringify(second)).toContain('Service Manager: ');
  });

  test('nobody has two views: one who spoke in one role does not speak in another, and a later view takes the place of their first', () => {
    const again: Step = { ...first, at: '2027-01-15T09:00:00Z', does: decision('decide', 'not_upheld') };
    expect(panel.at([referred, first, again]).views.decide).toMatchObject([{ by: 'sm', outcome: 'not_upheld' }]);
    const both = { ...people, roles: { ...people.roles, nurse: { holder: 'sm', alternate: 'dn', deputies: [] } } };
    expect(holdersOf('nurse', panel.at([referred, first]), both, dateOf(RAISED)).principal).toBe('dn');
  });
});

describe('PL3: whoever raised it chooses', () => {
  const procedure = procedureWith({
    stages: {
      decide: { outcomes: { not_upheld: { next: 'reply' } } },
      reply: {
        kind: 'choose',
        title: 'Reply',
        limit: { within: 5, from: 'decide', source },
        choices: { settled: { title: 'Settled', next: 'conclude', source }, further: { title: 'Further', next: 'reconvene', source } },
        silence: { as: 'settled', source },
      },
    },
  });
  const { at, does } = playing(procedure);
  const decided: Step[] = [referred, { at: '2027-01-14T10:00:00Z', by: 'sm', does: decision('decide', 'not_upheld') }];
  const further = { type: 'Choose' as const, stage: 'reply', choice: 'further', reasons: null, answers: {} };

  test('they and nobody else, and the case goes where the choice says', () => {
    expect(does(decided, further, 'nurse', '2027-01-15T10:00:00Z')).toMatchObject({
      events: [{ type: 'ChoiceMade' }, { stage: 'reconvene' }, { type: 'TimesRequested' }],
    });
    expect(does(decided, further, 'sm', '2027-01-15T10:00:00Z')).toMatchObject({ refused: 'not-allowed' });
  });

  test('once the last day has passed silence counts as what the procedure says, and not before', () => {
    const current = at(decided);
    const over = (now: string) => silenceIsOver(current, procedure, england, Temporal.Instant.from(now));
    expect([over('2027-01-21T23:59:59Z'), over('2027-01-22T00:00:00Z')]).toEqual([false, true]);
    expect(takeReport(current, { type: 'TakeSilence', stage: 'reply' }, procedure)).toMatchObject([
      { choice: 'settled' },
      { stage: 'conclude' },
    ]);
  });
});

describe('PL8: a file that changes another', () => {
  const sources = [{ file: 'example.yaml', text: whole }];
  const faults = (value: object) => withBase(value, sources).faults;

  test('says only what differs, and names what it leaves out', () => {
    const borough = procedureWith({ id: 'borough', without: ['stages.decide.limit'], stages: { decide: { title: 'With our manager' } } });
    expect(borough).toMatchObject({
      id: 'borough',
      prefix: 'EX',
      stages: { decide: { title: 'With our manager', by: 'service-manager' } },
    });
    expect(borough.stages.decide?.limit).toBeUndefined();
  });

  test('a base that is not there, a circle, and a place that the base does not have are named', () => {
    expect(faults({ base: { id: 'example-disent', version: 1 } })).toEqual([
      { path: ['base'], words: expect.stringContaining('did you mean "example-dissent 1"?') },
    ]);
    expect(faults({ base, without: ['stages.decde'] })).toEqual([
      { path: ['without', '0'], words: 'the base has nothing at "stages.decde"' },
    ]);
    const circle = [{ file: 'a.yaml', text: 'id: a\nversion: 1\nbase: { id: a, version: 1 }' }];
    expect(withBase({ base: { id: 'a', version: 1 } }, circle).faults).toEqual([
      { path: ['base'], words: 'the bases go round in a circle: a 1 -> a 1' },
    ]);
  });
});

test('PL2: examples in the file are counted again, and one that does not come out says what does', () => {
  const example = (due: string) =>
    examplesThatFail(
      procedureWith({
        examples: [{ given: { conference: '2027-03-01', raised: '2027-03-02' }, expect: { decide: due, 'decide.target': 'none' } }],
      }),
      england,
    );
  expect(example('2027-03-15')).toEqual([]);
  expect(example('2027-03-12')).toEqual([
    {
      path: ['examples', 0, 'expect', 'decide'],
      message: 'the example says 2027-03-12, and by the file 10 working days from 2027-03-01 end on 2027-03-15',
    },
  ]);
});

test('PL10: the schema for editors knows every word, and asks nothing of a file that has a base', () => {
  const schema = editorSchema() as { properties: object; else: { required: string[] } };
  expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(['base', 'without', 'examples', 'stages']));
  expect(schema.else.required).toContain('stages');
});

test('PL7: a letter goes to whomever the procedure lists', () => {
  const letter = { title: 'Letter', to: ['dissenter', 'other-agency', 'service-manager', 'board'], source };
  const procedure = procedureWith({ otherAgency: { title: 'Which agency?', source }, stages: { decide: { letter } } } as never);
  const current = playing(procedure).at([referred, { at: '2027-01-14T10:00:00Z', by: 'sm', does: decision('decide', 'upheld') }]);
  const stage = procedure.stages.decide;
  if (stage?.kind !== 'decide' || !stage.letter) throw new Error('no letter');
  expect(recipientsOf(current, stage.letter, roster, dateOf(RAISED))).toEqual(['person:nurse', 'agency:school', 'person:sm', 'copy']);
  expect(timeLimitsOf(current, procedure, england, Temporal.Instant.from('2027-01-15T10:00:00Z'))).toHaveLength(1);
});
