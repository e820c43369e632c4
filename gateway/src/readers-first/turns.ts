import type { ReadTimes } from './read-times.ts';

export interface TurnsOptions {
  /** Work waits while reads take longer than this on average. */
  readonly aboveMs: number;
  /** So long at most, whatever reads take, and beside another piece of work twice as long: nobody waits for ever. */
  readonly longestMs: number;
}

interface Waiting {
  readonly since: number;
  readonly go: () => void;
}

/** How often is looked whether the next may go. */
const lookMs = 20;

/**
 * Lets bulk work run when those who read do not feel it: beside them one piece at a time, and the next once reads are as
 * swift as they should be. Where nobody reads, all runs at once.
 */
export class Turns {
  readonly #times: ReadTimes;
  readonly #options: TurnsOptions;
  readonly #waiting: Waiting[] = [];
  #running = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(times: ReadTimes, options: TurnsOptions) {
    this.#times = times;
    this.#options = options;
  }

  /** @param signal ends the wait: the work itself then finds that its time is over. */
  async run<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    if (this.#waiting.length > 0 || !this.#mayGo()) await this.#turn(signal);
    else this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#look();
    }
  }

  #mayGo(): boolean {
    const { mean } = this.#times;
    return mean === undefined || (this.#running === 0 && mean <= this.#options.aboveMs);
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        signal?.removeEventListener('abort', leave);
        this.#running += 1;
        resolve();
      };
      const one: Waiting = { since: performance.now(), go };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(one), 1);
        go();
      };
      if (signal?.aborted) return go();
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(one);
      this.#timer ??= setInterval(() => this.#look(), lookMs);
    });
  }

  /** Lets go whoever may, in their order. */
  #look(): void {
    for (let next = this.#waiting[0]; next && this.#isDue(next); next = this.#waiting[0]) {
      this.#waiting.shift();
      next.go();
    }
    if (this.#waiting.length > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #isDue({ since }: Waiting): boolean {
    const longest = this.#running === 0 ? this.#options.longestMs : 2 * this.#options.longestMs;
    return this.#mayGo() || performance.now() - since >= longest;
  }
}
