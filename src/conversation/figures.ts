import { figuresFor } from '../app/figures.ts';
import { showFigures } from '../cards/show.ts';
import { type Quarter, readQuarter } from '../domain/quarter.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { type Shown, shownNotice } from './shown.ts';

/** The figures of a quarter, for those who may see a partnership's; for anybody else a plain answer. */
export async function lookAtFigures(
  deps: ConversationDependencies,
  { person, inTeams }: Contact,
  asked: { quarter?: Quarter | undefined; partnershipId?: string | undefined } = {},
): Promise<Shown> {
  const found = await figuresFor(deps, person, asked);
  if (!found) return shownNotice('Figures', 'There are no figures here that you can see.');
  return { card: showFigures(found, inTeams), summary: 'Figures' };
}

/** A press of a button to another quarter or partnership: `2027-Q1.camden`. */
export async function pressOnFigures(deps: ConversationDependencies, contact: Contact, argument: string): Promise<Shown> {
  const [quarter = '', partnershipId] = argument.split('.');
  return lookAtFigures(deps, contact, { quarter: readQuarter(quarter) ?? undefined, partnershipId });
}
