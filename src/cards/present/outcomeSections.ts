import { asksWith } from '../../app/documents/outcome.ts';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { nameOf } from '../../directory/names.ts';
import { byHand, currentBooking } from '../../domain/bookings.ts';
import type { Case, Decision } from '../../domain/case.ts';
import { asksAboutChild, asksOnce, decidedAlike } from '../../domain/decided.ts';
import { sayInstant } from '../../domain/londonTime.ts';
import { bookers, deciderTitle, recordStageOf, stageOf } from '../../domain/procedure.ts';
import type { DecideStage } from '../../domain/procedureParts.ts';
import { attendeesOf, chairWanted } from '../../domain/sharing.ts';
import { timeLimitsOfStage } from '../../domain/timeLimits.ts';
import { capitalised, inSentence, listOf, sayMeeting, sayWhen, workingDays } from '../../domain/words.ts';
import { decidesTheCase, readsTheCase, type Section, section, type Typed } from './body.ts';
import { answerParts } from './dissent.ts';
import { latenessSection } from './letter.ts';
import { sayByHand } from './outlook.ts';

/**
 * What came of a dissent so far, for those who may read it: its end without a decision, or each decision with its date and reasons (C11,
 * C20).
 */
export function outcomeSections(seen: CaseForViewer): Section[] {
  if (!readsTheCase(seen)) return [];
  return [...withdrawnSection(seen), ...resolvedSection(seen), ...latenessSection(seen), ...decisionSections(seen)];
}

/** Each decision made, or that of one stage alone. */
export function decisionSections(seen: CaseForViewer, only?: string): Section[] {
  const { current, procedure, directory } = seen;
  return Object.entries(procedure.stages).flatMap(([name, stage]) => {
    if (only !== undefined && only !== name) return [];
    const decision = current.decisions[name];
    if (!decision || stage.kind !== 'decide') return [];
    const role = deciderTitle(procedure, stage);
    const answers = answersOf(seen, name, stage, decision);
    const perChild = outcomesPerChild(current, name, stage);
    return [
      section(`Decision of the ${role}`, {
        lead: sayOutcome(stage, decision),
        meta: `${sayInstant(decision.at)}, ${decision.role === 'administrator' ? 'written down by' : 'by'} ${nameOf(directory, decision.by)}`,
        facts: [...answers.facts, ...lateness(seen, name, decision)],
        typed: [...perChild, ...reasonsOf(name, decision, answers.typed, decidesTheCase(seen))],
      }),
    ];
  });
}

/** A decision's outcome, or that it is not the same for every child (X11). */
export function sayOutcome({ outcomes }: DecideStage, { outcome, perChild }: Decision): string {
  const given = new Set(Object.values(perChild));
  return given.size > 1 ? 'Not the same for every child' : (outcomes[outcome]?.title ?? outcome);
}

/** The outcome of a decision for each child by reference, where it was not the same for all of the dissent's children (X11, Q16). */
export function outcomesPerChild({ dissent, decisions }: Case, name: string, { outcomes }: DecideStage): Typed[] {
  const perChild = Object.entries(decisions[name]?.perChild ?? {});
  const same = new Set(perChild.map(([, outcome]) => outcome)).size < 2 && perChild.length === dissent.children.length;
  if (same || perChild.length === 0) return [];
  const text = perChild.map(([child, outcome]) => `${child}: ${outcomes[outcome]?.title ?? outcome}`).join('\n');
  return [{ id: `children.${name}`, label: 'For each child', text }];
}

/** How late a decision was is for those who decide; the dissenter and the chair see its date (Scenario 6). */
function lateness(seen: CaseForViewer, stage: string, { at, flags }: Decision) {
  if (!decidesTheCase(seen)) return [];
  const limits = timeLimitsOfStage(seen.current, seen.procedure, stage, seen.calendar, Temporal.Instant.from(at));
  const over = limits.find(({ kind }) => kind === 'time limit')?.overdueBy ?? 0;
  return [
    ...(over > 0 ? [{ title: 'Time limit', value: `${workingDays(over)} over` }] : []),
    ...(flags.includes('line-manager')
      ? [{ title: 'Noted', value: `Decided by the line manager of the person who ${seen.procedure.words.raises}` }]
      : []),
  ];
}

/** What was answered with a decision; child by child where one has reasons or answers of its own, with those reasons (CD1). */
function answersOf(seen: CaseForViewer, name: string, stage: DecideStage, decision: Decision): ReturnType<typeof answerParts> {
  const { type } = seen.current.dissent.conference;
  const id = `decision.${name}`;
  if (Object.keys(decision.own).length === 0) return answerParts(asksWith(stage, decision, type), decision.answers, id, seen);
  const once = answerParts(asksOnce(stage, type), decision.answers, id, seen);
  const apart = decidedAlike(decision).map(({ children, outcome, reasons, answers }, index) => {
    const whose = listOf(children);
    const own = answerParts(asksAboutChild(stage, outcome, type), answers, `${id}.${index + 1}`, seen);
    return {
      facts: own.facts.map(({ title, value }) => ({ title: `${whose}: ${inSentence(title)}`, value })),
      typed: [
        ...own.typed.map((each) => ({ ...each, label: `${whose}: ${inSentence(each.label)}` })),
        ...(reasons === decision.reasons ? [] : [{ id: `${id}.${index + 1}`, label: `Reasons for ${whose}`, text: reasons }]),
      ],
    };
  });
  return { facts: [...once.facts, ...apart.flatMap(({ facts }) => facts)], typed: [...once.typed, ...apart.flatMap(({ typed }) => typed)] };
}

function reasonsOf(stage: string, { reasons, own: theirs, delayReason }: Decision, answers: Typed[], decides: boolean): Typed[] {
  const own = Object.values(theirs).some((each) => each.reasons !== null);
  return [
    { id: `decision.${stage}`, label: own ? 'Reasons, but for those below' : 'Reasons', text: reasons },
    ...answers,
    ...(delayReason === null || !decides ? [] : [{ id: `delay.${stage}`, label: 'Why it was late', text: delayReason }]),
  ];
}

/** That a dissent was resolved, as the procedure calls it, or nothing (S11). */
function resolvedSection({ current, procedure, directory }: CaseForViewer): Section[] {
  const { record, resolved } = current;
  const closes = recordStageOf(procedure)?.closes;
  if (!resolved || !record || !closes) return [];
  return [
    section('What came of it', { lead: closes.title, meta: `${sayInstant(record.at)}, recorded by ${nameOf(directory, record.by)}` }),
  ];
}

/** Why a dissent was withdrawn, or nothing. */
export function withdrawnSection({ current }: CaseForViewer): Section[] {
  const { withdrawn } = current;
  if (!withdrawn) return [];
  return [section('Withdrawn', { meta: sayInstant(withdrawn.at), typed: [{ id: 'withdrawn', label: 'Why', text: withdrawn.reason }] })];
}

/** That the conference will not take place after all, by whom and when it was said, and why for those who book it or read the case (CD6). */
export function calledOffSection(seen: CaseForViewer): Section[] {
  const { current, procedure, directory, standings } = seen;
  const { calledOff } = current;
  if (!calledOff) return [];
  const books = readsTheCase(seen) || standings.some((standing) => ['administrator', ...bookers(procedure)].includes(standing));
  return [
    section(`The next ${procedure.words.meeting}`, {
      lead: 'It will not take place',
      meta: `${sayInstant(calledOff.at)}, said by ${nameOf(directory, calledOff.by)}`,
      typed: books ? [{ id: 'called-off', label: 'Why', text: calledOff.reason }] : [],
    }),
  ];
}

/** When the conference meets again, for everybody on the case besides those who book it. */
export function meetingSection(seen: CaseForViewer): Section[] {
  const { current, procedure, person } = seen;
  const booking = currentBooking(current);
  const heading = `The next ${procedure.words.meeting}`;
  if (current.calledOff) return calledOffSection(seen);
  if (!booking) {
    const awaited = current.status === 'open' && stageOf(procedure, current.stage).kind === 'reconvene';
    if (!awaited) return [];
    const cancelled = current.bookings.at(-1);
    return [
      section(heading, {
        lead: 'No time yet',
        meta: cancelled
          ? `The one booked for ${sayMeeting(cancelled.slot)} was cancelled. A new time is being looked for.`
          : chairWanted(current, procedure)
            ? 'Somebody else is being asked to chair it. Then a time is chosen.'
            : 'A time is being looked for.',
      }),
    ];
  }
  const invited = attendeesOf(current).some((attendee) => attendee.person === person);
  const status = {
    sent: 'In the calendar',
    held: `${capitalised(procedure.words.meeting)} held`,
    wanted: 'Being put in the calendar',
    failed: 'Not in the calendar yet',
    cancelled: '',
    'cancellation-sent': '',
    lost: 'In the calendar; another time is being looked for',
  };
  const what = byHand(booking);
  const off = what === 'cancelled' || what === 'gone';
  const room = booking.room?.name ?? booking.place;
  const links =
    booking.joinUrl !== null && invited && booking.status === 'sent' && !off ? [{ title: 'Join in Teams', url: booking.joinUrl }] : [];
  const asked = 'Those who book it have been asked what is to be done.';
  const meta = what === 'moved' ? 'Moved in Outlook' : off ? `${sayByHand(booking)}. ${asked}` : status[booking.status];
  const lead = off ? 'No time stands' : sayWhen(booking);
  return [section(heading, { lead, meta, facts: room === undefined || off ? [] : [{ title: 'Room', value: room }], links })];
}
