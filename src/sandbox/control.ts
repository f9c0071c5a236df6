import { calendarControl } from './calendarControl.ts';
import { chatControl, openShared, sharedChats } from './chatControl.ts';
import type { SandboxClock } from './clock.ts';
import type { BadDay } from './graph/badDays.ts';
import type { ByHand } from './graph/byHand.ts';
import type { CalendarShown } from './graph/calendarsShown.ts';
import type { Content } from './graph/contents.ts';
import { type Passage, passTime } from './passTime.ts';
import { type Handler, RequestFault, readJson, sendDocument, sendJson, urlOf } from './server.ts';
import type { Person } from './teams/activities.ts';
import type { Teams } from './teams/teams.ts';

/** What the control needs to know of the rest of the sandbox; `mail`, `files` and `cases` answer nothing where they are not given. */
export type ControlDependencies = {
  people(): Person[];
  clock: SandboxClock;
  teams: Teams;
  /** Resolves when the bot has nothing left to do at once. */
  settle(): Promise<void>;
  /** Everything about a case, or null when there is none of that reference. */
  describeCase(reference: string): Promise<object | null>;
  cases?(): Promise<object[]>;
  jobs(): Promise<object[]>;
  /** Everybody's calendar: what was booked, and between two London dates (both included) what else they have on. */
  calendars(between?: { from: Temporal.PlainDate; to: Temporal.PlainDate }): object;
  /** One calendar, by its owner's id or its address, and what people do in it themselves. */
  outlook?: { calendarOf(whose: string): CalendarShown | null; byHand: ByHand };
  mail?(): object[];
  files?(): object[];
  /** The document at an address that `mail` or `files` tell. */
  content?(address: string): Content | null;
  /** Plans a bad day for Graph. @throws ZodError for a plan that is not one */
  misbehave?(plan: BadDay): void;
  anyCase(): Promise<boolean>;
  /** Runs the jobs that fall due by the clock as it now stands. */
  runDue(): Promise<void>;
  passage: Passage;
};

/** The longest that an answer is held back for the bot to come to rest. */
const SETTLE_LIMIT_MILLISECONDS = 10_000;

/**
 * The sandbox's control: JSON over HTTP for tests, tools and the page. A fault of the caller is a 4xx with a plain sentence in `error`.
 */
export function controlHandler(deps: ControlDependencies): Handler {
  const quiet = () => settled(deps.settle);
  const chats = chatControl({ ...deps, settle: quiet });
  const calendars = deps.outlook && calendarControl({ ...deps.outlook, settle: quiet });
  const reads: Record<string, (query: URLSearchParams) => unknown> = {
    people: () => deps.people(),
    clock: () => ({ now: deps.clock.now().toString() }),
    calendars: (query) => deps.calendars(datesOf(query)),
    mail: () => deps.mail?.() ?? [],
    files: () => deps.files?.() ?? [],
    jobs: () => deps.jobs(),
    cases: () => deps.cases?.() ?? [],
    troubles: () => deps.teams.troubles,
    groups: () => sharedChats({ ...deps, settle: quiet }),
  };
  return async (request, response) => {
    const [, first = '', ...rest] = urlOf(request).pathname.split('/').map(decoded);
    const read = reads[first];
    if (first === 'chats') return chats(request, response, rest);
    if (first === 'groups' && rest.length === 0 && request.method === 'POST')
      return sendJson(response, 201, await openShared({ ...deps, settle: quiet }, await readJson(request), 'type'));
    if ((first === 'mail' || first === 'files') && rest.length > 0 && request.method === 'GET')
      return sendDocument(response, documentAt(deps, urlOf(request).pathname));
    if (calendars && first === 'calendars' && rest.length > 0) return calendars(request, response, rest);
    if (!read || rest.length > 1) return false;
    if (request.method === 'PUT' && first === 'clock')
      return sendJson(response, 200, await moveClock(deps, quiet, await readJson(request)));
    if (request.method === 'PUT' && first === 'troubles') return sendJson(response, 200, makeTrouble(deps, await readJson(request)));
    if (request.method !== 'GET') throw new RequestFault(405, `/${first} does not answer ${request.method}.`);
    if (first === 'cases' && rest[0]) return sendJson(response, 200, await caseCalled(deps, rest[0]));
    if (rest.length > 0) return false;
    return sendJson(response, 200, await read(urlOf(request).searchParams));
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new RequestFault(400, `"${part}" is not a well-formed part of an address.`);
  }
}

/** The dates that `?from=2027-02-08&to=2027-02-14` names, if it names any. */
function datesOf(query: URLSearchParams): { from: Temporal.PlainDate; to: Temporal.PlainDate } | undefined {
  const [from, to] = [query.get('from'), query.get('to')];
  if (from === null && to === null) return undefined;
  try {
    return { from: Temporal.PlainDate.from(from ?? ''), to: Temporal.PlainDate.from(to ?? '') };
  } catch {
    throw new RequestFault(400, 'Give both dates as ?from=2027-02-08&to=2027-02-14, or neither.');
  }
}

async function settled(settle: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, SETTLE_LIMIT_MILLISECONDS);
  });
  await Promise.race([settle(), limit]).finally(() => clearTimeout(timer));
}

function documentAt(deps: ControlDependencies, address: string): Content {
  const content = deps.content?.(address);
  if (!content) throw new RequestFault(404, 'There is no such document.');
  return content;
}

/** A case by its reference, in capital letters or not, as in chat. */
async function caseCalled(deps: ControlDependencies, reference: string): Promise<object> {
  const found = await deps.describeCase(reference.toUpperCase());
  if (!found) throw new RequestFault(404, `There is no case ${reference}.`);
  return found;
}

/** Moves the clock: on as if time had passed, or back while there is no case. */
async function moveClock(deps: ControlDependencies, quiet: () => Promise<void>, body: Record<string, unknown>): Promise<object> {
  const { clock, passage, runDue } = deps;
  let wanted: Temporal.Instant;
  try {
    wanted = Temporal.Instant.from(String(body.now));
  } catch {
    throw new RequestFault(400, 'Give the time as {"now": "2027-01-12T15:10:00Z"}, with Z or an offset such as +01:00.');
  }
  if (Temporal.Instant.compare(wanted, clock.now()) < 0 && !clock.set(wanted, { mayGoBack: !(await deps.anyCase()) })) {
    throw new RequestFault(409, 'The clock only goes forwards once there is a case. Start on an empty data folder to go back.');
  }
  await passTime({ ...passage, clock, runDue, settle: quiet }, wanted);
  return { now: clock.now().toString() };
}

function makeTrouble({ teams: { troubles }, misbehave }: ControlDependencies, body: Record<string, unknown>): object {
  if (body.graph !== undefined) planForGraph(body.graph, misbehave);
  const count = (value: unknown, present: number, least = 0): number => {
    if (value === undefined) return present;
    if (!Number.isInteger(value) || (value as number) < least)
      throw new RequestFault(400, `Troubles are whole numbers of ${least} or more.`);
    return value as number;
  };
  const throttle = (body.throttle ?? {}) as Record<string, unknown>;
  const refuse = (body.refuse ?? {}) as Record<string, unknown>;
  return Object.assign(troubles, {
    deliver: count(body.deliver, troubles.deliver, 1),
    throttle: {
      calls: count(throttle.calls, troubles.throttle.calls),
      retryAfterSeconds: count(throttle.retryAfterSeconds, troubles.throttle.retryAfterSeconds),
    },
    slowMilliseconds: count(body.slowMilliseconds, troubles.slowMilliseconds),
    hang: count(body.hang, troubles.hang),
    refuse: {
      calls: count(refuse.calls, troubles.refuse.calls),
      status: count(refuse.status, troubles.refuse.status, 400),
      code: typeof refuse.code === 'string' ? refuse.code : troubles.refuse.code,
      person: typeof refuse.person === 'string' ? refuse.person : troubles.refuse.person,
    },
  });
}

function planForGraph(plan: unknown, misbehave: ControlDependencies['misbehave']): void {
  try {
    misbehave?.(plan as BadDay);
  } catch {
    throw new RequestFault(
      400,
      'Plan it as {"graph": {"what": "refused", "status": 403, "method": "POST", "path": "/events", "times": 1}}.',
    );
  }
}
