import { expect, test } from '@jest/globals';
import { cardsDue } from '../../src/app/cardsDue.ts';
import { type CaseDependencies, seenBy } from '../../src/app/seeCase.ts';
import { type JobList, stuckFor } from '../../src/app/stuck.ts';
import { showCase } from '../../src/cards/show.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import { decide } from '../../src/domain/decide.ts';
import type { CaseEvent, RecordedEvent } from '../../src/domain/events/events.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { wordsOf } from '../cards/fixtures.ts';
import { aDissent } from '../domain/given.ts';

const now = Temporal.Instant.from('2027-02-10T10:00:00Z');

/** A case after whose outcome its dissenter remains concerned, of which the partnership was to have word by mail. */
const events: CaseEvent[] = [
  { type: 'DissentRaised', dissent: aDissent({ dissenter: 'health-visitor', conference: { chair: 'chair' } }), flags: [] },
  { type: 'StageEntered', stage: 'record' },
  { type: 'StageEntered', stage: 'decide' },
  {
    type: 'DecisionMade',
    stage: 'decide',
    outcome: 'not_upheld',
    perChild: { 'CH-1041': 'not_upheld' },
    reasons: 'Read.',
    answers: {},
    delayReason: null,
    flags: [],
  },
  { type: 'StageEntered', stage: 'conclude' },
  { type: 'CaseClosed' },
  { type: 'ConcernRaised', after: 'decide', representative: null },
  { type: 'SendingsWanted', document: 'escalation', to: ['copy'] },
  { type: 'SendingFailed', sending: 1, cause: 'permission' },
];
const trail = {
  reference: 'DIS-27-001',
  partnership: 'camden',
  procedure: { id: 'camden-dissent', version: 1 },
  events: events.map(
    (event, index): RecordedEvent => ({ ...event, revision: index + 1, at: now.toString(), actor: { person: 'bot', role: 'bot' } }),
  ),
  end: { hash: '', wrapped: '', keyId: '' },
};
const deps = {
  library: loadLibrary('procedures'),
  directory: readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} }),
  clock: { now: () => now },
  cases: { unfinished: async () => [trail.reference], load: async () => trail },
  jobs: { pending: async () => [] } as unknown as JobList,
} as unknown as CaseDependencies & { jobs: JobList };

test('corner 9: an escalation mail that failed is under what is stuck, with the card to see to it, though the case is closed (C24)', async () => {
  const found = await stuckFor(deps, 'administrator');
  expect(found?.unfinished).toEqual([
    { reference: 'DIS-27-001', revision: 9, what: 'letters', count: 1, since: '2027-02-10T10:00:00Z', card: 'checklist' },
  ]);
  const seen = seenBy(deps, trail, 'administrator');
  const card = showCase('checklist', seen);
  expect(wordsOf(card)).toContain('Messages that did not go');
  expect(wordsOf(card)).toContain('Word that somebody remains concerned');
  for (const verb of ['settle:1.again', 'settle:1.dropped']) expect(JSON.stringify(card)).toContain(`"verb":"${verb}"`);
});

test('corner 9: the administrators are told of it by a card that comes for it', () => {
  const { current, procedure, roster } = seenBy(deps, trail, 'bot');
  const news = cardsDue(current, procedure, roster, dateOf(now)).filter(({ key }) => key.startsWith('told:unsent'));
  expect(news).toEqual(roster.administrators.map((person) => ({ person, key: 'told:unsent:1' })));
  expect(wordsOf(showCase('told:unsent:1', seenBy(deps, trail, 'administrator')))).toContain('Messages that did not go');
  expect(wordsOf(showCase('told:unsent:1', seenBy(deps, trail, 'health-visitor')))).not.toContain('did not go');
});

test('corner 9: that it need not be sent is taken of this message, which is no copy of a letter (C18)', () => {
  const { current, procedure, calendar, roster, standings, person } = seenBy(deps, trail, 'administrator');
  const context = { person, standings, procedure, calendar, roster, now };
  expect(decide(current, { type: 'SettleSending', sending: 1, as: 'dropped' }, context)).toMatchObject({
    events: [{ type: 'SendingSettled', sending: 1, as: 'dropped' }],
  });
});
