import { register } from '../app/register.ts';
import { showRegister } from '../cards/show.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { type Shown, shownNotice } from './shown.ts';

/** A page of the open cases, counted from 0, for those who oversee a partnership; for anybody else the way to their own cases. */
export async function lookAtRegister(deps: ConversationDependencies, { person }: Contact, page = 0): Promise<Shown> {
  const found = await register(deps, person, Math.min(Math.max(page, 0), 100_000));
  if (!found) return shownNotice('Register', 'The register is for those who decide and administrate. Type "my cases" to see your own.');
  return { card: showRegister(found), summary: 'Register of open cases' };
}
