import type { Case } from '../case.ts';
import type { CommandOf } from '../commands.ts';
import { contactFor, parentsNotTold } from '../conclusion.ts';
import { dateOf, sayDate } from '../londonTime.ts';
import type { Procedure } from '../procedureShape.ts';
import { already, invalid, notNow, type Refusal } from '../refusal.ts';
import type { CommandContext, Rule } from '../rule.ts';
import { tasksOf } from '../tasks.ts';
import { byDeciderOrAdministrator, closedAfterDecision, NOTHING_CHANGED } from './afterDecision.ts';
import type { CommandFamily, Consequences } from './commandFacts.ts';

/** Who tells the parents of a decision, whether there is a safe way, and that they were told (C22, S21, X8). */
export const parents: CommandFamily<'NameTeller' | 'CheckContact' | 'TellParents'> = {
  NameTeller: {
    rule: (current, { stage = '' }, { procedure }) => ({
      ...byDeciderOrAdministrator(stage, current, procedure),
      bar: closedAfterDecision(current) ?? parentsToTell(current, stage, procedure),
    }),
    onlyFor: ({ family }) => `Only the person who decided can name who tells ${family}.`,
    consequences: (current, { stage, person }, { procedure }) =>
      (current.conclusion.parents[stage] ?? parentsNotTold).teller === person
        ? already('This person is named already.')
        : { events: [stage, ...unnamedBeside(stage, current, procedure)].map((each) => ({ type: 'TellerNamed', stage: each, person })) },
  },
  CheckContact: {
    rule: (current, { stage = '' }, { procedure }) => ({
      ...byTeller(current, stage),
      bar: closedAfterDecision(current) ?? parentsToTell(current, stage, procedure),
    }),
    onlyFor: ({ family }) => `Only the person named to tell ${family} can say that.`,
    consequences: (_current, { stage, safe, approach }) =>
      !safe && approach === null
        ? invalid('X8', { approach: 'Write what was agreed, and with whom. Until then nobody is to be told.' }, NOTHING_CHANGED)
        : { events: [{ type: 'ContactChecked', stage, safe, approach }] },
  },
  TellParents: {
    rule: (current, { stage = '' }, { procedure }) => ({
      ...byTeller(current, stage),
      bar:
        closedAfterDecision(current) ??
        parentsToTell(current, stage, procedure) ??
        (contactFor(current.conclusion, stage) ? null : notNow('First say whether there is a safe way to reach them.', 'X8')),
    }),
    onlyFor: ({ family }) => `Only the person named to tell ${family} can say that they were told.`,
    consequences: tell,
  },
};

/** The other decisions that the same family is to be told of, and for which nobody is named yet. */
function unnamedBeside(stage: string, current: Case, procedure: Procedure): string[] {
  const open = tasksOf(current, procedure).filter(({ kind, done }) => kind === 'parents' && done === null);
  return open.map((task) => task.stage).filter((each) => each !== stage && (current.conclusion.parents[each]?.teller ?? null) === null);
}

function byTeller(current: Case, stage: string): Pick<Rule, 'by' | 'onlyPerson'> {
  const { teller } = current.conclusion.parents[stage] ?? parentsNotTold;
  return teller === null ? { by: [] } : { by: ['teller'], onlyPerson: teller };
}

function parentsToTell(current: Case, stage: string, procedure: Procedure): Refusal | null {
  const task = tasksOf(current, procedure).find(({ id }) => id === `parents:${stage}`);
  if (!task) return notNow('There is nobody to tell before the decision.', 'C22');
  return task.done ? already(`They were told ${sayDate(dateOf(task.done.at))}.`) : null;
}

function tell(
  current: Case,
  { stage, on, means, everyone, note }: CommandOf<'TellParents'>,
  { procedure, now }: CommandContext,
): Consequences {
  if (on > dateOf(now).toString()) return invalid('C22', { on: 'That day has not come yet.' }, NOTHING_CHANGED);
  const decided = current.decisions[stage]?.at;
  if (on < dateOf(decided ?? current.raisedAt).toString()) {
    const what = decided === undefined ? `the ${procedure.words.case} came` : 'the decision';
    return invalid('C22', { on: `That is before ${what}, so there was nothing to tell yet.` }, NOTHING_CHANGED);
  }
  if (!everyone && note === null) return invalid('X8', { note: 'Write who is still to be told, and how.' }, NOTHING_CHANGED);
  return { events: [{ type: 'ParentsTold', stage, on, means, everyone, note }] };
}
