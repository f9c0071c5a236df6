import { type OversightDependencies, oversightOf } from '../app/oversight.ts';
import type { CardKey } from '../app/ports.ts';
import { openingsFor } from '../app/raiseDissent.ts';
import type { CaseDependencies, CaseForViewer } from '../app/seeCase.ts';
import type { CardState } from '../cards/cardState.ts';
import { type Card, showCase, showCaseList, showNotice, showWelcome, summaryOf, withRefresh } from '../cards/show.ts';
import type { Contact } from './contact.ts';
import { liveKey } from './liveCard.ts';

/** A card for one person, with the neutral line that goes before it (X6). */
export type Shown = {
  card: Card;
  summary: string;
  /** The case whose live card this is from now on (CD9), where it is one. */
  caseCard?: string | null;
  /** The stage at which its viewer is about to fill it in. */
  form?: string;
};

/** What is shown for what was said: a sentence, or a card. `replaces` is the message whose card it ought to take the place of, where that can be. */
export type Reply = { text: string } | (Shown & { replaces?: string });

/**
 * A case's card as its viewer sees it now; it keeps itself current, save while there is something on it to read or to fill in: Teams asks
 * anew for a card with a refresh when it comes into view again, and would put the answer in the form's place. The message underneath
 * keeps its own, which Teams goes by only where it shows that message, and so where the form is gone; to ask for it there ends no form
 * that is open on the person's other screen.
 */
export function shownCase(key: CardKey, seen: CaseForViewer, { teamsId }: Contact, showing?: CardState): Shown {
  const { reference, revision } = seen.current;
  const card = showCase(key, seen, showing);
  return {
    card: showing ? card : withRefresh(card, { reference, revision, verb: key === liveKey(seen) ? 'see:status' : `see:${key}` }, [teamsId]),
    ...(showing?.form ? { form: seen.current.stage } : {}),
    // Worked out only where the card is posted: a press is answered without it.
    get summary() {
      return summaryOf(seen, key);
    },
  };
}

/** One sentence under a title, about no case in particular. */
export function shownNotice(title: string, text: string): Shown {
  return { card: showNotice(title, text), summary: title };
}

/**
 * The help card, with what is there for this person beyond their own cases; null is somebody whom Teams does not name. `unclear` is for
 * words that could not be read.
 */
export function shownWelcome(deps: OversightDependencies & CaseDependencies, contact: Contact | null, unclear = false): Shown {
  const oversight = contact && oversightOf(deps, contact.person);
  const openings = contact ? openingsFor(deps, contact.person).filter(({ procedure }) => procedure.raisedBy === 'professionals') : [];
  const procedures = [...new Map(openings.map(({ procedure }) => [procedure.id, procedure])).values()];
  return {
    card: showWelcome(contact?.firstName ?? '', oversight, unclear, procedures),
    summary: 'Conference Dissent: what you can do here',
  };
}

/** A person's cases, each with a button to open it. */
export function shownList(cases: CaseForViewer[]): Shown {
  return { card: showCaseList(cases), summary: 'Your cases' };
}
