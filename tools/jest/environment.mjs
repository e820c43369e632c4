// A test file finds its process as it was before the others, and leaves it so.
import { flushCompileCache } from 'node:module';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

const mocker = new ModuleMocker(globalThis);
const bound = (object, names) => Object.fromEntries(names.map((name) => [name, object[name].bind(object)]));
const mockFunctions = ['clearAllMocks', 'fn', 'replaceProperty', 'resetAllMocks', 'restoreAllMocks', 'spyOn'];
const timerFunctions = [
  'advanceTimersByTime',
  'advanceTimersByTimeAsync',
  'clearAllTimers',
  'getTimerCount',
  'runAllTimers',
  'runAllTimersAsync',
  'runOnlyPendingTimers',
  'runOnlyPendingTimersAsync',
  'setSystemTime',
  'useFakeTimers',
  'useRealTimers',
];

/** What jest-runner and jest-circus ask of an environment; this one is the process itself. */
export default class Environment {
  global = globalThis;
  moduleMocker = mocker;
  fakeTimers = null;
  #before = { env: { ...process.env }, exit: process.exit, console, stackTraceLimit: Error.stackTraceLimit };

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    this.jest = { ...bound(mocker, mockFunctions), ...bound(this.fakeTimersModern, timerFunctions) };
  }

  async setup() {
    // The product makes many errors, whose stacks nobody reads; jest asks for a hundred frames of each.
    Error.stackTraceLimit = 30;
  }

  async teardown() {
    const { env, exit, console, stackTraceLimit } = this.#before;
    this.fakeTimersModern.dispose();
    mocker.restoreAllMocks();
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    process.exit = exit;
    Error.stackTraceLimit = stackTraceLimit;
    globalThis.console = console;
    // The test framework leaves the tests of the file here, and all that they hold.
    for (const symbol of Object.getOwnPropertySymbols(globalThis))
      if (symbol.description === 'JEST_STATE_SYMBOL') delete globalThis[symbol];
    // Otherwise a worker writes it all at its end, for which it is given half a second.
    flushCompileCache();
  }

  exportConditions() {
    return [];
  }

  getVmContext() {
    return null;
  }
}
