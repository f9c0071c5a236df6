/** JSON with every object's keys in order, so that the same content always reads the same, wherever it has been stored. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, each) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
