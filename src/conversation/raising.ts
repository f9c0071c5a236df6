import { randomUUID } from 'node:crypto';
import { openingsFor, type RaisableProcedure, raiseDissent } from '../app/raiseDissent.ts';
import { readRaise } from '../cards/actions.ts';
import { showDiverted, showOpenings, showRaise } from '../cards/show.ts';
import { personOf } from '../directory/directory.ts';
import type { Dissent } from '../domain/events/dissentEvents.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { isRefusal } from '../domain/refusal.ts';
import { listOf } from '../domain/words.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { type Shown, shownCase, shownNotice } from './shown.ts';

/** The neutral line that goes before the form, by who raises what it is for. */
const SUMMARY: Record<Procedure['raisedBy'], string> = { professionals: 'Raise a dissent', staff: 'Log a complaint' };

/**
 * The form for a new dissent, or for what staff log for a family (P1), or the choice of procedure and meeting where there are several;
 * each time a draft of its own.
 */
export function beginRaising(
  deps: ConversationDependencies,
  { person }: Contact,
  raisedBy: Procedure['raisedBy'] = 'professionals',
): Shown {
  const draft = `draft-${randomUUID()}`;
  const openings = openingsFor(deps, person).filter(({ procedure }) => procedure.raisedBy === raisedBy);
  if (openings.length === 0 && raisedBy === 'staff')
    return shownNotice(
      SUMMARY.staff,
      'Only an administrator or a chair can log a complaint, where the partnership has a procedure for it.',
    );
  const [first, ...others] = openings;
  return { card: first && others.length === 0 ? showRaise(first, draft) : showOpenings(openings, draft), summary: SUMMARY[raisedBy] };
}

/**
 * The form of one opening, or with `inputs` what it leads to: the receipt, the form again with what is wrong, or the policy that the
 * concern belongs to (C4). A form sent twice raises one dissent (X4), since `draft` is the same.
 */
export async function continueRaising(
  deps: ConversationDependencies,
  contact: Contact,
  openingId: string,
  draft: string,
  inputs: Record<string, string>,
): Promise<Shown> {
  const opening = openingsFor(deps, contact.person).find(({ id }) => id === openingId);
  const summary = SUMMARY[opening?.procedure.raisedBy ?? 'professionals'];
  if (!opening || !/^draft-[0-9a-f-]{36}$/.test(draft))
    return shownNotice(summary, `This form can no longer be used. Type "${summary.replace(' a ', ' ').toLowerCase()}" for a new one.`);
  if (Object.keys(inputs).length === 0) return { card: showRaise(opening, draft), summary };
  const read = readRaise(inputs, opening);
  const again = (errors: Record<string, string> = {}, refusal?: string): Shown => {
    const form = { verb: `raise:${opening.id}`, values: inputs, errors };
    return { card: showRaise(opening, draft, { form, ...(refusal === undefined ? {} : { refusal }) }), summary };
  };
  if ('fields' in read) return again(read.fields);
  const raising = await raiseDissent(deps, opening, draft, named(read.dissent, opening, contact));
  if (isRefusal(raising)) return again(raising.fields, raising.sentence);
  if ('diverted' in raising) return { card: showDiverted(raising.diverted, opening.procedure), summary };
  const key = 'receipt' as const;
  const besides = raising.besides.length > 0 ? { notice: sayBesides(raising.besides, opening) } : undefined;
  return { ...shownCase(key, raising.seen, contact, besides), caseCard: raising.seen.current.reference };
}

/** The dissent with the name that Teams gives its dissenter, where the directory has none: the chair confirms who it is (C2). */
function named(dissent: Dissent, { directory }: RaisableProcedure, { person, name }: Contact): Dissent {
  return personOf(directory, person) || name === '' ? dissent : { ...dissent, dissenterName: name };
}

/** That the same person has dissents about this conference open already, in case one is enough. */
function sayBesides(references: string[], { procedure: { words } }: RaisableProcedure): string {
  const one = references.length === 1;
  const had = `You already had ${one ? `an open ${words.case}` : `${references.length} open ${words.cases}`} about this ${words.meeting}`;
  return `${had}: ${listOf(references)}. This is ${one ? 'a second one' : 'another one'}. Withdraw what you do not need.`;
}
