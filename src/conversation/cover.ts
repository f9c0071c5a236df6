import { randomUUID } from 'node:crypto';
import { beginCover, coversBy, endCover } from '../app/cover.ts';
import type { CardState } from '../cards/cardState.ts';
import { type CoverAsked, readCover } from '../cards/forms/coverForm.ts';
import { showCover } from '../cards/show.ts';
import { nameIn } from '../directory/directory.ts';
import { sayDate } from '../domain/londonTime.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { type Shown, shownNotice } from './shown.ts';

const summary = 'Cover';

/** The deputies that a person has named, and the form to name another; a notice for somebody who decides nothing (Q27). */
export async function lookAtCover(
  deps: ConversationDependencies,
  { person }: Contact,
  showing: Pick<CardState, 'notice' | 'form'> = {},
  draft = `draft-${randomUUID()}`,
): Promise<Shown> {
  const { posts, covers, today } = await coversBy(deps, person);
  if (posts.length === 0) return shownNotice(summary, 'Only somebody who decides dissents can name a deputy. You hold no such role.');
  return { card: showCover({ posts, today, directory: deps.directory() }, covers, draft, showing), summary };
}

/**
 * A press on that card: `begin` names a deputy, once for each draft however often it arrives (X4), and `end.<number>` ends a cover.
 * The answer is the card as it then is, with what came of it.
 */
export async function pressOnCover(
  deps: ConversationDependencies,
  contact: Contact,
  deed: string,
  draft: string,
  inputs: Record<string, string>,
): Promise<Shown> {
  const { person } = contact;
  const [, number] = /^end\.(\d{1,9})$/.exec(deed) ?? [];
  if (number !== undefined) {
    const refusal = await endCover(deps, person, Number(number));
    return lookAtCover(deps, contact, { notice: refusal?.sentence ?? 'This cover has ended.' });
  }
  if (deed !== 'begin' || !/^draft-[0-9a-f-]{36}$/.test(draft) || Object.keys(inputs).length === 0) return lookAtCover(deps, contact);
  const { posts, today } = await coversBy(deps, person);
  const asked: CoverAsked = { posts, today, directory: deps.directory() };
  const again = (errors: Record<string, string>, notice?: string) =>
    lookAtCover(deps, contact, { form: { verb: 'cover:begin', values: inputs, errors }, ...(notice ? { notice } : {}) }, draft);
  const read = posts.length === 0 ? null : readCover(inputs, asked);
  if (read === null) return lookAtCover(deps, contact);
  if ('fields' in read) return again(read.fields);
  const refusal = await beginCover(deps, person, draft, read.cover);
  if (refusal) return again(refusal.fields ?? {}, refusal.sentence);
  const { deputy, from, to } = read.cover;
  const notice = `${nameIn(asked.directory, deputy) ?? 'Your deputy'} covers for you from ${sayDate(from)} to ${sayDate(to)}.`;
  return lookAtCover(deps, contact, { notice });
}
