import { actOnCase, openForm, type Press, type Pressed } from '../app/actOnCase.ts';
import { mainCard } from '../app/cardsDue.ts';
import { myCases } from '../app/myCases.ts';
import { findSeen, seeCase } from '../app/seeCase.ts';
import { type CaseAction, caseAction, readCardData } from '../cards/actions.ts';
import { chatNameOf, partsOf } from '../cards/verb.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { Contact } from './contact.ts';
import { pressOnCover } from './cover.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { pressOnFigures } from './figures.ts';
import { look, noSuchCase } from './look.ts';
import { openFromList } from './openFromList.ts';
import { beginRaising, continueRaising } from './raising.ts';
import { lookAtRegister } from './register.ts';
import { type Shown, shownCase, shownList, shownNotice, shownWelcome } from './shown.ts';
import { lookAtStuck, retry } from './stuck.ts';
import { readTakeAway, takeAway } from './takeAway.ts';

/**
 * What a press of a card's button comes to, for its presser alone: always a card, made from the store as it now is. `value` is what the
 * button carried, read as nobody's word for anything but which button it was (house rule 2).
 */
export async function press(deps: ConversationDependencies, contact: Contact, value: unknown): Promise<Shown> {
  const read = readCardData(value);
  if (!read) return unusable();
  const { data, inputs } = read;
  const name = chatNameOf(data.verb);
  const { argument } = partsOf(data.verb);
  if (name === null) {
    const action = caseAction(data.verb);
    return action ? act(deps, contact, action, { ...data, person: contact.person }, inputs) : unusable();
  }
  await deps.presentCovers();
  switch (name) {
    case 'raise':
      return argument === '' ? beginRaising(deps, contact) : continueRaising(deps, contact, argument, data.reference, inputs);
    case 'log':
      return beginRaising(deps, contact, 'staff');
    case 'my-cases':
      return shownList(await myCases(deps, contact.person));
    case 'help':
      return shownWelcome(deps, contact);
    case 'cover':
      return pressOnCover(deps, contact, argument, data.reference, inputs);
    case 'register':
      return lookAtRegister(deps, contact, Number.parseInt(argument, 10) || 0);
    case 'figures':
      return pressOnFigures(deps, contact, argument);
    case 'take-away': {
      const read = readTakeAway(argument, data.reference);
      return read ? takeAway(deps, contact, read.asked, read.format) : unusable();
    }
    case 'stuck':
      return argument === '' ? lookAtStuck(deps, contact) : retry(deps, contact, argument, data.reference);
    case 'see':
      // The card that was pressed is already there: it does not become the one that is kept current.
      return { ...(await look(deps, contact, data.reference, argument)), caseCard: null };
    case 'open':
      return openFromList(deps, contact, data.reference, argument);
    case 'read':
      return readInFull(deps, contact, data.reference, argument);
  }
}

function unusable(): Shown {
  return shownNotice('Nothing was changed', 'This button can no longer be used. Type "my cases" to see your cases as they are now.');
}

async function readInFull(deps: ConversationDependencies, contact: Contact, reference: string, reading: string): Promise<Shown> {
  const seen = await seeCase(deps, reference, contact.person);
  if (isRefusal(seen)) return noSuchCase(seen);
  return shownCase(mainCard(seen), seen, contact, { reading });
}

/** One verb a command: without inputs it opens the form, with them it is the command. */
async function act(
  deps: ConversationDependencies,
  contact: Contact,
  action: CaseAction,
  pressing: Press,
  inputs: Record<string, string>,
): Promise<Shown> {
  const form = (errors: Record<string, string> = {}) => ({ verb: pressing.verb, values: inputs, errors });
  /** The form as it was filled in, on the case as it now stands, where that can still be sent. */
  const again = ({ seen, refusal }: Pressed): Shown | null =>
    seen && refusal && action.hasForm && (refusal.refused === 'invalid' || refusal.refused === 'stale')
      ? shownCase(action.key(seen), seen, contact, { refusal: refusal.sentence, form: form(refusal.fields) })
      : null;
  const opens = action.hasForm && Object.keys(inputs).length === 0;
  const present = deps.presentCovers();
  const seen = opens ? null : await findSeen(deps, pressing.reference, contact.person, present);
  const read = seen && action.read(inputs, seen);
  if (!read || 'fields' in read) {
    const opened = await openForm(deps, pressing, action.intention, !opens, present);
    if (!opened.seen || opened.refusal) return again(opened) ?? refused(opened, action, contact);
    return shownCase(action.key(opened.seen), opened.seen, contact, { form: form(read?.fields) });
  }
  const pressed = await actOnCase(deps, pressing, read.command, seen);
  if (!pressed.seen || pressed.refusal) return again(pressed) ?? refused(pressed, action, contact);
  return shownCase(action.key(pressed.seen), pressed.seen, contact);
}

/** Nothing has changed: the presser's own card with the reason why; to somebody with no part in the case, only the reason (X3, X9). */
function refused({ seen, refusal }: Pressed, action: CaseAction, contact: Contact): Shown {
  const sentence = refusal?.sentence ?? '';
  if (!seen) return shownNotice('Nothing was changed', sentence);
  const key = refusal?.refused === 'not-allowed' ? mainCard(seen) : action.key(seen);
  return shownCase(key, seen, contact, { refusal: sentence });
}
