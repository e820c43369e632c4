import { Dice } from '../fuzz/dice.ts';

/** How the subgraphs behave while one operation runs; the same for everybody who runs it. */
export interface Conduct {
  /** What all data is made of. */
  readonly seed: number;
  /** Fields throw, now and then. */
  readonly throws: boolean;
  /** Nulls stand where the schema says that there are none. */
  readonly lies: boolean;
  /** Entities are lost in one subgraph, though others know them. */
  readonly losses: boolean;
  /** Whether answers are as they come over HTTP, or as they come from this process. */
  readonly remote: boolean;
  /** Subgraphs that answer nothing, and in which way. */
  readonly down: ReadonlyMap<string, Downfall>;
}

export const downfalls = ['unreachable', 'errors alone', 'null and errors'] as const;
export type Downfall = (typeof downfalls)[number];

/** A third of all is calm; a fifth has subgraphs that are down. */
export function randomConduct(seed: number, subgraphs: readonly string[]): Conduct {
  const dice = new Dice(seed);
  const mood = dice.below(10);
  const down = mood < 8 ? [] : dice.some(subgraphs, 2);
  return {
    seed,
    throws: [3, 4, 5, 7, 9].includes(mood),
    lies: [6, 7].includes(mood),
    losses: mood > 2 && dice.oneIn(2),
    remote: dice.oneIn(2),
    down: new Map(down.map((name) => [name, dice.pick(downfalls)])),
  };
}

/** A number that the parts make, the same each time (FNV-1a, mixed once more). */
export function numberOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of parts.join('|')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}
