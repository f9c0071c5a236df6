import { type Procedure, type Stage, stageOf, type Window } from '../domain/procedure.ts';

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
  const first = `  [*] --> ${stateName(start)}: ${upperFirst(words.case)} raised`;
  return [first, ...[...routed].map(([to, title]) => `  [*] --> ${stateName(to)}: ${title}`)];
}

/**
 * A procedure in plain English, a sentence or two for each stage: who acts, by when, and what comes of it.
 */
export function summaryOf(procedure: Procedure): string[] {
  return Object.entries(procedure.stages).flatMap(([, stage]) => [
    `${actOf(procedure, stage)}${byWhen(procedure, stage.limit)}.`,
    ...(stage.target ? [`Local target, not part of the procedure:${byWhen(procedure, stage.target)}.`] : []),
    ...waysOn(procedure, stage)
      .filter(({ label, to }) => label !== '' && (stage.kind === 'decide' || to !== stage.next))
      .map(({ label, to }) => `  ${label}: ${to === null ? 'the case is closed' : lowerFirst(stageOf(procedure, to).title)}.`),
  ]);
}

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
      return [{ to: stage.next, label: `${upperFirst(stage.letter)} sent` }];
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
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
