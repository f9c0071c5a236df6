import type { Job } from '../../src/app/job.ts';
import type { Access, Commit, Summary, Trail } from '../../src/app/ports.ts';
import type { CaseEvent } from '../../src/domain/events/events.ts';
import type { Actor } from '../../src/domain/events/trail.ts';
import type { Database } from '../../src/storage/database.ts';
import { masterKeyVault } from '../../src/storage/keyVault.ts';
import { openKeys } from '../../src/storage/storeKeys.ts';
import { aDissent, caseOf, openedWith, recorded as recordedBy } from '../support/dissents.ts';

export const procedure = { id: 'camden-dissent', version: 1 };
export const raisedAt = Temporal.Instant.from('2027-01-12T15:10:00Z');
export const dissenter: Actor = { person: 'health-visitor', role: 'dissenter' };
export const chair: Actor = { person: 'chair-one', role: 'chair' };

export const dissent = aDissent({
  conference: { chair: 'chair-one' },
  decision: 'make',
  children: ['C-1', 'C-2'],
  reasons: 'The threshold is met: £, "quotes", \\ and 👍.',
});

export const raised = openedWith(dissent);

/** The events as the trail would hold them. */
export const recorded = (events: CaseEvent[], from = 1, at = raisedAt, actor = dissenter) => recordedBy(events, at.toString(), actor, from);

/** A look at a case by its chair. */
export const look: Access = {
  reference: 'DIS-27-001',
  person: 'chair-one',
  role: 'chair',
  action: 'view',
  cardRevision: null,
  result: 'viewed',
  code: null,
  rule: null,
  at: raisedAt,
};

/** What the stores of these tests are sealed with. */
export const vault = masterKeyVault(Buffer.alloc(32, 'test').toString('base64'));

/** The keys of a store, made on first use. */
export const keysOf = ({ kysely }: Pick<Database, 'kysely'>) => openKeys(kysely, vault);

/** What a case of these tests waits for. */
export const waiting: Summary = {
  dueOn: '2027-01-26',
  waitsFor: 'chair',
  figures: { about: 'dissent', agency: null, decision: null, endedAt: null, lateFrom: '2027-01-27T00:00:00Z' },
};

/** What opens a case of `draft`. */
export function opening(draft: string, jobs: (reference: string) => Job[] = () => [], year = '27', fingerprint = 'as published') {
  return {
    draft,
    prefix: 'DIS',
    year,
    partnership: 'camden',
    procedure: { ...procedure, fingerprint },
    build: (reference: string): Omit<Commit, 'trail'> => ({
      events: raised,
      actor: dissenter,
      at: raisedAt,
      jobs: jobs(reference),
      after: caseOf(reference, procedure, recorded(raised)),
      summary: waiting,
    }),
  };
}

/** A commit that adds `events` to a case as it was read. */
export function commitOn(trail: Trail | null, events: CaseEvent[], jobs: Job[] = []): Commit {
  if (!trail) throw new Error('there is no such case');
  const { length } = trail.events;
  const at = raisedAt.add({ hours: length });
  return {
    trail,
    events,
    actor: chair,
    at,
    jobs,
    after: caseOf(trail.reference, procedure, [...trail.events, ...recorded(events, length + 1, at, chair)]),
    summary: waiting,
  };
}
