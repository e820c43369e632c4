// Runs test files in Node itself, without a realm of their own: libraries and sources are loaded once for all files of a worker.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { setGlobals } from './globals.mjs';
import { sourceMaps } from './sources.mjs';

const require = createRequire(import.meta.url);
const handlers = Symbol.for('EVENT_HANDLERS');

// Jest gives a worker half a second to end, most of which Node would spend on taking down its memory piece by piece.
if (process.send) process.on('exit', (code) => process.reallyExit(code));

/** The part of jest-runtime that jest-runner and jest-circus ask for. */
export default class Runtime {
  #environment;

  constructor(_config, environment) {
    this.#environment = environment;
  }

  /** The test framework keeps the tests of a file in its module: it alone is loaded anew for each. */
  requireInternalModule(path) {
    delete require.cache[path];
    delete globalThis[handlers];
    return require(path);
  }

  requireModule(path) {
    return require(path);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  unstable_importModule(path) {
    return import(pathToFileURL(path).href);
  }

  setGlobalsForRuntime(functions) {
    setGlobals({ ...functions, jest: this.#environment.jest });
  }

  getSourceMaps() {
    return sourceMaps;
  }

  getAllCoverageInfoCopy() {
    return undefined;
  }

  enterTestCode() {}

  leaveTestCode() {}

  clearAllMocks() {
    this.#environment.moduleMocker.clearAllMocks();
  }

  resetAllMocks() {
    this.#environment.moduleMocker.resetAllMocks();
  }

  restoreAllMocks() {
    this.#environment.moduleMocker.restoreAllMocks();
  }

  resetModules() {}

  teardown() {}
}
