import { myCases } from '../app/myCases.ts';
import { findSeen } from '../app/seeCase.ts';
import { lookForChild } from './childCases.ts';
import type { Contact } from './contact.ts';
import { lookAtCover } from './cover.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { lookAtFigures } from './figures.ts';
import { lookAtHealth } from './health.ts';
import { look } from './look.ts';
import { press } from './press.ts';
import { beginRaising } from './raising.ts';
import { lookAtRegister } from './register.ts';
import { type Shown, shownList, shownNotice, shownWelcome } from './shown.ts';
import { lookAtStuck } from './stuck.ts';
import { takeAway } from './takeAway.ts';
import type { Request } from './words.ts';

/** What somebody is told who asks for a case and does not say which. */
export const whichCase = 'Type "case" and its reference, such as "case DIS-27-001". To find the reference, type "my cases".';

/** What a typed request shows the one who typed it, and nobody else. */
export async function answer(deps: ConversationDependencies, contact: Contact, asked: Request): Promise<Shown> {
  switch (asked.ask) {
    case 'raise':
      return beginRaising(deps, contact);
    case 'log':
      return beginRaising(deps, contact, 'staff');
    case 'my-cases':
      return shownList(await myCases(deps, contact.person));
    case 'case':
      return look(deps, contact, asked.reference);
    case 'which-case':
      return shownNotice('Which case?', whichCase);
    case 'document':
      return sendAsDocument(deps, contact, asked.reference);
    case 'cover':
      return lookAtCover(deps, contact);
    case 'register':
      return lookAtRegister(deps, contact);
    case 'figures':
      return lookAtFigures(deps, contact, asked);
    case 'child':
      return lookForChild(deps, contact, asked.child);
    case 'file':
      return takeAway(deps, contact, asked.asked, asked.format);
    case 'health':
      return lookAtHealth(deps, contact);
    case 'stuck':
      return lookAtStuck(deps, contact);
    case 'help':
    case 'unclear':
      return shownWelcome(deps, contact, asked.ask === 'unclear');
  }
}

/**
 * Has the whole case sent to the mailbox of somebody entitled to it, as the button on its card does; for a case that is not theirs, X9's
 * answer.
 */
async function sendAsDocument(deps: ConversationDependencies, contact: Contact, reference: string): Promise<Shown> {
  const seen = await findSeen(deps, reference, contact.person);
  if (!seen) return look(deps, contact, reference);
  return press(deps, contact, { reference, revision: seen.current.revision, verb: 'document:case' });
}
