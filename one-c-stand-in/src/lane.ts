/** Does so many pieces of work at a time, the others in their order. */
export class Lane {
  readonly #waiting: (() => void)[] = [];
  readonly #atOnce: number;
  #running = 0;
  #quiet: (() => void)[] = [];

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  async add(work: () => Promise<void>): Promise<void> {
    if (this.#running >= this.#atOnce) await new Promise<void>((go) => this.#waiting.push(go));
    else this.#running += 1;
    try {
      await work();
    } finally {
      this.#next();
    }
  }

  idle(): Promise<void> {
    return this.#running === 0 ? Promise.resolve() : new Promise((resolve) => this.#quiet.push(resolve));
  }

  /** Hands the place to who waits for it, or says that nobody does. */
  #next(): void {
    const go = this.#waiting.shift();
    if (go) {
      go();
      return;
    }
    this.#running -= 1;
    if (this.#running > 0) return;
    for (const resolve of this.#quiet) resolve();
    this.#quiet = [];
  }
}
