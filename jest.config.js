/** Node strips the types; jest only has to do the same before it runs a module. */
export default {
  testEnvironment: 'node',
  reporters: ['default', '<rootDir>/test/support/reporter.ts'],
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testTimeout: 30_000,
  maxWorkers: '100%',
  // Whatever a file of tests leaves behind slows those after it, so a worker begins anew when it holds much.
  workerIdleMemoryLimit: '400MB',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.js' },
};
