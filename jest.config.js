/** Node strips the types; jest only has to do the same before it runs a module. */
export default {
  testEnvironment: 'node',
  reporters: ['default', '<rootDir>/test/support/reporter.ts'],
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Long enough for a machine that has much else to do: what hangs is found by what it was waiting for.
  testTimeout: 120_000,
  maxWorkers: '100%',
  // A worker keeps the program warm from one file of tests to the next, and begins anew only when it holds very much.
  workerIdleMemoryLimit: '1500MB',
  // A worker that has nothing left to do gives half a gigabyte back before it is gone: on a busy machine that takes over a second. One
  // that has left something open does not end by itself, and is told of all the same.
  workerGracefulExitTimeout: 20_000,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.js' },
  runtime: '<rootDir>/test/support/runtime.js',
  testSequencer: '<rootDir>/test/support/sequencer.js',
};
