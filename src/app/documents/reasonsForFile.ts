import { decidedOn } from '../../domain/decided.ts';
import { dateOf, sayDate } from '../../domain/londonTime.ts';
import { asksOf, deciderTitle } from '../../domain/procedure.ts';
import { whatHolds } from '../../domain/whatHolds.ts';
import type { CaseForViewer } from '../seeCase.ts';
import { dissentBlocks, recordBlocks } from './dissentEntry.ts';
import { letterBlocks } from './dissentLetter.ts';
import { type Block, type Document, without, withText } from './document.ts';
import { outcomeFor } from './outcome.ts';
import { additionBlocks, answerBlocks, decisionsOf, facts, heading, notice, onPaper, referenceRow, subjectRows, written } from './parts.ts';
import { signature } from './signature.ts';

/**
 * What goes on one child's file (C23, S23, X11): the dissent, and for each decision on that child its own outcome, reasons and answers
 * (CD1), its date and who decided. What the professional wrote to the decider is there too, whether or not it came in time and was accepted. Whatever anybody wrote, no other child's reference is in it.
 * @throws Error if the case is not about that child
 */
export function reasonsForFile(seen: CaseForViewer, child: string): Document {
  const { current, procedure } = seen;
  const { children } = current.dissent;
  if (!children.includes(child)) throw new Error(`${current.reference} does not concern the child whose file was asked for`);
  const blocks: Block[] = [
    notice(whatHolds(current, procedure)),
    heading(`The ${procedure.words.case}`),
    facts([referenceRow(seen), { title: 'Child, by reference', value: child }, ...subjectRows(seen)]),
    ...dissentBlocks(seen),
    ...additionBlocks(seen),
    ...recordBlocks(seen),
    ...letterBlocks(seen),
    ...decisionsOn(seen, child),
  ];
  const others = children.filter((each) => each.toLowerCase() !== child.toLowerCase());
  return onPaper(
    seen,
    'Reasons for the file',
    blocks.map((block) => withText(block, without(others, '[another child]', [child]))),
  );
}

function decisionsOn(seen: CaseForViewer, child: string): Block[] {
  const { current, procedure } = seen;
  return decisionsOf(seen).flatMap(({ stage, decision }) => {
    const own = outcomeFor(child, stage, decision);
    if (own === null) return [];
    const { outcome, reasons, answers } = decidedOn(decision, child);
    const asks = asksOf(stage, [outcome], current.dissent.conference.type);
    const first = [
      { title: 'Outcome', value: own },
      { title: 'Decided', value: sayDate(dateOf(decision.at)) },
      { title: 'Decided by', value: signature(seen, stage, decision).join(', ') },
    ];
    return [
      heading(`Decision of the ${deciderTitle(procedure, stage)}`),
      ...answerBlocks(asks, answers, seen, first),
      ...written('Reasons', reasons),
    ];
  });
}
