import type { CaseForViewer } from '../../app/seeCase.ts';
import { chairHasLeft, raiserHasLeft } from '../../domain/authority.ts';
import { sayDate } from '../../domain/londonTime.ts';
import { decisionTitle } from '../../domain/procedure.ts';
import { capitalised } from '../../domain/words.ts';
import { duesToCome, type Fact, overdueAhead } from '../dates.ts';
import { type Alert, type Body, part, readsTheCase, section } from './body.ts';
import { linkedAlerts } from './linked.ts';
import { meetingSection, outcomeSections } from './outcomeSections.ts';
import { raiserLeftAlerts } from './people.ts';
import { chairAlerts } from './receipt.ts';

/** Where a case stands, for anybody on it who has nothing to do now. Administrators see booking facts only (Part E). */
export function presentStatus(seen: CaseForViewer): Body {
  const { current, procedure } = seen;
  const decision = decisionTitle(procedure, current.dissent);
  const reads = readsTheCase(seen);
  const administers = seen.standings.includes('administrator') && chairHasLeft(current, procedure, seen.roster);
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
          facts: [conferenceFact(seen), ...(reads && decision !== null ? [{ title: 'Dissents from', value: decision }] : [])],
        }),
      ]),
      part('meeting', meetingSection(seen)),
      part('outcomes', outcomeSections(seen)),
    ],
    buttons: [
      { verb: 'name-chair', title: 'Name the chair', style: 'positive' },
      { verb: 'add-paper', title: 'Add a paper' },
      ...(raiserHasLeft(current, seen.roster) ? [{ verb: 'withdraw', title: 'Withdraw' } as const] : []),
    ],
  };
}

/** Which conference a case is about: its kind and date. */
export function conferenceFact({ current, procedure: { meetings, words } }: CaseForViewer): Fact {
  const { type, date } = current.dissent.conference;
  const title = capitalised(words.meeting);
  return { title, value: `${meetings[type]?.title ?? title}, ${sayDate(date)}` };
}
