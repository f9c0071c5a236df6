import { existsSync, readFileSync } from 'node:fs';

/**
 * Microsoft's long descriptions, which may not be copied into the project and lie beside the checkout where somebody put them, each
 * with what is proved by it alone. All else about Graph and cards is proved by packages that come with the project.
 */
const DESCRIPTIONS = {
  'graph/graph-slice.openapi.json': 'which addresses, query options and statuses Graph has',
  'cards/adaptive-card-1.5.0.schema.json': 'whether each card lacks nothing that the 1.5 schema requires',
};

const placeOf = (name: string) => new URL(`../../../shared/${name}`, import.meta.url);

/** One of the descriptions, read as JSON; null where it does not lie beside this checkout. */
export function described(name: keyof typeof DESCRIPTIONS): unknown {
  return existsSync(placeOf(name)) ? JSON.parse(readFileSync(placeOf(name), 'utf8')) : null;
}

/** What a run of the tests leaves unchecked for want of a description, in one line; null where everything is at hand. */
export function leftUnchecked(): string | null {
  const absent = Object.entries(DESCRIPTIONS).filter(([name]) => !existsSync(placeOf(name)));
  if (absent.length === 0) return null;
  return `Not checked here, since Microsoft's descriptions do not lie beside this checkout: ${absent.map(([, proof]) => proof).join('; ')}.`;
}
