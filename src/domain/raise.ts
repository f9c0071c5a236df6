import { startBefore } from './anchors.ts';
import type { Roster } from './authority.ts';
import { forFamily } from './case.ts';
import { chairFault } from './commands/recording.ts';
import type { Dissent } from './events/dissentEvents.ts';
import type { CaseEvent } from './events/events.ts';
import { dateOf, sayDate } from './londonTime.ts';
import { forMeeting, mayRaise } from './procedure.ts';
import type { Procedure } from './procedureShape.ts';
import { type Refusal, unanswered } from './refusal.ts';
import { dueOf } from './timeLimits.ts';
import { workingDays } from './words.ts';
import type { Calendar } from './workingDays.ts';

/** What raising a dissent comes to: a new case's first events, or the link that the concern belongs to instead (C4). */
export type Raised = { events: CaseEvent[] } | { divert: string };

/**
 * Opens a dissent under a procedure, or diverts it, or refuses it with what is wrong field by field (C1-C4, C7, S1, S5-S8); or, under
 * a procedure that staff log for families, a complaint (P1-P5). Raised after the day of the conference it is accepted and says so, however long after (Q6, CD15);
 * what the procedure lists only with a flag is accepted with the flag, since refusing it would be the worse error (Q5, Q15, Q22). What
 * is about nothing but an agency's own work goes to that agency's own process at once, and no decision can come of it (P9, P11).
 */
export function raise(
  written: Dissent,
  procedure: Procedure,
  roster: Roster,
  agencies: string[],
  now: Temporal.Instant,
  calendar: Calendar,
): Raised | Refusal {
  const lateBy = latenessOf(written, procedure, calendar, now);
  const { late, ...rest } = written;
  const dissent: Dissent = lateBy > 0 && late ? { ...rest, late: { ...late, by: lateBy } } : rest;
  const { conference, decision, grounds } = dissent;
  if (!mayRaise(procedure, dissent.dissenter, roster)) {
    return { refused: 'not-allowed', rule: 'P1', sentence: `Only an administrator or a chair can log a ${procedure.words.case}.` };
  }
  const fields = faultsOf(dissent, procedure, roster, agencies, dateOf(now).toString());
  if (lateBy > 0 && !dissent.late)
    fields.lateReason = `This is ${workingDays(lateBy)} after the time limit. It will still go. Say why it is late.`;
  if (Object.keys(fields).length > 0) {
    return { refused: 'invalid', rule: 'C3', sentence: 'Nothing has been sent yet. Please check what is marked.', fields };
  }
  const all = <T>(of: (ground: NonNullable<Procedure['grounds'][string]>) => T | undefined): T[] | null => {
    const each = grounds.flatMap((id) => procedure.grounds[id] ?? []).map(of);
    return each.every((one) => one !== undefined) ? (each as T[]) : null;
  };
  const [divert] = all((ground) => ground.divert) ?? [];
  if (divert !== undefined) return { divert };
  const [routed] = all((ground) => ground.routes?.to) ?? [];
  const flags = [
    ...(conference.date < dateOf(now).toString() && !forFamily(dissent) ? ['raised-after'] : []),
    ...(dissent.late ? ['raised-late'] : []),
    ...(yearsAfter(conference.date, dateOf(now)) > 0 ? ['raised-years-after'] : []),
    ...(dissent.agency === null && !forFamily(dissent) ? ['agency-unconfirmed'] : []),
    ...(routed === undefined ? [] : ['agency_complaint']),
    ...(procedure.complainants[dissent.complainant ?? '']?.flag ? [`complainant:${dissent.complainant}`] : []),
    ...(procedure.decisions[decision]?.flag ? [`decision:${decision}`] : []),
    ...grounds.filter((ground) => procedure.grounds[ground]?.flag).map((ground) => `ground:${ground}`),
  ];
  return {
    events: [
      { type: 'DissentRaised', dissent, flags },
      { type: 'StageEntered', stage: routed ?? procedure.start },
    ],
  };
}

/** How many whole years after the day of a conference it is on a date. */
export function yearsAfter(conference: string, date: Temporal.PlainDate): number {
  return Temporal.PlainDate.from(conference).until(date, { largestUnit: 'years' }).years;
}

/** How many working days after the limit for raising a dissent is raised; 0 in time, and where there is none (Q6). */
function latenessOf(dissent: Dissent, { raising }: Procedure, calendar: Calendar, now: Temporal.Instant): number {
  if (!raising) return 0;
  const due = dueOf(raising.limit, (from) => startBefore(dissent, from), 'raise', 'time limit', calendar, now);
  return due?.overdueBy ?? 0;
}

/** What is wrong with each field of the form, by the field's name. */
function faultsOf(dissent: Dissent, procedure: Procedure, roster: Roster, agencies: string[], today: string): Record<string, string> {
  const { conference, decision, grounds } = dissent;
  const fields: Record<string, string> = {};
  const listed = (options: object, value: string | undefined) =>
    value === undefined || value === '' ? Object.keys(options).length === 0 : Object.hasOwn(options, value);
  if (!Object.hasOwn(procedure.meetings, conference.type)) fields.meeting = 'Choose the kind of meeting from the list.';
  const offered = forMeeting(procedure.grounds, conference.type);
  if (!listed(forMeeting(procedure.decisions, conference.type), decision)) fields.decision = 'Choose the decision from the list.';
  if (grounds.length === 0 || grounds.some((ground) => !Object.hasOwn(offered, ground)))
    fields.grounds = 'Choose one ground or more from the list.';
  if (!listed(procedure.levels, dissent.level)) fields.level = `Choose what is to be done with your ${procedure.words.case}.`;
  if (!listed(procedure.complainants, dissent.complainant)) fields.complainant = 'Choose who complains.';
  if (conference.date > today) fields.date = `${sayDate(conference.date)} has not come yet. Give the date on which it was held.`;
  if (dissent.madeOn !== undefined && dissent.madeOn > today)
    fields.madeOn = `${sayDate(dissent.madeOn)} has not come yet. Give the day on which it was made.`;
  if (dissent.agency !== null && !agencies.includes(dissent.agency)) fields.agency = 'Choose your agency from the list.';
  const routes = procedure.otherAgency !== undefined || grounds.some((ground) => procedure.grounds[ground]?.routes);
  if (procedure.otherAgency && dissent.agency !== null && dissent.agencyConcerned === dissent.agency)
    fields.agencyConcerned = 'Choose the other agency, not your own.';
  if (routes && !agencies.includes(dissent.agencyConcerned ?? '')) fields.agencyConcerned = 'Choose the agency that it is about.';
  if (dissent.children.length === 0) fields.children = 'Give the reference of one child or more.';
  if (dissent.reasons.trim() === '') fields.reasons = forFamily(dissent) ? 'Write what they say.' : procedure.words.why;
  if (procedure.affirmation && !dissent.affirmed) fields.affirmed = 'You can only dissent here if you can say this.';
  const asks = unanswered(procedure.asks, dissent.answers ?? {})?.fields;
  const chair = procedure.chaired ? chairFault(conference.chair, dissent, roster, procedure)?.fields : {};
  return Object.assign(fields, asks, chair);
}
