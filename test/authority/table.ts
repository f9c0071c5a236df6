import { readFileSync } from 'node:fs';

/** A row of a table: in which situations each column may do it. */
export type Row = { verb: string; allowed: Record<string, Set<string>> };

/**
 * Reads a table of who may do what. A cell is a list of situations or of groups of them, which stand above the table, and may end in
 * `but not` and another list; `all` is every situation.
 * @throws Error for a cell that names a situation which is none
 */
export function readTable(procedure: string, situations: string[]): { columns: string[]; rows: Row[] } {
  const lines = readFileSync(`test/authority/${procedure}.md`, 'utf8').split('\n');
  const groups = new Map([['all', situations]]);
  const one = (name: string): string[] => {
    const found = groups.get(name) ?? situations.filter((each) => each === name);
    if (found.length === 0) throw new Error(`${procedure}.md: there is no situation "${name}"`);
    return found;
  };
  const list = (text: string) => text.split(',').flatMap((name) => (name.trim() === '' ? [] : one(name.trim())));
  for (const line of lines) {
    const [, name, members] = /^- ([\w-]+): (.+)$/.exec(line) ?? [];
    if (name && members) groups.set(name, list(members));
  }
  const [heads = [], , ...rows] = lines
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [, , ...columns] = heads;
  return {
    columns,
    rows: rows.map(([verb = '', _source, ...cells]) => {
      const allowed = columns.map((column, index) => {
        const [wanted = '', others = ''] = (cells[index] ?? '').split('but not');
        return [column, new Set(list(wanted)).difference(new Set(list(others)))] as const;
      });
      return { verb, allowed: Object.fromEntries(allowed) };
    }),
  };
}
