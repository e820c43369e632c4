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
  readonly #seconds: number;
  #generation = 0;
  #sweep: NodeJS.Timeout | undefined;

  constructor({ seconds, bytes }: AnswerCacheOptions) {
    this.#seconds = seconds;
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
    if (generation !== this.#generation || !this.#kept) return;
    this.#kept.set(key, answer);
    this.#sweep ??= setInterval(() => this.#forget(), this.#seconds * 1_000).unref();
  }

  drop(): void {
    this.#generation += 1;
    this.#kept?.clear();
    this.#rest();
  }

  /** What nobody asks for again would take its place until others need it. */
  #forget(): void {
    this.#kept?.purgeStale();
    if (this.#kept?.size === 0) this.#rest();
  }

  #rest(): void {
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }
}
