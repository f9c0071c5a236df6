import type { Roster } from './authority.ts';
import type { CommandType } from './commands.ts';
import type { DocumentName } from './events/concludingEvents.ts';
import type { PersonId, Standing } from './events/trail.ts';
import type { Procedure } from './procedureShape.ts';
import type { Refusal } from './refusal.ts';
import type { Calendar } from './workingDays.ts';

/** What a decision about a command depends on besides the case and the command. */
export type CommandContext = {
  person: PersonId;
  standings: Standing[];
  procedure: Procedure;
  calendar: Calendar;
  roster: Roster;
  now: Temporal.Instant;
};

/** What of a command is known before its form is filled in: enough to say whether this person may open the form now. */
export type Intention = {
  type: CommandType;
  stage?: string;
  outcome?: string;
  choice?: string;
  request?: number;
  of?: 'dissenter' | 'chair';
  sending?: number;
  task?: string;
  child?: string;
  document?: DocumentName;
};

/**
 * The rule for one command: who, and what bars it for now. `only` is said to anybody else where there is more to say than whose it is;
 * `onlyPerson` narrows those standings to one person; `orDecider` is somebody who may beside them, for having made the decision that it
 * is about.
 */
export type Rule = { by: Standing[]; only?: string; onlyPerson?: PersonId; orDecider?: PersonId; bar: Refusal | null };
