import { describe, expect, test } from '@jest/globals';
import { cardsDue } from '../../src/app/cardsDue.ts';
import { type CaseDependencies, seenBy } from '../../src/app/seeCase.ts';
import type { Directory } from '../../src/directory/directory.ts';
import { nameOf } from '../../src/directory/names.ts';
import { readDirectory } from '../../src/directory/readDirectory.ts';
import type { Command } from '../../src/domain/commands.ts';
import { decide } from '../../src/domain/decide.ts';
import type { CaseEvent, RecordedEvent } from '../../src/domain/events/events.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { loadLibrary } from '../../src/procedures/loadLibrary.ts';
import { aDissent } from '../domain/given.ts';

const OBJECT_ID = '0000aaaa-0000-4000-8000-00000000000b';
const now = Temporal.Instant.from('2027-01-20T10:00:00Z');
const before = readDirectory('src/sandbox/partnerships.yaml', { onFaults: () => {} })();
const [someone] = before.people;
if (!someone) throw new Error('the sandbox has nobody');
const after: Directory = {
  ...before,
  people: [
    ...before.people,
    {
      ...someone,
      id: 'entered-worker',
      name: 'Lina Fernhollow',
      aadObjectId: OBJECT_ID.toUpperCase(),
      email: 'lina@kites.example',
      chairs: false,
      administrates: false,
    },
  ],
};

/** A dissent of somebody who was not in the directory, asked something, and answered and added to by them. */
const happened: [by: string, event: CaseEvent][] = [
  [
    OBJECT_ID,
    { type: 'DissentRaised', dissent: aDissent({ dissenter: OBJECT_ID, dissenterName: 'L. (guest)' }), flags: ['agency-unconfirmed'] },
  ],
  ['bot', { type: 'StageEntered', stage: 'record' }],
  ['chair', { type: 'StageEntered', stage: 'decide' }],
  [
    'service-manager',
    { type: 'InformationRequested', request: 1, kind: 'information', of: 'dissenter', to: OBJECT_ID, question: 'What?', wantedBy: null },
  ],
  [OBJECT_ID, { type: 'DissentAddedTo', text: 'A burn.' }],
  ['bot', { type: 'SendingsWanted', document: 'entry', to: [`person:${OBJECT_ID}`] }],
];
const trail = {
  reference: 'DIS-27-001',
  partnership: 'camden',
  procedure: { id: 'camden-dissent', version: 1 },
  events: happened.map(
    ([person, event], index): RecordedEvent => ({
      ...event,
      revision: index + 1,
      at: now.toString(),
      actor: { person, role: 'dissenter' },
    }),
  ),
  end: { hash: '', wrapped: '', keyId: '' },
};
const seen = (person: string, directory: Directory) =>
  seenBy(
    { library: loadLibrary('procedures'), directory: () => directory, clock: { now: () => now } } as unknown as CaseDependencies,
    trail,
    person,
  );
const does = (command: Command, person: string) => {
  const { current, procedure, calendar, roster, standings } = seen(person, after);
  return decide(current, command, { person, standings, procedure, calendar, roster, now });
};

describe('corner 7: somebody who raised a dissent before they were in the directory (C2)', () => {
  test('is its dissenter under the id that they have there now, and under the object id while they have none', () => {
    expect(seen('entered-worker', after).standings).toEqual(['dissenter']);
    expect(seen(OBJECT_ID, before).standings).toEqual(['dissenter']);
    expect(seen('entered-worker', before).standings).toEqual([]);
  });

  test('may do all that is theirs, and what was asked of the one is asked of the other', () => {
    expect(does({ type: 'Answer', request: 1, answer: 'This.' }, 'entered-worker')).toMatchObject({
      events: [{ type: 'InformationGiven' }],
    });
    expect(does({ type: 'Withdraw', reason: 'It is settled.' }, 'entered-worker')).toMatchObject({
      events: [{ type: 'DissentWithdrawn' }, {}],
    });
  });

  test('has the cards, the letters and the words of the case under that id, and nothing is left under the other', () => {
    const { current, procedure, roster, trail: read } = seen('bot', after);
    const cards = cardsDue(current, procedure, roster, dateOf(now)).filter(({ person }) => person === 'entered-worker');
    expect(cards.map(({ key }) => key)).toEqual(['receipt', 'question:1']);
    expect(current.conclusion.sendings[0]?.to).toBe('person:entered-worker');
    expect(JSON.stringify([current, read])).not.toContain(OBJECT_ID);
  });

  test('goes by their name in the directory, and where the trail has the object id by what Teams called them', () => {
    expect(nameOf(seen('bot', after).directory, 'entered-worker')).toBe('Lina Fernhollow');
    expect(nameOf(seen('bot', after).directory, OBJECT_ID)).toBe('L. (guest)');
    expect(JSON.stringify(trail)).toContain(OBJECT_ID);
  });
});
