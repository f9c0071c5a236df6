import type { CaseForViewer } from '../../src/app/seeCase.ts';
import type { Command } from '../../src/domain/commands.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import { tasksOf } from '../../src/domain/tasks.ts';

/** All that could be asked of a case now, each with words of its own wherever somebody types, so that it is known where they come out. */

/** Which case, by a letter, and which press of all: what makes words unlike any others. */
type Where = { letter: string; number: number };

/** What stands wherever somebody types: what kind of text it is, and where it was typed. */
export const typed = (kind: string, { letter, number }: Where): string => `«${kind} ${letter}${number}»`;

/** Those words in a text. */
export const typedIn = (text: string): string[] => text.match(/«[^»]+»/g) ?? [];

/** The commands, for whoever may give them. */
export function commandsFor(
  { current, procedure, roster, now }: CaseForViewer,
  place: Where & { attending: readonly string[]; agencies: readonly string[]; teller: string },
): Command[] {
  const { stages } = procedure;
  const children = current.dissent.children;
  const text = (kind: string) => typed(kind, place);
  const long = (kind: string) => `${text(kind)} of ${children.join(', ')}`;
  const [, ...others] = children;
  const day = dateOf(now).toString();
  const decides = Object.entries(stages).flatMap(([stage, definition]): Command[] => {
    if (definition.kind !== 'decide') return [];
    const outcomes = Object.keys(definition.outcomes);
    return outcomes.flatMap((outcome): Command[] => {
      const answers = {
        ...{ guidance: 'yes', edition: text('decision'), parents: place.teller, improvements: text('decision') },
        ...{ new_information: text('outcome'), old_category: text('outcome'), new_category: text('outcome') },
      };
      const decide = { type: 'Decide' as const, stage, outcome, reasons: long('decision'), answers, delayReason: text('delay') };
      const divided = outcomes
        .filter((each) => each !== outcome)
        .map((other) => ({
          ...decide,
          own: Object.fromEntries(
            others.map((child) => [
              child,
              { outcome: other, reasons: long('decision'), answers: { ...answers, new_category: text('outcome') } },
            ]),
          ),
        }));
      return [decide, ...(others.length > 0 ? divided : [])];
    });
  });
  const tasks = tasksOf(current, procedure).flatMap(({ id, kind, stage, of }): Command[] => {
    if (kind === 'letter')
      return [
        {
          type: 'ApproveLetter',
          stage,
          wording: long('wording'),
          recipients:
            stages[stage]?.kind === 'decide' && stages[stage].letter?.to.includes('everyone')
              ? [`person:${place.teller}`]
              : ['agency:police'],
          changes: text('changes'),
        },
      ];
    if (kind === 'file') return [{ type: 'FileReasons', child: of, fileReference: text('filed') }];
    if (kind !== 'parents') return [{ type: 'TickTask', task: id, note: text('note') }];
    return [
      { type: 'NameTeller', stage, person: place.teller },
      { type: 'NameTeller', stage, person: place.attending.at(-1) ?? place.teller },
      { type: 'CheckContact', stage, safe: false, approach: text('approach') },
      ...[true, false].map((everyone): Command => ({ type: 'TellParents', stage, on: day, means: 'visit', everyone, note: text('told') })),
    ];
  });
  return [
    {
      type: 'Record',
      record: {
        answers:
          procedure.raisedBy === 'staff'
            ? {}
            : {
                ...{ consensus: 'yes', threshold: text('record'), decision: text('record'), basis: text('record') },
                ...{ asked: 'yes', resolved: place.number % 9 === 8 ? 'yes' : 'no', account: text('record') },
              },
        documents: { notes: `https://files.example/${text('paper')}` },
        agencies: [...place.agencies],
        required: [...place.attending],
        optional: [],
      },
      agency: current.dissent.agency ?? 'camhs',
    },
    ...decides,
    ...tasks,
    { type: 'Submit', text: long('letter'), link: `https://files.example/${text('letter')}`, lateReason: text('letter') },
    ...[true, false].map((accepted): Command => ({ type: 'JudgeLateness', accepted, reasons: text('lateness') })),
    { type: 'AddToDissent', text: long('addition') },
    { type: 'Withdraw', reason: text('withdrawal') },
    { type: 'DeclineChair', reason: text('declined') },
    ...roster.chairs.map((chair): Command => ({ type: 'NameChair', chair })),
    { type: 'Ask', of: 'dissenter', question: text('question') },
    { type: 'Ask', of: 'chair', question: text('question') },
    { type: 'AskAdvice', question: text('question') },
    ...current.questions.map(({ request }): Command => ({ type: 'Answer', request, answer: text('answer') })),
    { type: 'LookForTimes' },
    { type: 'ShareMeeting' },
    ...roster.chairs.map((chair): Command => ({ type: 'ChooseChair', chair })),
    { type: 'ChangeInvited', required: roster.chairs, optional: [current.dissent.dissenter] },
    ...['2027-11-16', '2027-11-23', '2028-01-18'].map(
      (date): Command => ({ type: 'ChooseTime', start: `${date}T10:00:00Z`, reason: text('booking') }),
    ),
    { type: 'CancelMeeting', reason: text('booking') },
    { type: 'RetryInvitation' },
    { type: 'ExplainLateness', reason: text('booking') },
    { type: 'ReportHeld', on: day, reason: text('booking') },
    ...current.conclusion.sendings.flatMap(({ number: sending }): Command[] => [{ type: 'SettleSending', sending, as: 'sent' }]),
    { type: 'RetryFiling' },
    { type: 'RemainConcerned' },
    { type: 'NoteEscalation', text: text('escalation') },
    ...(['entry', 'case', 'acknowledgement', 'dissent-letter', 'letter:decide', 'letter:review'] as const).map(
      (document): Command => ({ type: 'RequestDocument', document }),
    ),
  ];
}
