import { describe, expect, test } from '@jest/globals';
import { readEvent } from '../../src/domain/events/events.ts';
import { aDissent, aRecord } from './given.ts';

/** X1: what stands in a trail is read through the schema of its type, and a fault says where it differs and never what it says (X6). */

const decided = {
  type: 'DecisionMade',
  stage: 'decide',
  outcome: 'upheld',
  perChild: { 'CH-1041': 'upheld' },
  reasons: 'The threshold was met.',
  answers: {},
  delayReason: null,
  flags: [],
};

const aSlot = {
  start: '2027-03-02T10:00:00Z',
  end: '2027-03-02T12:00:00Z',
  workingDay: 9,
  meetsTarget: true,
  free: ['chair'],
  tentative: [],
  busy: [],
  unknown: [],
};

describe('X1: an event as its schema has it', () => {
  test.each([
    ['every field there', { type: 'DissentRaised', dissent: aDissent(), flags: ['raised-after'] }],
    ['a field that only some have', { type: 'DissentRaised', dissent: { ...aDissent(), complainant: 'parent' }, flags: [] }],
    [
      'what else a professional may say (CD15)',
      {
        type: 'DissentRaised',
        dissent: { ...aDissent(), attended: true, leadConsulted: 'A. V.', categoryThen: 'Neglect', contact: '1' },
        flags: [],
      },
    ],
    ['no field at all', { type: 'TimesRequested' }],
    ['answers by their ids', { type: 'ConferenceRecorded', record: aRecord, agency: 'health' }],
    ['a document and recipients by their kinds', { type: 'SendingsWanted', document: 'letter:decide', to: ['agency:health', 'copy'] }],
    ['an outcome for each child', decided],
    ['what was so on the day (CD10, CD11)', { ...decided, kept: { by: { name: 'Farida Oakenshaw', job: 'Service Manager' }, day: 6 } }],
    ['a date that moved (CD10)', { type: 'DateMoved', stage: 'decide', kind: 'time limit', from: '2027-01-26', to: '2027-01-27' }],
    ['a time chosen before working hours were read', { type: 'TimeChosen', booking: 1, slot: aSlot, reason: null }],
    ['a time chosen since', { type: 'TimeChosen', booking: 1, slot: { ...aSlot, outside: ['chair'] }, reason: null }],
    ['a concern as it was written before its decision was kept', { type: 'ConcernRaised', representative: null }],
  ])('%s is read as it is', (_what, event) => {
    expect(readEvent(event)).toEqual({ event });
  });

  const { reasons: _, ...unreasoned } = decided;
  test.each([
    ['a field that is missing', unreasoned, ['reasons']],
    ['a field of another kind', { ...decided, delayReason: 3 }, ['delayReason']],
    ['a field that no event of the type has', { ...decided, verdict: 'guilty' }, ['the whole']],
    ['a date that is none', { type: 'MeetingHeld', booking: 1, on: 'last Tuesday' }, ['on']],
    ['a number below the first', { type: 'SendingDone', sending: 0 }, ['sending']],
    [
      'something inside',
      { type: 'DissentRaised', dissent: { ...aDissent(), children: ['CH-1041', 7] }, flags: [] },
      ['dissent.children.1'],
    ],
    ['a recipient of no kind', { type: 'SendingsWanted', document: 'case', to: ['copy', 'neighbour:9'] }, ['to.1']],
    ['a type that there is not', { type: 'DissentForgotten' }, ['type']],
  ])('%s is found, and where it is', (_what, event, faults) => {
    expect(readEvent(event)).toEqual({ faults });
  });

  test("X6: a fault at a child's outcome, or at an answer, names neither the child nor what was asked", () => {
    const outcome = { ...decided, perChild: { 'CH-1041': { Ada: 'upheld' } } };
    const answer = { ...decided, answers: { 'Did Ada say so?': 4 } };
    expect([readEvent(outcome), readEvent(answer)]).toEqual([{ faults: ['perChild.*'] }, { faults: ['answers.*'] }]);
  });
});
