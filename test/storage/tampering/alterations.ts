import type { Transaction } from 'kysely';
import { evidenceTables } from '../../../src/storage/evidenceRows.ts';
import type { Tables } from '../../../src/storage/tables.ts';
import type { Alteration } from './alteration.ts';
import { ofCases } from './ofCases.ts';
import { ofChains } from './ofChains.ts';
import { ofGuards } from './ofGuards.ts';
import { ofLog } from './ofLog.ts';
import { ofRows } from './ofRows.ts';

/** Every alteration of a store such as `fillStore` makes. */
export async function alterations(transaction: Transaction<Tables>): Promise<Alteration[]> {
  const all: Alteration[] = [];
  for (const table of evidenceTables) all.push(...(await ofRows(transaction, table)));
  return [...all, ...ofChains(), ...ofCases, ...ofLog, ...ofGuards()];
}
