import { setTimeout as sleep } from 'node:timers/promises';

export interface Paced {
  /** How long the load took, the last answer included. */
  readonly seconds: number;
  /** How late turns were begun at the worst: the load itself, not what is measured. */
  readonly latestMs: number;
}

export interface Pace {
  /** Turns a second. */
  readonly rate: number;
  /** How many in all, and what else ends them. */
  readonly turns?: number;
  readonly until?: () => boolean;
}

/**
 * Takes so many turns a second, whether or not earlier ones are done. Each is told when it was due, and counts its time
 * from then: what waits for a slow one before it is slow as well.
 */
export async function takeTurns(
  { rate, turns = Number.POSITIVE_INFINITY, until = () => false }: Pace,
  turn: (number: number, due: number) => Promise<void>,
): Promise<Paced> {
  const begun = performance.now();
  const all: Promise<void>[] = [];
  let latestMs = 0;
  for (let number = 0; number < turns && !until(); number += 1) {
    const due = begun + (number * 1_000) / rate;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    latestMs = Math.max(latestMs, performance.now() - due);
    all.push(turn(number, due));
  }
  await Promise.all(all);
  return { seconds: (performance.now() - begun) / 1_000, latestMs };
}
