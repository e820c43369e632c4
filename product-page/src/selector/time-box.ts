import { createContext, Script } from 'node:vm';

// One at a time: nothing that runs in it waits for anything.
const sandbox: { run?: () => void } = {};
const context = createContext(sandbox);
const script = new Script('run()');

// By its code alone: it may be another context's error.
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** The time for which the selectors of a page may run, all together and each. */
export class TimeBox {
  private leftMs: number;
  private readonly eachMs: number;

  constructor(ms: number, eachMs: number = ms) {
    this.leftMs = ms;
    this.eachMs = eachMs;
  }

  /**
   * What `work` returns, or `late` when the time is over: it is ended where it stands, in the midst of a regular expression
   * as well. Only for work that leaves nothing half done.
   */
  run<T, Late>(work: () => T, late: Late): T | Late {
    if (this.leftMs <= 0) return late;
    const started = performance.now();
    let result: T | Late = late;
    sandbox.run = () => {
      result = work();
    };
    try {
      script.runInContext(context, { timeout: Math.ceil(Math.min(this.leftMs, this.eachMs)) });
    } catch (error) {
      if (!isTimeout(error)) throw error;
      return late;
    } finally {
      delete sandbox.run;
      this.leftMs -= performance.now() - started;
    }
    return result;
  }
}
