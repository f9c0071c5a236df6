import { holdersOf } from '../../domain/authority.ts';
import { currentBooking } from '../../domain/bookings.ts';
import { latenessOpen } from '../../domain/commands/bars.ts';
import type { Command, CommandOf } from '../../domain/commands.ts';
import type { Slot } from '../../domain/events/meetingEvents.ts';
import type { Answers } from '../../domain/events/trail.ts';
import { dateOf, LONDON } from '../../domain/londonTime.ts';
import { asksOf, forMeeting } from '../../domain/procedure.ts';
import type { FormQuestion, StageKind, StageOf } from '../../domain/procedureParts.ts';
import { recipientsOf } from '../../domain/recipients.ts';
import { nobodyActs, type Refusal } from '../../domain/refusal.ts';
import { attendeesOf, chairsToChoose, chairWanted } from '../../domain/sharing.ts';
import type { Task } from '../../domain/task.ts';
import { childrenAt, tasksOf } from '../../domain/tasks.ts';
import { countWorkingDays } from '../../domain/workingDays.ts';
import { does, doesEach, later, pressed, reports, type Scene, type World } from './world.ts';

/** One way on from a stage: what it is called, and what it comes to. */
export type Way = { label: string; go(scene: Scene): Scene | Refusal };

const SAID = 'as it was';

/** Every way on from a kind of stage. */
type Ways<K extends StageKind> = (world: World, scene: Scene, stage: StageOf<K>, name: string) => Way[];

const ways: { [K in StageKind]: Ways<K> } = {
  record: (world, { current }, stage) => {
    const asks = forMeeting(stage.asks, current.dissent.conference.type);
    const recording = (answers: Answers): Command => ({
      type: 'Record',
      agency: current.dissent.agency,
      record: { answers, documents: {}, agencies: world.cast.agencies, required: ['colleague'], optional: [] },
    });
    const { closes } = stage;
    const answered = (answer: string) => recording({ ...answersTo(asks), ...(closes ? { [closes.question]: answer } : {}) });
    const other = closes?.answer === 'yes' ? 'no' : 'yes';
    const closing = closes && Object.hasOwn(asks, closes.question) && current.letter === null;
    return [
      { label: stage.button, go: (scene) => does(world, scene, answered(other)) },
      ...(closing ? [{ label: closes.title, go: (scene: Scene) => does(world, scene, answered(closes.answer)) }] : []),
    ];
  },
  submit: (world, _scene, { letter }) => [
    { label: letter, go: (scene) => does(world, scene, { type: 'Submit', text: SAID, link: null, lateReason: SAID }) },
  ],
  decide: (world, { current }, stage, name) => {
    if (latenessOpen(current, world.procedure))
      return [true, false].map((accepted) => ({
        label: accepted ? 'late letter accepted' : 'late letter not accepted',
        go: (scene) => does(world, scene, { type: 'JudgeLateness', accepted, reasons: SAID }),
      }));
    const { type } = current.dissent.conference;
    const offered = Object.entries(forMeeting(stage.outcomes, type));
    const [first, ...others] = childrenAt(current, world.procedure, name);
    const decides = (outcome: string, otherwise: string | null): CommandOf<'Decide'> => ({
      type: 'Decide',
      stage: name,
      outcome,
      ...(otherwise === null
        ? {}
        : { own: { [first ?? '']: { outcome: otherwise, reasons: null, answers: answersTo(asksOf(stage, [otherwise], type)) } } }),
      reasons: SAID,
      answers: answersTo(asksOf(stage, [outcome, ...(otherwise === null ? [] : [otherwise])], type)),
      delayReason: SAID,
    });
    const divided =
      others.length === 0 ? [] : offered.flatMap((one) => offered.filter((other) => other !== one).map((other) => [one, other] as const));
    return [
      ...offered.map(([id, { title }]): Way => ({ label: title, go: (scene) => decidedByAll(world, scene, decides(id, null)) })),
      ...divided.map(
        ([[one, { title }], [other, { title: rest }]]): Way => ({
          label: `${rest} for one child, ${title} for the others`,
          go: (scene) => decidedByAll(world, scene, decides(one, other)),
        }),
      ),
    ];
  },
  choose: (world, { current }, { choices, silence }, name) => {
    const { type } = current.dissent.conference;
    return [
      ...Object.entries(forMeeting(choices, type)).map(
        ([choice, { title, asks }]): Way => ({
          label: title,
          go: (scene) =>
            does(world, scene, { type: 'Choose', stage: name, choice, reasons: null, answers: answersTo(forMeeting(asks, type)) }),
        }),
      ),
      ...(silence
        ? [{ label: 'nothing is chosen', go: (scene: Scene) => reports(world, scene, { type: 'TakeSilence', stage: name }) }]
        : []),
    ];
  },
  reconvene: (world, _scene, { title }) => [{ label: title, go: (scene) => heldAgain(world, scene) }],
  conclude: (world, _scene, { title }) => [{ label: title, go: (scene) => concluded(world, scene) }],
};

/** Every way on from the stage that a case is at. */
export function waysFrom(world: World, scene: Scene): Way[] {
  const name = scene.current.stage;
  const stage = world.procedure.stages[name];
  return stage ? (ways[stage.kind] as Ways<StageKind>)(world, scene, stage, name) : [];
}

/** Everybody who decides together gives the same view, until it is decided (PL4). */
function decidedByAll(world: World, from: Scene, command: CommandOf<'Decide'>): Scene | Refusal {
  const stage = world.procedure.stages[command.stage];
  const roles = stage?.kind === 'decide' ? [stage.by, ...stage.with] : [];
  let scene = from;
  for (const role of roles) {
    if (scene.current.decisions[command.stage]) break;
    const { principal } = holdersOf(role, scene.current, world.cast.roster, dateOf(scene.now));
    const came = principal === null ? nobodyActs(role) : pressed(world, scene, command, principal);
    if ('refused' in came) return came;
    scene = came;
  }
  return scene;
}

/** An answer to each question. */
export function answersTo(asks: Record<string, FormQuestion>): Answers {
  const said: Record<FormQuestion['kind'], string> = {
    'yes-no': 'yes',
    confirm: 'yes',
    text: SAID,
    long: SAID,
    person: 'colleague',
    date: '2027-02-02',
  };
  return Object.fromEntries(Object.entries(asks).map(([id, { kind }]) => [id, said[kind]]));
}

/** The conference meets again: a chair is chosen where one has to be, a time is found and booked, and it is recorded as held. */
function heldAgain(world: World, from: Scene): Scene | Refusal {
  const { procedure, cast } = world;
  let scene = from;
  if (chairWanted(scene.current, procedure)) {
    const [chair = ''] = chairsToChoose(scene.current, procedure, cast.roster);
    const chosen = does(world, scene, { type: 'ChooseChair', chair });
    if ('refused' in chosen) return chosen;
    scene = chosen;
  }
  const slot = slotAfter(world, scene);
  scene = reports(world, scene, { type: 'ReportTimes', found: { slots: [slot], leastBad: [], blockers: [] } });
  if (!currentBooking(scene.current)) {
    const chosen = does(world, scene, { type: 'ChooseTime', start: slot.start, reason: SAID });
    if ('refused' in chosen) return chosen;
    scene = chosen;
  }
  const booking = currentBooking(scene.current)?.number ?? 1;
  scene = reports(world, scene, {
    type: 'ConfirmInvitation',
    booking,
    start: slot.start,
    calendarEvent: 'event',
    joinUrl: 'https://meet.example',
  });
  return does(world, later(scene, Temporal.Instant.from(slot.end)), {
    type: 'ReportHeld',
    on: dateOf(slot.start).toString(),
    reason: SAID,
  });
}

function slotAfter({ calendar }: World, { current, now }: Scene): Slot {
  const day = countWorkingDays(calendar, dateOf(now), 1).due;
  const start = day.toZonedDateTime({ timeZone: LONDON, plainTime: '10:00' }).toInstant();
  const free = attendeesOf(current).map(({ person }) => person);
  return {
    start: start.toString(),
    end: start.add({ hours: 2 }).toString(),
    workingDay: 1,
    meetsTarget: null,
    free,
    tentative: [],
    busy: [],
    unknown: [],
  };
}

/** Everything is sent, told, filed and done, until nothing is left: the case is then closed by itself. */
function concluded(world: World, from: Scene): Scene | Refusal {
  let scene = from;
  for (const { id } of tasksOf(from.current, world.procedure)) {
    const task = tasksOf(scene.current, world.procedure).find((each) => each.id === id);
    if (!task || task.done || scene.current.status === 'closed') continue;
    const came = finishing[task.kind](world, scene, task);
    if ('refused' in came) return came;
    scene = came;
  }
  return scene;
}

const ticked = (world: World, scene: Scene, { id }: Task) => does(world, scene, { type: 'TickTask', task: id, note: null });

const finishing: Record<Task['kind'], (world: World, scene: Scene, task: Task) => Scene | Refusal> = {
  letter: sent,
  copy: sent,
  agency: ticked,
  chair: ticked,
  task: ticked,
  parents: (world, scene, { stage }) =>
    doesEach(world, scene, [
      ...(scene.current.conclusion.parents[stage]?.teller ? [] : [{ type: 'NameTeller' as const, stage, person: 'colleague' }]),
      { type: 'CheckContact', stage, safe: true, approach: null },
      { type: 'TellParents', stage, on: dateOf(scene.now).toString(), means: SAID, everyone: true, note: null },
    ]),
  file: (world, scene, { of }) => does(world, scene, { type: 'FileReasons', child: of, fileReference: SAID }),
};

/** The letter of a decision is approved as the procedure proposes it, and goes. */
function sent(world: World, scene: Scene, { stage }: Task): Scene | Refusal {
  const definition = world.procedure.stages[stage];
  if (definition?.kind !== 'decide' || !definition.letter) return scene;
  const recipients = recipientsOf(scene.current, definition.letter, world.cast.roster, dateOf(scene.now));
  const approved = scene.current.conclusion.letters[stage]
    ? scene
    : does(world, scene, { type: 'ApproveLetter', stage, wording: SAID, recipients, changes: null });
  if ('refused' in approved) return approved;
  return approved.current.conclusion.sendings.reduce(
    (at, { number, status }) => (status === 'wanted' ? reports(world, at, { type: 'ConfirmSending', sending: number }) : at),
    approved,
  );
}
