import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../../src/sandbox/teams/activities.ts';
import type { Chat } from '../../src/sandbox/teams/chats.ts';
import { conferenceOf, type Step, stepsOf } from './steps.ts';
import type { World } from './world.ts';

/** A click that was answered with the case as it is afterwards: the event has to stand by that person between those revisions. */
export type Answered = { reference: string; event: string; person: string; after: number; upTo: number };

/** Who clicks, what they hear of it, and whether they have had enough. */
export type Clicking = { world: World; tell(answered: Answered): void; over(): boolean };

type Carried = { reference: string; revision: number; verb: string };
type Button = { activityId: string; data: Carried };

/** How often somebody looks for a button that was there, before taking it that the deed was done though its answer was lost. */
const LOOKS = 60;
const LOOK_AGAIN_MILLISECONDS = 50;

/**
 * One person's dissent from raising to its end, clicked again and again until each click is answered, however often the program is
 * killed in between. `number` tells it from all others: each is about a child of its own.
 */
export async function playCase(clicking: Clicking, dissenter: string, number: number): Promise<void> {
  const reference = await raise(clicking, dissenter, number);
  if (reference === null) return;
  for (const step of stepsOf(clicking.world, dissenter, number)) if (!(await take(clicking, reference, step))) return;
}

async function raise({ world, tell, over }: Clicking, dissenter: string, number: number): Promise<string | null> {
  const { client, chats } = world.teams;
  const person = personCalled(world, dissenter);
  const chat = chats.personal(dissenter);
  const about = { ...conferenceOf(world, number), children: `CH-${1000 + number}` };
  const inputs = { meeting: 'initial', decision: 'not_make', grounds: 'threshold', reasons: 'I do not agree.', ...about };
  for (let form: Button | undefined; !over(); await pause(LOOK_AGAIN_MILLISECONDS)) {
    await client.open(chat, person);
    if (form) {
      const shown = await press(world, dissenter, form, inputs);
      if (!shown) continue;
      tell({ reference: shown.reference, event: 'DissentRaised', person: dissenter, after: 0, upTo: shown.revision });
      return shown.reference;
    }
    const before = chat.messages.length;
    await client.say(chat, person, 'raise dissent');
    form = buttonsOn(chat, dissenter, before).find(({ data }) => data.verb.startsWith('raise:'));
  }
  return null;
}

/** Presses a step's button until it is answered, or has gone for good. Somebody who has a rival waits until both can press at once. */
async function take({ world, tell, over }: Clicking, reference: string, step: Step): Promise<boolean> {
  const pressers = [step, ...(step.rival ? [step.rival] : [])];
  let looks: number | null = null;
  for (; !over() && (looks ?? 0) < LOOKS; await pause(LOOK_AGAIN_MILLISECONDS)) {
    const ready = pressers.flatMap(({ person, verb, inputs }) => {
      const buttons = buttonsOn(world.teams.chats.personal(person), person);
      const button = buttons.findLast(({ data }) => data.reference === reference && verb.test(data.verb));
      return button ? [{ person, button, inputs }] : [];
    });
    if (looks !== null) looks += 1;
    if (ready.length < (looks === null ? pressers.length : 1)) continue;
    looks = 0;
    const answers = await Promise.all(
      ready.map(async ({ person, button, inputs }) => {
        const shown = await press(world, person, button, inputs);
        const { revision: after } = button.data;
        if (!shown || shown.revision <= after) return false;
        tell({ reference, event: step.event, person, after, upTo: shown.revision });
        return true;
      }),
    );
    if (answers.includes(true)) return true;
  }
  return !over();
}

/** Presses a button; returns what the case's card that came back says of the case, or null for any other answer, and for none. */
async function press({ teams, ...world }: World, person: string, button: Button, inputs: Record<string, string>): Promise<Carried | null> {
  const { activityId, data } = button;
  const { card } = await teams.client.press(teams.chats.personal(person), personCalled(world, person), activityId, {
    type: 'Action.Execute',
    verb: data.verb,
    data: { ...data, ...inputs },
  });
  // A card with a form, or with why nothing was changed, does not keep itself current.
  return (card as { refresh?: { action: { data: Carried } } } | undefined)?.refresh?.action.data ?? null;
}

const found = new WeakMap<object, Carried[]>();

/** The buttons that a person sees in a chat, from a message on, without asking the program for anything. */
function buttonsOn(chat: Chat, person: string, from = 0): Button[] {
  return chat.messages.slice(from).flatMap(({ activityId, card, version, views }) => {
    const view = views[person];
    const shown = view?.version === version ? view.card : card;
    if (!shown) return [];
    const buttons = found.get(shown) ?? buttonsIn(shown);
    found.set(shown, buttons);
    return buttons.map((data) => ({ activityId, data }));
  });
}

function buttonsIn(node: unknown): Carried[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, data } = node as { type?: unknown; data?: Carried };
  const own = type === 'Action.Execute' && data ? [data] : [];
  return [...own, ...Object.entries(node).flatMap(([name, part]) => (name === 'fallback' || name === 'refresh' ? [] : buttonsIn(part)))];
}

function personCalled({ people }: Pick<World, 'people'>, id: string): Person {
  const person = people.find((each) => each.id === id);
  if (!person) throw new Error(`there is no ${id} in the directory`);
  return person;
}
