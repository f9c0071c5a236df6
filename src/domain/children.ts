/**
 * A child is known by a reference, which people write in capitals or small letters as it comes: "CH-1041" and "ch-1041" are one child.
 * The first writing is kept as it was typed, since it is the council's own; only the comparison takes no notice of it.
 */

/** A reference as it is compared. */
export const comparedChild = (reference: string) => reference.toUpperCase();

/** Some children's references, each child once, in the first writing. */
export function eachOnce(references: string[]): string[] {
  return [...Map.groupBy(references, comparedChild).values()].flatMap(([first]) => first ?? []);
}

/** Whether two cases have a child in common (X10). */
export function haveChildInCommon(one: string[], other: string[]): boolean {
  const known = new Set(one.map(comparedChild));
  return other.some((reference) => known.has(comparedChild(reference)));
}
