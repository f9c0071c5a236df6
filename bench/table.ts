/** One figure beside its yardstick: what was measured, both in the same unit, and in which direction better lies. */
export type Row = {
  what: string;
  unit: 'ms' | 'a second' | 'MB';
  ours: number;
  yardstick: number;
  beside: string;
  /** The least and the greatest cost of several rounds. */
  spread?: [number, number];
};

/** How much of the yardstick's cost ours is, so that below 1 is better. */
export function costOf({ unit, ours, yardstick }: Pick<Row, 'unit' | 'ours' | 'yardstick'>): number {
  return unit === 'a second' ? yardstick / ours : ours / yardstick;
}

/** The figures as a table in Markdown. */
export function tableOf(rows: Row[]): string {
  const cells = rows.map((row) => {
    const { what, unit, ours, yardstick, beside, spread } = row;
    const cost = figure(costOf(row)) + (spread ? ` (${spread.map(figure).join(' to ')})` : '');
    return [what, `${figure(ours)} ${unit}`, `${figure(yardstick)} ${unit}`, beside, cost];
  });
  const header = ['what', 'ours', 'yardstick', 'what the yardstick is', 'cost, in yardsticks (and its spread)'];
  const widths = header.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}

function figure(value: number): string {
  if (Number.isNaN(value)) return 'not known';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}
