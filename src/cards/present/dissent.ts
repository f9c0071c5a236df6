import { aboutCase, answersGiven, type GivenAnswer } from '../../app/caseFacts.ts';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { agencyName, nameAndJob, nameOf } from '../../directory/names.ts';
import { type Case, forFamily, type Question } from '../../domain/case.ts';
import type { Answers } from '../../domain/events/trail.ts';
import { dateOf, sayDate, sayInstant } from '../../domain/londonTime.ts';
import { linksOf, recordStageOf, tellsAgencies, writtenLetter } from '../../domain/procedure.ts';
import type { FormQuestion as Asked } from '../../domain/procedureParts.ts';
import { yearsAfter } from '../../domain/raise.ts';
import { capitalised, inSentence, listOf, workingDays } from '../../domain/words.ts';
import type { Fact } from '../dates.ts';
import { type Alert, decidesTheCase, type Section, section, type Typed } from './body.ts';

/** What the dissent is about, for those who may read it (C3, C7, C8): facts, the children's references, and what was written. */
export function dissentSection(seen: CaseForViewer, heading: string, several: number, part: 'dissenter' | 'chair' | 'decider'): Section {
  const { current, procedure, partnership, directory } = seen;
  const { children, dissenter, reasons, newInformation, leadConsulted, categoryThen, contact } = current.dissent;
  const family = forFamily(current.dissent);
  const about = aboutCase(seen);
  const facts: (Fact | null)[] = [
    about.decision,
    about.complainant,
    about.madeOn,
    part === 'dissenter' ? null : { title: family ? 'Logged by' : 'Raised by', value: nameAndJob(directory, dissenter) },
    about.agency,
    about.attended,
    about.grounds,
    about.agencyConcerned,
    about.level,
  ];
  const details = [about.conference, part === 'chair' ? null : about.chair].filter((fact) => fact !== null);
  const shown = facts.filter((fact) => fact !== null);
  const more = answerParts(procedure.asks, current.dissent.answers ?? {}, 'raise', seen);
  return section(heading, {
    // Whoever wrote it knows what it is about.
    ...(part === 'dissenter' ? { details: [...shown, ...details, ...more.facts] } : { facts: shown, details: [...details, ...more.facts] }),
    links: family ? linksOf(procedure).flatMap((id) => partnership.links[id] ?? []) : [],
    typed: [
      { id: 'children', label: 'Children, by reference', text: listOf(children) },
      { id: 'reasons', label: family ? `What the ${procedure.words.case} says` : `Reasons for the ${procedure.words.case}`, text: reasons },
      ...(newInformation === null ? [] : [{ id: 'new', label: 'New information', text: newInformation }]),
      ...short('lead', 'Agency lead consulted', leadConsulted),
      ...short('category', 'Category at the time', categoryThen),
      ...short('contact', 'How to reach them', contact),
      ...more.typed,
      ...latest(additionsOf(seen), several, 'additions', (count) => `${count} earlier additions`),
    ],
  });
}

/** A text that may have been left out. */
const short = (id: string, label: string, text: string | undefined): Typed[] => (text === undefined ? [] : [{ id, label, text }]);

function additionsOf({ current }: CaseForViewer): Typed[][] {
  return current.additions.map(({ text, at }, index) => [{ id: `addition.${index + 1}`, label: `Added ${sayInstant(at)}`, text }]);
}

/** The latest of many, with all earlier ones put together in one text, so that none is lost to the card's size. */
export function latest(groups: Typed[][], several: number, id: string, label: (count: number) => string): Typed[] {
  const earlier = groups.slice(0, Math.max(0, groups.length - several));
  const together = earlier.flatMap((group) => group.map((each) => `${each.label}: ${each.text}`)).join('\n\n');
  return [...(earlier.length > 0 ? [{ id, label: label(earlier.length), text: together }] : []), ...groups.slice(earlier.length).flat()];
}

/**
 * What the chair recorded (C5, C6, S9-S11), and which papers there are (C10, S14), or nothing before that. `attendees` are for the
 * chair's own card.
 */
export function recordSection(seen: CaseForViewer, attendees: boolean): Section[] {
  const { current, procedure, partnership, directory } = seen;
  const { record, letter } = current;
  if (!record) return [];
  const names = (people: string[]) =>
    people.length === 0
      ? `Nobody besides the chair${forFamily(current.dissent) ? '' : ` and the person who ${procedure.words.raises}`}`
      : listOf(people.map((person) => nameOf(directory, person)));
  const agencies = record.agencies.map((agency) => agencyName(partnership, agency));
  const { asks = {} } = recordStageOf(procedure) ?? {};
  const answers = answerParts(asks, record.answers, 'record', seen);
  const papers = papersOf(seen);
  const written = decidesTheCase(seen) ? writtenLetter(seen.procedure) : null;
  const facts: Fact[] = [
    ...answers.facts,
    ...papers
      .filter(({ title, url }) => url !== null || !current.papers.some((added) => added.title === title))
      .map(({ title, url }) => ({ title, value: url === null ? 'not attached' : 'present' })),
    ...current.papers.map(({ title, at }) => ({ title, value: `added ${sayInstant(at)}` })),
    ...(written === null ? [] : [{ title: capitalised(written), value: letter ? 'present' : 'missing' }]),
    ...(tellsAgencies(procedure)
      ? [{ title: 'Agencies to be told', value: agencies.length === 0 ? 'None listed' : listOf(agencies) }]
      : []),
    ...(attendees ? [{ title: 'Must be there again', value: names(record.required) }] : []),
    ...(attendees && record.optional.length > 0 ? [{ title: 'May be there', value: names(record.optional) }] : []),
  ];
  return [
    section(forFamily(current.dissent) ? 'What was recorded' : 'What the chair recorded', {
      meta: `${sayInstant(record.at)}, by ${nameOf(directory, record.by)}. Locked since then.`,
      facts,
      typed: answers.typed,
      links: paperLinks(seen),
    }),
  ];
}

/** The papers that the procedure asks the chair for, each with the link that was recorded, or null for one that is not attached (C10, S14). */
function papersOf({ current, procedure }: CaseForViewer): { title: string; url: string | null }[] {
  const { documents = {} } = recordStageOf(procedure) ?? {};
  return Object.entries(documents).map(([id, { title }]) => ({ title, url: current.record?.documents[id] ?? null }));
}

/** Links to the papers that the chair attached. */
export function paperLinks(seen: CaseForViewer): Section['links'] {
  const added = seen.current.papers.map(({ title, link: url }) => ({ title, url }));
  return [...papersOf(seen), ...added].flatMap(({ title, url }) => (url === null ? [] : [{ title: `Open ${inSentence(title)}`, url }]));
}

/** Answers to a procedure's questions: those that were chosen as facts, and those that were typed under `<prefix>.<question>`. */
export function answerParts(
  asks: Record<string, Asked>,
  answers: Answers,
  prefix: string,
  seen: CaseForViewer,
): { facts: Fact[]; typed: Typed[] } {
  const given = answersGiven(asks, answers, seen);
  const isTyped = ({ kind }: GivenAnswer) => kind === 'text' || kind === 'long';
  return {
    facts: given.filter((each) => !isTyped(each)).map(({ title, value }) => ({ title, value })),
    typed: given.filter(isTyped).map(({ id, title, value }) => ({ id: `${prefix}.${id}`, label: title, text: value })),
  };
}

/** Every question of the case with its answer and times (C13-C15), for those who decide. */
export function questionsSection(seen: CaseForViewer, several: number): Section[] {
  const { questions } = seen.current;
  if (questions.length === 0) return [];
  const groups = questions.map((question): Typed[] => [asked(question, seen), answered(question, seen)]);
  return [
    section('Questions, answers and advice', {
      typed: latest(groups, several, 'questions', (count) => `${count} earlier questions and answers`),
    }),
  ];
}

function asked({ request, kind, of, to, question, askedAt }: Question, { procedure, directory }: CaseForViewer): Typed {
  const whom = `${procedure.roles[of] ? `the ${procedure.roles[of].title}` : `the ${of}`}, ${nameOf(directory, to)}`;
  return {
    id: `question.${request}`,
    label: `${kind === 'advice' ? 'Advice asked of' : 'Asked of'} ${whom}, ${sayInstant(askedAt)}`,
    text: question,
  };
}

function answered({ request, kind, answer, wantedBy }: Question, { directory }: CaseForViewer): Typed {
  const id = `answer.${request}`;
  if (answer)
    return {
      id,
      label: `${kind === 'advice' ? 'Advice' : 'Answer'}, ${sayInstant(answer.at)}, from ${nameOf(directory, answer.by)}`,
      text: answer.text,
    };
  return {
    id,
    label: kind === 'advice' ? 'Advice' : 'Answer',
    text: `Not answered yet.${wantedBy === null ? '' : ` Wanted by ${sayDate(wantedBy)} (local target).`}`,
  };
}

/** How many years after the conference it was raised, so that a slip in the date is seen (CD15). */
function sayYearsAfter({ dissent, raisedAt }: Case, meeting: string): string {
  const years = yearsAfter(dissent.conference.date, dateOf(raisedAt));
  return `The ${meeting} was held ${years === 1 ? 'more than a year' : `${years} years`} before this was raised. Check that its date is right.`;
}

/**
 * What sets this dissent apart: raised late (Q6), agency not confirmed (C2), a decision or ground that the procedure does not list (Q5,
 * Q15).
 */
export function flagAlerts({ current, procedure }: CaseForViewer): Alert[] {
  const warning = (text: string): Alert => ({ text, style: 'warning' });
  return current.flags.flatMap((flag) => {
    const [kind, id = ''] = flag.split(':');
    if (kind === 'raised-after')
      return [
        warning(`Raised after the day of the ${procedure.words.meeting}, on ${sayInstant(current.raisedAt)}. The time limit is the same.`),
      ];
    if (kind === 'raised-years-after') return [warning(sayYearsAfter(current, procedure.words.meeting))];
    if (kind === 'raised-late' && current.dissent.late)
      return [warning(`Raised ${workingDays(current.dissent.late.by)} after the time limit for it. Why: ${current.dissent.late.reason}`)];
    if (kind === 'agency-unconfirmed') {
      return [
        warning(
          current.dissent.agency === null
            ? 'The chair has to confirm which agency this person represents.'
            : 'The directory gives no agency for this person. The chair confirmed the one shown.',
        ),
      ];
    }
    const complainant = kind === 'complainant' ? procedure.complainants[id]?.flag : undefined;
    if (complainant !== undefined) return [warning(complainant)];
    const text = kind === 'decision' ? procedure.decisions[id]?.flag : kind === 'ground' ? procedure.grounds[id]?.flag : undefined;
    return text === undefined ? [] : [warning(text)];
  });
}
