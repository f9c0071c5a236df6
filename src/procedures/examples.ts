import { startBefore } from '../domain/anchors.ts';
import { type Case, replay } from '../domain/case.ts';
import { endOf, LONDON } from '../domain/londonTime.ts';
import { didYouMean } from '../domain/nearest.ts';
import { dateQuestions } from '../domain/procedure.ts';
import type { ProcedureFinding } from '../domain/procedureChecks.ts';
import type { Procedure } from '../domain/procedureShape.ts';
import { dueOf, type TimeLimit, timeLimitsOfStage } from '../domain/timeLimits.ts';
import type { Calendar } from '../domain/workingDays.ts';

type Example = Procedure['examples'][number];
type Found = Pick<ProcedureFinding, 'path' | 'message'>;

/** The examples of a procedure that do not come out, each with the date that does (PL2). */
export function examplesThatFail(procedure: Procedure, calendar: Calendar): Found[] {
  return procedure.examples.flatMap((example, index) =>
    failuresOf(example, procedure, calendar).map((found) => ({ ...found, path: ['examples', index, ...found.path] })),
  );
}

function failuresOf(example: Example, procedure: Procedure, calendar: Calendar): Found[] {
  const known = ['conference', 'raised', ...Object.keys(procedure.stages), ...Object.keys(dateQuestions(procedure))];
  const unknown = Object.keys(example.given).filter((name) => !known.includes(name));
  if (unknown.length > 0)
    return unknown.map((name) => ({
      path: ['given', name],
      message: `nothing here is called "${name}"${didYouMean(name, known, 'days are given for')}`,
    }));
  const current = caseOf(example, procedure);
  const expected = Object.keys(procedure.stages).flatMap((name) => [name, `${name}.target`]);
  const wanted = [...expected, 'raising'];
  return Object.entries(example.expect).flatMap(([name, due]): Found[] => {
    if (!wanted.includes(name)) return [{ path: ['expect', name], message: `there is no stage "${name}"${didYouMean(name, wanted)}` }];
    const limit = limitIn(name, current, procedure, calendar);
    const found = limit === null ? 'none' : limit.due;
    if (found === due) return [];
    const counted =
      limit === null ? 'no date runs then' : `${limit.within} ${limit.unit.replace('-', ' ')} from ${limit.start} end on ${limit.due}`;
    return [{ path: ['expect', name], message: `the example says ${due}, and by the file ${counted}` }];
  });
}

function limitIn(name: string, current: Case, procedure: Procedure, calendar: Calendar): TimeLimit | null {
  const now = Temporal.Instant.from(current.raisedAt);
  const { raising } = procedure;
  if (name === 'raising')
    return raising ? dueOf(raising.limit, (from) => startBefore(current.dissent, from), 'raising', 'time limit', calendar, now) : null;
  const [stage = '', target] = name.split('.');
  const kind = target === undefined ? 'time limit' : 'local target';
  return timeLimitsOfStage(current, procedure, stage, calendar, now).find((limit) => limit.kind === kind) ?? null;
}

/** A case of which nothing is known but the days that an example gives. */
function caseOf({ given }: Example, procedure: Procedure): Case {
  const instant = (day: string) =>
    day.includes('T') ? Temporal.PlainDateTime.from(day).toZonedDateTime(LONDON).toInstant().toString() : noonOf(day);
  const { conference = given.raised ?? '2027-01-01', raised = conference, ...others } = given;
  const answers = Object.fromEntries(Object.entries(others).filter(([name]) => !Object.hasOwn(procedure.stages, name)));
  const dissent = {
    conference: { type: Object.keys(procedure.meetings)[0] ?? '', date: conference.slice(0, 10), chair: '' },
    decision: '',
    children: ['CH-1'],
    dissenter: 'somebody',
    agency: null,
    grounds: [],
    reasons: '',
    newInformation: null,
    affirmed: true,
    answers,
  };
  const actor = { person: 'somebody', role: 'dissenter' };
  const current = replay('EXAMPLE', { id: procedure.id, version: procedure.version }, [
    { type: 'DissentRaised', dissent, flags: [], revision: 1, at: instant(raised), actor },
  ]);
  if (!current) throw new Error('an example gave no case');
  const finished = Object.entries(others).filter(([name]) => Object.hasOwn(procedure.stages, name));
  return { ...current, stage: procedure.start, finished: Object.fromEntries(finished.map(([name, day]) => [name, instant(day)])) };
}

const noonOf = (day: string) => endOf(Temporal.PlainDate.from(day)).subtract({ hours: 12 }).toString();
