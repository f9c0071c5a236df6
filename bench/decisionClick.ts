import { randomUUID } from 'node:crypto';
import { actOnCase } from '../src/app/actOnCase.ts';
import { openingsFor, raiseDissent } from '../src/app/raiseDissent.ts';
import type { CaseDependencies } from '../src/app/seeCase.ts';
import type { Directory } from '../src/directory/directory.ts';
import { activityFrom } from '../test/support/teamsClient.ts';
import { drive, type Load, median } from './load.ts';
import type { Row } from './table.ts';
import type { Bot, Tenant } from './tenant.ts';

const ROUNDS = 3;
const WARM_UP = 40;
/** Clicks of a round, by the number of connections. */
const CLICKS = [
  { connections: 1, clicks: 50 },
  { connections: 32, clicks: 160 },
];
const PREPARED_AT_ONCE = 8;
/** Enough for every case to have a conference of its own. */
export const CHAIRS = 100;

/**
 * A decision pressed on a card: token checked, presser authorised, decision committed to PostgreSQL with its jobs, card drawn. Beside it the
 * stock echo, which checks the token and posts a line, and the stock sample, which answers a press with a card of the same template. All in
 * turns, several rounds; the middle one counts.
 */
export async function decisionClick(tenant: Tenant, deps: CaseDependencies, program: Bot, stock: Bot): Promise<Row[]> {
  const directory = deps.directory();
  const total = WARM_UP + ROUNDS * CLICKS.reduce((sum, { clicks }) => sum + clicks, 0);
  const decisions = (await prepare(deps, total)).map((prepared) => decisionOn(prepared, tenant, directory));
  const line = () => ({ ...activityOf('service-manager', tenant, directory), id: randomUUID(), text: 'Reasons of a usual length.' });
  const press = decisions.at(-1) ?? {};
  const bearer = await tenant.bearer();
  const click = (clicks: number, connections: number) =>
    drive(
      program.port,
      bearer,
      decisions.splice(0, clicks),
      connections,
      (answer) => answer.startsWith('200') && answer.includes('"refresh"'),
    );
  const say = (clicks: number, connections: number) =>
    drive(stock.port, bearer, Array.from({ length: clicks }, line), connections, (answer) => answer.startsWith('200'));
  const draw = (clicks: number, connections: number) =>
    drive(
      stock.port,
      bearer,
      Array.from({ length: clicks }, () => press),
      connections,
      (answer) => answer.includes('AdaptiveCard'),
    );
  await click(WARM_UP, 4);
  await say(WARM_UP, 4);
  await draw(WARM_UP, 4);
  const rows: Row[] = [];
  for (const { connections, clicks } of CLICKS) {
    const rounds: { ours: Load; echo: Load; card: Load }[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      rounds.push({
        ours: await click(clicks, connections),
        echo: await say(clicks, connections),
        card: await draw(clicks / 5, connections),
      });
    const what = `decision answered, ${connections} connection${connections === 1 ? '' : 's'}`;
    const [unit, measure] = connections === 1 ? (['ms', 'median'] as const) : (['a second', 'perSecond'] as const);
    const take = (which: 'ours' | 'echo' | 'card') => median(rounds.map((round) => round[which][measure]));
    rows.push({ what, unit, ours: take('ours'), yardstick: take('echo'), beside: 'stock echo of a line' });
    rows.push({
      what,
      unit,
      ours: take('ours'),
      yardstick: take('card'),
      beside: 'stock sample that answers with a card, and keeps nothing',
    });
  }
  return rows;
}

type Prepared = { reference: string; revision: number };

/** Cases that wait for the Service Manager, straight in the store. */
async function prepare(deps: CaseDependencies, howMany: number): Promise<Prepared[]> {
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

function decisionOn({ reference, revision }: Prepared, tenant: Tenant, directory: Directory): object {
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

function activityOf(person: string, { serviceUrl, tenantId }: Tenant, directory: Directory): object {
  const { name, aadObjectId } = directory.people.find(({ id }) => id === person) ?? {};
  return activityFrom(serviceUrl, {
    from: { id: `29:${person}`, name, aadObjectId },
    conversation: { id: `chat-${person}`, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
  });
}
