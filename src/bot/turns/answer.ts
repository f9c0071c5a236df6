import { myCases } from '../../app/myCases.ts';
import type { Contact } from './contact.ts';
import { look } from './looking.ts';
import { beginRaising } from './raising.ts';
import { type Shown, shownList, shownWelcome, type TurnDependencies } from './shown.ts';
import type { Request } from './words.ts';

/** What a typed request shows the one who typed it, and nobody else. */
export async function answer(on: TurnDependencies, contact: Contact, asked: Request): Promise<Shown> {
  switch (asked.ask) {
    case 'raise':
      return beginRaising(on, contact);
    case 'my-cases':
      return shownList(await myCases(on, contact.person));
    case 'case':
      return look(on, contact, asked.reference);
    case 'help':
      return shownWelcome(contact);
  }
}
