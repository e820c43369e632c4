import type { Logger } from '@gastronom/shared/logger';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { sha256 } from './document-reader.ts';

/** Characters of query text that this process remembers. */
const rememberedCharacters = 5_000_000;
const sharedForSeconds = 7 * 24 * 60 * 60;
const prefix = 'gastronom:apq:';

/**
 * Queries that clients sent with their hash, to send the hash alone from then on (Apollo's automatic persisted queries).
 * Remembered here, and for all replicas where they share a Redis. What is forgotten, clients send again.
 */
export class PersistedQueries {
  readonly #here = new LRUCache<string, string>({
    maxSize: rememberedCharacters,
    sizeCalculation: (text) => text.length + 1,
  });
  readonly #redis: Redis | undefined;
  readonly #logger: Logger;

  constructor(redis: Redis | undefined, logger: Logger) {
    this.#redis = redis;
    this.#logger = logger;
  }

  async find(key: string): Promise<string | undefined> {
    const here = this.#here.get(key);
    if (here !== undefined || !this.#redis) return here;
    const text = await this.#redis.get(prefix + key).catch((error: unknown) => this.#complain(error));
    // Others can write to Redis too: a text that is not that of the hash is none.
    if (!text || sha256(text) !== key) return undefined;
    this.#here.set(key, text);
    return text;
  }

  remember(key: string, text: string): void {
    if (this.#here.get(key) !== undefined) return;
    this.#here.set(key, text);
    this.#redis?.set(prefix + key, text, 'EX', sharedForSeconds).catch((error: unknown) => void this.#complain(error));
  }

  #complain(error: unknown): undefined {
    this.#logger.debug({ err: error }, 'a persisted query did not reach Redis');
  }
}
