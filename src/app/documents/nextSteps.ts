import { nameAndJob } from '../../directory/names.ts';
import { byHand, currentBooking } from '../../domain/bookings.ts';
import type { Decision } from '../../domain/case.ts';
import type { StageName } from '../../domain/events/trail.ts';
import { dateOf, sayDateInFull } from '../../domain/londonTime.ts';
import { deciderTitle, stageOf, titleOf } from '../../domain/procedure.ts';
import type { DecideStage, StageKind, StageOf } from '../../domain/procedureParts.ts';
import { timeLimitsOfStage } from '../../domain/timeLimits.ts';
import { capitalised, listOf, sayWhen } from '../../domain/words.ts';
import type { CaseForViewer } from '../seeCase.ts';

/** What follows a decision, a sentence or two each: the next stage with its date, a meeting's time, tasks, and who tells the parents. */
export function nextSteps(seen: CaseForViewer, stage: DecideStage, decision: Decision, name: StageName): string[] {
  const { procedure } = seen;
  const chosen = new Set([decision.outcome, ...Object.values(decision.perChild)]);
  const tasks = [...chosen].flatMap((outcome) => Object.entries(stage.outcomes[outcome]?.tasks ?? {}));
  const done = (id: string) => seen.current.conclusion.ticks[`task:${name}.${id}`];
  return [
    ...onward(seen, stage.outcomes[decision.outcome]?.next ?? seen.current.stage),
    ...tasks.map(([id, { title, by }]) => {
      const ticked = done(id);
      return ticked ? `${title}: done on ${dayOf(ticked.at)}.` : `${title}: the ${titleOf(procedure.roles, by)} does this.`;
    }),
    ...parentsTold(seen, stage, name),
  ];
}

const dayOf = (at: string) => sayDateInFull(dateOf(at));

function onward(seen: CaseForViewer, next: string): string[] {
  const { current, procedure, calendar, now } = seen;
  const following = stageOf(procedure, next);
  return (afterwards[following.kind] as Afterwards<StageKind>)(
    following,
    sayBy(timeLimitsOfStage(current, procedure, next, calendar, now)),
    seen,
    next,
  );
}

/** By when something has to be done: each day once, and which of two days is the procedure's own. */
function sayBy(limits: { due: string; kind: string }[]): string {
  const days = [...new Set(limits.map(({ due }) => due))];
  if (days.length < 2) return days.map((day) => ` by ${sayDateInFull(day)}`).join('');
  const by = (wanted: string) =>
    limits
      .filter(({ kind }) => kind === wanted)
      .map(({ due }) => sayDateInFull(due))
      .join(' and ');
  return ` by ${by('time limit')} at the latest, and if possible by ${by('local target')}`;
}

/** What a letter says of the stage that a decision leads to; `by` is by when, in words. */
type Afterwards<K extends StageKind> = (stage: StageOf<K>, by: string, seen: CaseForViewer, name: StageName) => string[];

const ended = (_stage: unknown, _by: string, { procedure }: CaseForViewer) => [
  `No further decision follows: the review of the ${procedure.words.case} has ended.`,
];

const afterwards: { [K in StageKind]: Afterwards<K> } = {
  record: ended,
  submit: ended,
  decide: (stage, by, { current, procedure }, name) => {
    const who = `The ${deciderTitle(procedure, stage)}`;
    const made = current.decisions[name];
    // It may be written after that decision was made, and speaks of none as still to come that is there.
    return made
      ? [`${who} has looked at the case since, and decided on ${dayOf(made.at)}.${stage.letter ? ' Another letter tells of that.' : ''}`]
      : [`${who} now looks at the case and decides${by}.`];
  },
  choose: ({ choices, silence }, by, _seen) => [
    `Whoever raised it chooses how it goes on${by}: ${listOf(Object.values(choices).map(({ title }) => `"${title}"`))}.`,
    ...(silence ? [`If nothing is chosen by then, it counts as "${titleOf(choices, silence.as)}".`] : []),
  ],
  reconvene: (_stage, by, seen) => [sayMeetingAgain(by, seen)],
  conclude: ended,
};

function sayMeetingAgain(by: string, { current, procedure: { words } }: CaseForViewer): string {
  const booking = currentBooking(current);
  const again = `The ${words.meeting} is to meet again${by}.`;
  if (current.calledOff) return `The ${words.meeting} will not meet again after all, as was said on ${dayOf(current.calledOff.at)}.`;
  const what = booking && byHand(booking);
  if (!booking || what === 'cancelled' || what === 'gone')
    return `${again} No time has been booked yet. Everyone who has to be there will be invited.`;
  const when = sayWhen(booking, sayDayInFull);
  return booking.status === 'held' ? `The ${words.meeting} met again: ${when}.` : `${again} It is booked for ${when}.`;
}

/** The day of a meeting, with its weekday: "Tuesday 11 January 2028". */
function sayDayInFull(date: Temporal.PlainDate | string): string {
  return `${Temporal.PlainDate.from(date).toLocaleString('en-GB', { weekday: 'long' })} ${sayDateInFull(date)}`;
}

function parentsTold({ current, procedure, directory }: CaseForViewer, { tell }: DecideStage, name: StageName): string[] {
  if (!tell?.who.includes('parents')) return [];
  const { family } = procedure.words;
  const answered = tell.teller === undefined ? undefined : current.decisions[name]?.answers[tell.teller];
  const teller = current.conclusion.parents[name]?.teller ?? answered;
  const told = current.conclusion.parents[name]?.told.find(({ everyone }) => everyone);
  if (told) return [`${capitalised(family)}: told on ${sayDateInFull(told.on)}.`];
  const who = teller ? `${nameAndJob(directory, teller)}, tells` : 'A named person tells';
  return [`${who} ${family}. Please leave it to them.`];
}
