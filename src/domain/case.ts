import { type MeetingState, meetingBy, noMeeting } from './bookings.ts';
import { type Conclusion, concludedBy, nothingConcluded } from './conclusion.ts';
import type { ConferenceRecord, Dissent, Letter } from './events/dissentEvents.ts';
import type { RecordedEvent } from './events/events.ts';
import type { Answers, Kept, KeptDate, PersonId, Signatory, StageName } from './events/trail.ts';
import { type Former, formersAfter } from './formerly.ts';

/**
 * A case: the state that its events add up to, and `evolve`, which adds one event to it.
 * Dates are ISO calendar dates (`2027-01-12`), instants ISO in UTC (`2027-01-12T15:10:00Z`); days are counted in Europe/London.
 */

/** Whether staff logged it for somebody of a family, so that whoever raised it is no party to it (P1). */
export function forFamily({ complainant }: Pick<Dissent, 'complainant'>): boolean {
  return complainant !== undefined;
}

/** Something that a decider asked, and its answer (C13-C15). */
export type Question = {
  request: number;
  /** The stage at which it was asked. */
  stage: StageName;
  kind: 'information' | 'advice';
  /** `dissenter`, `chair`, or for advice the role asked. */
  of: string;
  to: PersonId;
  question: string;
  askedAt: string;
  wantedBy: string | null;
  /** That whoever answers decides nothing in the case afterwards (Q14). */
  aside?: true;
  /** `stage` is where the case was when it came: it may have gone on since the question. */
  answer: { text: string; at: string; by: PersonId; stage: StageName } | null;
};

/** What was decided at a stage (C11, C20, S16-S19). */
export type Decision = {
  outcome: string;
  perChild: Record<string, string>;
  reasons: string;
  /** To the questions of the stage and of the outcome. */
  answers: Answers;
  /** Reasons and answers of each child that has its own (CD1); {@link decidedOn} puts them together. */
  own: Record<string, { reasons: string | null; answers: Answers }>;
  delayReason: string | null;
  at: string;
  by: PersonId;
  role: string;
  flags: string[];
  /** Who signed it, as the directory had them then (CD11), and which working day after the conference that was (CD10). */
  kept: Pick<Kept, 'by' | 'day'>;
};

/** What one of several who decide together thinks (PL4). */
export type View = {
  role: string;
  by: PersonId;
  outcome: string;
  perChild: Record<string, string>;
  reasons: string;
  answers: Answers;
  at: string;
};

/** What whoever raised it chose at a stage, or where nobody is named, what their silence came to (PL3). */
export type Choice = { choice: string; reasons: string | null; answers: Answers; at: string; by: PersonId | 'bot' };

/** A case as its events add up. */
export type Case = {
  reference: string;
  revision: number;
  procedure: { id: string; version: number };
  status: 'open' | 'closed';
  closedAt: string | null;
  /** The stage the case is at; stays at its last one when the case is closed. */
  stage: StageName;
  /** The instant each finished stage ended: what windows are counted from. */
  finished: Record<StageName, string>;
  raisedAt: string;
  dissent: Dissent;
  /** False while the dissenter has to name another chair. */
  chairStands: boolean;
  chairDeclinedBecause: string | null;
  /** Those who said that they were not the chair, and are not asked again. */
  declined: PersonId[];
  flags: string[];
  record: (ConferenceRecord & { at: string; by: PersonId }) | null;
  /** Who was named to act in a role on this case alone, where nobody else may (CD7). */
  named: Record<string, PersonId>;
  formerly: Former[];
  /** The chair recorded that it was resolved in the meeting (S11). */
  resolved: boolean;
  letter: (Letter & { at: string; by: PersonId }) | null;
  /** Whether a letter handed in late was accepted; null where that is not yet said, or need not be (Q17). */
  lateness: { accepted: boolean; reasons: string; at: string; by: PersonId } | null;
  /** What was added to the reasons since, and at which stage. */
  additions: { text: string; at: string; by: PersonId; stage: StageName }[];
  /** Papers that were given after the chair had recorded, and at which stage (CD4). */
  papers: { title: string; link: string; at: string; by: PersonId; stage: StageName }[];
  questions: Question[];
  decisions: Record<StageName, Decision>;
  choices: Record<StageName, Choice>;
  views: Record<StageName, View[]>;
  withdrawn: { reason: string; at: string } | null;
  /** Everybody who acted, as the directory last had them when they did (CD11); nobody from before that was kept. */
  signatories: Record<PersonId, Signatory>;
  /** The dates of each stage and kind that was counted, as last recorded (CD10); none from before they were kept. */
  dates: KeptDate[];
  /** The dates that moved because a calendar changed, the last one last (CD10). */
  moved: { stage: StageName; kind: KeptDate['kind']; from: string; to: string; at: string }[];
  /** Letters, telling and filing. */
  conclusion: Conclusion;
} & MeetingState;

/**
 * The case that a trail of events adds up to, or null for an empty trail.
 * Total over every trail that `decide` can have written; the same events always give the same case.
 */
export function replay(reference: string, procedure: { id: string; version: number }, events: RecordedEvent[]): Case | null {
  const [first, ...rest] = events;
  if (!first) return null;
  if (first.type !== 'DissentRaised') throw new Error(`the trail of ${reference} does not begin with DissentRaised but with ${first.type}`);
  const raised: Case = {
    reference,
    revision: first.revision,
    procedure,
    status: 'open',
    closedAt: null,
    stage: '',
    finished: {},
    raisedAt: first.at,
    dissent: first.dissent,
    chairStands: true,
    chairDeclinedBecause: null,
    declined: [],
    flags: first.flags,
    record: null,
    named: {},
    formerly: [],
    resolved: false,
    letter: null,
    lateness: null,
    additions: [],
    papers: [],
    questions: [],
    decisions: {},
    choices: {},
    views: {},
    withdrawn: null,
    signatories: {},
    dates: [],
    moved: [],
    ...noMeeting,
    conclusion: nothingConcluded,
  };
  return rest.reduce(evolve, withKept(raised, first));
}

/** The case after one more event. Pure: neither argument is changed. */
export function evolve(before: Case, event: RecordedEvent): Case {
  const after = withKept({ ...before, revision: event.revision, formerly: formersAfter(before, event) }, event);
  switch (event.type) {
    case 'DissentRaised':
      throw new Error(`${before.reference} was raised twice`);
    case 'StageEntered':
      return {
        ...after,
        stage: event.stage,
        finished: before.stage ? { ...before.finished, [before.stage]: event.at } : before.finished,
      };
    case 'ChairDeclined':
      return {
        ...after,
        chairStands: false,
        chairDeclinedBecause: event.reason,
        declined: [...before.declined, before.dissent.conference.chair],
      };
    case 'ChairNamed':
      return {
        ...after,
        chairStands: true,
        chairDeclinedBecause: null,
        dissent: { ...before.dissent, conference: { ...before.dissent.conference, chair: event.chair } },
      };
    case 'ConferenceRecorded':
      return {
        ...after,
        record: { ...event.record, at: event.at, by: event.actor.person },
        dissent: { ...before.dissent, agency: event.agency },
      };
    case 'DissentReferred':
      return after;
    case 'ActorNamed':
      return { ...after, named: { ...before.named, [event.role]: event.person } };
    case 'DissentResolved':
      return { ...after, resolved: true };
    case 'LetterSubmitted':
      return { ...after, letter: { ...event.letter, at: event.at, by: event.actor.person } };
    case 'LateLetterJudged': {
      const { accepted, reasons } = event;
      return { ...after, lateness: { accepted, reasons, at: event.at, by: event.actor.person } };
    }
    case 'DissentWithdrawn':
      return { ...after, withdrawn: { reason: event.reason, at: event.at } };
    case 'DissentAddedTo': {
      const { text, at } = event;
      return { ...after, additions: [...before.additions, { text, at, by: event.actor.person, stage: before.stage }] };
    }
    case 'PaperAdded': {
      const { title, link, at } = event;
      return { ...after, papers: [...before.papers, { title, link, at, by: event.actor.person, stage: before.stage }] };
    }
    case 'InformationRequested': {
      const { request, kind, of, to, question, wantedBy, aside } = event;
      const asks = { request, stage: before.stage, kind, of, to, question, wantedBy, ...(aside ? { aside } : {}) };
      const asked: Question = { ...asks, askedAt: event.at, answer: null };
      return { ...after, questions: [...before.questions, asked] };
    }
    case 'InformationGiven': {
      const answer = { text: event.answer, at: event.at, by: event.actor.person, stage: before.stage };
      return { ...after, questions: before.questions.map((each) => (each.request === event.request ? { ...each, answer } : each)) };
    }
    case 'DecisionMade': {
      const { outcome, perChild, reasons, answers, own = {}, delayReason, flags } = event;
      const decision = {
        outcome,
        perChild,
        reasons,
        answers,
        own,
        delayReason,
        flags,
        at: event.at,
        by: event.actor.person,
        role: event.actor.role,
        kept: event.kept ?? {},
      };
      return { ...after, decisions: { ...before.decisions, [event.stage]: decision } };
    }
    case 'ViewGiven': {
      const { stage, outcome, perChild, reasons, answers } = event;
      const { person: by, role } = event.actor;
      const others = (before.views[stage] ?? []).filter((view) => view.role !== role && view.by !== by);
      return {
        ...after,
        views: { ...before.views, [stage]: [...others, { role, by, outcome, perChild, reasons, answers, at: event.at }] },
      };
    }
    case 'DateMoved': {
      const { stage, kind, from, to } = event;
      return { ...after, moved: [...before.moved, { stage, kind, from, to, at: event.at }] };
    }
    case 'ChoiceMade': {
      const { stage, choice, reasons, answers } = event;
      const chosen = { choice, reasons, answers, at: event.at, by: event.actor.person };
      return { ...after, choices: { ...before.choices, [stage]: chosen } };
    }
    case 'CaseClosed':
      return { ...after, status: 'closed', closedAt: event.at };
    case 'TimesRequested':
    case 'TimesFound':
    case 'ChairChosen':
    case 'InvitedChanged':
    case 'TimeChosen':
    case 'InvitationSent':
    case 'TimeLost':
    case 'OutlookRead':
    case 'OutlookTimeTaken':
    case 'LinkFound':
    case 'LinkMissing':
    case 'InvitationFailed':
    case 'MeetingCancelled':
    case 'CancellationSent':
    case 'MeetingCalledOff':
    case 'MeetingLeft':
    case 'MeetingHeld':
    case 'MeetingLatenessExplained':
    case 'SharingOffered':
    case 'SharingAgreed':
    case 'SharingEnded':
    case 'MeetingShared':
    case 'MeetingFollowed':
    case 'MeetingJoined':
      return { ...after, ...meetingBy(after, event) };
    default:
      return { ...after, conclusion: concludedBy(before.conclusion, event) };
  }
}

/** A case with what an event keeps of its day: who acted, and dates as they were counted (CD10, CD11). */
function withKept(current: Case, { kept, actor }: RecordedEvent): Case {
  if (!kept) return current;
  const { by, dates = [] } = kept;
  const replaced = (one: KeptDate) => dates.some(({ stage, kind }) => stage === one.stage && kind === one.kind);
  return {
    ...current,
    signatories: by ? { ...current.signatories, [actor.person]: by } : current.signatories,
    dates: [...current.dates.filter((each) => !replaced(each)), ...dates],
  };
}
