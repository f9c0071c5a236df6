import { sayFrom } from '../domain/anchors.ts';
import { stageOf, stageOfKind } from '../domain/procedure.ts';
import type { Window } from '../domain/procedureParts.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { stageFacts } from '../domain/stages/stages.ts';
import { bothOf } from '../domain/timeLimits.ts';
import { capitalised, inSentence, listOf } from '../domain/words.ts';
import { descriptionOf } from './describeStage.ts';

/**
 * A procedure as a Mermaid state diagram: its stages, and what leads from one to the next.
 */
export function diagramOf(procedure: Procedure): string {
  const stages = Object.entries(procedure.stages);
  const names = stages.map(([name, { title }]) => `  ${stateName(name)}: ${title}`);
  const ways = stages.flatMap(([name, stage]) =>
    descriptionOf(stage)
      .ways(stage, procedure)
      .map(({ to, label }) => `  ${stateName(name)} --> ${to === null ? '[*]' : stateName(to)}${label ? `: ${label}` : ''}`),
  );
  return ['stateDiagram-v2', ...names, ...beginnings(procedure), ...ways].join('\n');
}

/** Where a case begins: at the first stage, or where it is routed at once (P9). */
function beginnings({ start, words, grounds }: Procedure): string[] {
  const routed = new Map(Object.values(grounds).flatMap(({ title, routes }) => (routes ? [[routes.to, title]] : [])));
  const first = `  [*] --> ${stateName(start)}: ${capitalised(words.case)} raised`;
  return [first, ...[...routed].map(([to, title]) => `  [*] --> ${stateName(to)}: ${title}`)];
}

/**
 * A procedure in plain English, some lines for each stage: who acts, by when, what is asked, what comes of it, and who hears of it.
 */
export function summaryOf(procedure: Procedure): string[] {
  const stages = Object.values(procedure.stages).flatMap((stage) => [
    `${descriptionOf(stage).act(stage, procedure)}${byWhen(procedure, stage.limit)}.`,
    ...(stage.target ? [`Local target, not part of the procedure:${byWhen(procedure, stage.target)}.`] : []),
    ...descriptionOf(stage)
      .details(stage, procedure)
      .map((line) => `  ${line}.`),
    ...descriptionOf(stage)
      .ways(stage, procedure)
      .filter(({ label, to }) => label !== '' && to !== stageFacts(stage).next(stage, procedure, {}))
      .map(({ label, to }) => `  ${label}: ${to === null ? 'the case is closed' : inSentence(stageOf(procedure, to).title)}.`),
  ]);
  return [...stages, ...escalationOf(procedure), ...meanwhileOf(procedure)];
}

/** What everybody reads until something has changed the decision (C12, CD2). */
function meanwhileOf({ words, decisions, grounds }: Procedure): string[] {
  const plans = [...Object.values(decisions), ...Object.values(grounds)].filter(({ plan }) => plan).map(({ title }) => `"${title}"`);
  if (words.plan === undefined || plans.length === 0) return [];
  return [`Until then everybody reads: "${words.decisionStands}", and where it is about ${listOf(plans)} also "${words.plan}"`];
}

function escalationOf(procedure: Procedure): string[] {
  if (!procedure.escalation) return [];
  const outcomes = procedure.escalation.after.map((each) => {
    const [name = '', outcome = ''] = each.split('.');
    return `"${stageOfKind(procedure, name, 'decide')?.outcomes[outcome]?.title ?? each}"`;
  });
  return [`A professional who remains concerned after ${listOf(outcomes)} is shown whom to turn to.`];
}

function byWhen(procedure: Procedure, window: Window | undefined): string {
  if (!window) return '';
  if (window.within === null) return ', with no time limit';
  const said = bothOf(window).map((each) => sayWindow(procedure, each));
  return ` ${said.join(', or ')}${window.or ? `, whichever is ${window.or.whichever}` : ''}`;
}

function sayWindow(procedure: Procedure, { within, unit, from }: Window): string {
  const start = startOf(procedure, from);
  if (unit === 'hours') return `within ${within} hours of ${from === 'conference' ? 'the end of the day of ' : ''}${start}`;
  if (unit === 'months') return `within ${within} ${within === 1 ? 'month' : 'months'} of ${start}`;
  return `by the ${ordinal(within ?? 0)} ${unit === 'working-days' ? 'working day' : 'calendar day'} after ${start}`;
}

function startOf(procedure: Procedure, from: string): string {
  if (from === 'conference') return `the ${procedure.words.meeting}`;
  if (from === 'raised') return 'it was raised';
  const stage = procedure.stages[from];
  return stage ? descriptionOf(stage).over(stage, procedure) : sayFrom(from, procedure);
}

/** 1st, 2nd, 3rd, 4th, 11th, 21st. */
function ordinal(number: number): string {
  const teen = number % 100 >= 11 && number % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

/** Mermaid's state names may hold no hyphen. */
const stateName = (name: string) => name.replaceAll('-', '_');
