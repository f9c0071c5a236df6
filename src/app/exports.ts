import { sayDate } from '../domain/londonTime.ts';
import { quarterCode, sayQuarter } from '../domain/quarter.ts';
import type { Published } from '../domain/suppression.ts';
import { chronology } from './documents/chronology.ts';
import type { QuarterFigures } from './figures.ts';
import type { RegisterRow } from './register.ts';
import type { CaseForViewer } from './seeCase.ts';

/** A table that somebody takes away as a file: what file and table are called, and its rows under a heading. */
export type Sheet = { fileName: string; title: string; header: string[]; rows: (string | number)[][] };

/** The kinds of file that there are. */
export type SheetFormat = 'xlsx' | 'csv';

/** Draws a table as a file. What begins like a formula is made harmless (OP7). */
export type DrawSheet = (sheet: Sheet, format: SheetFormat) => Promise<Uint8Array>;

/** The register as a table: references, whom each waits for and until when, and nothing of what it is about (X6). */
export function registerSheet(rows: RegisterRow[], today: Temporal.PlainDate): Sheet {
  return {
    fileName: `register-${today.toString()}`,
    title: `Register of open cases, ${sayDate(today.toString())}`,
    header: ['Case', 'Stage', 'Waits for', 'Due', 'Working days left', 'Working days over'],
    rows: rows.map(({ reference, stage, waitsFor, dueOn, left }) => [
      reference,
      stage,
      waitsFor,
      dueOn ?? '',
      left === null || left < 0 ? '' : left,
      left !== null && left < 0 ? -left : '',
    ]),
  };
}

/** A quarter's figures as a table, with small counts told as they are on the card (Part E). */
export function figuresSheet({ name, agencies, quarter, figures, upTo }: QuarterFigures): Sheet {
  const { raised, decided, ended, undecided, overdue, overdueShare, medianDays, byAgency, byOutcome } = figures;
  const row = (about: string, of: string, count: Published, share: number | null = null) => [about, of, sayCount(count), share ?? ''];
  return {
    fileName: `figures-${quarterCode(quarter)}`.toLowerCase(),
    title: `${name}, ${sayQuarter(quarter)}, counted up to ${sayDate(upTo.toString())}`,
    header: ['Figure', 'Of', 'Number', 'Per cent'],
    rows: [
      row('Raised', 'all', raised),
      row('Decided', 'all', decided),
      row('Ended without a decision', 'all', ended),
      row('Not decided yet', 'all', undecided),
      row('Past the time limit', 'all', overdue, overdueShare),
      ...(medianDays === null ? [] : [['Working days from conference to decision, median', 'decided', medianDays, '']]),
      ...byAgency.map(({ agency, count }) =>
        row('Raised, by agency', agency === null ? 'Agency not confirmed yet' : (agencies[agency] ?? agency), count),
      ),
      ...byOutcome.map(({ title, count, share }) => row('Decided, by outcome', title, count, share)),
    ],
  };
}

function sayCount(count: Published): string | number {
  if (count === 'few') return 'fewer than 5';
  return count === 'withheld' ? 'not shown' : count;
}

/** What happened in a case as a table, for whoever may have the whole of it: as in its document, without the texts in full. */
export function chronologySheet(seen: CaseForViewer): Sheet {
  const { title, blocks } = chronology(seen, seen.trail.events);
  const happened = blocks.find((block) => block.kind === 'table');
  if (!happened) throw new Error('a chronology has no table of what happened');
  return {
    fileName: `${seen.current.reference}-chronology`,
    title,
    header: happened.header,
    rows: happened.rows.map(([number, ...rest]) => [Number(number), ...rest]),
  };
}
