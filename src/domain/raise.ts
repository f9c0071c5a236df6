import type { Roster } from './authority.ts';
import type { CaseEvent, Dissent } from './case.ts';
import { chairFault } from './decide.ts';
import { dateOf, sayDate } from './londonTime.ts';
import { forMeeting, type Procedure } from './procedure.ts';
import type { Refusal } from './refusal.ts';

/** What raising a dissent comes to: a new case's first events, or the link that the concern belongs to instead (C4). */
export type Raised = { events: CaseEvent[] } | { divert: string };

/**
 * Opens a dissent under a procedure, or diverts it, or refuses it with what is wrong field by field (C1-C4, C7, S1, S5-S8).
 * Raised after the day of the conference it is accepted and says so (Q6); a decision or ground that the procedure lists
 * only with a flag is accepted with the flag, since refusing a safeguarding dissent would be the worse error (Q5, Q15).
 */
export function raise(dissent: Dissent, procedure: Procedure, roster: Roster, agencies: string[], now: Temporal.Instant): Raised | Refusal {
  const today = dateOf(now).toString();
  const { conference, decision, grounds } = dissent;
  const fields: Record<string, string> = {};
  if (!Object.hasOwn(procedure.meetings, conference.type)) fields.meeting = 'Choose the kind of meeting from the list.';
  const offered = forMeeting(procedure.grounds, conference.type);
  if (!Object.hasOwn(forMeeting(procedure.decisions, conference.type), decision)) fields.decision = 'Choose the decision from the list.';
  if (grounds.length === 0 || grounds.some((ground) => !Object.hasOwn(offered, ground)))
    fields.grounds = 'Choose one ground or more from the list.';
  const levelled =
    dissent.level === undefined ? Object.keys(procedure.levels).length === 0 : Object.hasOwn(procedure.levels, dissent.level);
  if (!levelled) fields.level = 'Choose what is to be done with your dissent.';
  if (conference.date > today) fields.date = `${sayDate(conference.date)} has not come yet. Give the date on which it was held.`;
  if (dissent.agency !== null && !agencies.includes(dissent.agency)) fields.agency = 'Choose your agency from the list.';
  if (dissent.children.length === 0) fields.children = 'Give the reference of one child or more.';
  if (dissent.reasons.trim() === '') fields.reasons = 'Say why you dissent.';
  if (procedure.affirmation && !dissent.affirmed) fields.affirmed = 'You can only dissent here if you can say this.';
  const chair = chairFault(conference.chair, dissent.dissenter, roster, procedure);
  Object.assign(fields, chair?.fields);
  if (Object.keys(fields).length > 0) {
    return { refused: 'invalid', rule: 'C3', sentence: 'Nothing has been sent yet. Please mend what is marked.', fields };
  }
  const diverts = grounds.map((ground) => procedure.grounds[ground]?.divert);
  const [divert] = diverts;
  if (divert !== undefined && diverts.every((each) => each !== undefined)) return { divert };
  const flags = [
    ...(conference.date < today ? ['raised-after'] : []),
    ...(dissent.agency === null ? ['agency-unconfirmed'] : []),
    ...(procedure.decisions[decision]?.flag ? [`decision:${decision}`] : []),
    ...grounds.filter((ground) => procedure.grounds[ground]?.flag).map((ground) => `ground:${ground}`),
  ];
  return {
    events: [
      { type: 'DissentRaised', dissent, flags },
      { type: 'StageEntered', stage: procedure.start },
    ],
  };
}
