import type { CaseForViewer } from '../../app/seeCase.ts';
import { chairHasLeft, raiserHasLeft } from '../../domain/authority.ts';
import { sayDate } from '../../domain/londonTime.ts';
import { capitalised } from '../../domain/words.ts';
import { duesToCome, overdueAhead } from '../dates.ts';
import { type Alert, type Body, part, readsTheCase, section } from './body.ts';
import { linkedAlerts } from './linked.ts';
import { meetingSection, outcomeSections } from './outcomeSections.ts';
import { raiserLeftAlerts } from './people.ts';
import { chairAlerts } from './receipt.ts';

/** Where a case stands, for anybody on it who has nothing to do now. Administrators see booking facts only (Part E). */
export function presentStatus(seen: CaseForViewer): Body {
  const { current, procedure } = seen;
  const { conference, decision } = current.dissent;
  const reads = readsTheCase(seen);
  const administers = seen.standings.includes('administrator') && chairHasLeft(current, procedure, seen.roster);
  const kind = procedure.meetings[conference.type]?.title ?? capitalised(procedure.words.meeting);
  return {
    title: 'Where this case stands',
    alerts: [
      ...raiserLeftAlerts(seen),
      ...(administers ? chairAlerts(seen) : []),
      ...overdueAhead(seen).map((text): Alert => ({ text, style: 'attention' })),
      ...linkedAlerts(seen),
    ],
    dues: duesToCome(seen),
    parts: [
      part('about', [
        section('', {
          facts: [
            { title: capitalised(procedure.words.meeting), value: `${kind}, ${sayDate(conference.date)}` },
            ...(reads && decision !== ''
              ? [{ title: 'Decision dissented from', value: procedure.decisions[decision]?.title ?? decision }]
              : []),
          ],
        }),
      ]),
      part('meeting', meetingSection(seen)),
      part('outcomes', outcomeSections(seen)),
    ],
    buttons: [
      { verb: 'name-chair', title: 'Name the chair', style: 'positive' },
      ...(raiserHasLeft(current, seen.roster) ? [{ verb: 'withdraw', title: 'Withdraw' } as const] : []),
    ],
  };
}
