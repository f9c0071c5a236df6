import type { Register, RegisterRow } from '../app/register.ts';
import { sayDate } from '../domain/londonTime.ts';
import { workingDays } from '../domain/words.ts';
import { buttonsFor, plainFrame } from './frame.ts';
import type { TemplateAndData } from './template.ts';

/**
 * A page of open cases, the soonest due first: references, whom each waits for and how long there is, and nothing of what it is about
 * (X6).
 */
export function registerCard({ rows, page, more }: Register): TemplateAndData {
  const button = buttonsFor('', 0);
  const buttons = [
    ...(page > 0 ? [button({ verb: `register:${page - 1}`, title: 'Earlier page' })] : []),
    ...(more ? [button({ verb: `register:${page + 1}`, title: 'More cases' })] : []),
    ...(rows.length > 0 ? [button({ verb: 'take-away:register.xlsx', title: 'Send me all as a spreadsheet' })] : []),
  ];
  const none = page === 0 ? 'There are no open cases.' : 'There are no more open cases.';
  return {
    view: 'register',
    data: {
      ...plainFrame(page === 0 ? 'Register of open cases' : `Register of open cases, page ${page + 1}`, { buttons }),
      none: rows.length === 0 ? [none] : [],
      rows: rows.map((row) => ({
        title: `${row.reference}: ${sayLeft(row)}`,
        waits: `${row.stage}. Waits for ${row.waitsFor}.`,
        open: [buttonsFor(row.reference, row.revision)({ verb: `open:register.${page}`, title: `Open ${row.reference}` }, 'none')],
      })),
    },
  };
}

/** How long there is, in words. */
function sayLeft({ dueOn, left }: RegisterRow): string {
  if (dueOn === null || left === null) return 'no date';
  if (left < 0) return `${workingDays(-left)} over (${sayDate(dueOn)})`;
  return left === 0 ? `due today (${sayDate(dueOn)})` : `${workingDays(left)} left (${sayDate(dueOn)})`;
}
