import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cardsDue } from '../../src/app/cardsDue.ts';
import { standingsOf } from '../../src/domain/authority.ts';
import type { Command } from '../../src/domain/commands.ts';
import type { ConferenceRecord, Dissent } from '../../src/domain/events/dissentEvents.ts';
import { dateOf } from '../../src/domain/londonTime.ts';
import type { Procedure } from '../../src/domain/procedureShape.ts';
import { raise } from '../../src/domain/raise.ts';
import { timeLimitsOf } from '../../src/domain/timeLimits.ts';
import type { Calendar } from '../../src/domain/workingDays.ts';
import { readCalendars } from '../../src/procedures/calendars.ts';
import { checkProcedure } from '../../src/procedures/loadLibrary.ts';
import { given, type Step, when } from '../domain/given.ts';
import type { Setting } from '../support/dissents.ts';

/** Part C: partnerships that the product has never heard of, each a file of `partnerships` and nothing more, and a case played through it. */

/** Where the files lie. */
export const folder = 'test/procedures/partnerships';
/** The product's calendars, as their files. */
export const calendars = ['england-and-wales', 'scotland'].map((id) => ({
  file: `${id}.yaml`,
  text: readFileSync(`procedures/calendars/${id}.yaml`, 'utf8'),
}));
/** A calendar by its id. */
export const calendarOf = (id: string): Calendar => {
  const calendar = readCalendars(calendars, []).get(id);
  if (!calendar) throw new Error(`no calendar ${id}`);
  return calendar;
};
/** One of the files, changed or as it is, as the program checks it. */
export const checked = (name: string, change: (text: string) => string = (text) => text) =>
  checkProcedure({ file: `${name}.yaml`, text: change(readFileSync(join(folder, `${name}.yaml`), 'utf8')) }, calendars);

/** The procedure of a file that has no faults. */
export function procedureOf(name: string): Procedure {
  const { procedure, faults } = checked(name);
  if (!procedure) throw new Error(faults.join('\n'));
  return procedure;
}

/** One partnership's play: what has happened to a dissent, and what a command by somebody then comes to. */
export function play(setting: Setting, dissent: Dissent, raisedAt: string) {
  const at = (steps: Step[]) => given(dissent, steps, raisedAt, setting);
  return {
    at,
    raised: (changes: Partial<Dissent> = {}) =>
      raise(
        { ...dissent, ...changes },
        setting.procedure,
        setting.roster,
        ['health', 'school'],
        Temporal.Instant.from(raisedAt),
        setting.calendar,
      ),
    does: (steps: Step[], command: Command, by: string, instant: string) => when(at(steps), command, by, instant, setting.roster, setting),
    limits: (steps: Step[], now: string) => timeLimitsOf(at(steps), setting.procedure, setting.calendar, Temporal.Instant.from(now)),
    standings: (steps: Step[], person: string, now: string) =>
      standingsOf(person, at(steps), setting.procedure, setting.roster, dateOf(now)),
    cards: (steps: Step[], now: string) =>
      cardsDue(at(steps), setting.procedure, setting.roster, dateOf(now)).map(({ person, key }) => `${person} ${key}`),
  };
}

/** The chair records, at an instant. */
export const records = (at: string, record: Partial<ConferenceRecord> = {}): Extract<Step, { does: Command }> => ({
  at,
  by: 'chair',
  does: { type: 'Record', agency: null, record: { answers: {}, documents: {}, agencies: [], required: [], optional: [], ...record } },
});
/** A decision, to be tried by anybody. */
export const decision = (stage: string, outcome: string, delayReason: string | null = null): Command => ({
  type: 'Decide',
  stage,
  outcome,
  reasons: 'Because of what was read.',
  answers: {},
  delayReason,
});
