import { setTimeout } from 'node:timers/promises';
import type { Sleep } from '../fetching/fetching-tools.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stands still until the test moves it on. */
export class FakeTime {
  #now = Date.parse('2026-11-20T08:00:00Z');
  readonly #sleepers = new Set<Sleeper>();

  readonly clock = (): number => this.#now;

  readonly sleep: Sleep = (ms, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const sleeper: Sleeper = {
        at: this.#now + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      const giveUp = () => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#sleepers.add(sleeper);
    });

  /** How many wait for a later time. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  /**
   * Moves on to when the first sleeper wakes, who then does.
   * @param late by how much he oversleeps, as in a busy process.
   * @returns by how many milliseconds.
   */
  advance(late = 0): number {
    const at = Math.min(...[...this.#sleepers].map((sleeper) => sleeper.at));
    if (!Number.isFinite(at)) return 0;
    const passed = Math.max(0, at - this.#now) + late;
    this.#now += passed;
    for (const sleeper of [...this.#sleepers]) if (sleeper.at <= this.#now) sleeper.wake();
    return passed;
  }
}

/** Waits until something has come about, for as long as the test may take. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(2);
}
