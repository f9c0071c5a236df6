import { randomUUID } from 'node:crypto';
import { type Opening, openingsFor, raiseDissent } from '../../app/raiseDissent.ts';
import { readRaise } from '../../cards/actions.ts';
import { showDiverted, showOpenings, showRaise } from '../../cards/show.ts';
import { personOf } from '../../directory/directory.ts';
import type { Dissent } from '../../domain/case.ts';
import type { Procedure } from '../../domain/procedure.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Contact } from './contact.ts';
import { type Shown, shownCase, shownNotice, type TurnDependencies } from './shown.ts';

const summary = 'Raise a dissent';
const logging = 'Log a complaint';

/**
 * The form for a new dissent, or for what staff log for a family (P1), or the choice of procedure and meeting where there are several;
 * each time a draft of its own.
 */
export function beginRaising(on: TurnDependencies, { person }: Contact, raisedBy: Procedure['raisedBy'] = 'professionals'): Shown {
  const draft = `draft-${randomUUID()}`;
  const openings = openingsFor(on, person).filter(({ procedure }) => procedure.raisedBy === raisedBy);
  if (openings.length === 0 && raisedBy === 'staff')
    return shownNotice(logging, 'Only an administrator or a chair can log a complaint, where the partnership has a procedure for it.');
  const [first, ...others] = openings;
  return { card: first && others.length === 0 ? showRaise(first, draft) : showOpenings(openings, draft), summary };
}

/**
 * The form of one opening, or with `inputs` what it leads to: the receipt, the form again with what is wrong, or the policy that the
 * concern belongs to (C4). A form sent twice raises one dissent (X4), since `draft` is the same.
 */
export async function continueRaising(
  on: TurnDependencies,
  contact: Contact,
  openingId: string,
  draft: string,
  inputs: Record<string, string>,
): Promise<Shown> {
  const opening = openingsFor(on, contact.person).find(({ id }) => id === openingId);
  if (!opening || !/^draft-[0-9a-f-]{36}$/.test(draft))
    return shownNotice(summary, 'This form can no longer be used. Type "raise dissent" for a new one.');
  if (Object.keys(inputs).length === 0) return { card: showRaise(opening, draft), summary };
  const read = readRaise(inputs, opening);
  if ('fields' in read) return again(opening, draft, inputs, read.fields);
  const raising = await raiseDissent(on, opening, draft, named(read.dissent, opening, contact));
  if (isRefusal(raising)) return again(opening, draft, inputs, raising.fields ?? {}, raising.sentence);
  if ('diverted' in raising) return { card: showDiverted(raising.diverted), summary };
  const key = 'receipt' as const;
  return { ...shownCase(key, raising.seen, contact), standing: { reference: raising.seen.current.reference, key } };
}

/** The dissent with the name that Teams gives its dissenter, where the directory has none: the chair confirms who it is (C2). */
function named(dissent: Dissent, { directory }: Opening, { person, name }: Contact): Dissent {
  return personOf(directory, person) || name === '' ? dissent : { ...dissent, dissenterName: name };
}

/** Nothing has been sent: the same form with what was typed, and what is to be mended. */
function again(opening: Opening, draft: string, values: Record<string, string>, errors: Record<string, string>, notice?: string): Shown {
  const form = { verb: `raise:${opening.id}`, values, errors };
  return { card: showRaise(opening, draft, { form, ...(notice === undefined ? {} : { notice }) }), summary };
}
