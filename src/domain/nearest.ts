/**
 * The one of some names that somebody who wrote another most likely meant: a letter or two missing, doubled, swapped or wrong, or another
 * case; null where none is near.
 */
export function nearest(written: string, names: Iterable<string>): string | null {
  const far = Math.max(1, Math.floor(written.length / 3));
  const startsAlike = (name: string) => Number(name[0] === written[0]);
  const [best] = [...names]
    .map((name) => ({ name, distance: distanceBetween(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= far || (written.length > 3 && name.toLowerCase().startsWith(written.toLowerCase())))
    .toSorted((one, other) => one.distance - other.distance || startsAlike(other.name) - startsAlike(one.name));
  return best?.name ?? null;
}

/** How many letters have to be put in, taken out, changed or swapped to make one word of another (optimal string alignment). */
function distanceBetween(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= one.length; row += 1) {
    rows[row] = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      (rows[row] as number[])[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + same,
        swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return at(one.length, other.length);
}

/** What is added to a fault about an unknown name: which of the known ones was most likely meant, and perhaps all that there are. */
export function didYouMean(written: string, names: string[], all = ''): string {
  const meant = nearest(written, names);
  const asked = meant === null ? '' : `; did you mean "${meant}"?`;
  if (all === '') return asked;
  const known = `${all} ${names.join(', ')}`;
  return meant === null ? `; ${known}` : `${asked} ${known.charAt(0).toUpperCase()}${known.slice(1)}`;
}
