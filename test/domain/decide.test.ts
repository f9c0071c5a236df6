import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../src/domain/commands.ts';
import { timeLimitsOfStage } from '../../src/domain/timeLimits.ts';
import { aDissent, aRecord, camden, decides, england, events, given, referred, roster, when } from './given.ts';

const refer: Command = { type: 'Record', record: aRecord, agency: null };
const decision = (stage: string, outcome: string, delayReason: string | null = null): Command => ({
  type: 'Decide',
  stage,
  outcome,
  reasons: 'Because of what was read.',
  answers: {},
  delayReason,
});

describe('recording and referring', () => {
  test('C5 C6 C8 C9: the chair of this conference records and refers; the entry, the referral and its stage follow', () => {
    const answer = when(given(aDissent()), refer, 'chair', '2027-01-12T16:30:00Z');
    expect(answer).toEqual({
      role: 'chair',
      events: [
        { type: 'ConferenceRecorded', record: aRecord, agency: 'health' },
        { type: 'DissentReferred', to: 'sm', insteadOf: null },
        { type: 'StageEntered', stage: 'decide' },
      ],
    });
  });

  test.each(['health-visitor', 'other-chair', 'sm', 'hos', 'administrator'])('C9 X3: %s cannot refer', (person) => {
    expect(when(given(aDissent()), refer, person, '2027-01-12T16:30:00Z')).toMatchObject({
      refused: 'not-allowed',
      sentence: 'Only the chair of this conference can refer.',
    });
  });

  test('X4: a second referral changes nothing and says when the first was', () => {
    expect(when(given(aDissent(), [referred]), refer, 'chair', '2027-01-13T09:00:00Z')).toMatchObject({
      refused: 'already-done',
      sentence: 'Already referred Tue 12 Jan 2027.',
    });
  });

  test('C2: a dissenter with no agency is held until the chair says whom they represent', () => {
    const unmapped = given(aDissent({ agency: null }));
    expect(when(unmapped, refer, 'chair', '2027-01-12T16:30:00Z')).toMatchObject({
      refused: 'invalid',
      rule: 'C2',
      fields: { agency: expect.any(String) },
    });
    expect(events(when(unmapped, { ...refer, agency: 'health' } as Command, 'chair', '2027-01-12T16:30:00Z'))[0]).toMatchObject({
      agency: 'health',
    });
  });

  test('C26: a dissent from a conference that the Service Manager chaired goes to the alternate, and the trail says instead of whom', () => {
    const chaired = given(aDissent({ conference: { chair: 'sm' } }));
    expect(events(when(chaired, refer, 'sm', '2027-01-12T16:30:00Z'))[1]).toEqual({
      type: 'DissentReferred',
      to: 'sm-alternate',
      insteadOf: 'sm',
    });
  });

  test('C26: with no alternate to turn to, nothing is referred to nobody', () => {
    const people = { ...roster, roles: { ...roster.roles, 'service-manager': { holder: 'sm', alternate: null, deputies: [] } } };
    const chaired = given(aDissent({ conference: { chair: 'sm' } }));
    expect(when(chaired, refer, 'sm', '2027-01-12T16:30:00Z', people)).toMatchObject({ refused: 'not-now', rule: 'C26' });
  });

  test('a chair named by mistake hands the dissent back, loses the case, and the dissenter points it right', () => {
    const declined = given(aDissent(), [
      { at: '2027-01-13T09:00:00Z', by: 'chair', does: { type: 'DeclineChair', reason: 'I was on leave.' } },
    ]);
    expect(when(declined, refer, 'chair', '2027-01-13T09:01:00Z')).toMatchObject({ refused: 'not-allowed' });
    const named = given(aDissent(), [
      { at: '2027-01-13T09:00:00Z', by: 'chair', does: { type: 'DeclineChair', reason: 'I was on leave.' } },
      { at: '2027-01-13T10:00:00Z', by: 'health-visitor', does: { type: 'NameChair', chair: 'other-chair' } },
    ]);
    expect(events(when(named, refer, 'other-chair', '2027-01-13T11:00:00Z'))).toHaveLength(3);
  });

  test('C26: nobody can name themselves as the chair of the conference they dissent from', () => {
    const declined = given(aDissent({ dissenter: 'other-chair' }), [
      { at: '2027-01-13T09:00:00Z', by: 'chair', does: { type: 'DeclineChair', reason: 'x' } },
    ]);
    expect(when(declined, { type: 'NameChair', chair: 'other-chair' }, 'other-chair', '2027-01-13T10:00:00Z')).toMatchObject({
      refused: 'invalid',
      rule: 'C26',
    });
  });
});

describe('deciding', () => {
  const open = given(aDissent(), [referred]);

  test('C11 C12: the Service Manager stores exactly one outcome with reasons, and nothing about the plan changes', () => {
    const answer = when(open, decision('decide', 'not_upheld'), 'sm', '2027-01-21T10:00:00Z');
    expect(answer).toEqual({
      role: 'service-manager',
      events: [
        {
          type: 'DecisionMade',
          stage: 'decide',
          outcome: 'not_upheld',
          perChild: { 'CH-1041': 'not_upheld' },
          reasons: 'Because of what was read.',
          answers: {},
          delayReason: null,
          flags: [],
        },
        { type: 'StageEntered', stage: 'conclude' },
      ],
    });
  });

  test('C11: there is no third value', () => {
    expect(when(open, decision('decide', 'partly_upheld'), 'sm', '2027-01-21T10:00:00Z')).toMatchObject({ refused: 'not-allowed' });
  });

  test.each(['health-visitor', 'chair', 'hos', 'administrator', 'other-chair', 'health-lead'])('C11 C13 X3: %s cannot decide', (person) => {
    expect(when(open, decision('decide', 'upheld'), person, '2027-01-13T10:00:00Z')).toMatchObject({
      refused: 'not-allowed',
      rule: 'X3',
      sentence: 'Only the Service Manager can decide this.',
    });
  });

  test('C19: upheld brings the Head of Service; not upheld does not', () => {
    expect(events(when(open, decision('decide', 'upheld'), 'sm', '2027-01-21T10:00:00Z')).at(-1)).toEqual({
      type: 'StageEntered',
      stage: 'review',
    });
    expect(events(when(open, decision('decide', 'not_upheld'), 'sm', '2027-01-21T10:00:00Z')).at(-1)).toEqual({
      type: 'StageEntered',
      stage: 'conclude',
    });
  });

  test('C20: the Head of Service requests reconvening with new information, and times are looked for', () => {
    const upheld = given(aDissent(), [referred, decides('sm', '2027-01-21T10:00:00Z', 'decide', 'upheld')]);
    const reconvene: Command = {
      type: 'Decide',
      stage: 'review',
      outcome: 'reconvene',
      reasons: 'New letter.',
      answers: { new_information: 'Hospital letter.' },
      delayReason: null,
    };
    expect(events(when(upheld, reconvene, 'hos', '2027-01-25T10:00:00Z'))).toEqual([
      {
        type: 'DecisionMade',
        stage: 'review',
        outcome: 'reconvene',
        perChild: { 'CH-1041': 'reconvene' },
        reasons: 'New letter.',
        answers: { new_information: 'Hospital letter.' },
        delayReason: null,
        flags: [],
      },
      { type: 'StageEntered', stage: 'reconvene' },
      { type: 'TimesRequested' },
    ]);
  });

  test('X5: the Service Manager cannot request reconvening, before or after deciding', () => {
    const upheld = given(aDissent(), [referred, decides('sm', '2027-01-21T10:00:00Z', 'decide', 'upheld')]);
    for (const current of [open, upheld]) {
      expect(when(current, decision('review', 'reconvene'), 'sm', '2027-01-25T10:00:00Z')).toMatchObject({
        refused: 'not-allowed',
        sentence: 'Only the Head of Service can decide this.',
      });
    }
  });

  test('X5: a review cannot be decided before the dissent is', () => {
    expect(when(open, decision('review', 'reconvene'), 'hos', '2027-01-13T10:00:00Z')).toMatchObject({ refused: 'not-now' });
  });

  test('X4: the second decision changes nothing and names the first one and its day', () => {
    const decided = given(
      aDissent({ conference: { date: '2027-05-06' } }),
      [{ ...referred, at: '2027-05-06T15:00:00Z' }, decides('sm', '2027-05-12T10:00:00Z', 'decide', 'not_upheld')],
      '2027-05-06T14:00:00Z',
    );
    expect(when(decided, decision('decide', 'upheld'), 'sm', '2027-05-12T10:00:01Z')).toMatchObject({
      refused: 'already-done',
      rule: 'X4',
      sentence: 'Already decided Wed 12 May 2027: Not upheld.',
    });
  });

  test('C16 Q12: late needs a reason, and with one the decision is made all the same', () => {
    const late = '2027-01-27T00:00:00Z';
    expect(when(open, decision('decide', 'upheld'), 'sm', late)).toMatchObject({
      refused: 'invalid',
      rule: 'C16',
      fields: { delayReason: 'This is 1 working day late. Say why.' },
    });
    expect(events(when(open, decision('decide', 'upheld', 'I was ill.'), 'sm', late))[0]).toMatchObject({
      outcome: 'upheld',
      delayReason: 'I was ill.',
    });
  });

  test('C16: the last second of the tenth working day is in time, and a reason for lateness is then not kept', () => {
    expect(events(when(open, decision('decide', 'upheld', 'not late'), 'sm', '2027-01-26T23:59:59Z'))[0]).toMatchObject({
      delayReason: null,
    });
  });

  test('C16: once decided in time it stays in time, however long ago that was', () => {
    const decided = given(aDissent(), [referred, decides('sm', '2027-01-26T23:59:59Z', 'decide', 'not_upheld')]);
    const [limit] = timeLimitsOfStage(decided, camden, 'decide', england, Temporal.Instant.from('2027-06-01T09:00:00Z'));
    expect(limit).toMatchObject({ due: '2027-01-26', today: 10, overdueBy: 0 });
  });

  test("Scenario 10: the dissenter's own line manager may decide, and it is flagged", () => {
    const managed = given(aDissent({ dissenter: 'managed-worker' }), [referred]);
    expect(events(when(managed, decision('decide', 'upheld'), 'sm', '2027-01-21T10:00:00Z'))[0]).toMatchObject({ flags: ['line-manager'] });
  });

  test('C26: somebody who decided stands aside from the review, and the alternate reviews', () => {
    const people = { ...roster, roles: { ...roster.roles, 'head-of-service': { holder: 'sm', alternate: 'hos-alternate', deputies: [] } } };
    const upheld = given(aDissent(), [referred, decides('sm', '2027-01-21T10:00:00Z', 'decide', 'upheld')]);
    expect(when(upheld, decision('review', 'no_reconvene'), 'sm', '2027-01-25T10:00:00Z', people)).toMatchObject({
      refused: 'not-allowed',
    });
    expect(events(when(upheld, decision('review', 'no_reconvene'), 'hos-alternate', '2027-01-25T10:00:00Z', people))[0]).toMatchObject({
      outcome: 'no_reconvene',
    });
  });

  test('Q27: a deputy may act on the first and the last day of cover, and not outside them', () => {
    const winter = given(
      aDissent({ conference: { date: '2027-12-17' } }),
      [{ ...referred, at: '2027-12-17T16:00:00Z' }],
      '2027-12-17T15:00:00Z',
    );
    const by = (at: string) => when(winter, decision('decide', 'upheld'), 'sm-deputy', at);
    expect(by('2027-12-19T23:59:59Z')).toMatchObject({ refused: 'not-allowed' });
    expect(by('2027-12-20T00:00:00Z')).toMatchObject({ role: 'service-manager' });
    expect(by('2028-01-05T23:59:00Z')).toMatchObject({ role: 'service-manager' });
    expect(by('2028-01-08T09:00:00Z')).toMatchObject({ refused: 'not-allowed' });
  });
});
