import { childSearch } from '../app/childSearch.ts';
import { listOf } from '../domain/words.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { type Shown, shownNotice } from './shown.ts';

/** Whether a child's reference has a case, for those who decide and administrate; the child is not named in what is answered (X6). */
export async function lookForChild(deps: ConversationDependencies, { person }: Contact, child: string): Promise<Shown> {
  const found = await childSearch(deps, person, child);
  if (found === null) return shownNotice('Cases about a child', 'Only those who decide and administrate can ask this.');
  if (found.length === 0)
    return shownNotice('Cases about a child', 'There is no case here about that child. Check the reference that you typed.');
  const named = listOf(found.map(({ reference, closed }) => (closed ? `${reference} (closed)` : reference)));
  return shownNotice(
    'Cases about a child',
    `${found.length === 1 ? 'There is one case' : `There are ${found.length} cases`} about that child: ${named}. To open one, type "case" and its reference.`,
  );
}
