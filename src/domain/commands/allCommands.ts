import type { CommandType } from '../commands.ts';
import { asking } from './asking.ts';
import { choosing } from './choosing.ts';
import type { CommandFacts, CommandFamily } from './commandFacts.ts';
import { concluding } from './concluding.ts';
import { deciding } from './deciding.ts';
import { inviting } from './inviting.ts';
import { letters } from './letters.ts';
import { meeting } from './meeting.ts';
import { outlookCommands } from './outlook.ts';
import { parents } from './parents.ts';
import { recording } from './recording.ts';
import { writing } from './writing.ts';

/** Every command there is, with its rule, its words of refusal and its consequences. */
export const allCommands: CommandFamily<CommandType> = {
  ...recording,
  ...writing,
  ...asking,
  ...deciding,
  ...choosing,
  ...meeting,
  ...inviting,
  ...outlookCommands,
  ...letters,
  ...parents,
  ...concluding,
};

/** The facts of a command: they take the very command, of which the compiler cannot see that it is of that type. */
export function commandFacts(type: CommandType): CommandFacts<CommandType> {
  return allCommands[type] as CommandFacts<CommandType>;
}
