import { createHash } from 'node:crypto';
import type { QuarterFigures } from '../app/figures.ts';
import type { CardKey } from '../app/ports.ts';
import type { RaisableProcedure } from '../app/raiseDissent.ts';
import type { Register } from '../app/register.ts';
import type { CaseForViewer } from '../app/seeCase.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import type { CardData } from './actions.ts';
import type { CardState } from './cardState.ts';
import { caseCard } from './caseCard.ts';
import { coverCard } from './coverCard.ts';
import { figuresCard } from './figuresCard.ts';
import { LARGEST_CARD, sizeOf, TEXT_BUDGETS, type TextBudget } from './fit.ts';
import { caseList, diverted, neutral, notice, openingsList, welcome } from './plainCards.ts';
import { isRepresentative, representativeCard } from './present/escalation.ts';
import { endedFor, keyFor, waitsForViewer } from './present/present.ts';
import { raiseCard } from './raiseCard.ts';
import { registerCard } from './registerCard.ts';
import { stuckCard, stuckNotice } from './stuckCard.ts';
import { type Card, render, type TemplateAndData } from './template.ts';

export type { Card } from './template.ts';

/**
 * The card of a case for one viewer, as the case stands now: the card of that key if it is theirs to see, or else their own.
 * Whoever has no part in it sees the reference alone (X9), save that an agency's representative is told that somebody may turn to them.
 * It always fits Teams: long texts are shown in part with a button to read them in full, the more so the more there are.
 */
export function showCase(key: CardKey, seen: CaseForViewer, showing: CardState = {}): Card {
  if (forRepresentative(key) && isRepresentative(seen)) return render(representativeCard(seen));
  if (seen.standings.length === 0) return render(neutral(seen.current.reference, false, endedFor(seen)));
  const [, readFrom] = showing.reading?.split('@') ?? [];
  const theirs = keyFor((readFrom ?? key) as CardKey, seen);
  return fitted((budget) => caseCard(theirs, seen, showing, budget));
}

/** The dissent form under one procedure. `draft` is the form's own random id. */
export function showRaise(opening: RaisableProcedure, draft: string, showing: CardState = {}): Card {
  return fitted((budget) => raiseCard(opening, draft, showing, budget.kept));
}

/** A card with as much of each text as fits. */
function fitted(draw: (budget: TextBudget) => TemplateAndData): Card {
  let card: Card = {};
  for (const budget of TEXT_BUDGETS) {
    card = render(draw(budget));
    if (sizeOf(card) <= LARGEST_CARD) break;
  }
  return card;
}

/** The first card that a person sees. */
export const showWelcome = (...of: Parameters<typeof welcome>): Card => render(welcome(...of));

/** The deputies that a person has named, and the form to name another (Q27). `draft` is the form's own random id. */
export const showCover = (...[asked, covers, draft, showing]: Parameters<typeof coverCard>): Card =>
  render(coverCard(asked, covers, draft, showing));

/** A page of the register of open cases. */
export const showRegister = (page: Register): Card => render(registerCard(page));

/** A quarter's figures; with charts in Teams. */
export const showFigures = (figures: QuarterFigures, inTeams: boolean): Card => render(figuresCard(figures, inTeams));

/** What is stuck, for an administrator. */
export const showStuck = (found: Parameters<typeof stuckCard>[0], said?: string): Card => render(stuckCard(found, said));

/** Tells an administrator that something is stuck, and nothing of what. */
export const showStuckNotice = (): Card => render(stuckNotice());

/** The text of that card's notification. */
export const stuckSummary = 'Something is stuck';

/** What a person may choose between when raising a dissent. */
export const showOpenings = (openings: RaisableProcedure[], draft: string): Card => render(openingsList(openings, draft));

/** A person's cases, each with a button to open it. */
export const showCaseList = (cases: CaseForViewer[]): Card => render(caseList(cases));

/** A plain message with a title; the text may hold what somebody typed. */
export const showNotice = (title: string, text: string): Card => render(notice(title, text));

/** The answer to a concern that is no ground for dissent (C4). */
export const showDiverted = (link: { title: string; url: string }, procedure: Procedure): Card => render(diverted(link, procedure));

/** What everybody may see of a case; in a group chat each person in `refreshFor` has it replaced by their own view. */
export function showNeutral(reference: string, refreshFor: string[] = []): Card {
  const card = render(neutral(reference, refreshFor.length > 0));
  return refreshFor.length === 0 ? card : withRefresh(card, { reference, revision: 0, verb: 'see:status' }, refreshFor);
}

/** What an earlier card of a case becomes once there is a newer one: one line, and nothing to press (CD9). */
export function showEarlier(reference: string): Card {
  const text = `${reference}: its newest card is further down.`;
  const line = { type: 'TextBlock', text, size: 'Small', isSubtle: true, wrap: true };
  return { type: 'AdaptiveCard', version: '1.5', lang: 'en', speak: text, fallbackText: text, body: [line] };
}

/** The card with a refresh for the viewers listed, at most 60 as Teams has it, so that each sees their own view of it, kept current. */
export function withRefresh(card: Card, { reference, revision, verb }: CardData, userIds: string[]): Card {
  const action = { type: 'Action.Execute', title: 'Refresh', verb, data: { reference, revision, verb } };
  return { ...card, refresh: { action, userIds: userIds.slice(0, 60) } };
}

/** The text of a card's notification: the reference and whether something waits, and nothing about the case (X6). */
export function summaryOf(seen: CaseForViewer, key: CardKey): string {
  const { reference } = seen.current;
  if (seen.standings.length === 0 || forRepresentative(key)) return reference;
  return waitsForViewer(key, seen) ? `${reference}: something waits for you` : `${reference}: there is news`;
}

const forRepresentative = (key: CardKey) => key === 'escalation' || key.startsWith('escalation:');

/** A hash of what a card shows: two cards that show the same have the same. */
export function fingerprint(card: Card): string {
  return createHash('sha256').update(JSON.stringify(card)).digest('base64url');
}
