import fc from 'fast-check';
import type { Activity } from './world.ts';

/** Values that programs have stumbled over. Nothing among them leads off this machine. */
const hostile: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  0.1,
  '',
  ' ',
  '0',
  [],
  {},
  [[]],
  'null',
  'constructor',
  '__proto__.polluted',
  'toString',
  'x'.repeat(7000),
  'é'.repeat(300),
  '\u0000\u202e\ud800\ufeff',
  '{{$root}}$eval%s%n',
  '<at>Conference Dissent</at><img src=x onerror=1>',
  "'; DROP TABLE case_event; --",
  '../../../etc/passwd',
  'http://127.0.0.1:1/',
  '2027-02-30',
  '+275760-09-14T00:00:00Z',
  'DIS-27-001',
  'DIS-27-999',
  'decide:decide.upheld',
  'decide:constructor.toString',
  'see:stage:constructor',
  'see:question:0',
  'read:__proto__',
  'answer:9999',
  'raise:camden.camden-dissent',
  Array.from({ length: 500 }, (_, at) => at),
  Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`field${at}`, 'x'])),
  JSON.parse('['.repeat(30) + ']'.repeat(30)),
];

/** One change to an activity: by number, so that it fits whatever activity it meets. */
type Mutation =
  | { kind: 'set'; part: number; value: unknown }
  | { kind: 'add'; part: number; name: string; value: unknown }
  | { kind: 'drop'; part: number }
  /** A part of the same name from another activity: another's card, verb, chat or name. */
  | { kind: 'swap'; part: number; other: number }
  /** Somebody else sends it. */
  | { kind: 'sender'; other: number }
  /** The card is as new as the case, or newer; with `other` it is of another case. */
  | { kind: 'revision'; ahead: number; other: number | null };

type Bytes = { kind: 'cut' | 'flip' | 'insert' | 'double'; at: number; byte: number };

/**
 * A recorded activity and what is changed about it: `aim` has it be one that its sender could do now, on a card of the present; `bytes`
 * is done last, to what goes over the wire.
 */
export type Fuzzed = { activity: number; aim: number | null; mutations: Mutation[]; bytes: Bytes | null };

const part = fc.nat(1000);
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('set' as const), part, value: fc.constantFrom(...hostile) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      part,
      name: fc.constantFrom(
        '__proto__',
        'constructor',
        'verb',
        'revision',
        'reference',
        'tenantId',
        'aadObjectId',
        'role',
        'reasons',
        'a b',
        '',
      ),
      value: fc.constantFrom(...hostile),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('drop' as const), part }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('swap' as const), part, other: fc.nat(10_000) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('sender' as const), other: fc.nat(10_000) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('revision' as const),
      ahead: fc.constantFrom(0, 0, 0, 1, 1000),
      other: fc.option(fc.nat(10_000), { freq: 2 }),
    }),
  },
);

/** Every way to change a recorded activity. A third of them are sent as they were, save perhaps for the revision or the sender. */
export const fuzzed: fc.Arbitrary<Fuzzed> = fc.record({
  activity: fc.nat(10_000),
  aim: fc.oneof(fc.constant(null), fc.nat(1_000_000)),
  mutations: fc.array(mutation, { maxLength: 4, size: 'max' }),
  bytes: fc.oneof(
    { weight: 9, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('cut' as const, 'flip' as const, 'insert' as const, 'double' as const),
        at: fc.nat(5000),
        byte: fc.nat(255),
      }),
    },
  ),
});

/** What an activity's card carries: its object holds `reference` and `revision`, wherever in the activity it is. */
function cardDataIn(value: unknown): Record<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('reference' in value && 'revision' in value) return value as Record<string, unknown>;
  return (
    Object.values(value)
      .map(cardDataIn)
      .find((found) => found !== null) ?? null
  );
}

type Place = { holder: Record<string, unknown>; name: string };

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name) => [{ holder, name }, ...placesIn(holder[name])]);
}

/** A recorded press that could be done now, by its number, and the case; null for one that raises a dissent. */
export type Live = { activity: number; reference: string | null };

/** What there is to choose from: recorded activities, the revision that each case has now, and what could be done. */
export type Material = { recorded: Activity[]; revisions: Map<unknown, number>; live: Live[] };

/** What goes over the wire: the activity of that number among the recorded ones, changed. */
export function bodyOf({ activity, aim, mutations, bytes }: Fuzzed, material: Material): Uint8Array {
  const { recorded } = material;
  const changed = aimed(aim, material) ?? (structuredClone(recorded[activity % recorded.length]) as Activity);
  for (const each of mutations) change(changed, each, material);
  const written = new TextEncoder().encode(JSON.stringify(changed));
  return bytes === null ? written : withBytes(written, bytes);
}

const anotherDay = (aim: number) => ({
  date: Temporal.PlainDate.from('2027-01-31')
    .subtract({ days: aim % 90 })
    .toString(),
});

const RAISES_ONE_IN = 25;

function aimed(aim: number | null, { recorded, revisions, live }: Material): Activity | null {
  if (aim === null) return null;
  // Few raise a dissent: there is more to be found on cases that are there.
  const among = live.filter(({ reference }) => (reference === null) === (aim % RAISES_ONE_IN === 0));
  const target = among[aim % among.length];
  if (!target) return null;
  const activity = structuredClone(recorded[target.activity]) as Activity;
  const data = cardDataIn(activity);
  if (!data) return activity;
  if (target.reference !== null) Object.assign(data, { reference: target.reference, revision: revisions.get(target.reference) });
  // Another draft is another dissent; of another conference, or all of them would be linked (X10).
  else
    Object.assign(data, {
      reference: `draft-00000000-0000-4000-8000-${String(aim).padStart(12, '0')}`,
      ...('date' in data ? anotherDay(aim) : {}),
    });
  return activity;
}

function change(activity: Activity, mutation: Mutation, { recorded, revisions }: Material): void {
  const other = (number: number) => structuredClone(recorded[number % recorded.length]) as Activity;
  if (mutation.kind === 'sender') {
    activity.from = other(mutation.other).from;
    return;
  }
  if (mutation.kind === 'revision') {
    const data = cardDataIn(activity);
    if (!data) return;
    if (mutation.other !== null) data.reference = [...revisions.keys()][mutation.other % revisions.size];
    data.revision = (revisions.get(data.reference) ?? 0) + mutation.ahead;
    return;
  }
  const places = placesIn(activity);
  const place = places[mutation.part % places.length];
  if (!place) return;
  const { holder, name } = place;
  if (mutation.kind === 'drop') delete holder[name];
  if (mutation.kind === 'set') holder[name] = structuredClone(mutation.value);
  if (mutation.kind === 'add') {
    const value = structuredClone(mutation.value);
    // An assignment to `__proto__` would be none.
    Object.defineProperty(holder, mutation.name, { value, enumerable: true, configurable: true, writable: true });
  }
  if (mutation.kind === 'swap') {
    const found = placesIn(other(mutation.other)).find((each) => each.name === name);
    if (found) holder[name] = found.holder[name];
  }
}

function withBytes(written: Uint8Array, { kind, at: anywhere, byte }: Bytes): Uint8Array {
  const at = anywhere % written.length;
  const [before, after] = [written.subarray(0, at), written.subarray(at)];
  switch (kind) {
    case 'cut':
      return before;
    case 'flip':
      return Uint8Array.of(...before, byte, ...after.subarray(1));
    case 'insert':
      return Uint8Array.of(...before, byte, ...after);
    case 'double':
      return Uint8Array.of(...written, ...after);
  }
}
