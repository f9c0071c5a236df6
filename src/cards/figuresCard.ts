import type { QuarterFigures } from '../app/figures.ts';
import { sayDate } from '../domain/londonTime.ts';
import { type Quarter, quarterAfter, quarterCode, sayQuarter } from '../domain/quarter.ts';
import type { Published } from '../domain/suppression.ts';
import { listOf, workingDays } from '../domain/words.ts';
import { buttonsFor, plainFrame } from './frame.ts';
import type { TemplateAndData } from './template.ts';

/** A row of a chart: what it counts, and how much may be told of it. */
type Counted = { title: string; count: Published; share?: number | null };

/**
 * A quarter's figures: what is known in words, and by agency and outcome as charts where the client has them (`inTeams`), with the same
 * numbers as a table for every client that has not. Small counts are told as "fewer than 5" (Part E).
 */
export function figuresCard(of: QuarterFigures, inTeams: boolean): TemplateAndData {
  const { partnershipId, quarter, next, others, figures, agencies, name, over, upTo } = of;
  const button = buttonsFor('', 0);
  const to = (there: Quarter, title: string) => button({ verb: `figures:${quarterCode(there)}.${partnershipId}`, title });
  const agencyName = (id: string | null) => (id === null ? 'Agency not confirmed yet' : (agencies[id] ?? id));
  const tables = [
    tableOf(
      'Dissents by agency',
      'Agency',
      figures.byAgency.map(({ agency, count }) => ({ title: agencyName(agency), count })),
    ),
    tableOf('Decisions by outcome', 'Outcome', figures.byOutcome),
  ].filter(({ rows }) => rows.length > 1);
  return {
    view: 'figures',
    data: {
      ...plainFrame(`Figures: ${sayQuarter(quarter)}`, {
        buttons: [
          to(quarterAfter(quarter, -1), 'Quarter before'),
          ...(next === null ? [] : [to(next, 'Quarter after')]),
          button({ verb: `take-away:figures.xlsx.${quarterCode(quarter)}.${partnershipId}`, title: 'Send me this as a spreadsheet' }),
          ...others.slice(0, 3).map((other) => button({ verb: `figures:${quarterCode(quarter)}.${other.id}`, title: other.name })),
        ],
        footer: [
          'Counted by the day a dissent was raised. Counts from 1 to 4 are shown as "fewer than 5", and others are left out where they would give one away.',
        ],
      }),
      name,
      holds: [`Counted each Monday, up to the end of ${sayDate(upTo)}.${over ? '' : ' This quarter is not over yet.'}`],
      facts: factsOf(of),
      charts: inTeams ? tables.filter(({ points }) => points.length > 0) : [],
      tables: tables.filter(({ points }) => !inTeams || points.length === 0),
    },
  };
}

function factsOf({ figures }: QuarterFigures): { title: string; value: string }[] {
  const { raised, decided, ended, undecided, overdue, overdueShare, medianDays } = figures;
  const fact = (title: string, value: string) => ({ title, value });
  if (raised === 'few') return [fact('Raised', 'Fewer than 5, so nothing more is shown')];
  return [
    fact('Raised', say(raised)),
    fact('Decided', say(decided)),
    fact('Ended without a decision', say(ended)),
    fact('Not decided yet', say(undecided)),
    fact('Past the time limit', withShare(overdue, overdueShare)),
    ...(medianDays === null ? [] : [fact('From conference to decision', `${workingDays(medianDays)} (half took less, half took more)`)]),
  ];
}

/** Counts as a chart draws them, as far as they are told, and all of them as a table says them. */
function tableOf(title: string, of: string, counted: Counted[]) {
  const points = counted.flatMap(({ title: x, count }) => (typeof count === 'number' ? [{ x, y: count }] : []));
  const rows = [
    { cells: [of, 'Number'] },
    ...counted.map(({ title: first, count, share = null }) => ({ cells: [first, withShare(count, share)] })),
  ];
  const left = counted.flatMap(({ title: name, count }) => (typeof count === 'number' ? [] : [`${name} (${say(count)})`]));
  return { title, points, left: left.length === 0 ? [] : [`Not drawn: ${listOf(left)}.`], rows };
}

function say(count: Published): string {
  if (count === 'few') return 'fewer than 5';
  return count === 'withheld' ? 'not shown' : String(count);
}

const withShare = (count: Published, share: number | null) => (share === null ? say(count) : `${say(count)} (${share}%)`);
