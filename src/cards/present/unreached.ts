import { cardsDue } from '../../app/cardsDue.ts';
import type { CaseForViewer } from '../../app/seeCase.ts';
import { introduce } from '../../directory/names.ts';
import { dateOf, sayDate } from '../../domain/londonTime.ts';
import { type Alert, decidesTheCase, readsTheCase } from './body.ts';

/**
 * Who of those whom an open case concerns could not be told in Teams: for those who decide and administer (TM1). Whoever does not read the
 * case is not told who raised it (Part E).
 */
export function unreachedAlerts(seen: CaseForViewer): Alert[] {
  const { current, procedure, roster, directory, now, standings } = seen;
  const { unreached = {} } = directory;
  if (current.status === 'closed' || Object.keys(unreached).length === 0) return [];
  if (!decidesTheCase(seen) && !standings.includes('administrator')) return [];
  const concerned = new Set(cardsDue(current, procedure, roster, dateOf(now)).map(({ person }) => person));
  return [...concerned].flatMap((person): Alert[] => {
    const away = unreached[person];
    if (!away || person === seen.person) return [];
    const hidden = person === current.dissent.dissenter && !readsTheCase(seen);
    const who = hidden ? `whoever raised this ${procedure.words.case}` : introduce(directory, person);
    const mailed = away.mailed ? ' An e-mail tells them that something waits.' : '';
    const text = `Not told in Teams since ${sayDate(dateOf(away.since))}: ${who}.${mailed} Tell them yourself if it cannot wait.`;
    return [{ text, style: 'warning' }];
  });
}
