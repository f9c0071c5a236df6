import { commandFacts } from './commands/allCommands.ts';
import type { Words } from './commands/commandFacts.ts';
import type { CommandType } from './commands.ts';
import { recordStageOf } from './procedure.ts';
import type { Procedure } from './procedureShape.ts';
import type { Refusal } from './refusal.ts';
import { inSentence } from './words.ts';

/**
 * That something is not this person's to do (X3). To somebody with no part in the case `procedure` is that of cases with such a
 * reference, or null where there is none, so that the answer does not depend on whether there is such a case (X9).
 */
export function notYours(
  type: CommandType,
  procedure: Procedure | null,
  sentence = commandFacts(type).onlyFor(wordsOf(procedure)),
): Refusal {
  return { refused: 'not-allowed', rule: 'X3', sentence };
}

/** The words of a procedure, or plain ones where none is known. */
function wordsOf(procedure: Procedure | null): Words {
  const { meeting, case: raised, family } = procedure?.words ?? { meeting: 'meeting', case: 'dissent', family: 'the parents' };
  const { by = 'chair', button = 'record' } = (procedure && recordStageOf(procedure)) ?? {};
  const recorder = {
    chair: `the chair of this ${meeting} can ${inSentence(button)}`,
    administrator: 'the administrators can pass this on',
  }[by];
  return { meeting, case: raised, family, recorder };
}
