import fc from 'fast-check';

const times = Number(process.env.PROPERTY_TIMES ?? 1);
const seed = Number(process.env.PROPERTY_SEED ?? 20_270_112);

/**
 * Holds a property against so many examples, in each run of the tests the same ones, so that a run says the same of the same program;
 * `npm run soak -- properties` goes looking among new ones, many times as many.
 * @throws Error with the smallest example that breaks it, and the seed
 */
export function alwaysHolds<Example>(property: fc.IProperty<Example>, examples?: number): void;
export function alwaysHolds<Example>(property: fc.IAsyncProperty<Example>, examples?: number): Promise<void>;
export function alwaysHolds<Example>(property: fc.IRawProperty<Example>, examples = 100): Promise<void> | void {
  return fc.assert(property, { numRuns: examples * times, seed });
}
