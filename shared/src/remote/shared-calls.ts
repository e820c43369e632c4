/** A call that several wait for. It ends early once none of them does. */
interface SharedCall<Answer> {
  readonly answer: Promise<Answer>;
  readonly ending: AbortController;
  readonly begunAt: number;
  readonly writesBefore: number;
  waiting: number;
}

/**
 * An answer may be so much older than its question. Short of the quarter of a second for which live queries gather news,
 * so that none is answered from before them.
 */
const longestAgeMs = 100;

/** Whatever was written through this process, to any subgraph. */
let writes = 0;

/** From here on nobody gets an answer that was on its way before: who has changed something sees that he did. */
export function noteWrite(): void {
  writes++;
}

/** Makes one call for all who ask the same at the same time. */
export class SharedCalls<Answer> {
  readonly #calls = new Map<string, SharedCall<Answer>>();
  readonly #now: () => number;
  readonly #onShared: () => void;

  constructor(onShared: () => void, now: () => number = Date.now) {
    this.#onShared = onShared;
    this.#now = now;
  }

  /**
   * @param key names all that the answer hangs on, and who may read it.
   * @param signal ends the wait of this caller alone.
   */
  get(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const known = this.#calls.get(key);
    const isFresh = known?.writesBefore === writes && this.#now() - known.begunAt <= longestAgeMs;
    if (isFresh) this.#onShared();
    return this.#wait(key, isFresh ? known : this.#start(key, start), signal);
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<Answer>): SharedCall<Answer> {
    const ending = new AbortController();
    const answer = start(ending.signal);
    const call = { answer, ending, begunAt: this.#now(), writesBefore: writes, waiting: 0 };
    this.#calls.set(key, call);
    const forget = () => this.#forget(key, call);
    answer.then(forget, forget);
    return call;
  }

  #forget(key: string, call: SharedCall<Answer>): void {
    if (this.#calls.get(key) === call) this.#calls.delete(key);
  }

  #wait(key: string, call: SharedCall<Answer>, signal: AbortSignal): Promise<Answer> {
    call.waiting++;
    return new Promise((resolve, reject) => {
      const leave = () => {
        call.waiting--;
        reject(signal.reason);
        if (call.waiting > 0) return;
        this.#forget(key, call);
        call.ending.abort(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      const stay = () => signal.removeEventListener('abort', leave);
      call.answer.then(
        (answer) => {
          stay();
          resolve(answer);
        },
        (error: unknown) => {
          stay();
          reject(error);
        },
      );
    });
  }
}
