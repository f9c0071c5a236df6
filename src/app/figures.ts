import type { PersonId } from '../domain/events/trail.ts';
import { type CaseFacts, type Figures, factsOf, figuresOf } from '../domain/figures.ts';
import { dateOf } from '../domain/londonTime.ts';
import { type Quarter, quarterAfter, quarterCode, quarterOf, spanOf, weekBegan } from '../domain/quarter.ts';
import { oversightOf } from './oversight.ts';
import type { CaseDependencies } from './seeCase.ts';
import { seeEach } from './seeEach.ts';

/**
 * A partnership's cases, open and closed, that were raised from one instant until before another, and what each adds to the figures, which
 * stands after the rest of it was erased; null where that was not kept yet when the case was last written.
 */
export type CasesRaised = (
  partnershipId: string,
  from: Temporal.Instant,
  to: Temporal.Instant,
) => Promise<{ reference: string; figures: CaseFacts | null }[]>;

/** A quarter's figures for one partnership. */
export type QuarterFigures = {
  partnershipId: string;
  /** The partnership's name, and those of its agencies by id. */
  name: string;
  agencies: Record<string, string>;
  quarter: Quarter;
  /** Whether the quarter is over, so that only decisions to come can still change it. */
  over: boolean;
  /** The last day that is counted, in London. */
  upTo: Temporal.PlainDate;
  /** The quarter after it, unless that lies ahead. */
  next: Quarter | null;
  /** The other partnerships whose figures the person may see. */
  others: { id: string; name: string }[];
  figures: Figures;
};

/**
 * The figures of the dissents, and not the complaints of families, raised in a quarter, this one unless another is asked for, as somebody
 * who oversees a partnership or reads its statistics may see them (Part E). They are counted once a week, as the last week left them: from day to
 * day they would show one case. Null for anybody else, and for a partnership that is not theirs.
 */
export async function figuresFor(
  deps: CaseDependencies & { casesRaised: CasesRaised },
  person: PersonId,
  asked: { quarter?: Quarter | undefined; partnershipId?: string | undefined } = {},
): Promise<QuarterFigures | null> {
  const theirs = oversightOf(deps, person).figures;
  const partnershipId = asked.partnershipId ?? theirs[0];
  const { partnerships } = deps.directory();
  const partnership = partnerships[partnershipId ?? ''];
  if (partnershipId === undefined || !partnership || !theirs.includes(partnershipId)) return null;
  const now = deps.clock.now();
  const present = quarterOf(dateOf(now));
  const quarter = asked.quarter ?? present;
  const { from, to } = spanOf(quarter);
  const asAt = weekBegan(dateOf(now));
  const [until = to] = [to, asAt].toSorted(Temporal.Instant.compare);
  const cases = await deps.casesRaised(partnershipId, from, until);
  const unkept = cases.filter(({ figures }) => figures === null).map(({ reference }) => reference);
  const facts = [
    ...cases.flatMap(({ figures }) => figures ?? []),
    ...(await seeEach(deps, unkept, person)).map(({ current, procedure, calendar }) => factsOf(current, procedure, calendar)),
  ];
  return {
    partnershipId,
    name: partnership.name,
    agencies: Object.fromEntries(Object.entries(partnership.agencies).map(([id, { name }]) => [id, name])),
    quarter,
    over: Temporal.Instant.compare(to, now) <= 0,
    upTo: dateOf(asAt).subtract({ days: 1 }),
    next: quarterCode(quarter) < quarterCode(present) ? quarterAfter(quarter, 1) : null,
    others: theirs.filter((id) => id !== partnershipId).map((id) => ({ id, name: partnerships[id]?.name ?? id })),
    figures: figuresOf(facts, asAt),
  };
}
