import { randomUUID } from 'node:crypto';
import { actOnCase } from '../src/app/actOnCase.ts';
import { openingsFor, raiseDissent } from '../src/app/raiseDissent.ts';
import type { CaseDependencies } from '../src/app/seeCase.ts';
import type { Directory } from '../src/directory/directory.ts';
import type { Database } from '../src/storage/database.ts';
import { activityFrom } from '../test/support/teamsClient.ts';
import { drive, type Load, median, quantile } from './load.ts';
import { processorTime } from './processorTime.ts';
import { backendsOf, emptied } from './queue.ts';
import { costOf, type Row } from './table.ts';
import type { Bot, Tenant } from './tenant.ts';

/** Slices of clicks, each between two of the yardstick's; and how many are made of both before anything is measured. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const WARM_UP = Number(process.env.BENCH_WARM_UP ?? 300);
/** Clicks of a slice, by the number of connections. */
const CLICKS = [
  { connections: 1, clicks: 50 },
  { connections: 32, clicks: 160 },
];
const PREPARED_AT_ONCE = 8;
/** Enough for every case to have a conference of its own. */
export const CHAIRS = 200;

/** What a slice came to, for each thing asked: milliseconds of time, and of the processors' own time in the bot and in its database. */
type Slice = Load & { program: number; database: number; afterwards: number };

/**
 * A decision pressed on a card: token checked, presser authorised, decision committed to PostgreSQL with its jobs, card drawn. Beside it the
 * stock echo, which checks the token and posts a line, and the stock sample, which answers a press with a card of the same template. All in
 * turns, with nothing left to be done between them; of the rounds the middle one counts.
 */
export async function decisionClick(tenant: Tenant, deps: CaseDependencies, database: Database, program: Bot, stock: Bot): Promise<Row[]> {
  const directory = deps.directory();
  const total = WARM_UP + ROUNDS * CLICKS.reduce((sum, { clicks }) => sum + clicks, 0);
  const decisions = (await prepare(deps, total)).map((prepared) => decisionOn(prepared, tenant, directory));
  const press = decisions.at(-1) ?? {};
  const line = () => ({ ...activityOf('service-manager', tenant, directory), id: randomUUID(), text: 'Reasons of a usual length.' });
  const bearer = await tenant.bearer();
  const slice = async (bot: Bot, bodies: object[], connections: number, right: (answer: string) => boolean): Promise<Slice> => {
    const backends = await backendsOf(database);
    const spent = () => ({ program: processorTime([bot.pid]), database: processorTime(backends) });
    const before = spent();
    const load = await drive(bot.port, bearer, bodies, connections, right);
    const after = spent();
    await emptied(database);
    const left = spent();
    return {
      ...load,
      program: (after.program - before.program) / bodies.length,
      database: (after.database - before.database) / bodies.length,
      afterwards: (left.program - after.program) / bodies.length,
    };
  };
  const isDecided = (answer: string) => answer.startsWith('200') && answer.includes('"refresh"');
  const click = (clicks: number, connections: number) => slice(program, decisions.splice(0, clicks), connections, isDecided);
  const say = (clicks: number, connections: number) =>
    slice(stock, Array.from({ length: clicks }, line), connections, (answer) => answer.startsWith('200'));
  const draw = (clicks: number, connections: number) =>
    slice(
      stock,
      Array.from({ length: clicks }, () => press),
      connections,
      (answer) => answer.includes('AdaptiveCard'),
    );
  await click(WARM_UP, 4);
  await say(WARM_UP, 4);
  await draw(WARM_UP / 10, 4);
  const rows: Row[] = [];
  for (const { connections, clicks } of CLICKS) {
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      rounds.push({
        ours: await click(clicks, connections),
        echo: await say(clicks, connections),
        card: await draw(clicks / 10, connections),
      });
    rows.push(...rowsOf(rounds, connections));
  }
  return rows;
}

type Round = { ours: Slice; echo: Slice; card: Slice };

const ECHO = 'stock echo of a line';
const CARD = 'stock sample that answers with a card, and keeps nothing';

function rowsOf(rounds: Round[], connections: number): Row[] {
  const at = `${connections} connection${connections === 1 ? '' : 's'}`;
  const row = (what: string, unit: Row['unit'], measure: (slice: Slice) => number, beside: keyof Round = 'echo'): Row => {
    const ours = rounds.map((round) => measure(round.ours));
    const yardstick = rounds.map((round) => measure(round[beside]));
    const costs = ours.map((each, round) => costOf({ unit, ours: each, yardstick: yardstick[round] ?? Number.NaN }));
    const spread: [number, number] = [quantile(costs, 0), quantile(costs, 1)];
    return {
      what: `${what}, ${at}`,
      unit,
      ours: median(ours),
      yardstick: median(yardstick),
      beside: beside === 'echo' ? ECHO : CARD,
      spread,
    };
  };
  const [unit, measure] = connections === 1 ? (['ms', ({ times }: Slice) => median(times)] as const) : (['a second', perSecond] as const);
  return [
    row('decision answered', unit, measure),
    row('decision answered', unit, measure, 'card'),
    ...(connections === 1 ? [] : [row('slowest of a hundred decisions', 'ms', ({ times }) => quantile(times, 0.99))]),
    row('processor time of a decision', 'ms', ({ program }) => program),
    row("the same with the database's", 'ms', ({ program, database }) => program + database),
    ...told(rounds, at),
  ];
}

const perSecond = ({ times, took }: Load) => (1000 * times.length) / took;

/** What everybody is told of a decision once it has been answered, beside the decision. */
function told(rounds: Round[], at: string): Row[] {
  const ours = median(rounds.map((round) => round.ours.afterwards));
  const yardstick = median(rounds.map((round) => round.ours.program));
  return [{ what: `processor time of telling of it, ${at}`, unit: 'ms', ours, yardstick, beside: 'the decision itself' }];
}

type Prepared = { reference: string; revision: number };

/** Cases that wait for the Service Manager, straight in the store. */
export async function prepare(deps: CaseDependencies, howMany: number): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  const left = Array.from({ length: howMany }, (_, index) => index);
  const worker = async () => {
    for (let index = left.pop(); index !== undefined; index = left.pop()) prepared.push(await referred(deps, index));
  };
  await Promise.all(Array.from({ length: PREPARED_AT_ONCE }, worker));
  return prepared;
}

async function referred(deps: CaseDependencies, index: number): Promise<Prepared> {
  const [opening] = openingsFor(deps, 'health-visitor');
  if (!opening) throw new Error('the health visitor may raise nothing');
  const chair = `chair-${index % CHAIRS}`;
  const date = Temporal.PlainDate.from(opening.today).subtract({ days: Math.floor(index / CHAIRS) % 10 });
  const raising = await raiseDissent(deps, opening, `draft-${randomUUID()}`, {
    conference: { type: 'initial', date: date.toString(), chair },
    decision: 'not_make',
    children: [`CH-${index}`],
    dissenter: 'health-visitor',
    agency: opening.agency,
    grounds: ['threshold'],
    reasons: 'I saw three injuries in six weeks and do not agree that the threshold is not met.',
    newInformation: null,
    affirmed: false,
  });
  if (!('seen' in raising)) throw new Error('a dissent could not be prepared');
  const { reference, revision } = raising.seen.current;
  const answers = { consensus: 'yes', threshold: 'It was read out.', decision: 'No plan is needed.', basis: 'What was shared.' };
  const record = { answers, documents: { notes: null }, agencies: [], required: [], optional: [] };
  const { seen, refusal } = await actOnCase(
    deps,
    { reference, revision, person: chair, verb: 'refer' },
    { type: 'Record', record, agency: opening.agency },
  );
  if (!seen || refusal) throw new Error(`a case could not be referred: ${refusal?.sentence}`);
  return { reference, revision: seen.current.revision };
}

export function decisionOn({ reference, revision }: Prepared, tenant: Tenant, directory: Directory): object {
  const data = { reference, revision, verb: 'decide:decide.upheld', reasons: 'The threshold is met: the injuries were not explained.' };
  return {
    ...activityOf('service-manager', tenant, directory),
    type: 'invoke',
    name: 'adaptiveCard/action',
    text: undefined,
    replyToId: 'card-1',
    value: { action: { type: 'Action.Execute', data }, trigger: 'manual' },
  };
}

export function activityOf(person: string, { serviceUrl, tenantId }: Tenant, directory: Directory): object {
  const { name, aadObjectId } = directory.people.find(({ id }) => id === person) ?? {};
  return activityFrom(serviceUrl, {
    from: { id: `29:${person}`, name, aadObjectId },
    conversation: { id: `chat-${person}`, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
  });
}
