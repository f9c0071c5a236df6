import type { Covers } from '../../app/cover.ts';
import type { CasesRaised } from '../../app/figures.ts';
import { type OversightDependencies, oversightOf } from '../../app/oversight.ts';
import type { CardKey, Conversations, PostedCards } from '../../app/ports.ts';
import type { CaseDependencies, Seen } from '../../app/seeCase.ts';
import type { JobList } from '../../app/stuck.ts';
import {
  type Card,
  fingerprint,
  type Showing,
  showCase,
  showCaseList,
  showNotice,
  showWelcome,
  summaryOf,
  withRefresh,
} from '../../cards/show.ts';
import type { Contact } from './contact.ts';

/** What the turns need of the program. */
export type TurnDependencies = CaseDependencies & {
  conversations: Conversations;
  posted: PostedCards;
  covers: Covers;
  /** Reads again who covers for whom, so that this turn goes by it. */
  presentCovers(): Promise<void>;
  casesRaised: CasesRaised;
  jobs: JobList;
  /** Leaves a job that brings everybody's cards about a case up to date. */
  enqueueTell(reference: string): Promise<void>;
};

/** A card for one person, with the neutral line that goes before it (X6). */
export type Shown = {
  card: Card;
  summary: string;
  /** The card of a case that this is, where it ought to be kept current from then on. */
  standing?: { reference: string; key: CardKey } | null;
};

/** A case's card as its viewer sees it now; it keeps itself current, save while there is something on it to read or to fill in. */
export function shownCase(key: CardKey, seen: Seen, { teamsId }: Contact, showing?: Showing): Shown {
  const { reference, revision } = seen.current;
  const card = showCase(key, seen, showing);
  return {
    card: showing ? card : withRefresh(card, { reference, revision, verb: `see:${key}` }, [teamsId]),
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

/** The help card, with what is there for this person beyond their own cases; null is somebody whom Teams does not name. */
export function shownWelcome(on: OversightDependencies, contact: Contact | null): Shown {
  const oversight = contact && oversightOf(on, contact.person);
  return { card: showWelcome(contact?.firstName ?? '', oversight), summary: 'Conference Dissent: what you can do here' };
}

/** A person's cases, each with a button to open it. */
export function shownList(cases: Seen[]): Shown {
  return { card: showCaseList(cases), summary: 'Your cases' };
}

/** Keeps where a case's card came to stand in a personal chat; `shows` is empty for one that Teams shows to its presser alone. */
export async function keepStanding(
  on: TurnDependencies,
  { standing, card }: Shown,
  contact: Contact,
  activityId: string | undefined,
  posted: boolean,
): Promise<void> {
  if (!standing || !activityId || !contact.personal) return;
  const { person, conversation } = contact;
  await on.posted.keep({ ...standing, person, conversation, activityId, shows: posted ? fingerprint(card) : '' });
}
