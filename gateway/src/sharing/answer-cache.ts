import { LRUCache } from 'lru-cache';
import type { PublicAnswer } from './public-answer.ts';

/** Rather more than an answer takes: its data, the whole as text (two bytes a letter where it is Cyrillic), and as bytes. */
const bytesPerCharacter = 8;

export interface AnswerCacheOptions {
  /** For how long an answer is kept; 0 keeps none. */
  readonly seconds: number;
  readonly bytes: number;
}

/** Public answers of the last seconds, within so many bytes. All are dropped when anything that they show is another. */
export class AnswerCache {
  readonly #kept: LRUCache<string, PublicAnswer> | undefined;
  #generation = 0;

  constructor({ seconds, bytes }: AnswerCacheOptions) {
    if (seconds === 0 || bytes === 0) return;
    this.#kept = new LRUCache({
      maxSize: bytes,
      ttl: seconds * 1000,
      ttlResolution: 0,
      sizeCalculation: ({ text }, key) => bytesPerCharacter * (text.length + key.length) + 200,
    });
  }

  /** Raised by each drop: what began to be read in an earlier one may be of before the change. */
  get generation(): number {
    return this.#generation;
  }

  get bytes(): number {
    return this.#kept?.calculatedSize ?? 0;
  }

  has(key: string): boolean {
    return this.#kept?.has(key) ?? false;
  }

  get(key: string): PublicAnswer | undefined {
    return this.#kept?.get(key);
  }

  /** @param generation in which the answer began to be read. */
  keep(key: string, answer: PublicAnswer, generation: number): void {
    if (generation === this.#generation) this.#kept?.set(key, answer);
  }

  drop(): void {
    this.#generation += 1;
    this.#kept?.clear();
  }
}
