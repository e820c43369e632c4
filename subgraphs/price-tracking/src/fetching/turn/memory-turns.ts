import type { HostTurns, Turn, TurnWish } from './host-turns.ts';

const sweepEvery = 1_000;

/** Turns of one process, for where there is no database. */
export class MemoryTurns implements HostTurns {
  readonly #next = new Map<string, number>();
  readonly #clock: () => number;
  #reserved = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  async reserve(host: string, { delayMs, longestWaitMs }: TurnWish): Promise<Turn> {
    this.#sweep();
    const now = this.#clock();
    const at = Math.max(now, this.#next.get(host) ?? 0);
    const waitMs = at - now;
    if (waitMs > longestWaitMs) return { waitMs, isTooLate: true };
    this.#next.set(host, at + delayMs);
    return { waitMs, isTooLate: false };
  }

  async postpone(host: string, ms: number): Promise<void> {
    this.#next.set(host, Math.max(this.#next.get(host) ?? 0, this.#clock() + ms));
  }

  /** A host whose next turn has passed says nothing. */
  #sweep(): void {
    this.#reserved += 1;
    if (this.#reserved % sweepEvery > 0) return;
    const now = this.#clock();
    for (const [host, at] of this.#next) if (at <= now) this.#next.delete(host);
  }
}
