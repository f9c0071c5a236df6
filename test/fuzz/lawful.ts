import type { Activity } from 'botbuilder';
import type { Trail } from '../../src/app/ports.ts';
import { seenBy } from '../../src/app/seeCase.ts';
import { contactOf } from '../../src/bot/contactOf.ts';
import { readActivity } from '../../src/bot/envelope.ts';
import { caseAction, readCardData } from '../../src/cards/actions.ts';
import type { RecordedEvent } from '../../src/domain/events/events.ts';
import { mayDo } from '../../src/domain/mayDo.ts';
import { isRefusal } from '../../src/domain/refusal.ts';
import type { Live } from './mutations.ts';
import type { openWorld, Activity as Recorded } from './world.ts';

/** What the rules have to say of what an activity changed, or could change. */

type World = Awaited<ReturnType<typeof openWorld>>;

/** What an activity's card carries, whichever way it was pressed. */
function pressIn({ type, value }: Activity): ReturnType<typeof readCardData> {
  return readCardData(type === 'invoke' ? value?.action?.data : value);
}

/** Every case as it is now, by reference. */
export async function watch(world: World): Promise<Map<string, Trail>> {
  const known = new Map<string, Trail>();
  await changedSince(world, known);
  return known;
}

/** A recorded press: by whom, and of which verb. */
type Pressed = { activity: number; sender: string; verb: string };

/** The recorded presses that can do something: one of each verb and sender, with its form filled in. */
export function pressesIn({ program }: World, recorded: Recorded[]): Pressed[] {
  const presses = new Map<string, Pressed>();
  recorded.forEach((each, activity) => {
    const sent = each as unknown as Activity;
    const sender = contactOf(sent, program.directory(), true)?.person;
    const { verb = '' } = pressIn(sent)?.data ?? {};
    if (sender && (verb.startsWith('raise:') || caseAction(verb))) presses.set(`${sender} ${verb}`, { activity, sender, verb });
  });
  return [...presses.values()];
}

/** Which of some presses their own senders could do now on one case; or with no case, those that raise one. */
export function liveOn({ program }: World, presses: Pressed[], trail: Trail | null): Live[] {
  return presses.flatMap(({ activity, sender, verb }): Live[] => {
    const action = caseAction(verb);
    if (!action || !trail) return action || trail ? [] : [{ activity, reference: null }];
    const seen = seenBy(program.cases, trail, sender);
    return isRefusal(mayDo(seen.current, action.intention(seen.current), seen)) ? [] : [{ activity, reference: trail.reference }];
  });
}

/** The activity that goes over the wire, as the bot would read it; null for what it would not. */
export function activityIn(body: Uint8Array): Activity | null {
  try {
    return readActivity(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    return null;
  }
}

/** The cases that have changed since they were last looked at, as they were and as they are; `known` knows them from then on. */
async function changedSince({ program }: World, known: Map<string, Trail>): Promise<{ before: Trail | undefined; trail: Trail }[]> {
  const summaries = await program.cases.cases.concerning('', Object.keys(program.directory().partnerships));
  const changed: { before: Trail | undefined; trail: Trail }[] = [];
  for (const { reference, revision } of summaries) {
    const before = known.get(reference);
    if (before?.events.length === revision) continue;
    const trail = await program.cases.cases.load(reference);
    if (!trail) throw new Error(`${reference} is listed and cannot be read`);
    known.set(reference, trail);
    changed.push({ before, trail });
  }
  return changed;
}

/**
 * Looks at every case again: what has happened since was done by the bot, or by the sender of this activity by the verb that stands in
 * it, with a role by which the rules allow it at the case as it then was. Answers verb and role of each such change, and every case that
 * has changed.
 * @throws Error for a change of any other kind
 */
export async function lawfulChanges(
  world: World,
  known: Map<string, Trail>,
  body: Uint8Array,
): Promise<{ by: string[]; changed: Trail[] }> {
  const by: string[] = [];
  const changes = await changedSince(world, known);
  for (const { before, trail } of changes) {
    const added = trail.events.slice(before?.events.length ?? 0).filter(({ actor }) => actor.person !== 'bot');
    const [first] = added;
    if (!first) continue;
    by.push(whyLawful(world, trail, first, body));
    const actors = new Set(added.map(({ actor }) => `${actor.person} as ${actor.role}`));
    if (actors.size > 1) throw new Error(`${trail.reference} was changed by several people at once: ${[...actors].join(', ')}`);
  }
  return { by, changed: changes.map(({ trail }) => trail) };
}

function whyLawful({ program }: World, trail: Trail, first: RecordedEvent, body: Uint8Array): string {
  const unlawful = (why: string) => new Error(`${trail.reference} was changed (${first.type} by ${first.actor.person}), but ${why}`);
  const activity = activityIn(body);
  if (!activity) throw unlawful('the activity is none');
  const sender = contactOf(activity, program.directory(), true)?.person;
  if (sender !== first.actor.person) throw unlawful(`${sender} sent it`);
  const read = pressIn(activity);
  if (!read) throw unlawful('its card carries nothing');
  const { verb, reference } = read.data;
  if (first.type === 'DissentRaised') {
    if (!verb.startsWith('raise:') || first.dissent.dissenter !== sender) throw unlawful(`its verb is ${verb}`);
    return 'raise as dissenter';
  }
  const action = caseAction(verb);
  if (!action || reference !== trail.reference) throw unlawful(`its card is for ${verb} on ${reference}`);
  const then = seenBy(program.cases, { ...trail, events: trail.events.slice(0, first.revision - 1) }, sender);
  const allowed = mayDo(then.current, action.intention(then.current), then);
  if (isRefusal(allowed)) throw unlawful(`the rules refuse it: ${allowed.sentence}`);
  if (allowed.role !== first.actor.role) throw unlawful(`the rules allow it to ${allowed.role} and not to ${first.actor.role}`);
  return `${verb} as ${allowed.role}`;
}
