import type { Case } from '../case.ts';
import type { CommandOf, CommandType } from '../commands.ts';
import type { CaseEvent } from '../events/events.ts';
import type { Procedure } from '../procedureShape.ts';
import type { Refusal } from '../refusal.ts';
import type { CommandContext, Intention, Rule } from '../rule.ts';

/** What sentences about whose a thing is take from a procedure: its words, and whose it is to record. */
export type Words = Pick<Procedure['words'], 'meeting' | 'case' | 'family'> & { recorder: string };

/** What a command that was let pass comes to: the facts, or what is wrong with what was filled in. */
export type Consequences = { events: CaseEvent[] } | Refusal;

/** All that the domain has to know of a command: a new one does not compile until each of these is said of it. */
export type CommandFacts<T extends CommandType> = {
  /** Who may, and what bars it for now, before anything is filled in. */
  rule(current: Case, intention: Intention, context: CommandContext): Rule;
  /** Whose it is to do, said to anybody else, and about a case that does not exist in the same words (X9). */
  onlyFor(words: Words): string;
  /** What it comes to, once its rule has let it pass. */
  consequences(current: Case, command: CommandOf<T>, context: CommandContext): Consequences;
};

/** The facts of some commands that belong together. */
export type CommandFamily<T extends CommandType> = { [K in T]: CommandFacts<K> };
