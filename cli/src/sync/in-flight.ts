/** Runs tasks beside one another, so many at a time and no more; the first failure comes out of the next call. */
export class InFlight {
  readonly #running = new Set<Promise<void>>();
  #failure: { error: unknown } | undefined;

  constructor(private readonly most: number) {}

  /** Starts a task, once there is room for it. */
  async add(task: () => Promise<void>): Promise<void> {
    while (this.#running.size >= this.most) await Promise.race(this.#running);
    this.#throwFailure();
    const running: Promise<void> = task()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Waits for all that was started. */
  async settled(): Promise<void> {
    await this.abandoned();
    this.#throwFailure();
  }

  /** Waits for all that was started, whatever becomes of it. */
  async abandoned(): Promise<void> {
    await Promise.all(this.#running);
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}
