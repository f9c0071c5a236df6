import console from 'node:console';
import { afterEach, beforeEach, jest } from '@jest/globals';

/** Keeps the SDK's own words on a refused token off the console. */
export function hushTheSdk(): void {
  beforeEach(() => void jest.spyOn(console, 'error').mockImplementation(() => {}));
  afterEach(() => void jest.restoreAllMocks());
}
