import { startAt } from '../anchors.ts';
import { holdersOf } from '../authority.ts';
import type { Case } from '../case.ts';
import type { CaseEvent } from '../events/events.ts';
import { dateOf, sayDate } from '../londonTime.ts';
import { stageOfKind, titleOf } from '../procedure.ts';
import { answersCount, isPending } from '../questions.ts';
import { already, nobodyActs, notNow } from '../refusal.ts';
import type { CommandContext } from '../rule.ts';
import { dueIn } from '../timeLimits.ts';
import { byDecider, closed, firstDecision } from './bars.ts';
import type { CommandFamily } from './commandFacts.ts';

/** What a decider asks before they decide, and the answers (C13-C15). */
export const asking: CommandFamily<'Ask' | 'AskAdvice' | 'Answer'> = {
  Ask: {
    rule: (current, { of }, context) => {
      const stage = stageOfKind(context.procedure, current.stage, 'decide');
      const asks = stage && (of === undefined || stage.ask.includes(of));
      const open = current.questions.some((each) => each.kind === 'information' && each.of === of && isPending(each, current));
      return {
        ...byDecider(current, context),
        bar:
          closed(current, context.procedure) ??
          (!asks
            ? notNow('Nobody is being asked at this stage.', 'C14')
            : open
              ? already(`The ${of} has been asked and has not answered yet.`)
              : null),
      };
    },
    onlyFor: (words) => `Only the person who decides this ${words.case} can ask.`,
    consequences: (current, { of, question }, context) => {
      const { dissenter, conference } = current.dissent;
      return { events: [request('information', of, of === 'dissenter' ? dissenter : conference.chair, question, current, context)] };
    },
  },
  AskAdvice: {
    rule: (current, _intention, context) => {
      const open = current.questions.some((each) => each.kind === 'advice' && isPending(each, current));
      return {
        ...byDecider(current, context),
        bar:
          closed(current, context.procedure) ??
          (!adviserAt(current, context)
            ? notNow('Advice is not part of this stage.', 'C13')
            : open
              ? already('Advice has been asked for and has not come yet.')
              : null),
      };
    },
    onlyFor: (words) => `Only the person who decides this ${words.case} can ask for advice.`,
    consequences: (current, { question }, context) => {
      const { procedure, roster, now } = context;
      const adviser = adviserAt(current, context) ?? '';
      const { principal } = holdersOf(adviser, current, roster, dateOf(now));
      if (principal === null) return nobodyActs(titleOf(procedure.roles, adviser));
      return { events: [request('advice', adviser, principal, question, current, context)] };
    },
  },
  Answer: {
    rule: (current, { request }, { procedure }) => {
      const asked = current.questions.find((each) => each.request === request);
      const by = asked?.kind === 'advice' ? [asked.of] : ['dissenter', 'chair'];
      const bar = asked?.answer
        ? already(`Already answered ${sayDate(dateOf(asked.answer.at))}.`)
        : (closed(current, procedure) ?? (asked && !answersCount(current, procedure) ? firstDecision(current, procedure) : null));
      return { by: asked ? by : [], ...(asked?.kind === 'information' ? { onlyPerson: asked.to } : {}), bar };
    },
    onlyFor: () => 'Only the person who was asked can answer.',
    consequences: (_current, { request, answer }) => ({ events: [{ type: 'InformationGiven', request, answer }] }),
  },
};

function adviserAt({ stage }: Case, { procedure }: CommandContext): string | undefined {
  return stageOfKind(procedure, stage, 'decide')?.advice;
}

function request(
  kind: 'information' | 'advice',
  of: string,
  to: string,
  question: string,
  current: Case,
  { procedure, calendar, now }: CommandContext,
): CaseEvent {
  const target = stageOfKind(procedure, current.stage, 'decide')?.askTarget;
  const due = target && dueIn(target, startAt(now.toString()), current.stage, 'local target', calendar, now)?.due;
  const aside = kind === 'advice' && stageOfKind(procedure, current.stage, 'decide')?.adviserStandsAside;
  return {
    type: 'InformationRequested',
    request: current.questions.length + 1,
    kind,
    of,
    to,
    question,
    wantedBy: due ?? null,
    ...(aside ? { aside: true } : {}),
  };
}
