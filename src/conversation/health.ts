import { setTimeout as delay } from 'node:timers/promises';
import type { Finding } from '../app/health.ts';
import { oversightOf } from '../app/oversight.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { type Shown, shownNotice } from './shown.ts';

const TITLE = 'What has to be right';

/** In milliseconds: a message is answered within ten seconds (TM6). */
const WAITED = 7_000;

/** What the doctor finds, for administrators: what is wrong first, each with its cure, then how much is well (OP1). */
export async function lookAtHealth(deps: ConversationDependencies, { person }: Contact): Promise<Shown> {
  if (oversightOf(deps, person).stuck.length === 0) return shownNotice(TITLE, 'Only administrators can see this.');
  if (deps.health === null)
    return shownNotice(TITLE, 'This is the sandbox, which needs nothing of Microsoft 365: there is nothing to look at.');
  const waiting = new AbortController();
  const late = delay(WAITED, null, { signal: waiting.signal, ref: false }).catch(() => null);
  const found = await Promise.race([deps.health(), late]).finally(() => waiting.abort());
  if (found === null)
    return shownNotice(
      TITLE,
      'Something did not answer in time, so not all could be looked at. Ask whoever runs the program for "npm run doctor".',
    );
  return shownNotice(TITLE, sayFindings(found));
}

function sayFindings(found: Finding[]): string {
  const words = { fault: 'Wrong', warning: 'Take care' };
  const lines = (['fault', 'warning'] as const).flatMap((state) =>
    found.flatMap((each) => (each.state === state ? [`${words[state]}: ${each.look}: ${each.says} ${each.cure}`] : [])),
  );
  const well = found.filter(({ state }) => state === 'well').length;
  return [...lines, `${lines.length === 0 ? 'All is well' : 'Well'}: ${well} of ${found.length} looked at.`].join('\n\n');
}
