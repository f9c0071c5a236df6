import type { CaseForViewer } from '../../app/seeCase.ts';
import { nameOf } from '../../directory/names.ts';
import type { Question } from '../../domain/case.ts';
import { sayInstant } from '../../domain/londonTime.ts';
import { agreementOf, deciderTitle, forMeeting, stageOf, titleOf } from '../../domain/procedure.ts';
import type { DecideStage } from '../../domain/procedureParts.ts';
import { addedHere, papersAddedHere } from '../../domain/questions.ts';
import { type TimeLimit, timeLimitsOf } from '../../domain/timeLimits.ts';
import { inSentence, listOf, workingDays } from '../../domain/words.ts';
import { explained, sayLimit, unlimited } from '../dates.ts';
import { type Alert, type Body, type Button, part, type Section, section } from './body.ts';
import { leftSection } from './checklist.ts';
import { decisionLetterSection } from './decisionLetter.ts';
import { dissentSection, flagAlerts, questionsSection, recordSection } from './dissent.ts';
import { escalatedSection } from './escalation.ts';
import { lateLetterAlerts, letterSection } from './letter.ts';
import { linkedAlerts } from './linked.ts';
import { meetingSection, outcomeSections } from './outcomeSections.ts';
import { outlookAlerts } from './outlook.ts';
import { insteadAlerts, lineManagerAlerts } from './people.ts';
import { sentToViewer } from './sending.ts';

/** A decider's card, for any deciding stage: everything needed to decide on one card (C10-C16, C19, C20, Q14, S14-S19). */
export function presentDecide(seen: CaseForViewer, name: string, several: number): Body {
  const { current, procedure, calendar, now } = seen;
  const stage = stageOf(procedure, name) as DecideStage;
  const role = deciderTitle(procedure, stage);
  const waits = current.status === 'open' && current.stage === name;
  const limits = waits ? timeLimitsOf(current, procedure, calendar, now) : [];
  return {
    title: waits ? `For the ${role} to decide` : `${current.decisions[name] ? 'Decided by' : 'For'} the ${role}`,
    alerts: [
      ...overdueAlerts(limits),
      ...outlookAlerts(seen),
      ...lateLetterAlerts(seen),
      ...(waits
        ? [...addedAlerts(seen), ...askedAlerts(seen), ...insteadAlerts(seen, ownRole(stage, seen)), ...lineManagerAlerts(seen)]
        : []),
      ...flagAlerts(seen),
      ...linkedAlerts(seen),
    ],
    dues: [
      ...limits.map((limit) =>
        explained(
          limit,
          `${limit.kind === 'local target' && limit.overdueBy > 0 ? 'The target was' : 'Decide by'} ${sayLimit(limit)}`,
          seen,
        ),
      ),
      ...(waits ? unlimited(name, seen) : []),
    ],
    parts: [
      part('toSend', decisionLetterSection(seen, name, stage, several)),
      part('views', viewsSection(seen, name, stage)),
      part('after', [...(waits ? [] : leftSection(seen)), ...escalatedSection(seen, several), ...sentToViewer(seen)]),
      part('meeting', meetingSection(seen)),
      part('outcomes', outcomeSections(seen)),
      part('dissent', [dissentSection(seen, `The ${procedure.words.case}`, several, 'decider')], { folded: !waits }),
      part('letter', letterSection(seen), { folded: !waits }),
      part('record', recordSection(seen, false), { folded: true }),
      part('questions', questionsSection(seen, several), { folded: true }),
      // What others have left to do must not stand before what the viewer has to decide.
      part('left', waits ? leftSection(seen) : []),
    ],
    buttons: waits ? buttonsOf(stage, name, seen) : [{ verb: 'document:case', title: 'Send me the whole case' }],
  };
}

/** The role in which the viewer decides, of several that decide together (PL4). */
function ownRole({ by, with: others }: DecideStage, { standings }: CaseForViewer): string {
  return [by, ...others].find((role) => standings.includes(role)) ?? by;
}

/** What those who decide together have said so far, and how many of them have to agree (PL4). */
function viewsSection({ current, procedure, directory }: CaseForViewer, name: string, stage: DecideStage): Section[] {
  if (stage.with.length === 0 || current.decisions[name]) return [];
  const views = current.views[name] ?? [];
  const roles = [stage.by, ...stage.with];
  const said = roles.map((role) => {
    const view = views.find((each) => each.role === role);
    const outcomes = [...new Set(Object.values(view?.perChild ?? {}))].map((id) => titleOf(stage.outcomes, id));
    return { title: titleOf(procedure.roles, role), value: view ? `${listOf(outcomes)}, ${nameOf(directory, view.by)}` : 'No view yet' };
  });
  return [
    section('Decided together', {
      lead: `${agreementOf(stage)} of ${roles.length} have to agree. Each can change their view until then.`,
      facts: said,
      typed: views.map(({ role, reasons }) => ({ id: `view.${role}`, label: titleOf(procedure.roles, role), text: reasons })),
    }),
  ];
}

/** What was added since the case came here, so that new danger is not read over (C8). */
function addedAlerts({ current }: CaseForViewer): Alert[] {
  const added = addedHere(current).at(-1);
  const paper = papersAddedHere(current).at(-1);
  return [
    ...(added ? [`something was added ${sayInstant(added.at)}`] : []),
    ...(paper ? [`${inSentence(paper.title)}, added ${sayInstant(paper.at)}`] : []),
  ].map((what): Alert => ({ text: `New since this came to you: ${what}. Please read it.`, style: 'warning' }));
}

/** Who has answered and who has not, so that no answer is read over that stands folded away (C13-C15). */
function askedAlerts({ current, procedure: { roles } }: CaseForViewer): Alert[] {
  const here = current.questions.filter(({ stage, answer }) => stage === current.stage || answer?.stage === current.stage);
  if (here.length === 0) return [];
  const whom = ({ of }: Question) => (roles[of] ? `the ${roles[of].title} (advice)` : `the ${of}`);
  const [answered, waiting] = [here.filter(({ answer }) => answer), here.filter(({ answer }) => !answer)];
  const said = [
    ...(answered.length > 0 ? [`Answered: ${listOf(answered.map(whom))}. Please read it below.`] : []),
    ...(waiting.length > 0 ? [`Not answered yet: ${listOf(waiting.map(whom))}.`] : []),
  ];
  return [{ text: said.join(' '), style: 'accent' }];
}

/** Lateness flags and never refuses: the decision can still be made (C16, Q12). */
function overdueAlerts(limits: TimeLimit[]): Alert[] {
  return limits
    .filter(({ kind, overdueBy }) => kind === 'time limit' && overdueBy > 0)
    .map(({ overdueBy }) => ({
      text: `OVERDUE by ${workingDays(overdueBy)}. You can still decide; say why it is late.`,
      style: 'attention',
    }));
}

/** Outcomes stand by until a late letter is accepted or not: which of these are shown is the domain's to say (Q17). */
function buttonsOf(stage: DecideStage, name: string, { current, procedure: { roles } }: CaseForViewer): Button[] {
  return [
    { verb: 'late:accept', title: 'Accept late' },
    { verb: 'late:refuse', title: 'Not accept' },
    ...Object.entries(forMeeting(stage.outcomes, current.dissent.conference.type)).map(
      ([id, { title }]): Button => ({ verb: `decide:${name}.${id}`, title }),
    ),
    ...stage.ask.map((of): Button => ({ verb: `ask:${of}`, title: `Ask ${of}` })),
    ...(stage.advice === undefined ? [] : [{ verb: 'advice', title: `Ask ${titleOf(roles, stage.advice)} for advice` } as const]),
  ];
}
