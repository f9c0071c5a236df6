import {
  type ConcludeStage,
  type DecideStage,
  deciders,
  type Procedure,
  type Question,
  type RecordStage,
  type Stage,
  stageOf,
  type Window,
} from '../domain/procedure.ts';
import { capitalised, inSentence, listOf } from '../domain/words.ts';

/**
 * A procedure as a Mermaid state diagram: its stages, and what leads from one to the next.
 */
export function diagramOf(procedure: Procedure): string {
  const stages = Object.entries(procedure.stages);
  const names = stages.map(([name, { title }]) => `  ${stateName(name)}: ${title}`);
  const ways = stages.flatMap(([name, stage]) =>
    waysOn(procedure, stage).map(
      ({ to, label }) => `  ${stateName(name)} --> ${to === null ? '[*]' : stateName(to)}${label ? `: ${label}` : ''}`,
    ),
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
    `${actOf(procedure, stage)}${byWhen(procedure, stage.limit)}.`,
    ...(stage.target ? [`Local target, not part of the procedure:${byWhen(procedure, stage.target)}.`] : []),
    ...detailsOf(procedure, stage).map((line) => `  ${line}.`),
    ...waysOn(procedure, stage)
      .filter(({ label, to }) => label !== '' && (stage.kind === 'decide' || to !== stage.next))
      .map(({ label, to }) => `  ${label}: ${to === null ? 'the case is closed' : inSentence(stageOf(procedure, to).title)}.`),
  ]);
  return [...stages, ...escalationOf(procedure)];
}

/** What belongs to a stage besides the ways on from it. */
function detailsOf(procedure: Procedure, stage: Stage): string[] {
  switch (stage.kind) {
    case 'record':
      return [
        ...askedIn(stage.asks),
        ...Object.values(stage.documents).map(({ title }) => `May be attached by link: ${inSentence(title)}`),
        ...toldOf(procedure, stage),
      ];
    case 'submit':
      return recordedBefore(procedure, stage) ? ['It may be written before the chair has recorded, and goes on afterwards'] : [];
    case 'decide':
      return [
        ...requestsOf(procedure, stage),
        ...askedIn(stage.asks),
        ...letterOf(stage),
        ...toldOf(procedure, stage),
        ...tasksOf(procedure, stage),
      ];
    case 'reconvene': {
      const { minutes, hours, notice } = stage;
      return [`It lasts ${minutes} minutes, between ${hours.from} and ${hours.to}, and people have ${notice} working days' notice`];
    }
    case 'conclude':
      return [...toldOf(procedure, stage), ...(stage.file ? [`To be filed: ${inSentence(stage.file.title)}`] : [])];
  }
}

/** Whether a stage comes straight after the one at which it is recorded. */
function recordedBefore({ stages }: Procedure, stage: Stage): boolean {
  return Object.values(stages).some(({ kind, next }) => kind === 'record' && next !== undefined && stages[next] === stage);
}

function askedIn(asks: Record<string, Question>, outcome?: string): string[] {
  const said = ({ title, optional }: Question) => `"${title}"${optional ? ' (may be left empty)' : ''}`;
  const questions = Object.values(asks).map(said);
  return questions.length === 0 ? [] : [`Asked${outcome === undefined ? '' : ` with "${outcome}"`}: ${questions.join(', ')}`];
}

/** Who may be asked before the decision, and who else may write it down. */
function requestsOf(procedure: Procedure, { ask, askTarget, advice, also }: DecideStage): string[] {
  const people = [...ask.map((of) => `the ${of}`), ...(advice === undefined ? [] : [`for advice ${roleNamed(procedure, advice)}`])];
  const wanted = askTarget?.within ? `, and an answer is wanted within ${askTarget.within} ${askTarget.unit.replace('-', ' ')}` : '';
  return [
    ...(people.length === 0 ? [] : [`May be asked meanwhile: ${listOf(people)}${wanted}; no clock stops`]),
    ...(also.includes('administrator') ? ['An administrator may write down what was decided'] : []),
  ];
}

function letterOf({ letter }: DecideStage): string[] {
  if (!letter) return [];
  const to = letter.to === 'agencies' ? 'the agencies that the chair confirmed' : 'everyone who was there';
  return [`${letter.title}: to ${to}${letter.copy ? ", with the partnership's copy" : ''}`];
}

function toldOf(procedure: Procedure, stage: RecordStage | DecideStage | ConcludeStage): string[] {
  const { tell } = stage;
  const decider = stage.kind === 'conclude' ? roleNamed(procedure, deciders(procedure)[0] ?? '') : 'whoever decides next';
  const called = { agency: 'the agency that dissents', chair: 'the chair', decider, parents: procedure.words.family };
  return tell ? [`To be told: ${listOf(tell.who.map((who) => called[who]))}`] : [];
}

/** What some outcomes ask, and what they have somebody do. */
function tasksOf(procedure: Procedure, { outcomes }: DecideStage): string[] {
  return Object.values(outcomes).flatMap(({ title, asks, tasks }) => [
    ...askedIn(asks, title),
    ...Object.values(tasks).map((task) => `After "${title}", ${roleNamed(procedure, task.by)} has a task: ${inSentence(task.title)}`),
  ]);
}

function escalationOf(procedure: Procedure): string[] {
  if (!procedure.escalation) return [];
  const outcomes = procedure.escalation.after.map((each) => {
    const [name = '', outcome = ''] = each.split('.');
    const stage = stageOf(procedure, name);
    return `"${(stage.kind === 'decide' ? stage.outcomes[outcome]?.title : undefined) ?? each}"`;
  });
  return [`A professional who remains concerned after ${listOf(outcomes)} is shown whom to turn to.`];
}

const roleNamed = ({ roles }: Procedure, role: string) => `the ${roles[role]?.title ?? role}`;

type Way = { to: string | null; label: string };

function waysOn(procedure: Procedure, stage: Stage): Way[] {
  switch (stage.kind) {
    case 'record':
      return [
        ...(stage.closes ? [{ to: null, label: stage.closes.title }] : []),
        ...Object.values(procedure.levels).flatMap(({ title, next }) => (next === undefined ? [] : [{ to: next, label: title }])),
        { to: stage.next, label: stage.button },
      ];
    case 'submit':
      return [{ to: stage.next, label: `${capitalised(stage.letter)} sent` }];
    case 'decide':
      return [
        ...Object.values(stage.outcomes).map(({ title, next, only }) => ({
          to: next,
          label: only ? `${title} (${only.map((meeting) => procedure.meetings[meeting]?.title ?? meeting).join(', ')} only)` : title,
        })),
        ...(stage.lateRefused ? [{ to: stage.lateRefused, label: 'Late letter not accepted' }] : []),
      ];
    case 'reconvene':
      return [{ to: stage.next, label: 'Held' }];
    case 'conclude':
      return [{ to: null, label: '' }];
  }
}

function actOf({ roles, words }: Procedure, stage: Stage): string {
  switch (stage.kind) {
    case 'record':
      return stage.by === 'chair'
        ? `The chair records the ${words.case}`
        : `An administrator acknowledges the ${words.case} and passes it on`;
    case 'submit':
      return `The professional writes the ${stage.letter}`;
    case 'decide':
      return `The ${roles[stage.by]?.title ?? stage.by} decides`;
    case 'reconvene':
      return `The ${words.meeting} is held again${stage.differentChair === 'required' ? ' under a different chair' : ''}, at a time chosen by ${stage.chosenBy === 'bot' ? 'the bot' : 'an administrator'}`;
    case 'conclude':
      return `${stage.title}: what is left is done, and the case is closed`;
  }
}

function byWhen(procedure: Procedure, window: Window | undefined): string {
  if (!window) return '';
  const { within, unit, from } = window;
  if (within === null) return ', with no time limit';
  const start = startOf(procedure, from);
  if (unit === 'hours') return ` within ${within} hours of ${from === 'conference' ? 'the end of the day of ' : ''}${start}`;
  return ` by the ${ordinal(within)} ${unit === 'working-days' ? 'working day' : 'calendar day'} after ${start}`;
}

function startOf(procedure: Procedure, from: string): string {
  if (from === 'conference') return `the ${procedure.words.meeting}`;
  if (from === 'raised') return 'it was raised';
  const stage = stageOf(procedure, from);
  const ended: Record<Stage['kind'], string> = {
    record: stage.kind === 'record' && stage.by === 'administrator' ? 'it was passed on' : 'the chair recorded it',
    submit: 'the letter was sent',
    decide: stage.kind === 'decide' ? `the ${procedure.roles[stage.by]?.title ?? stage.by} decided` : '',
    reconvene: 'it was held',
    conclude: 'the end',
  };
  return ended[stage.kind];
}

/** 1st, 2nd, 3rd, 4th, 11th, 21st. */
function ordinal(number: number): string {
  const teen = number % 100 >= 11 && number % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

/** Mermaid's state names may hold no hyphen. */
const stateName = (name: string) => name.replaceAll('-', '_');
