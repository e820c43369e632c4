import { totalmem } from 'node:os';

const gigabyte = 2 ** 30;

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
  // Tests of several processes wait much: a third keeps two cores at work, where there is room for what it keeps in memory.
  maxWorkers: totalmem() > 7 * gigabyte ? 3 : 2,
  // What a test file keeps in its variables stays in memory for as long as its worker.
  workerIdleMemoryLimit: Math.max(gigabyte, totalmem() / 12),
  // Some start the product several times over, on a machine that may be busy.
  testTimeout: 300_000,
};
