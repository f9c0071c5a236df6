import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PendingJob } from '../../src/app/stuck.ts';
import { startSandbox } from '../../src/sandbox/startSandbox.ts';
import { freshDatabase } from '../support/database.ts';
import { graphContract } from '../support/graphContract.ts';
import { noShelf } from '../support/noShelf.ts';
import { type Exchange, recordExchanges } from '../support/traffic.ts';

/** A whole invented partnership over HTTP, as a journey plays it: what is pressed here is what a person presses. */
export type Partnership = Awaited<ReturnType<typeof openPartnership>>;

type Shown = { activityId: string; at: string; text?: string; summary?: string; card?: object; actions: { title: string; verb: string }[] };

/** What a partnership is made of: its procedures and its people. */
const ours = { proceduresDirectory: 'procedures', directoryFile: 'src/sandbox/partnerships.yaml' };

/** Starts the sandbox on ports of its own, with its clock at `now`. With `badDay` faults are expected, and not shown. */
export async function openPartnership(now: string, { badDay = false, files = ours } = {}) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'partnership-'));
  const traffic: { exchanges: Exchange[] } = { exchanges: [] };
  const sandbox = await startSandbox({
    port: 0,
    sandboxPort: 0,
    dataDirectory,
    ...files,
    graphBaseUrl: null,
    openDatabase: freshDatabase,
    shelf: noShelf,
    graphSeenBy: (handle) => Object.assign(traffic, recordExchanges(handle)).handle,
    log: { info: () => {}, warn: () => {}, error: (message, cause) => (badDay ? undefined : console.error(message, cause)) },
  });
  const partnership = {
    ...peopleAt(sandbox.url),
    dataDirectory,
    /** Where any Bot Framework client posts its activities. */
    botPort: sandbox.port,
    /** Tries a job now that failed or waits for its next try, and does whatever comes of it. */
    triesAgain: async (name: PendingJob['name'], reference: string) => {
      if (!(await sandbox.program.jobs.retry(name, reference))) throw new Error(`no job ${name} of ${reference} waits to be tried again`);
      await sandbox.program.jobs.settle();
    },
    /** Ends the partnership; everything that went between it and Graph has to have been as Microsoft describes it, where the description is at hand. */
    close: async () => {
      await sandbox.close();
      rmSync(dataDirectory, { recursive: true, force: true });
      const faults = traffic.exchanges.flatMap(graphContract() ?? (() => []));
      if (faults.length > 0) throw new Error(`Graph would not have understood:\n${faults.join('\n')}`);
    },
  };
  await partnership.clock(now);
  return partnership;
}

/** What people do, and what can be seen of them, at a sandbox's address. */
export function peopleAt(base: string) {
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(base + path, {
      method,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> & { message?: unknown } };
  };
  const done = async (method: string, path: string, body?: object) => {
    const answer = await call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} gave ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  const cardsAbout = async (person: string, reference: string) =>
    ((await done('GET', `/chats/${person}`)).messages as Shown[]).filter(({ card }) => card && JSON.stringify(card).includes(reference));

  return {
    base,
    call,
    /** Bad days for Teams and Graph. */
    troubles: (troubles: object) => done('PUT', '/troubles', troubles),
    /** Moves the clock on; what falls due is done before this answers. */
    clock: (to: string) => done('PUT', '/clock', { now: to }),
    says: (person: string, text: string) => done('POST', `/chats/${person}/messages`, { text }),
    /** Presses a button by its title on the latest card that has it, with a form's inputs by id; returns all the text that came back. */
    presses: async (person: string, title: string, inputs: Record<string, string> = {}, activityId?: string) =>
      textOf(await done('POST', `/chats/${person}/actions`, { title, inputs, ...(activityId ? { activityId } : {}) })),
    pressesVerb: async (person: string, verb: string, inputs: Record<string, string> = {}, activityId?: string) =>
      textOf(await done('POST', `/chats/${person}/actions`, { verb, inputs, ...(activityId ? { activityId } : {}) })),
    /**
     * Sends the bot what a button carried, whatever the person's own cards show by now: a card that was forwarded, is old, or was made up.
     * It is pressed on some card in the person's own chat, as Teams would have it.
     */
    forges: async (person: string, data: { reference: string; revision: number; verb: string } & Record<string, unknown>) => {
      const messages = (await done('GET', `/chats/${person}`)).messages as Shown[];
      const activityId = messages.find(({ card }) => card)?.activityId;
      return textOf(await done('POST', `/chats/${person}/actions`, { activityId, verb: data.verb, data }));
    },
    chat: async (person: string) => (await done('GET', `/chats/${person}`)).messages as Shown[],
    /** All the words that a person can read in their chat now. */
    reads: async (person: string) => textOf(await done('GET', `/chats/${person}`)),
    /** The titles of the buttons that a person can press now. */
    buttons: async (person: string) => [
      ...new Set(((await done('GET', `/chats/${person}`)).messages as Shown[]).flatMap(({ actions }) => actions.map(({ title }) => title))),
    ],
    describe: (reference: string) => done('GET', `/cases/${reference}`) as Promise<Described>,
    calendars: () => done('GET', '/calendars') as Promise<Record<string, unknown>>,
    jobs: () => done('GET', '/jobs') as unknown as Promise<PendingJob[]>,
    mail: () => done('GET', '/mail') as unknown as Promise<Mail[]>,
    files: () => done('GET', '/files') as unknown as Promise<{ path: string; versions: number }[]>,
    /** The messages in a person's chat that show a card about a case. */
    cardsAbout,
    /** All the words of a person's cards about a case, and of the list of what is left that their card leads to. */
    readsOf: async (person: string, reference: string) => {
      const cards = await cardsAbout(person, reference);
      const leading = cards.findLast(({ actions }) => actions.some(({ verb }) => verb === 'see:checklist'));
      const press = (verb: string) => done('POST', `/chats/${person}/actions`, { verb, activityId: leading?.activityId });
      if (!leading) return textOf(cards);
      const left = textOf(await press('see:checklist'));
      await press('see:status');
      return `${textOf(cards)}\n${left}`;
    },
    /** Opens the form of a button, by title or verb, on a person's card of a case and sends it filled in; returns all the text that came back. */
    fillsIn: async (person: string, reference: string, title: string, inputs: Record<string, string>) => {
      // A card about another case may name this one beside it: it is the button that says whose it is.
      const cardsOf = async () =>
        (await cardsAbout(person, reference))
          .filter(({ card }) => JSON.stringify(card).includes(`"reference":"${reference}"`))
          .toReversed();
      const find = (cards: Shown[], wanted: string) =>
        cards.flatMap(({ activityId, actions }) =>
          actions.filter((action) => action.title === wanted || action.verb === wanted).map(({ verb }) => ({ activityId, verb })),
        )[0];
      let cards = await cardsOf();
      const left = find(cards, title) ? undefined : find(cards, 'See what is left');
      if (left) {
        await done('POST', `/chats/${person}/actions`, left);
        cards = await cardsOf();
      }
      const button = find(cards, title);
      if (!button)
        throw new Error(`${person} has no button "${title}" on ${reference}, but ${JSON.stringify(cards.map(({ actions }) => actions))}`);
      const { activityId, verb } = button;
      await done('POST', `/chats/${person}/actions`, { verb, activityId });
      return textOf(await done('POST', `/chats/${person}/actions`, { verb, activityId, inputs }));
    },
    /** What stands in a person's calendar about a case. */
    meetingsOf: async (person: string, reference: string) => {
      const calendars = (await done('GET', '/calendars')) as unknown as Calendar[];
      const events = calendars.find((calendar) => calendar.person === person)?.events ?? [];
      return events.filter(({ subject, cancelled }) => subject.includes(reference) && !cancelled);
    },
  };
}

export type Mail = { at: string; from: string; to: string[]; subject: string; text: string; attachments: { name: string }[] };

type Calendar = {
  person: string | null;
  events: { subject: string; start: string; sensitivity: string; cancelled: boolean; joinUrl: string | null }[];
};

/** What `GET /cases/{reference}` answers, as far as journeys look at it. */
export type Described = {
  reference: string;
  revision: number;
  status: string;
  stage: string;
  outcomes: Record<string, string>;
  timeLimits: {
    stage: string;
    kind: string;
    due: string;
    today: number;
    overdueBy: number;
    count: { skipped: { date: string; why: string }[] };
  }[];
  state: Record<string, unknown>;
  history: {
    kind: string;
    event?: string;
    actor: string;
    role: string;
    action?: string;
    cardRevision?: number | null;
    rule?: string | null;
    code?: string | null;
  }[];
};

/** Every text of an answer, whatever element holds it, in order and in one line each. */
export function textOf(value: unknown): string {
  const texts: string[] = [];
  const walk = (each: unknown): void => {
    if (Array.isArray(each)) {
      for (const item of each) walk(item);
      return;
    }
    if (typeof each !== 'object' || each === null) return;
    for (const [key, inner] of Object.entries(each)) {
      if (typeof inner === 'string' && ['text', 'title', 'value', 'label', 'errorMessage', 'summary'].includes(key)) texts.push(inner);
      else if (key !== 'fallback') walk(inner);
    }
  };
  walk(value);
  return texts.join('\n');
}

/** What a dissenter fills in; a journey changes what its scenario says. */
export const dissentForm = (changes: Record<string, string>): Record<string, string> => ({
  meeting: 'initial',
  decision: 'not_make',
  chair: 'chair',
  children: 'CH-1041',
  grounds: 'threshold',
  reasons: 'I saw three injuries in six weeks and do not agree that the threshold is not met.',
  newInformation: '',
  ...changes,
});

/** What a chair fills in when referring. */
export const recordForm = (changes: Record<string, string> = {}): Record<string, string> => ({
  consensus: 'yes',
  threshold: 'We read out the threshold and talked about each part of it.',
  decision: 'No plan is needed.',
  basis: 'What was shared at the conference.',
  ...changes,
});
