import fc from 'fast-check';
import { procedureSchema } from '../../src/domain/procedureFaults.ts';
import type { Procedure } from '../../src/domain/procedureShape.ts';

/**
 * Small procedures that nobody wrote: stages of every kind in a random order, outcomes that lead to any later stage, and the rest of the
 * schema's words at random. Each is one that the program would take.
 */

const source = 'X1';
const ROLES = ['service-manager', 'head-of-service'];
const tell = fc.subarray(['agency', 'chair', 'decider', 'parents'], { minLength: 1 }).map((who) => ({ who, source }));
const window = fc.record({ within: fc.constantFrom(1, 5, 10), from: fc.constantFrom('conference', 'raised'), source: fc.constant(source) });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** What a stage says beside its title and where it leads; `next` is any of the stages after it. */
const kinds = (staff: boolean) => ({
  record: (next: fc.Arbitrary<string>) =>
    fc.record({
      kind: fc.constant('record'),
      button: fc.constant('Record'),
      by: fc.constantFrom('chair', 'administrator'),
      closes: maybe(fc.constant({ question: 'resolved', answer: 'yes', title: 'Resolved', source })),
      asks: fc.constant({ resolved: { title: 'Resolved?', kind: 'yes-no', source } }),
      tell: maybe(tell),
      limit: maybe(window),
      next,
    }),
  submit: (next: fc.Arbitrary<string>) =>
    fc.record({ kind: fc.constant('submit'), letter: fc.constant('letter'), limit: maybe(window), next }),
  decide: (next: fc.Arbitrary<string>) =>
    fc.record({
      kind: fc.constant('decide'),
      by: fc.constantFrom(...ROLES),
      also: fc.subarray(['administrator']),
      ask: fc.subarray(staff ? ['chair'] : ['dissenter', 'chair']),
      advice: maybe(fc.constantFrom(...ROLES)),
      lateRefused: maybe(fc.constant('end')),
      letter: maybe(
        fc.record({
          title: fc.constant('Letter'),
          to: fc.constantFrom('agencies', 'everyone'),
          copy: fc.boolean(),
          source: fc.constant(source),
        }),
      ),
      tell: maybe(tell),
      limit: maybe(window),
      outcomes: fc.dictionary(fc.constantFrom('yes', 'no', 'other'), outcome(next), { minKeys: 1 }),
    }),
  reconvene: (next: fc.Arbitrary<string>) =>
    fc.record({
      kind: fc.constant('reconvene'),
      by: fc.constantFrom(...ROLES),
      differentChair: fc.constantFrom('required', 'optional'),
      chosenBy: fc.constantFrom('bot', 'administrator'),
      hours: fc.constant({ from: '09:30', to: '16:30' }),
      limit: maybe(window),
      next,
    }),
});

function outcome(next: fc.Arbitrary<string>) {
  const tasks = fc.dictionary(fc.constant('register'), fc.constant({ title: 'Change the register', by: 'head-of-service', source }));
  return fc.record({ title: fc.constant('So'), next, source: fc.constant(source), tasks });
}

/** A procedure that holds together, with the stages that nothing leads to left out. */
export const anyProcedure: fc.Arbitrary<Procedure> = fc
  .tuple(fc.boolean(), fc.boolean())
  .chain(([staff, file]) => {
    const names = ['record', ...(staff ? [] : ['submit']), 'reconvene', 'decide', 'decide2', 'decide3'];
    return fc.record({ order: fc.shuffledSubarray(names, { minLength: 1 }), staff: fc.constant(staff), file: fc.constant(file) });
  })
  .chain(({ order, staff, file }) => {
    const stages = order.map((name, index) => {
      const kind = name.replace(/\d/, '') as keyof ReturnType<typeof kinds>;
      const drawn: fc.Arbitrary<object> = kinds(staff)[kind](fc.constantFrom(...order.slice(index + 1), 'end'));
      return drawn.map((stage) => [name, { title: name, ...stage }] as const);
    });
    const start = order[0] ?? 'end';
    return fc.tuple(...stages).map((drawn) =>
      procedureSchema.safeParse({
        id: 'any',
        version: 1,
        title: 'Any procedure',
        prefix: 'ANY',
        effective: '2025-01-01',
        calendar: 'england-and-wales',
        words: { meeting: 'conference', standing: 'The decision stands.' },
        ...(staff ? { raisedBy: 'staff', complainants: { parent: { title: 'A parent' } } } : {}),
        roles: Object.fromEntries(ROLES.map((role) => [role, { title: role, source }])),
        meetings: { initial: { title: 'Initial' } },
        decisions: {},
        grounds: { threshold: { title: 'Threshold' }, agency: { title: 'An agency', routes: { to: 'end', task: 'Pass it on' } } },
        start,
        stages: reachable(start, {
          ...Object.fromEntries(drawn),
          end: { kind: 'conclude', title: 'End', ...(file ? { file: { title: 'On file', source } } : {}) },
        }),
      }),
    );
  })
  .filter(({ success }) => success)
  .map(({ data }) => data as Procedure);

type Drawn = Record<string, { [word: string]: unknown; next?: string; outcomes?: Record<string, { next: string }> }>;

/** The stages that something leads to. */
function reachable(start: string, all: Drawn): Drawn {
  const found = new Set<string>(['end']);
  const ahead = [start];
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    if (found.has(name) && name !== start) continue;
    found.add(name);
    const stage = all[name];
    ahead.push(
      ...([stage?.next, ...Object.values(stage?.outcomes ?? {}).map(({ next }) => next)].filter(
        (next) => next !== undefined && !found.has(next),
      ) as string[]),
    );
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => found.has(name)));
}
