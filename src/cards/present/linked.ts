import type { CaseForViewer } from '../../app/seeCase.ts';
import type { Alert } from './body.ts';

/**
 * That there are other open cases on the same conference, for those who decide or administer, and of other dissents for their chair: the
 * reference where they have a part in it and it is of the same kind, and never who raised it or why (X10, CD8, P7, Scenario 12).
 */
export function linkedAlerts({ linked = [], procedure: { words } }: CaseForViewer): Alert[] {
  const texts = linked.map(({ reference, case: raised, alike }) => {
    if (!alike) return `A ${raised} is open on this ${words.meeting}.`;
    return reference === null
      ? `Another ${raised} is open on this ${words.meeting}.`
      : `Another ${raised} on this ${words.meeting}: ${reference}.`;
  });
  return [...new Set(texts)].map((text) => ({ text, style: 'accent' }));
}
