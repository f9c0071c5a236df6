/** One figure beside its yardstick: what was measured, both in the same unit, and in which direction better lies. */
export type Row = { what: string; unit: 'ms' | 'a second' | 'MB'; ours: number; yardstick: number; beside: string };

/** The figures as a table in Markdown; the ratio is how much of the yardstick's cost ours is, so that below 1 is better. */
export function tableOf(rows: Row[]): string {
  const cells = rows.map(({ what, unit, ours, yardstick, beside }) => {
    const cost = unit === 'a second' ? yardstick / ours : ours / yardstick;
    return [what, `${figure(ours)} ${unit}`, `${figure(yardstick)} ${unit}`, beside, figure(cost)];
  });
  const header = ['what', 'ours', 'yardstick', 'what the yardstick is', 'cost, in yardsticks (1 is the same)'];
  const widths = header.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}

function figure(value: number): string {
  if (Number.isNaN(value)) return 'not known';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}
