import type { Oversight } from '../app/oversight.ts';
import type { RaisableProcedure } from '../app/raiseDissent.ts';
import type { CaseForViewer } from '../app/seeCase.ts';
import type { Dissent } from '../domain/events/dissentEvents.ts';
import { stageOf } from '../domain/procedure.ts';
import type { Stage } from '../domain/procedureParts.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { wayToDecision } from '../domain/stages/stages.ts';
import { inSentence, listOf, workingDays } from '../domain/words.ts';
import { datesInShort } from './dates.ts';
import { buttonsFor, plainFrame } from './frame.ts';
import { whereItStands } from './present/whereItStands.ts';
import { deciderAt } from './stageWords.ts';
import type { TemplateAndData } from './template.ts';

const noCase = buttonsFor('', 0);

/** What some people may ask for beyond their own cases: the word to type, its button, and what it shows. */
const BEYOND = [
  { of: 'complaints', title: 'Log complaint', value: 'Write down what a parent, carer or child complains of.', verb: 'log' },
  { of: 'register', title: 'Register', value: 'The open cases, the soonest due first.' },
  { of: 'figures', title: 'Figures', value: 'How many, how long, and with what outcome, by quarter.' },
  { of: 'posts', title: 'Cover', value: 'Name a deputy for the days when you are away.', verb: 'cover' },
  { of: 'stuck', title: 'Stuck', value: 'What could not be finished, and what to check.' },
] as const satisfies { of: keyof Oversight; title: string; value: string; verb?: string }[];

/** Said to what could not be read, with what can be typed. */
const NOT_UNDERSTOOD =
  'Sorry, I did not understand that. You can type "raise dissent", "my cases", "help", or "case" and a reference, such as "case DIS-27-001".';

/** More buttons than Teams shows. */
const MOST_BUTTONS = 6;

/**
 * The first card that a person sees: what the bot is for, where to begin, and what is there for this person beyond their own cases.
 * Whoever decides or administrates is offered their cases first. `procedures` are those that the person may dissent under, and `unclear`
 * is the answer to words that could not be read, and says so first.
 */
export function welcome(
  firstName: string,
  oversight: Oversight | null = null,
  unclear = false,
  procedures: Procedure[] = [],
): TemplateAndData {
  const beyond = BEYOND.filter(({ of }) => (oversight?.[of].length ?? 0) > 0);
  const oversees = (oversight?.register.length ?? 0) > 0;
  const raise = noCase({ verb: 'raise', title: 'Raise dissent', ...(oversees ? {} : { style: 'positive' }) });
  const mine = noCase({ verb: 'my-cases', title: 'My cases', ...(oversees ? { style: 'positive' } : {}) });
  const others = beyond.map((each) => noCase({ verb: 'verb' in each ? each.verb : each.of, title: each.title }, 'none'));
  const help = noCase({ verb: 'help', title: 'Help' });
  const buttons = oversees ? [mine, ...others.slice(0, MOST_BUTTONS - 2), raise] : [raise, mine, ...others, help].slice(0, MOST_BUTTONS);
  const also = beyond.length === 0 ? [] : [{ facts: beyond.map(({ title, value }) => ({ title, value })) }];
  const notices = unclear ? [NOT_UNDERSTOOD] : [];
  const steps = stepsOf(procedures).map((value, index) => ({ title: `${index + 1}`, value }));
  return {
    view: 'welcome',
    data: { ...plainFrame(firstName === '' ? 'Hello' : `Hello, ${firstName}`, { buttons, notices }), also, steps },
  };
}

/** What happens with a dissent, step by step: as the person's own procedure has it, where they have but one. */
function stepsOf([procedure, ...others]: Procedure[]): string[] {
  const given = 'You give your reasons.';
  const recorded = 'The chair records them.';
  if (!procedure || others.length > 0) return [given, recorded, 'A manager decides, and you are told here.'];
  const way = wayToDecision(procedure, { stage: procedure.start, dissent: {} as Dissent });
  const steps = way.map((name) => {
    const stage = stageOf(procedure, name);
    if (stage.kind === 'submit') return `You write your ${stage.letter}${sayWithin(stage, procedure)}.`;
    const decider = deciderAt(stage, procedure);
    return decider === null ? recorded : `The ${decider} decides, and you are told here.`;
  });
  return [given, ...steps];
}

function sayWithin({ limit }: Stage, { words: { meeting } }: Procedure): string {
  if (!limit || limit.within === null || limit.from !== 'conference' || limit.unit === 'hours') return '';
  return ` within ${limit.unit === 'working-days' ? workingDays(limit.within) : `${limit.within} days`} of the ${meeting}`;
}

/**
 * What a person may choose between when raising a dissent: procedures, and kinds of meeting. `draft` is the random id of the form to
 * come.
 */
export function openingsList(openings: RaisableProcedure[], draft: string): TemplateAndData {
  const button = buttonsFor(draft, 0);
  const count = (named: (opening: RaisableProcedure) => string) => new Set(openings.map(named)).size;
  const many = { partnerships: count(({ partnershipId }) => partnershipId) > 1, procedures: count(({ procedure }) => procedure.id) > 1 };
  const buttons = openings.map(({ id, procedure, partnership, meeting }) => {
    const kind = meeting === null ? [] : [procedure.meetings[meeting]?.title ?? meeting];
    const title = [
      ...(many.partnerships ? [partnership.name] : []),
      ...(many.procedures || kind.length === 0 ? [procedure.title] : []),
      ...kind,
    ];
    return button({ verb: `raise:${id}`, title: title.join(': ') });
  });
  const families = new Set(openings.flatMap(({ procedure }) => procedure.families ?? []));
  const text =
    openings.length === 0
      ? ['There is no procedure that you can raise a dissent under. Please ask your administrator.']
      : [
          `Choose what ${openings.some(({ procedure }) => procedure.raisedBy === 'staff') ? 'the' : 'your'} ${raisedIn(openings)} is about.`,
          ...families,
        ];
  const title = openingsTitle(openings);
  return { view: 'notice', data: { ...plainFrame(title, { buttons }), text, links: [] } };
}

/** What may be raised there, in one phrase: "dissent", "dissent or escalation". */
function raisedIn(openings: RaisableProcedure[]): string {
  return [...new Set(openings.map(({ procedure }) => procedure.words.case))].join(' or ');
}

function openingsTitle(openings: RaisableProcedure[]): string {
  const [first] = openings;
  if (!first) return 'Raise dissent';
  const staff = first.procedure.raisedBy === 'staff';
  return staff ? `Log ${first.procedure.words.aCase}` : `Raise ${raisedIn(openings)}`;
}

/** A plain message with a title. The text may hold what somebody typed. */
export function notice(title: string, text: string): TemplateAndData {
  return { view: 'notice', data: { ...plainFrame(title), text: [text], links: [] } };
}

/** The answer to a concern that is no ground for dissent: where it belongs instead (C4), in the procedure's own words. */
export function diverted({ title, url }: { title: string; url: string }, { words, grounds }: Procedure): TemplateAndData {
  const about = Object.values(grounds).flatMap((ground) => (ground.divert === undefined ? [] : inSentence(ground.title)));
  const text = [
    `A concern about ${listOf(about)} goes to the ${title}.`,
    `No ${words.case} was opened. If you also do not agree with the decision, raise ${words.aCase} and choose that ground as well.`,
  ];
  const buttons = [noCase({ verb: 'raise', title: 'Raise dissent' })];
  return {
    view: 'notice',
    data: { ...plainFrame(`This goes to the ${title}`, { buttons }), text, links: [{ title: `Open the ${title}`, url }] },
  };
}

/** What everybody may see of a case: its reference (X6, X9); in a group chat with a button to one's own view of it. */
export function neutral(reference: string, inGroup: boolean, ended: string[] = []): TemplateAndData {
  const buttons = inGroup ? [buttonsFor(reference, 0)({ verb: 'see:status', title: 'Show me' }, 'none')] : [];
  const none = [...ended, 'There is nothing here for you to see now.'].join(' ');
  const text = inGroup ? 'Each person on this case sees their own part of it here.' : none;
  const fallback = `Case ${reference}. This card needs a newer version of Teams. Type "help" to go on in words.`;
  return { view: 'neutral', data: { ...plainFrame(`Case ${reference}`, { speak: `Case ${reference}`, fallback, buttons }), text } };
}

/** A person's cases: where each stands, and a button to open it. */
export function caseList(cases: CaseForViewer[]): TemplateAndData {
  const rows = cases.map((seen) => {
    const { reference, revision } = seen.current;
    const open = buttonsFor(reference, revision)({ verb: 'open:my-cases', title: `Open ${reference}` }, 'none');
    return { reference, stands: whereItStands(seen), due: datesInShort(seen), open: [open] };
  });
  const buttons = [noCase({ verb: 'raise', title: 'Raise dissent', ...(rows.length === 0 ? { style: 'positive' } : {}) })];
  return {
    view: 'case-list',
    data: { ...plainFrame('My cases', { buttons }), none: rows.length === 0 ? ['You have no cases.'] : [], rows },
  };
}
