import { chairHasLeft, type Roster, raiserHasLeft } from '../authority.ts';
import { type Case, forFamily } from '../case.ts';
import type { CommandOf } from '../commands.ts';
import type { Dissent } from '../events/dissentEvents.ts';
import type { CaseEvent } from '../events/events.ts';
import type { PersonId } from '../events/trail.ts';
import { dateOf, sayDate } from '../londonTime.ts';
import { afterRecord, forMeeting, recordStageOf, refers, stageOfKind } from '../procedure.ts';
import type { Procedure } from '../procedureShape.ts';
import { already, invalid, notNow, type Refusal, unanswered } from '../refusal.ts';
import type { CommandContext } from '../rule.ts';
import { closed, RAISED } from './bars.ts';
import type { CommandFamily, Consequences } from './commandFacts.ts';
import { enter } from './entering.ts';

/** Who chaired, and what the chair records (C5-C9, S9-S11). */
export const recording: CommandFamily<'DeclineChair' | 'NameChair' | 'Record' | 'AddPaper'> = {
  AddPaper: {
    rule: (current, _intention, { procedure }) => ({
      by: ['chair', 'administrator'],
      bar:
        closed(current, procedure) ??
        (current.record === null ? notNow('Papers are given with the record, and can be added afterwards.', 'CD4') : null),
    }),
    onlyFor: () => 'Only the chair or an administrator can add papers.',
    consequences: (_current, { title, link }) => ({ events: [{ type: 'PaperAdded', title, link }] }),
  },
  DeclineChair: {
    rule: (current, _intention, { procedure }) => ({ by: ['chair'], bar: closed(current, procedure) ?? recorded(current, procedure) }),
    onlyFor: ({ meeting }) => `Only the chair of this ${meeting} can say that.`,
    consequences: (_current, { reason }) => ({ events: [{ type: 'ChairDeclined', reason }] }),
  },
  NameChair: {
    rule: (current, _intention, { procedure, roster }) => {
      const left = chairHasLeft(current, procedure, roster);
      const named = current.chairStands && !left ? already('The chair has been named already.') : null;
      const others = left || raiserHasLeft(current, roster);
      return { by: others ? [...RAISED, 'administrator'] : RAISED, bar: closed(current, procedure) ?? named };
    },
    onlyFor: () => 'Only the person who raised this can name the chair.',
    consequences: (current, { chair }, { roster, procedure }) =>
      chairFault(chair, current.dissent, roster, procedure) ?? declinedFault(chair, current) ?? { events: [{ type: 'ChairNamed', chair }] },
  },
  Record: {
    rule: (current, _intention, { procedure }) => ({
      by: [recordStageOf(procedure)?.by ?? 'chair'],
      bar:
        closed(current, procedure) ??
        recorded(current, procedure) ??
        (stageOfKind(procedure, current.stage, 'record') ? null : notNow('There is nothing to record at this stage.', 'C9')) ??
        // Nothing goes on while it is not known who chaired.
        (current.chairStands ? null : notNow('First the chair has to be named.', 'C9')),
    }),
    onlyFor: ({ recorder }) => `Only ${recorder}.`,
    consequences: record,
  },
};

function recorded(current: Case, procedure: Procedure): Refusal | null {
  return current.record
    ? already(`Already ${refers(procedure, current.dissent) ? 'referred' : 'recorded'} ${sayDate(dateOf(current.record.at))}.`)
    : null;
}

/** The chair records, and the dissent ends there or goes on to whoever is next (C5-C9, S9-S11). */
function record(current: Case, command: CommandOf<'Record'>, context: CommandContext): Consequences {
  const { procedure } = context;
  const agency = current.dissent.agency ?? command.agency;
  if (agency === null && !forFamily(current.dissent)) return invalid('C2', { agency: 'Choose the agency that this person represents.' });
  const stage = stageOfKind(procedure, current.stage, 'record');
  if (!stage) throw new Error(`the rule let a record pass at the stage "${current.stage}"`);
  const missing = unanswered(forMeeting(stage.asks, current.dissent.conference.type), command.record.answers);
  if (missing) return missing;
  const recordedNow: CaseEvent = { type: 'ConferenceRecorded', record: command.record, agency };
  const { closes } = stage;
  if (closes && command.record.answers[closes.question] === closes.answer) {
    if (current.letter) return invalid('S12', { [closes.question]: sayHandedIn(current.letter) });
    return { events: [recordedNow, { type: 'DissentResolved' }, { type: 'CaseClosed' }] };
  }
  const confirmed = { ...current, dissent: { ...current.dissent, agency } };
  const onward = enter(afterRecord(procedure, current.dissent) ?? stage.next, confirmed, context);
  return 'refused' in onward ? onward : { events: [recordedNow, ...onward.events] };
}

/** Whoever has said that they were not the chair is not asked again. */
function declinedFault(chair: PersonId, { declined }: Case): Refusal | null {
  return declined.includes(chair) ? invalid('C9', { chair: 'This person says that they were not the chair. Choose somebody else.' }) : null;
}

/** Whoever has written that they dissent has the right to be answered: nobody else can say that it was resolved (S12). */
function sayHandedIn({ at }: { at: string }): string {
  const on = sayDate(dateOf(at));
  return `The dissent letter was handed in ${on}, so for its writer this is not resolved. Choose No, and say in your account what was agreed.`;
}

/** Why a person cannot be named as a conference's chair, or null (C9, C26). A chair may log a complaint about their own conference (P1). */
export function chairFault(
  chair: PersonId,
  dissent: Pick<Dissent, 'dissenter' | 'complainant'>,
  roster: Roster,
  { words: { meeting, raises } }: Procedure,
): Refusal | null {
  if (chair === dissent.dissenter && !forFamily(dissent))
    return invalid('C26', { chair: `The chair cannot be the person who ${raises}. Choose the chair of the ${meeting}.` });
  return roster.chairs.includes(chair) ? null : invalid('C9', { chair: `Choose a ${meeting} chair from the list.` });
}
