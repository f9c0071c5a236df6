import { agencyName, introduce, nameOf } from '../../directory/names.ts';
import { sayInstant } from '../../domain/londonTime.ts';
import { forMeeting, recordStageOf, tellsAgencies } from '../../domain/procedure.ts';
import { whatHolds } from '../../domain/whatHolds.ts';
import { capitalised, listOf } from '../../domain/words.ts';
import { aboutCase, dissentingAgency } from '../caseFacts.ts';
import type { CaseForViewer } from '../seeCase.ts';
import type { Block, Document } from './document.ts';
import {
  additionBlocks,
  answerBlocks,
  facts,
  heading,
  notice,
  onPaper,
  paragraph,
  recordTitle,
  referenceRow,
  subheading,
  subjectRows,
  written,
} from './parts.ts';

/**
 * The locked entry for the notes of the conference (C8, S10; Part E): who dissents, for which agency, why, and what the
 * chair recorded. It never changes: what comes later is added, with its time. Null until the chair has recorded it.
 */
export function dissentEntry(seen: CaseForViewer): Document | null {
  const { current, procedure } = seen;
  if (!current.record) return null;
  const additions = additionBlocks(seen);
  return onPaper(seen, `${capitalised(procedure.words.case)} entry`, [
    notice(whatHolds(current, procedure)),
    heading(`The ${procedure.words.case}`),
    facts([referenceRow(seen), ...subjectRows(seen), aboutCase(seen).children]),
    ...dissentBlocks(seen),
    ...recordBlocks(seen),
    heading('Additions'),
    ...(additions.length === 0 ? [paragraph('Nothing has been added.')] : additions),
  ]);
}

/** Who dissents and why, as they sent it, with what they affirmed (C7, S5). */
export function dissentBlocks(seen: CaseForViewer): Block[] {
  const { current, procedure, directory } = seen;
  const { dissenter, reasons, newInformation, affirmed, leadConsulted, categoryThen, contact } = current.dissent;
  const row = (title: string, value: string | undefined) => (value === undefined ? null : { title, value });
  const { affirmation, words } = procedure;
  const agency = dissentingAgency(seen);
  return [
    subheading(agency === null ? 'Who logged it' : 'Who dissents'),
    facts([
      { title: agency === null ? 'Logged by' : 'Name', value: introduce(directory, dissenter) },
      agency === null ? null : { title: 'For the agency', value: agency },
      { title: 'Raised', value: sayRaised(seen) },
      aboutCase(seen).attended,
      row('Agency lead consulted', leadConsulted),
      row('Category at the time', categoryThen),
      row('How to reach them', contact),
      affirmed && affirmation ? { title: 'Affirmed', value: affirmation } : null,
    ]),
    ...written(`Reasons for the ${words.case}`, reasons),
    ...(newInformation === null ? [] : written('New information', newInformation)),
  ];
}

/** What the chair recorded, by whom and when, locked since then (C5, C6, C8, S9-S11). */
export function recordBlocks(seen: CaseForViewer): Block[] {
  const { current, procedure, partnership, directory } = seen;
  const { record } = current;
  if (!record) return [];
  const { asks = {}, documents = {} } = recordStageOf(procedure) ?? {};
  const agencies = record.agencies.map((agency) => agencyName(partnership, agency));
  const rows = [
    { title: 'Recorded', value: `${sayInstant(record.at)}, by ${nameOf(directory, record.by)}. Locked since then.` },
    ...Object.entries(documents).map(([id, { title }]) => ({ title, value: record.documents[id] ?? 'Not attached' })),
    ...(tellsAgencies(procedure)
      ? [{ title: 'Agencies to be told', value: agencies.length === 0 ? 'None listed' : listOf(agencies) }]
      : []),
  ];
  const own = forMeeting(asks, current.dissent.conference.type);
  return [heading(recordTitle(seen)), ...answerBlocks(own, record.answers, seen, rows)];
}

/** When a dissent was raised, and what sets it apart: raised late, or about what the procedure does not list (P1, Q5, Q6, Q15). */
function sayRaised({ current, procedure }: CaseForViewer): string {
  const flags = current.flags.flatMap((flag) => {
    const [kind, id = ''] = flag.split(':');
    if (kind === 'raised-after') return [`After the day of the ${procedure.words.meeting}.`];
    if (kind === 'raised-years-after') return [`More than a year after it.`];
    const listed = { decision: procedure.decisions, ground: procedure.grounds, complainant: procedure.complainants }[kind ?? ''];
    const text = listed?.[id]?.flag;
    return text === undefined ? [] : [text];
  });
  return [`${sayInstant(current.raisedAt)}.`, ...flags].join(' ');
}
