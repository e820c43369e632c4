/** What is further back than this counts for little: it weighs a third, twice as far back a ninth. */
const memoryMs = 1_000;

/** How long those who read wait at present: the mean of about the last second. */
export class ReadTimes {
  #milliseconds = 0;
  #reads = 0;
  #at = performance.now();

  took(milliseconds: number): void {
    this.#fade();
    this.#milliseconds += milliseconds;
    this.#reads += 1;
  }

  /** Undefined while hardly anybody reads. */
  get mean(): number | undefined {
    this.#fade();
    return this.#reads < 1 ? undefined : this.#milliseconds / this.#reads;
  }

  #fade(): void {
    const now = performance.now();
    const left = Math.exp((this.#at - now) / memoryMs);
    this.#milliseconds *= left;
    this.#reads *= left;
    this.#at = now;
  }
}
