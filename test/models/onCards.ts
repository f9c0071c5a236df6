import type { CardKey } from '../../src/app/ports.ts';
import { register } from '../../src/app/register.ts';
import { type CaseForViewer, linkedCases, withLinked } from '../../src/app/seeCase.ts';
import { type PendingJob, stuckFor } from '../../src/app/stuck.ts';
import { endedFor, keyFor, openFormOf, present } from '../../src/cards/present/present.ts';
import { reminder, reminderSummary } from '../../src/cards/reminderCard.ts';
import { showCase, showCaseList, showNeutral, showRegister, showStuck, summaryOf } from '../../src/cards/show.ts';
import { forFamily } from '../../src/domain/case.ts';
import { wordsOf } from '../cards/fixtures.ts';
import { typedIn } from './anyCommand.ts';
import { IDENTITIES, type Kind, mayKnowOfAnother, mayKnowOfOther, mayRefer, type Part, reads } from './whoReadsWhat.ts';
import { agencyOf, bare, childrenIn, parts, raiserOf, stranger, type World } from './world.ts';

/** What everybody reads in Teams of a conference's cases, held against who reads what. */

/** Every card of a case that anybody could ask for, in whole and in parts, with every form, and what announces it. */
export async function cardsOf(world: World, bot: CaseForViewer): Promise<void> {
  const { deps, faults, everybody, see } = world;
  const { reference } = bot.current;
  const others = await linkedCases(deps, bot);
  const neutral = JSON.stringify(showNeutral(reference));
  for (const person of everybody) {
    const seen = withLinked(see(reference, person), others);
    const theirs = parts(world, person, seen);
    const where = `${person} (${[...theirs]}), ${reference}`;
    const inside = [...theirs].some((part) => part !== 'representative');
    if (!inside) {
      // Besides the reference, that a part of theirs has ended, in fixed words (CD16).
      const card = JSON.stringify(showCase(`stage:${seen.current.stage}`, seen));
      if (endedFor(seen).reduce((rest, said) => rest.replaceAll(`${said} `, ''), card) !== neutral)
        faults.push(`${where}: more than the reference`);
      bare(world, `${where}, escalation`, JSON.stringify(showCase('escalation', seen)), [reference]);
      continue;
    }
    if (seen.standings.length === 0) faults.push(`${where}: nothing at all`);
    const read = new Map(keysOf(bot).map((key) => [keyFor(key, seen), key]));
    for (const [key, asked] of read) {
      bare(world, `${where}, ${key}, notified`, summaryOf(seen, asked), [reference]);
      const drawn = showCase(asked, seen);
      judge(world, seen, theirs, `${where}, ${key}`, key, JSON.stringify([drawn, present(key, seen, 9)]));
      otherKind(world, seen, theirs, `${where}, ${key}`, wordsOf(drawn));
    }
    for (const verb of verbsOf(bot)) {
      const form = openFormOf(verb, seen, {}, {});
      if (form) wordsFor(world, seen, theirs, `${where}, form ${verb}`, JSON.stringify(form));
    }
    demanded(world, seen, theirs, where);
    const beside = others.some(({ current }) => current.status === 'open' && !forFamily(current.dissent));
    if (theirs.has('chair') && !forFamily(seen.current.dissent) && beside && !/another dissent/i.test(wordsOf(showCase('record', seen))))
      faults.push(`${where}: lacks that there is another dissent`);
  }
}

/** Typed words that this person may not read. */
function wordsFor({ faults, texts }: World, { person, current }: CaseForViewer, theirs: Set<Part>, where: string, said: string): void {
  const { reference, dissent } = current;
  for (const words of typedIn(said)) {
    const text = texts.get(words);
    if (!text || text.reference !== reference || !reads(person, theirs, text, forFamily(dissent))) faults.push(`${where}: ${words}`);
  }
}

/** What a card holds of words, of who and about whom, and of the other cases. */
function judge(world: World, seen: CaseForViewer, theirs: Set<Part>, where: string, key: string, said: string): void {
  const { faults, cases } = world;
  const { current } = seen;
  const family = forFamily(current.dissent);
  wordsFor(world, seen, theirs, where, said);
  if (!family && said.includes(raiserOf(seen)) && !IDENTITIES.name(theirs, key, family)) faults.push(`${where}: who raised it`);
  const agency = agencyOf(seen);
  if (agency && said.includes(agency) && !IDENTITIES.agency(theirs)) faults.push(`${where}: for which agency`);
  const children = childrenIn(said);
  if (children.length > 0 && !IDENTITIES.child(theirs, key, family)) faults.push(`${where}: about which child`);
  for (const child of children) if (!current.dissent.children.includes(child)) faults.push(`${where}: a child of another case`);
  for (const other of cases) {
    if (other.current.reference === current.reference) continue;
    const also = parts(world, seen.person, other);
    if (said.includes(other.current.reference) && !mayRefer(theirs, also, current, other.current))
      faults.push(`${where}: ${other.current.reference}`);
    stranger(world, seen, other, where, said, key.startsWith('stage:reconvene') && mayKnowOfOther(theirs));
  }
}

/** Whether there is another case is said to those who decide or administer, and of dissents to their chair (CD8, P7, Scenario 12). */
function otherKind({ faults }: World, { current }: CaseForViewer, theirs: Set<Part>, where: string, said: string): void {
  const other = forFamily(current.dissent) ? /dissent/i : /complain/i;
  if (!mayKnowOfAnother(theirs, current) && /another (dissent|complaint)/i.test(said)) faults.push(`${where}: that there is another case`);
  if (!mayKnowOfOther(theirs) && other.test(said)) faults.push(`${where}: that there is a case of the other kind`);
}

/** What has to be there for those who need it: the case for its raiser, chair and decider (C7, C8, C10, C22). */
function demanded({ faults, texts }: World, seen: CaseForViewer, theirs: Set<Part>, where: string): void {
  const { current } = seen;
  const read: Kind[] = ['reasons', 'new', 'addition', 'decision', 'outcome'];
  const wanted: [CardKey, boolean, Kind[]][] = [
    ['receipt', theirs.has('raiser') || theirs.has('lead'), [...read, 'letter', 'withdrawal']],
    ['record', theirs.has('chair'), [...read, 'record', 'paper', 'withdrawal']],
    ['meeting', theirs.has('meeting-chair'), ['paper']],
    [
      `stage:${current.stage}`,
      keyFor(`stage:${current.stage}`, seen).startsWith('stage:') &&
        seen.procedure.stages[current.stage]?.kind === 'decide' &&
        current.status === 'open',
      [...read, 'record', 'paper', 'letter', 'question', 'answer'],
    ],
  ];
  for (const [key, has, kinds] of wanted) {
    if (!has) continue;
    const said = JSON.stringify(present(key, seen, 9));
    for (const text of texts.values())
      if (text.reference === current.reference && kinds.includes(text.kind) && !said.includes(text.words))
        faults.push(`${where}, ${key}: lacks ${text.words}`);
  }
}

function keysOf({ current, procedure }: CaseForViewer): CardKey[] {
  const stages = Object.keys(procedure.stages);
  return [
    ...([
      'receipt',
      'record',
      'status',
      'meeting',
      'checklist',
      'escalation',
      'told:x',
      'task:review.register',
      'task:outcome.review_date',
    ] as const),
    ...stages.flatMap((name): CardKey[] => [`stage:${name}`, `outcome:${name}`, `parents:${name}`]),
    ...current.questions.map(({ request }): CardKey => `question:${request}`),
  ];
}

function verbsOf({ current, procedure }: CaseForViewer): string[] {
  const stages = Object.entries(procedure.stages);
  return [
    ...[
      'refer',
      'decline-chair',
      'name-chair',
      'withdraw',
      'add',
      'submit',
      'late:accept',
      'ask:chair',
      'ask:dissenter',
      'advice',
      'move',
      'cancel',
      'chair',
      'held',
      'escalation-note',
    ],
    ...current.questions.map(({ request }) => `answer:${request}`),
    ...current.dissent.children.map((_, index) => `file:${index + 1}`),
    ...stages.flatMap(([name, stage]) => [
      ...['approve', 'teller', 'contact', 'parents', 'tick:chair', 'tick:agency'].map((verb) => `${verb}:${name}`),
      ...(stage.kind === 'decide' ? Object.keys(stage.outcomes).map((outcome) => `decide:${name}.${outcome}`) : []),
    ]),
  ];
}

/** What lists cases: only those in which somebody has a part, or oversees; nothing of what they are about. */
export async function listsOf(world: World): Promise<void> {
  const { deps, everybody, cases, see, today } = world;
  const jobs = cases.map(
    ({ current: { reference } }): PendingJob => ({
      name: 'send',
      reference,
      state: 'failed',
      attempts: 9,
      lastError: { kind: 'rejected', check: 'the log' },
      retryAt: null,
      since: '2027-10-11T15:00:00Z',
    }),
  );
  for (const person of everybody) {
    const theirs = cases
      .filter((seen) => [...parts(world, person, seen)].some((part) => part !== 'representative'))
      .map(({ current }) => current.reference);
    const mine = cases.map(({ current }) => see(current.reference, person)).filter(({ standings }) => standings.length > 0);
    const open = mine.filter(({ current }) => current.status === 'open');
    bare(world, `${person}, my cases`, JSON.stringify(showCaseList(mine)), theirs);
    bare(world, `${person}, reminder`, JSON.stringify(reminder(open, today)) + reminderSummary(open), theirs);
    const all = cases.map(({ current }) => current.reference);
    const page = await register(deps, person, 0);
    if (page) bare(world, `${person}, register`, JSON.stringify(showRegister(page)), all);
    const stuck = await stuckFor({ ...deps, jobs: { pending: async () => jobs, retry: async () => false } }, person);
    if (stuck) bare(world, `${person}, stuck`, JSON.stringify(showStuck(stuck)), all);
  }
}
