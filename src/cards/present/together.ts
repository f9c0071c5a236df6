import type { CaseForViewer } from '../../app/seeCase.ts';
import { chairWanted } from '../../domain/sharing.ts';
import type { Alert } from './body.ts';

/** That one meeting serves several cases or could, and that another chair has to be chosen, for those who book (X10, Q26, P8). */
export function togetherAlerts({ current, procedure }: CaseForViewer): Alert[] {
  const { meeting } = procedure.words;
  const { sharing, guests } = current;
  const otherThan = current.otherChair === null ? `who did not chair the ${meeting}` : 'with no other part in the cases that it serves';
  const accent = (text: string): Alert => ({ text, style: 'accent' });
  const share = {
    offered: [accent(`Another case on this ${meeting} meets again too. One ${meeting} can serve both, inside the earlier limit.`)],
    agreed: [accent(`One ${meeting} is to serve this case and another. This is being arranged.`)],
    shared: [accent(`One ${meeting} serves this case and another. It is booked and moved in the other case.`)],
  };
  return [
    ...(sharing ? share[sharing.state] : []),
    ...(sharing?.onward && !sharing.onward.agreed
      ? [accent(`A third case on this ${meeting} meets again too. One ${meeting} can serve all of them, inside the earliest limit.`)]
      : []),
    ...(sharing?.onward?.agreed ? [accent(`One ${meeting} is to serve a third case too. This is being arranged.`)] : []),
    ...(guests.length > 0 && sharing?.state !== 'shared'
      ? [accent(`One ${meeting} serves this case and ${guests.length === 1 ? 'another' : `${guests.length} others`}.`)]
      : []),
    ...(chairWanted(current, procedure) && sharing?.state !== 'shared'
      ? [{ text: `Somebody else has to chair it. First choose a chair ${otherThan}.`, style: 'attention' } as const]
      : []),
  ];
}
