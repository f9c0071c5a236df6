import { recorded } from '../../src/app/actOnCase.ts';
import type { Job } from '../../src/app/job.ts';
import type { CaseSummary, Cases, Commit, Trail } from '../../src/app/ports.ts';
import { replay } from '../../src/domain/case.ts';

/** What a test has to do with the cases: each is something that the store's own users cannot. */
export type Meddling = {
  /** Cases that are there already. */
  trails?: Map<string, Trail>;
  /** Gets the jobs that commits leave to be done. */
  left?: Job[];
  /** Where another may come in between, or a process be killed: before a case is read, and before a commit. */
  before?: (commit?: Commit) => Promise<void>;
  /** What lists show; the store in memory keeps none. */
  listed?: () => CaseSummary[];
};

/** The cases in memory, by the same rules as the store: numbered, once a draft, refused when another commit came between. */
export function casesInMemory({
  trails = new Map(),
  left = [],
  before = async () => {},
  listed = () => [],
}: Meddling = {}): Cases & { trails: Map<string, Trail> } {
  const drafts = new Map<string, string>();
  const current = ({ reference, procedure, events }: Trail) => replay(reference, procedure, events);
  return {
    trails,
    async open({ draft, prefix, year, partnership, procedure: { id, version }, build }) {
      const opened = drafts.get(draft);
      if (opened) return { reference: opened, repeated: true };
      const count = [...trails.keys()].filter((each) => each.startsWith(`${prefix}-${year}`)).length;
      const reference = `${prefix}-${year}-${String(count + 1).padStart(3, '0')}`;
      const { events, actor, at, jobs } = build(reference);
      drafts.set(draft, reference);
      const first = events.map((event, index) => recorded(event, index + 1, at, actor));
      trails.set(reference, aTrail(reference, partnership, { id, version }, first));
      left.push(...jobs);
      return { reference, repeated: false };
    },
    async load(reference) {
      await before();
      return trails.get(reference) ?? null;
    },
    async append(commit) {
      await before(commit);
      const { trail: read, events, actor, at, jobs } = commit;
      const trail = trails.get(read.reference);
      const { length } = read.events;
      if (trail?.events.length !== length) return 'conflict';
      const more = events.map((event, index) => recorded(event, length + index + 1, at, actor));
      trails.set(read.reference, { ...trail, events: [...trail.events, ...more] });
      left.push(...jobs);
      return 'committed';
    },
    partnershipOf: async (reference) => trails.get(reference)?.partnership ?? null,
    erasedAt: async () => null,
    openReferences: async () => [...trails.keys()],
    unfinished: async () => [...trails.keys()],
    openBySoonest: async () => listed(),
    concerning: async () =>
      [...trails.values()].reverse().flatMap((trail) => {
        const { reference, partnership, procedure } = trail;
        const state = current(trail);
        if (!state) return [];
        const { status, stage, revision, raisedAt } = state;
        return [{ reference, partnership, procedure, status, stage, revision, raisedAt, dueOn: null, waitsFor: null }];
      }),
    raisedOn: async (person, { partnership, date, chair }, exceptDraft) =>
      [...trails.values()].flatMap((trail) => {
        const { status, dissent } = current(trail) ?? {};
        if (status !== 'open' || dissent?.dissenter !== person || trail.partnership !== partnership) return [];
        const { conference } = dissent;
        return conference.date === date && conference.chair === chair && drafts.get(exceptDraft) !== trail.reference
          ? [trail.reference]
          : [];
      }),
    onConference: async (reference) =>
      [...trails.values()].flatMap((each) =>
        each.reference !== reference && each.partnership === trails.get(reference)?.partnership ? [each.reference] : [],
      ),
  };
}

/** A trail as the store gives it; nothing here asks for what seals it. */
export function aTrail(reference: string, partnership: string, procedure: Trail['procedure'], events: Trail['events']): Trail {
  return { reference, partnership, procedure, events, end: { hash: '', wrapped: '', keyId: '' } };
}
