import { chronologySheet, figuresSheet, registerSheet, type Sheet, type SheetFormat } from '../app/exports.ts';
import { OutsideFault } from '../app/faults.ts';
import { figuresFor } from '../app/figures.ts';
import { oversightOf } from '../app/oversight.ts';
import { wholeRegister } from '../app/register.ts';
import { seeCase } from '../app/seeCase.ts';
import { personOf } from '../directory/directory.ts';
import { dateOf } from '../domain/londonTime.ts';
import { mayDo } from '../domain/mayDo.ts';
import { type Quarter, readQuarter } from '../domain/quarter.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { Contact } from './contact.ts';
import type { ConversationDependencies } from './dependencies.ts';
import { type Shown, shownNotice } from './shown.ts';

/** What somebody may take away as a file; figures are this quarter's and their first partnership's unless they say otherwise. */
export type TakenAway =
  | { what: 'register' }
  | { what: 'figures'; quarter?: Quarter | undefined; partnershipId?: string | undefined }
  | { what: 'case'; reference: string };

/** A table, and the partnership whose mailbox it goes from; or why there is none for this person. */
type Found = { sheet: Sheet; partnershipId: string } | { refusal: string };

const NOTHING_SENT = 'Nothing was sent';

/**
 * Sends a table to the mailbox of whoever asks for it, and to no other (OP7): what they may see on cards, as a file. It is tried once, while
 * they wait; what could not be sent is said, and is asked for again by the same words.
 */
export async function takeAway(deps: ConversationDependencies, { person }: Contact, asked: TakenAway, format: SheetFormat): Promise<Shown> {
  const to = personOf(deps.directory(), person)?.email;
  if (to === undefined)
    return shownNotice(NOTHING_SENT, 'Your mailbox is not known here. Ask your administrator to put you in the directory.');
  const found = await find(deps, person, asked);
  if ('refusal' in found) return shownNotice(NOTHING_SENT, found.refusal);
  const { sheet, partnershipId } = found;
  const content = await deps.drawSheet(sheet, format);
  const message = {
    to,
    subject: `Conference Dissent: ${sheet.fileName}`,
    lines: ['You asked for this file in Teams, and it was sent to you alone. Keep it where such things may be kept.'],
    attachment: { fileName: `${sheet.fileName}.${format}`, content },
  };
  try {
    await deps.mail.send(deps.directory().partnerships[partnershipId]!.mailbox, message);
  } catch (fault) {
    if (!(fault instanceof OutsideFault)) throw fault;
    deps.log.warn('a file that was asked for could not be sent', { kind: fault.kind, check: fault.check });
    return fault.kind === 'uncertain'
      ? shownNotice('Perhaps sent', `Outlook did not say whether it took the file. Look in your mailbox, ${to}, before you ask again.`)
      : shownNotice(NOTHING_SENT, 'Outlook did not take it. Ask again in a few minutes; if it goes on, tell your administrator.');
  }
  return shownNotice('Sent to you', `Outlook took "${message.attachment.fileName}" for your own mailbox, ${to}.`);
}

/** A press of a button that sends a file: `register.xlsx`, `figures.csv.2027-Q1.camden`, or `case.xlsx` about the case of its card. */
export function readTakeAway(argument: string, reference: string): { asked: TakenAway; format: SheetFormat } | null {
  const [what = '', format, quarter = '', partnershipId] = argument.split('.');
  if (format !== 'xlsx' && format !== 'csv') return null;
  if (what === 'register') return { asked: { what }, format };
  if (what === 'case') return { asked: { what, reference }, format };
  return what === 'figures' ? { asked: { what, quarter: readQuarter(quarter) ?? undefined, partnershipId }, format } : null;
}

async function find(deps: ConversationDependencies, person: string, asked: TakenAway): Promise<Found> {
  switch (asked.what) {
    case 'register': {
      const rows = await wholeRegister(deps, person);
      const [partnershipId] = oversightOf(deps, person).register;
      if (rows === null || partnershipId === undefined) return { refusal: 'The register is for those who decide and administrate.' };
      return { sheet: registerSheet(rows, dateOf(deps.clock.now())), partnershipId };
    }
    case 'figures': {
      const figures = await figuresFor(deps, person, asked);
      if (!figures) return { refusal: 'There are no figures here that you can see.' };
      return { sheet: figuresSheet(figures), partnershipId: figures.partnershipId };
    }
    case 'case': {
      const seen = await seeCase(deps, asked.reference, person);
      if (isRefusal(seen)) return { refusal: seen.sentence };
      const allowed = mayDo(seen.current, { type: 'RequestDocument', document: 'case' }, seen);
      if (isRefusal(allowed) && allowed.refused === 'not-allowed') return { refusal: allowed.sentence };
      return { sheet: chronologySheet(seen), partnershipId: seen.partnershipId };
    }
  }
}
