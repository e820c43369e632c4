/** One execution for all who wait for it: it goes on until it is done, or until nobody waits any more. */
export class SharedRun<Result> {
  readonly #result: Promise<Result>;
  readonly #over = new AbortController();
  readonly #onLeft: () => void;
  #waiting = 0;

  /**
   * @param execute begins at once; its signal is aborted when the last has left, so that it ends with what there is.
   * @param onLeft called then: nobody is to join any more.
   */
  constructor(execute: (signal: AbortSignal) => Promise<Result>, onLeft: () => void) {
    this.#onLeft = onLeft;
    this.#result = execute(this.#over.signal);
  }

  /**
   * Waits for the result, at the longest until one’s own time is over. The last to leave gets what was answered by then.
   * @throws the reason of the signal to those who leave before.
   */
  join(signal: AbortSignal | undefined): Promise<Result> {
    this.#waiting += 1;
    if (!signal) return this.#result;
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting -= 1;
        if (this.#waiting > 0) return reject(signal.reason);
        this.#onLeft();
        this.#over.abort(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      const stay = () => signal.removeEventListener('abort', leave);
      this.#result.then(
        (result) => {
          stay();
          resolve(result);
        },
        (error: unknown) => {
          stay();
          reject(error);
        },
      );
    });
  }
}
