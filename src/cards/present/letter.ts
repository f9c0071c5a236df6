import type { CaseForViewer } from '../../app/seeCase.ts';
import { nameOf } from '../../directory/names.ts';
import { latenessOpen } from '../../domain/commands/bars.ts';
import { sayInstant } from '../../domain/londonTime.ts';
import { stageOf, writtenLetter } from '../../domain/procedure.ts';
import { capitalised, workingDays } from '../../domain/words.ts';
import { letterDue } from '../dates.ts';
import { type Alert, decidesTheCase, type Section, section, type Typed } from './body.ts';

/** When a letter that was written before the chair has recorded goes on (S12). */
export const ONCE_RECORDED = 'once the chair has recorded';

/** By how many working days the letter that is to be written now is late; 0 where none is, or none is to be written (S13). */
export function letterLateBy(seen: CaseForViewer): number {
  const limit = letterDue(seen);
  return limit?.kind === 'time limit' ? limit.overdueBy : 0;
}

/** Whether the viewer may read the letter: its writer, the lead of their agency, and those who decide (S12, Q17). */
function readsTheLetter(seen: CaseForViewer): boolean {
  return decidesTheCase(seen) || seen.standings.some((standing) => standing === 'dissenter' || standing === 'agency-lead');
}

/** The letter, with how late it came and why (S12, S13); nothing before it is sent. */
export function letterSection(seen: CaseForViewer): Section[] {
  const { current, procedure } = seen;
  const { letter, status, stage } = current;
  if (!letter || !readsTheLetter(seen)) return [];
  const { text, link, lateReason, lateBy, at, by } = letter;
  const name = writtenLetter(seen.procedure) ?? 'letter';
  const waits = status === 'open' && stageOf(procedure, stage).kind === 'record';
  const typed: (Typed | null)[] = [
    text === null ? null : { id: 'letter', label: '', text },
    lateReason === null ? null : { id: 'letter.late', label: 'Why it is late', text: lateReason },
  ];
  return [
    section(capitalised(name), {
      meta: `Handed in ${sayInstant(at)}, by ${nameOf(seen.directory, by)}. ${lateBy > 0 ? `LATE: ${workingDays(lateBy)} late.` : 'In time.'}${waits ? ` It goes on ${ONCE_RECORDED}.` : ''}`,
      typed: typed.filter((each) => each !== null),
      links: link === null ? [] : [{ title: `Open the ${name}`, url: link }],
    }),
  ];
}

/** To the chair, who does not read the letter, that it is there and that the record is waited for (S12). */
export function letterAlerts(seen: CaseForViewer): Alert[] {
  const { letter, stage } = seen.current;
  if (!letter || stageOf(seen.procedure, stage).kind !== 'record') return [];
  return [
    { text: `The ${writtenLetter(seen.procedure)} was handed in ${sayInstant(letter.at)}. It goes on ${ONCE_RECORDED}.`, style: 'warning' },
  ];
}

/** Whether a late letter was accepted, and to those who read the letter, why (Q17). */
export function latenessSection(seen: CaseForViewer): Section[] {
  const { lateness } = seen.current;
  if (!lateness) return [];
  const { accepted, reasons, at, by } = lateness;
  return [
    section(`Late ${writtenLetter(seen.procedure) ?? 'letter'}`, {
      lead: accepted ? 'Accepted' : 'Not accepted',
      meta: `${sayInstant(at)}, by ${nameOf(seen.directory, by)}`,
      typed: readsTheLetter(seen) ? [{ id: 'lateness', label: 'Reasons', text: reasons }] : [],
    }),
  ];
}

/** Said to a decider about a letter that came late: the banner, and what to do first (Q17). */
export function lateLetterAlerts(seen: CaseForViewer): Alert[] {
  const { current, procedure } = seen;
  const lateBy = current.letter?.lateBy ?? 0;
  if (lateBy === 0) return [];
  const came = `LATE: the ${writtenLetter(seen.procedure) ?? 'letter'} came ${workingDays(lateBy)} late.`;
  if (latenessOpen(current, procedure)) return [{ text: `${came} First say whether you accept it.`, style: 'attention' }];
  if (!current.lateness) return [{ text: came, style: 'warning' }];
  return [{ text: `${came} It was ${current.lateness.accepted ? 'accepted' : 'not accepted'}.`, style: 'warning' }];
}

/** Said to the writer, and to the lead of their agency, once the last day for writing has passed: it can still be sent (S13). */
export function lateWritingAlerts(seen: CaseForViewer): Alert[] {
  const { current, person } = seen;
  const lateBy = letterLateBy(seen);
  if (lateBy === 0) return [];
  const who = current.dissent.dissenter === person ? 'You can still send it.' : 'It can still be sent.';
  return [{ text: `The ${writtenLetter(seen.procedure)} is ${workingDays(lateBy)} late. ${who}`, style: 'warning' }];
}
