import { agencyName, nameAndJob, nameOf } from '../../directory/names.ts';
import type { Booking } from '../../domain/bookings.ts';
import type { DocumentName } from '../../domain/events/concludingEvents.ts';
import type { CaseEvent } from '../../domain/events/events.ts';
import type { Answer, Reading } from '../../domain/events/meetingEvents.ts';
import type { Answers } from '../../domain/events/trail.ts';
import { sayDate, sayInstant } from '../../domain/londonTime.ts';
import { asksOf, recordStageOf, stageOf, stageOfKind, titleOf, writtenLetter } from '../../domain/procedure.ts';
import type { FormQuestion } from '../../domain/procedureParts.ts';
import { stageFacts } from '../../domain/stages/stages.ts';
import { tasksOf } from '../../domain/tasks.ts';
import { capitalised, inSentence, listOf, sayMeeting, workingDays } from '../../domain/words.ts';
import { answersGiven } from '../caseFacts.ts';
import type { CaseForViewer } from '../seeCase.ts';
import { addresseeOf } from './parts.ts';

/** What an event says in a chronology: one phrase, and what somebody wrote with it, in full. */
export type Happening = { what: string; texts?: { title: string; text: string }[] };

type Of<T extends CaseEvent['type']> = Extract<CaseEvent, { type: T }>;

/** The words for every type of event: a type without words does not compile, so that no chronology leaves anything out. */
export const happenings: { [T in CaseEvent['type']]: (event: Of<T>, seen: CaseForViewer) => Happening } = {
  DissentRaised: ({ dissent }, { procedure: { words } }) => ({
    what: `The ${words.case} was raised.`,
    texts: [text(`Reasons for the ${words.case}`, dissent.reasons), ...optional('New information', dissent.newInformation)],
  }),
  ChairDeclined: ({ reason }) => ({ what: 'The person named as chair said that they were not.', texts: [text('What they said', reason)] }),
  ChairNamed: ({ chair }, { directory }) => ({ what: `The chair was named: ${nameAndJob(directory, chair)}.` }),
  ConferenceRecorded: ({ record, agency }, seen) => ({
    what: `The ${seen.procedure.words.case} was recorded${agency === null ? '' : `, for ${agencyName(seen.partnership, agency)}`}.`,
    texts: [
      ...answerTexts(recordStageOf(seen.procedure)?.asks ?? {}, record.answers, seen),
      ...Object.entries(recordStageOf(seen.procedure)?.documents ?? {}).flatMap(([id, { title }]) =>
        optional(`Link to the ${inSentence(title)}`, record.documents[id] ?? null),
      ),
    ],
  }),
  DissentReferred: ({ to, insteadOf }, { directory, procedure: { words } }) => ({
    what: `The ${words.case} went to ${nameAndJob(directory, to)}${insteadOf === null ? '' : `, instead of ${nameOf(directory, insteadOf)}, who stands aside`}.`,
  }),
  ActorNamed: ({ role, person }, { directory, procedure: { roles } }) => ({
    what: `${nameAndJob(directory, person)} was named to act as ${titleOf(roles, role)} on this case alone, since nobody else may.`,
  }),
  DissentResolved: () => ({ what: 'It was recorded as resolved.' }),
  LetterSubmitted: ({ letter }, { procedure }) => ({
    what: `The ${writtenLetter(procedure) ?? 'letter'} was sent${letter.lateBy > 0 ? `, ${workingDays(letter.lateBy)} late` : ', in time'}.`,
    texts: [
      ...optional('The letter', letter.text),
      ...optional('Link to the letter', letter.link),
      ...optional('Why it was late', letter.lateReason),
    ],
  }),
  LateLetterJudged: ({ accepted, reasons }) => ({
    what: `The late letter was ${accepted ? 'accepted' : 'not accepted'}.`,
    texts: [text('Reasons', reasons)],
  }),
  DissentWithdrawn: ({ reason }, { procedure: { words } }) => ({ what: `The ${words.case} was withdrawn.`, texts: [text('Why', reason)] }),
  DissentAddedTo: ({ text: added }) => ({ what: 'Something was added to it.', texts: [text('What was added', added)] }),
  PaperAdded: ({ title, link }) => ({ what: `Added: ${inSentence(title)}.`, texts: [text(`Link to the ${inSentence(title)}`, link)] }),
  InformationRequested: ({ request, kind, to, question, wantedBy }, { directory }) => ({
    what: `Question ${request}: ${kind === 'advice' ? 'advice' : 'information'} was asked of ${nameAndJob(directory, to)}${wantedBy === null ? '' : `, wanted by ${sayDate(wantedBy)} (local target)`}.`,
    texts: [text(`Question ${request}`, question)],
  }),
  InformationGiven: ({ request, answer }) => ({
    what: `Question ${request} was answered.`,
    texts: [text(`Answer to question ${request}`, answer)],
  }),
  DecisionMade: (event, seen) => ({ what: sayDecision(event, seen), texts: decisionTexts(event, seen) }),
  ViewGiven: ({ stage: name, outcome, reasons }, seen) => ({
    what: `A view was given: ${titleOf(stageOfKind(seen.procedure, name, 'decide')?.outcomes ?? {}, outcome)}.`,
    texts: [text('Reasons', reasons)],
  }),
  ChoiceMade: ({ stage: name, choice, reasons, answers }, seen) => {
    const choices = stageOfKind(seen.procedure, name, 'choose')?.choices ?? {};
    return {
      what: `How it goes on was chosen: ${titleOf(choices, choice)}.`,
      texts: [...optional('What was said with it', reasons), ...answerTexts(choices[choice]?.asks ?? {}, answers, seen)],
    };
  },
  TimesRequested: () => ({ what: 'Times for a meeting were asked for.' }),
  TimesFound: ({ found }) => ({
    what:
      found.slots.length > 0
        ? `Calendars were read. Times found: ${found.slots.length}.`
        : 'Calendars were read. No time was free for everyone.',
  }),
  TimeChosen: ({ booking, slot, reason }) => ({
    what: `Booking ${booking}: the time was chosen, ${sayMeeting(slot)}.`,
    texts: optional('Why this time', reason),
  }),
  TimeLost: ({ booking, slot }, { directory }) => ({
    what: `Booking ${booking}: calendars were read again. ${sayMeeting(slot)} is no longer free: ${listOf(slot.busy.map((person) => nameAndJob(directory, person)))}.`,
  }),
  InvitationSent: ({ booking, start }) => ({ what: `Booking ${booking}: the invitations went out, for ${sayInstant(start)}.` }),
  OutlookRead: ({ booking, reading }, { directory }) => ({ what: sayReading(booking, reading, directory) }),
  OutlookTimeTaken: ({ booking, slot, reason }) => ({
    what: `Booking ${booking}: the time that somebody gave it in Outlook is its time, ${sayMeeting(slot)}.`,
    texts: optional('Why this time', reason),
  }),
  LinkFound: ({ booking }) => ({ what: `Booking ${booking}: Teams gave the meeting its link.` }),
  LinkMissing: ({ booking }) => ({ what: `Booking ${booking}: for a day, Teams gave the meeting no link.` }),
  InvitationFailed: ({ booking }) => ({ what: `Booking ${booking}: the invitations could not be sent.` }),
  MeetingCancelled: ({ booking, reason }) => ({ what: `Booking ${booking} was cancelled.`, texts: [text('Why', reason)] }),
  CancellationSent: ({ booking }) => ({ what: `Booking ${booking}: everyone invited was sent the cancellation.` }),
  MeetingCalledOff: ({ reason }) => ({ what: 'The meeting will not take place after all.', texts: [text('Why', reason)] }),
  MeetingLeft: () => ({ what: 'Another case that the meeting served needs it no more.' }),
  MeetingHeld: ({ booking, on, reason }) => ({
    what: `Booking ${booking}: recorded as held on ${sayDate(on)}.`,
    texts: optional('Why on that day', reason ?? null),
  }),
  MeetingLatenessExplained: ({ booking, reason }) => ({
    what: `Booking ${booking}: it was said why it is after the last day.`,
    texts: [text('Why it is late', reason)],
  }),
  ChairChosen: ({ chair }, { directory }) => ({ what: `Another chair was chosen for the meeting: ${nameAndJob(directory, chair)}.` }),
  InvitedChanged: ({ required, optional }, { directory }) => ({
    what: `Who is invited was changed. Has to be there: ${peopleIn(required, directory)}. May be there: ${peopleIn(optional, directory)}.`,
  }),
  SharingOffered: () => ({ what: 'Another case asked for a meeting too: those who book were asked whether one is to serve both.' }),
  SharingAgreed: () => ({ what: 'It was agreed that one meeting is to serve both cases.' }),
  SharingEnded: () => ({ what: 'The other meeting can be joined no more.' }),
  MeetingShared: () => ({ what: 'One meeting serves this case and another, which books it.' }),
  MeetingFollowed: ({ booking }) => ({ what: `The shared meeting: ${sayMeeting(booking.slot)}. ${FOLLOWED[booking.status]}.` }),
  MeetingJoined: () => ({ what: 'The meeting of this case serves another case too.' }),
  StageEntered: ({ stage }, { procedure }) => ({ what: `The case came to this stage: ${stageOf(procedure, stage).title}.` }),
  DateMoved: ({ stage, kind, from, to }, { procedure }) => ({
    what: `The calendar of working days changed, and with it a ${kind} of "${stageOf(procedure, stage).title}": from ${sayDate(from)} to ${sayDate(to)}.`,
  }),
  CaseClosed: () => ({ what: 'The case was closed.' }),
  LetterApproved: ({ stage, wording, own = {}, changes }, seen) => ({
    what: `The letter about the decision of the ${deciderAt(stage, seen)} was approved.`,
    texts: [
      text('Wording of the reasons in the letter', wording),
      ...Object.entries(own).map(([child, words]) => text(`Wording of the reasons for ${child}`, words)),
      ...optional('Why recipients were changed', changes),
    ],
  }),
  SendingsWanted: ({ document, to }, seen) => ({
    what: `${sayDocument(document, seen)} is to be sent to ${listOf(to.map((each) => addresseeOf(each, seen)))}.`,
  }),
  SendingDone: ({ sending }, seen) => ({ what: `${saySending(sending, seen)}: sent (Microsoft 365 took it for delivery).` }),
  SendingFailed: ({ sending, cause }, seen) => ({
    what: `${saySending(sending, seen)}: ${cause === 'uncertain' ? 'it is not known whether it went' : 'it could not be sent'}.`,
  }),
  SendingSettled: ({ sending, as }, seen) => ({
    what: `${saySending(sending, seen)}: ${{ sent: 'somebody checked that it went', again: 'it is to be sent again', dropped: 'it need not be sent' }[as]}.`,
  }),
  TaskTicked: ({ task, note }, seen) => ({ what: `Done: ${sayTask(task, seen)}.`, texts: optional('Note', note) }),
  TellerNamed: ({ person }, { directory, procedure: { words } }) => ({
    what: `${nameAndJob(directory, person)} was named to tell ${words.family}.`,
  }),
  ContactChecked: ({ safe, approach }, { procedure: { words } }) => ({
    what: safe ? `It was checked that there is a safe way to reach ${words.family}.` : `No safe way to reach ${words.family} was found.`,
    texts: optional('The approach agreed', approach),
  }),
  ParentsTold: ({ on, means, everyone, note }, { procedure: { words } }) => ({
    what: `${capitalised(words.family)}: ${everyone ? 'told' : 'told in part'} on ${sayDate(on)}.`,
    texts: [text('How they were told', means), ...optional('Note', note)],
  }),
  ReasonsFiled: ({ child, fileReference }) => ({ what: `The reasons were put on the file of ${child}, under ${fileReference}.` }),
  FilingFailed: ({ child }) => ({ what: `The reasons could not be put on the file of ${child}.` }),
  FilingWanted: () => ({ what: 'Filing is to be tried again.' }),
  ConcernRaised: ({ after, representative }, seen) => ({
    what: `The person who ${seen.procedure.words.raises} remains concerned${after === undefined ? '' : ` after the decision of the ${deciderAt(after, seen)}`}. Told, by reference only: ${representative === null ? seen.partnership.name : nameAndJob(seen.directory, representative)}.`,
  }),
  EscalationNoted: ({ text: noted }) => ({ what: 'What came of the escalation was noted.', texts: [text('What was noted', noted)] }),
};

const FOLLOWED: Record<Booking['status'], string> = {
  wanted: 'It is being put in the calendar',
  sent: 'It is in the calendar',
  failed: 'It is not in the calendar',
  cancelled: 'It was cancelled',
  'cancellation-sent': 'It was cancelled',
  held: 'It was held',
  lost: 'Its time was no longer free',
};

const ANSWERED: Record<Answer, string> = { none: '', accepted: 'accepted', tentative: 'answered perhaps', declined: 'declined' };

/** What Outlook said of a booking's event: when it is, and who answered what. */
function sayReading(booking: number, { is, at, answers, takenOff, others, room }: Reading, directory: CaseForViewer['directory']): string {
  const by = (people: string[]) => listOf(people.map((person) => nameAndJob(directory, person)));
  const answered = answers.filter(({ answer }) => answer !== 'none');
  const said = answered.map(
    ({ person, answer, proposed }) => `${by([person])} ${ANSWERED[answer]}${proposed ? ` and proposed ${sayMeeting(proposed)}` : ''}`,
  );
  const there = {
    there: at ? `it is on ${sayMeeting(at)}` : 'it is there',
    cancelled: 'somebody cancelled it',
    gone: 'somebody deleted it',
  };
  return [
    `Booking ${booking}: in Outlook, ${there[is]}`,
    ...said,
    ...(takenOff.length > 0 ? [`taken off it: ${by(takenOff)}`] : []),
    ...(others.length > 0 ? [`invited by hand: ${listOf(others.map(({ name }) => name))}`] : []),
    ...(room === 'declined' ? ['the room declined'] : []),
  ]
    .join('. ')
    .concat('.');
}

const peopleIn = (people: string[], directory: CaseForViewer['directory']) =>
  listOf(people.map((person) => nameAndJob(directory, person))) || 'nobody by name';
const text = (title: string, words: string) => ({ title, text: words });
const optional = (title: string, words: string | null) => (words === null || words.trim() === '' ? [] : [text(title, words)]);

/** Answers as they stand in full: the short ones together, each long one by itself. */
function answerTexts(asks: Record<string, FormQuestion>, answers: Answers, seen: CaseForViewer) {
  const given = answersGiven(asks, answers, seen);
  const lines = given
    .filter(({ kind }) => kind !== 'long')
    .map(({ title, value }) => `${title}: ${value}`)
    .join('\n');
  return [...optional('Answers', lines), ...given.filter(({ kind }) => kind === 'long').map(({ title, value }) => text(title, value))];
}

function deciderAt(name: string, { procedure }: CaseForViewer): string {
  const stage = stageOf(procedure, name);
  const role = stageFacts(stage).decider(stage);
  return role === null ? stage.title : titleOf(procedure.roles, role);
}

function sayDecision({ stage: name, outcome, perChild }: Of<'DecisionMade'>, seen: CaseForViewer): string {
  const outcomes = stageOfKind(seen.procedure, name, 'decide')?.outcomes ?? {};
  const differ = new Set(Object.values(perChild)).size > 1;
  const each = Object.entries(perChild).map(([child, own]) => `${child}: ${titleOf(outcomes, own)}`);
  return `The ${deciderAt(name, seen)} decided. ${differ ? each.join('; ') : titleOf(outcomes, outcome)}.`;
}

function decisionTexts(
  { stage: name, outcome, perChild, reasons, answers, own = {}, delayReason }: Of<'DecisionMade'>,
  seen: CaseForViewer,
) {
  const stage = stageOfKind(seen.procedure, name, 'decide');
  const { type } = seen.current.dissent.conference;
  const asks = stage ? asksOf(stage, [outcome, ...Object.values(perChild)], type) : {};
  return [
    text('Reasons for the decision', reasons),
    ...answerTexts(asks, answers, seen),
    ...Object.entries(own).flatMap(([child, theirs]) => [
      ...optional(`Reasons for ${child}`, theirs.reasons),
      ...answerTexts(asks, theirs.answers, seen).map((each) => text(`${child}: ${inSentence(each.title)}`, each.text)),
    ]),
    ...optional('Why the decision was late', delayReason),
  ];
}

function sayDocument(name: DocumentName, seen: CaseForViewer): string {
  const [kind, stage = ''] = name.split(':');
  if (kind === 'letter') return `The letter about the decision of the ${deciderAt(stage, seen)}`;
  return (
    {
      'dissent-letter': 'The dissent letter',
      entry: 'The dissent entry',
      acknowledgement: 'The acknowledgement of the complaint',
      case: 'The complete case',
      escalation: 'Word of the escalation',
    }[kind ?? ''] ?? name
  );
}

function saySending(number: number, seen: CaseForViewer): string {
  const sending = seen.current.conclusion.sendings.find((each) => each.number === number);
  return sending ? `${sayDocument(sending.document, seen)}, to ${addresseeOf(sending.to, seen)}` : `Message ${number}`;
}

/** A task of the checklist by what it asks for; its id is `<kind>:<of>`. */
function sayTask(task: string, seen: CaseForViewer): string {
  const [kind = ''] = task.split(':');
  const { family } = seen.procedure.words;
  const told: Record<string, string> = {
    agency: 'the agency was told',
    chair: 'the chair was told',
    parents: `${family}: told`,
  };
  if (kind !== 'task') return told[kind] ?? task;
  return tasksOf(seen.current, seen.procedure).find(({ id }) => id === task)?.title ?? task;
}
