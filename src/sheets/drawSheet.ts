import { stringify } from 'csv-stringify/sync';
import writeXlsxFile from 'write-excel-file/node';
import type { DrawSheet, Sheet, SheetFormat } from '../app/exports.ts';

/** How wide a column of a spreadsheet may get, in characters. */
const WIDEST = 60;

const formats: Record<SheetFormat, (sheet: Sheet) => Promise<Uint8Array>> = {
  /** The cells are text or numbers, and none a formula, whatever it begins with. */
  async xlsx({ title, header, rows }) {
    const widths = header.map((_, at) => Math.min(WIDEST, Math.max(...[header, ...rows].map((row) => String(row[at] ?? '').length)) + 2));
    const bold = (value: string) => ({ value, fontWeight: 'bold' as const });
    const cells = rows.map((row) => row.map((value) => (typeof value === 'number' ? { value } : { value, wrap: true })));
    const data = [[bold(title)], [], header.map(bold), ...cells];
    const options = { columns: widths.map((width) => ({ width })), sheet: 'Conference Dissent', stickyRowsCount: 3 };
    return new Uint8Array(await writeXlsxFile(data, options).toBuffer());
  },
  /** In UTF-8 with the mark that Excel knows it by, and with line ends as RFC 4180 has them. A field that begins a formula has an apostrophe before it. */
  async csv({ header, rows }) {
    return new TextEncoder().encode(stringify([header, ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' }));
  },
};

/** Draws a table as a spreadsheet or as plain text with commas (OP7). */
export const drawSheet: DrawSheet = (sheet, format) => formats[format](sheet);
