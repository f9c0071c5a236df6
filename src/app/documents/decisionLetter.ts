import { nameAndJob } from '../../directory/names.ts';
import { currentBooking } from '../../domain/bookings.ts';
import type { Decision } from '../../domain/case.ts';
import { sendingsOf } from '../../domain/conclusion.ts';
import type { StageName } from '../../domain/events/trail.ts';
import { dateOf, sayDate } from '../../domain/londonTime.ts';
import { stageOf, titleOf } from '../../domain/procedure.ts';
import type { DecideStage, StageKind, StageOf } from '../../domain/procedureParts.ts';
import { recipientsOf } from '../../domain/recipients.ts';
import { timeLimitsOfStage } from '../../domain/timeLimits.ts';
import { whatHolds } from '../../domain/whatHolds.ts';
import { listOf, sayWhen } from '../../domain/words.ts';
import { aboutCase } from '../caseFacts.ts';
import type { CaseForViewer } from '../seeCase.ts';
import type { Block, Document } from './document.ts';
import { decisionBlocks } from './outcome.ts';
import { addresseeOf, decisionAt, facts, heading, notice, onPaper, paragraph, subjectRows } from './parts.ts';
import { signature } from './signature.ts';
import { whatWasRead } from './whatWasRead.ts';

/** The title of a decision's letter where the procedure gives none. */
const LETTER = 'Decision letter';

/**
 * The letter of a decision, for any deciding stage of any procedure (C17, S22; Part E). It says what the procedure has
 * asked the decider, so that Camden's decision letters and Scotland's written note are one letter with other answers.
 * `wording` is the reasons as the decider approved them for the letter, where a child has none of its own (CD1); `addressee` is whom this copy goes to, in words.
 * @throws Error if nothing has been decided at that stage
 */
export function decisionLetter(seen: CaseForViewer, stage: string, wording: string, addressee: string): Document {
  const { current, procedure } = seen;
  const { stage: decides, decision } = decisionAt(seen, stage);
  const blocks: Block[] = [
    paragraph([`To: ${addressee}`, `Reference: ${current.reference}`, `Date of the decision: ${dayOf(decision.at)}`].join('\n')),
    notice(whatHolds(current, procedure)),
    heading('What it is about'),
    facts(`What the ${procedure.words.case} is about`, [...subjectRows(seen), aboutCase(seen).agency, aboutCase(seen).children]),
    heading('What was read'),
    { kind: 'list', items: whatWasRead(seen, stage) },
    heading(`Decision of the ${titleOf(procedure.roles, decides.by)}`),
    ...decisionBlocks(seen, decides, decision, wording, current.conclusion.letters[stage]?.own),
    heading('What happens next'),
    { kind: 'list', items: nextSteps(seen, decides, decision, stage) },
    ...escalationBlocks(seen, stage, decision),
    heading('Signed'),
    paragraph(signature(seen, decides, decision)),
    ...recipientBlocks(seen, decides, stage),
  ];
  return onPaper(seen, decides.letter?.title ?? LETTER, `letter-${stage}`, blocks);
}

const dayOf = (at: string) => sayDate(dateOf(at));

/** What follows the decision: the next stage with its date, a meeting's time, who tells the parents, and what else has to be done. */
function nextSteps(seen: CaseForViewer, stage: DecideStage, decision: Decision, name: string): string[] {
  const { procedure } = seen;
  const chosen = new Set([decision.outcome, ...Object.values(decision.perChild)]);
  const tasks = [...chosen].flatMap((outcome) => Object.entries(stage.outcomes[outcome]?.tasks ?? {}));
  const done = (id: string) => seen.current.conclusion.ticks[`task:${name}.${id}`];
  return [
    ...onward(seen, stage.outcomes[decision.outcome]?.next ?? seen.current.stage),
    ...tasks.map(([id, { title, by }]) => {
      const ticked = done(id);
      return ticked ? `${title}. It was done on ${dayOf(ticked.at)}.` : `${title}. Who does it: ${titleOf(procedure.roles, by)}.`;
    }),
    ...parentsTold(seen, stage, name),
  ];
}

function onward(seen: CaseForViewer, next: string): string[] {
  const { current, procedure, calendar, now } = seen;
  const following = stageOf(procedure, next);
  const dates = timeLimitsOfStage(current, procedure, next, calendar, now).map(
    ({ due, kind }) => `by ${sayDate(due)} (${kind === 'time limit' ? "the procedure's time limit" : 'a local target'})`,
  );
  const by = dates.length === 0 ? '' : `, ${listOf(dates)}`;
  return (afterwards[following.kind] as Afterwards<StageKind>)(following, by, seen, next);
}

/** What a letter says of the stage that a decision leads to; `by` is by when, in words. */
type Afterwards<K extends StageKind> = (stage: StageOf<K>, by: string, seen: CaseForViewer, name: StageName) => string[];

const ended = (_stage: unknown, _by: string, { procedure }: CaseForViewer) => [
  `No further decision follows. The review of the ${procedure.words.case} has ended.`,
];

const afterwards: { [K in StageKind]: Afterwards<K> } = {
  record: ended,
  submit: ended,
  decide: (stage, by, { current, procedure }, name) => {
    const who = `The ${titleOf(procedure.roles, stage.by)}`;
    const made = current.decisions[name];
    // It may be written after that decision was made, and speaks of none as still to come that is there.
    return made
      ? [`${who} has looked at the case since, and decided on ${dayOf(made.at)}.${stage.letter ? ' Another letter tells of that.' : ''}`]
      : [`${who} now looks at the case and decides${by}.`];
  },
  reconvene: ({ title }, by, seen) => [`${title}${by}.`, sayBooking(seen)],
  conclude: ended,
};

function sayBooking({ current }: CaseForViewer): string {
  const booking = currentBooking(current);
  if (!booking) return 'No time has been booked yet. Everyone who has to be there will be invited.';
  return booking.status === 'held' ? `It was held: ${sayWhen(booking)}.` : `It is booked for ${sayWhen(booking)}.`;
}

function parentsTold({ current, procedure, directory }: CaseForViewer, { tell }: DecideStage, name: string): string[] {
  if (!tell?.who.includes('parents')) return [];
  const answered = tell.teller === undefined ? undefined : current.decisions[name]?.answers[tell.teller];
  const teller = current.conclusion.parents[name]?.teller ?? answered;
  const who = teller ? nameAndJob(directory, teller) : 'A named person';
  const told = current.conclusion.parents[name]?.told.find(({ everyone }) => everyone);
  if (told) return [`${who} told ${procedure.words.family} on ${sayDate(told.on)}.`];
  return [`${who} will tell ${procedure.words.family}. Please leave this to them.`];
}

/** Where to turn next, where the procedure offers it after this outcome (C24, C25, Q11). */
function escalationBlocks({ procedure, partnership }: CaseForViewer, stage: string, { outcome, perChild }: Decision): Block[] {
  const { escalation } = procedure;
  const reached = new Set([outcome, ...Object.values(perChild)]);
  if (!escalation || ![...reached].some((each) => escalation.after.includes(`${stage}.${each}`))) return [];
  const link = partnership.links[escalation.link];
  return [
    heading('If you remain concerned'),
    paragraph(
      "Speak to your own agency's nominated representative at the partnership. The policy below says how to take a concern further.",
    ),
    ...(link ? [{ kind: 'links' as const, items: [link] }] : []),
    notice(escalation.danger),
  ];
}

/** Whom the letter goes to, and the partnership's copy (C17, C18, S22): as approved, or until then as the procedure has it. */
function recipientBlocks(seen: CaseForViewer, { letter }: DecideStage, stage: string): Block[] {
  const { current, partnership } = seen;
  if (!letter) return [];
  const approved = sendingsOf(current.conclusion, stage).filter(({ status }) => status !== 'dropped');
  const to = new Set(approved.length > 0 ? approved.map((each) => each.to) : recipientsOf(current, letter));
  const named = [...to].filter((each) => each !== 'copy').map((each) => addresseeOf(each, seen));
  const items = [...named, ...(letter.copy || to.has('copy') ? [`Copy: ${partnership.name}`] : [])];
  return items.length === 0 ? [] : [heading('Who gets this'), { kind: 'list', items }];
}
