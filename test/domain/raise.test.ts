import { describe, expect, test } from '@jest/globals';
import { raise } from '../../src/domain/raise.ts';
import { aDissent, camden, england, roster } from './given.ts';

const now = Temporal.Instant.from('2027-01-12T15:10:00Z');
const raised = (changes: Parameters<typeof aDissent>[0] = {}) =>
  raise(aDissent(changes), camden, roster, ['health', 'police'], now, england);

describe('raising a dissent', () => {
  test.each(['make', 'not_make', 'end'])('C1: the decision %s can be dissented from', (decision) => {
    expect(raised({ decision })).toMatchObject({
      events: [
        { type: 'DissentRaised', flags: [] },
        { type: 'StageEntered', stage: 'record' },
      ],
    });
  });

  test('C1 Q5: "continue" is accepted with a flag for the chair to confirm', () => {
    expect(raised({ decision: 'continue' })).toMatchObject({ events: [{ flags: ['decision:continue'] }, {}] });
  });

  test('C2: with no agency it is accepted and held for the chair to confirm', () => {
    expect(raised({ agency: null })).toMatchObject({ events: [{ flags: ['agency-unconfirmed'] }, {}] });
  });

  test('C3: it names one conference, its date, the decision and one dissenter', () => {
    expect(raised()).toMatchObject({
      events: [
        {
          dissent: {
            conference: { type: 'initial', date: '2027-01-12', chair: 'chair' },
            decision: 'not_make',
            dissenter: 'health-visitor',
          },
        },
        {},
      ],
    });
  });

  test('C4: a concern about process alone opens no case and goes to the Escalation Policy; beside another ground it is kept', () => {
    expect(raised({ grounds: ['process'] })).toEqual({ divert: 'escalation-policy' });
    expect(raised({ grounds: ['process', 'threshold'] })).toMatchObject({
      events: [{ dissent: { grounds: ['process', 'threshold'] } }, {}],
    });
  });

  test('C7: without reasons nothing is raised', () => {
    expect(raised({ reasons: '  ' })).toMatchObject({ refused: 'invalid', fields: { reasons: expect.any(String) } });
  });

  test('Q6: raised on a later day it is accepted and says so', () => {
    expect(raised({ conference: { date: '2027-01-11' } })).toMatchObject({ events: [{ flags: ['raised-after'] }, {}] });
  });

  test.each([
    ['a year before to the day', '2026-01-12', ['raised-after', 'raised-years-after']],
    ['a day less', '2026-01-13', ['raised-after']],
    ['long ago', '1999-03-04', ['raised-after', 'raised-years-after']],
  ])('CD15 Q6: a conference of any age is accepted, with a flag: %s', (_what, date, flags) => {
    expect(raised({ conference: { date } })).toMatchObject({ events: [{ flags }, {}] });
  });

  test('Q15: the category is accepted as a ground with a flag', () => {
    expect(raised({ grounds: ['category'] })).toMatchObject({ events: [{ flags: ['ground:category'] }, {}] });
  });

  test('every fault is named at once, field by field', () => {
    const answer = raised({
      grounds: [],
      children: [],
      decision: 'burn',
      conference: { type: 'party', date: '2027-01-13', chair: 'health-visitor' },
      agency: 'nobody',
    });
    expect(Object.keys((answer as { fields: object }).fields).toSorted()).toEqual([
      'agency',
      'chair',
      'children',
      'date',
      'decision',
      'grounds',
      'meeting',
    ]);
  });
});
