/** @type {import('jest').Config} */
export default {
  testMatch: ['<rootDir>/*/{src,test}/**/*.test.ts', '<rootDir>/subgraphs/*/src/**/*.test.ts'],
  // See docs/adr/tests-share-what-their-process-has-loaded.md.
  transform: {},
  injectGlobals: false,
  runtime: '<rootDir>/tools/jest/runtime.mjs',
  testEnvironment: '<rootDir>/tools/jest/environment.mjs',
  modulePathIgnorePatterns: ['/dist/', '/\\.data/'],
  globalSetup: '<rootDir>/tools/jest-setup.mjs',
  globalTeardown: '<rootDir>/tools/jest-teardown.mjs',
  cacheDirectory: '<rootDir>/.cache/jest',
  maxWorkers: 2,
  // What a test file keeps in its variables stays in memory for as long as its worker.
  workerIdleMemoryLimit: '1GB',
  // Some start the product several times over, on a machine that may be busy.
  testTimeout: 300_000,
};
