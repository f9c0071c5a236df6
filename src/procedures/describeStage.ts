import { agreementOf, deciders, deciderTitle, stagesOfKind, titleOf } from '../domain/procedure.ts';
import type { DecideStage, FormQuestion, RecordStage, Stage, StageKind, StageOf } from '../domain/procedureParts.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { called } from '../domain/whoIsTold.ts';
import { capitalised, inSentence, listOf } from '../domain/words.ts';

/** A way on from a stage: to another, or where `to` is null to the end of the case. */
export type Way = { to: string | null; label: string };

/** How a kind of stage is described: a new kind does not compile before all of it is said. */
type StageDescription<K extends StageKind> = {
  /** Who does what there. */
  act(stage: StageOf<K>, procedure: Procedure): string;
  /** What belongs to it besides the ways on from it. */
  details(stage: StageOf<K>, procedure: Procedure): string[];
  ways(stage: StageOf<K>, procedure: Procedure): Way[];
  /** What has happened once it is over, as what days are counted from. */
  over(stage: StageOf<K>, procedure: Procedure): string;
};

const descriptions: { [K in StageKind]: StageDescription<K> } = {
  record: {
    act: ({ by }, { words }) =>
      by === 'chair' ? `The chair records the ${words.case}` : `An administrator acknowledges the ${words.case} and passes it on`,
    details: ({ asks, documents, tell }, procedure) => [
      ...askedIn(asks),
      ...Object.values(documents).map(({ title }) => `May be attached by link: ${inSentence(title)}`),
      ...toldOf(tell, procedure),
    ],
    ways: ({ closes, next, button }, { levels }) => [
      ...(closes ? [{ to: null, label: closes.title }] : []),
      ...Object.values(levels).flatMap((level) => (level.next === undefined ? [] : [{ to: level.next, label: level.title }])),
      { to: next, label: button },
    ],
    over: ({ by }) => (by === 'administrator' ? 'it was passed on' : 'the chair recorded it'),
  },
  submit: {
    act: ({ letter }) => `The professional writes the ${letter}`,
    details: (stage, procedure) =>
      recordedBefore(procedure, stage) ? ['It may be written before the chair has recorded, and goes on afterwards'] : [],
    ways: ({ next, letter }) => [{ to: next, label: `${capitalised(letter)} sent` }],
    over: () => 'the letter was sent',
  },
  decide: {
    act: (stage, procedure) => `The ${deciderTitle(procedure, stage)} ${stage.with.length === 0 || stage.called ? 'decides' : 'decide'}`,
    details: (stage, procedure) => [
      ...(stage.with.length === 0
        ? []
        : [
            `${agreementOf(stage)} of ${stage.with.length + 1} have to agree: ${listOf([stage.by, ...stage.with].map((role) => titleOf(procedure.roles, role)))}`,
          ]),
      ...requestsOf(procedure, stage),
      ...askedIn(stage.asks),
      ...letterOf(procedure, stage),
      ...toldOf(stage.tell, procedure),
      ...tasksOf(procedure, stage),
    ],
    ways: ({ outcomes, lateRefused }, { meetings }) => [
      ...Object.values(outcomes).map(({ title, next, only }) => ({
        to: next,
        label: only ? `${title} (${only.map((meeting) => titleOf(meetings, meeting)).join(', ')} only)` : title,
      })),
      ...(lateRefused ? [{ to: lateRefused, label: 'Late letter not accepted' }] : []),
    ],
    over: (stage, procedure) => `the ${deciderTitle(procedure, stage)} decided`,
  },
  choose: {
    act: (_stage, { words }) => `Whoever raised the ${words.case} chooses how it goes on`,
    details: ({ choices, silence }) => [
      ...Object.values(choices).flatMap(({ title, asks }) => askedIn(asks, title)),
      ...(silence ? [`Where nothing is chosen by the last day, it counts as "${titleOf(choices, silence.as)}"`] : []),
    ],
    ways: ({ choices }) => Object.values(choices).map(({ title, next }) => ({ to: next, label: title })),
    over: () => 'the choice',
  },
  reconvene: {
    act: ({ differentChair, chosenBy }, { words }) =>
      `The ${words.meeting} is held again${differentChair === 'required' ? ' under a different chair' : ''}, at a time chosen by ${chosenBy === 'bot' ? 'the bot' : 'an administrator'}`,
    details: ({ minutes, hours, notice }) => [
      `It lasts ${minutes} minutes, between ${hours.from} and ${hours.to}, and people have ${notice} working days' notice`,
    ],
    ways: ({ next }) => [{ to: next, label: 'Held' }],
    over: () => 'it was held',
  },
  conclude: {
    act: ({ title }) => `${title}: what is left is done, and the case is closed`,
    details: ({ tell, file }, procedure) => [
      ...toldOf(tell, procedure, roleNamed(procedure, deciders(procedure)[0] ?? '')),
      ...(file ? [`To be filed: ${inSentence(file.title)}`] : []),
    ],
    ways: () => [{ to: null, label: '' }],
    over: () => 'the end',
  },
};

/** How a stage is described: the words take the very stage, of which the compiler cannot see that it is of that kind. */
export function descriptionOf(stage: Stage): StageDescription<StageKind> {
  return descriptions[stage.kind] as StageDescription<StageKind>;
}

/** Whether a stage comes straight after the one at which it is recorded. */
function recordedBefore(procedure: Procedure, stage: Stage): boolean {
  return stagesOfKind(procedure, 'record').some(([, { next }]) => procedure.stages[next] === stage);
}

function askedIn(asks: Record<string, FormQuestion>, outcome?: string): string[] {
  const said = ({ title, optional, eachChild }: FormQuestion) =>
    `"${title}"${eachChild ? ' about each child' : ''}${optional ? ' (may be left empty)' : ''}`;
  const questions = Object.values(asks).map(said);
  return questions.length === 0 ? [] : [`Asked${outcome === undefined ? '' : ` with "${outcome}"`}: ${questions.join(', ')}`];
}

/** Who may be asked before the decision, and who else may write it down. */
function requestsOf(procedure: Procedure, { ask, askTarget, advice, also, pauses }: DecideStage): string[] {
  const people = [...ask.map((of) => `the ${of}`), ...(advice === undefined ? [] : [`for advice ${roleNamed(procedure, advice)}`])];
  const wanted = askTarget?.within ? `, and an answer is wanted within ${askTarget.within} ${askTarget.unit.replace('-', ' ')}` : '';
  return [
    ...(people.length === 0
      ? []
      : [`May be asked meanwhile: ${listOf(people)}${wanted}; ${pauses ? 'the clock stops meanwhile' : 'no clock stops'}`]),
    ...(also.includes('administrator') ? ['An administrator may write down what was decided'] : []),
  ];
}

function letterOf(procedure: Procedure, { letter }: DecideStage): string[] {
  if (!letter) return [];
  return [
    `${letter.title}: to ${listOf(letter.to.map((who) => called(who, procedure)))}${letter.copy ? ", with the partnership's copy" : ''}`,
  ];
}

/** Who has to be told. `decider` is in words whoever that is. */
function toldOf(tell: RecordStage['tell'], procedure: Procedure, decider = called('decider', procedure)): string[] {
  return tell ? [`To be told: ${listOf(tell.who.map((who) => (who === 'decider' ? decider : called(who, procedure))))}`] : [];
}

/** What some outcomes ask, and what they have somebody do. */
function tasksOf(procedure: Procedure, { outcomes }: DecideStage): string[] {
  return Object.values(outcomes).flatMap(({ title, asks, tasks, holds }) => [
    ...askedIn(asks, title),
    ...(holds === undefined ? [] : [`After "${title}", everybody reads from that day on: "${holds}"`]),
    ...Object.values(tasks).map((task) => `After "${title}", ${roleNamed(procedure, task.by)} has a task: ${inSentence(task.title)}`),
  ]);
}

const roleNamed = ({ roles }: Procedure, role: string) => `the ${titleOf(roles, role)}`;
