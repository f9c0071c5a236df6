import type { Case } from '../case.ts';
import type { CommandOf } from '../commands.ts';
import type { CaseEvent } from '../events/events.ts';
import { dateOf, sayDate } from '../londonTime.ts';
import { forMeeting, stageOfKind, titleOf } from '../procedure.ts';
import type { Procedure } from '../procedureShape.ts';
import { already, notNow, unanswered } from '../refusal.ts';
import type { CommandContext } from '../rule.ts';
import { timeLimitsOf } from '../timeLimits.ts';
import type { Calendar } from '../workingDays.ts';
import { closed, RAISED } from './bars.ts';
import type { CommandFamily, Consequences } from './commandFacts.ts';
import { sentTo } from './entering.ts';

/** What whoever raised a case chooses of it (PL3). */
export const choosing: CommandFamily<'Choose'> = {
  Choose: {
    rule: (current, { stage: name = '', choice = '' }, { procedure }) => {
      const stage = stageOfKind(procedure, name, 'choose');
      const offered = stage && Object.hasOwn(forMeeting(stage.choices, current.dissent.conference.type), choice);
      const made = current.choices[name];
      return {
        by: offered ? RAISED : [],
        bar:
          (stage && made ? already(`Already chosen ${sayDate(dateOf(made.at))}: ${titleOf(stage.choices, made.choice)}.`) : null) ??
          closed(current, procedure) ??
          (current.stage === name ? null : notNow('There is nothing to choose at this stage.', 'PL3')),
      };
    },
    onlyFor: () => 'Only the person who raised this can choose.',
    consequences: choose,
  },
};

function choose(
  current: Case,
  { stage: name, choice, reasons, answers: given }: CommandOf<'Choose'>,
  context: CommandContext,
): Consequences {
  const { procedure } = context;
  const asks = forMeeting(stageOfKind(procedure, name, 'choose')?.choices[choice]?.asks ?? {}, current.dissent.conference.type);
  const missing = unanswered(asks, given);
  if (missing) return missing;
  const answers = Object.fromEntries(Object.entries(given).filter(([id]) => Object.hasOwn(asks, id)));
  return { events: [{ type: 'ChoiceMade', stage: name, choice, reasons, answers }, ...onwardBy(choice, name, procedure)] };
}

/** What a stage at which nothing was chosen in time comes to; nothing where the case is elsewhere, or silence says nothing. */
export function silenceAt({ stage: name, status }: Case, stage: string, procedure: Procedure): CaseEvent[] {
  const as = stageOfKind(procedure, stage, 'choose')?.silence?.as;
  if (as === undefined || status === 'closed' || name !== stage) return [];
  return [{ type: 'ChoiceMade', stage, choice: as, reasons: null, answers: {} }, ...onwardBy(as, stage, procedure)];
}

/** Whether the last day has passed on which something could be chosen, where silence then says something (PL3). */
export function silenceIsOver(current: Case, procedure: Procedure, calendar: Calendar, now: Temporal.Instant): boolean {
  if (!stageOfKind(procedure, current.stage, 'choose')?.silence) return false;
  return timeLimitsOf(current, procedure, calendar, now).some(({ kind, overdueBy }) => kind === 'time limit' && overdueBy > 0);
}

function onwardBy(choice: string, stage: string, procedure: Procedure): CaseEvent[] {
  const next = stageOfKind(procedure, stage, 'choose')?.choices[choice]?.next;
  if (next === undefined) throw new Error(`the rule let an unknown choice pass: ${choice}`);
  return sentTo(next, { procedure });
}
