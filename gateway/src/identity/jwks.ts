import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { DomainError } from '@gastronom/shared/domain-error';
import type { Logger } from '@gastronom/shared/logger';
import { z } from 'zod';
import { isStrong, type SigningKeys } from './signing-keys.ts';

/** How long a set of keys counts, and how often it is asked for. In milliseconds. */
export const jwksTimes = {
  /** From this age it is fetched anew behind the requests, … */
  renewAfter: 5 * 60_000,
  /** … and from this they wait for it: so long a withdrawn key may still work. */
  freshFor: 10 * 60_000,
  /** For so long the last set stands in for one that cannot be fetched. */
  keptFor: 24 * 60 * 60_000,
  /** A token with a key that is not known has the set fetched, but no sooner after the last time than this. */
  pause: 30_000,
  /** The same while there is no set at all. */
  pauseWithout: 5_000,
  /** How long the endpoint may take. */
  timeout: 3_000,
} as const;

const largestSet = 256 * 1024;

const setSchema = z.object({ keys: z.array(z.unknown()).max(100) });
const keySchema = z.looseObject({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  use: z.literal('sig').optional(),
  alg: z.literal('RS256').optional(),
});

/** Keys of other kinds are none of ours; a set without any of ours is no set. */
function readSet(text: string): Map<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const entry of setSchema.parse(JSON.parse(text)).keys) {
    const parsed = keySchema.safeParse(entry);
    if (!parsed.success) continue;
    const { kid, kty, n, e } = parsed.data;
    const key = createPublicKey({ key: { kty, n, e } satisfies JsonWebKey, format: 'jwk' });
    if (isStrong(key)) keys.set(kid, key);
  }
  if (keys.size === 0) throw new Error('it holds no RSA key for signatures');
  return keys;
}

async function fetchSet(url: string): Promise<Map<string, KeyObject>> {
  const signal = AbortSignal.timeout(jwksTimes.timeout);
  const response = await fetch(url, { headers: { accept: 'application/json' }, redirect: 'error', signal });
  if (!response.ok || !response.body) throw new Error(`it answers ${response.status}`);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.length;
    if (size > largestSet) throw new Error('it is too large');
    parts.push(part);
  }
  return readSet(Buffer.concat(parts).toString());
}

/** The keys that one issuer publishes. */
class KeySet {
  readonly #url: string;
  readonly #logger: Logger;
  readonly #clock: () => number;
  #keys = new Map<string, KeyObject>();
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #inFlight: Promise<void> | undefined;
  #away = false;

  constructor(url: string, logger: Logger, clock: () => number) {
    this.#url = url;
    this.#logger = logger;
    this.#clock = clock;
  }

  async find(kid: string): Promise<KeyObject | undefined> {
    const age = this.#clock() - this.#fetchedAt;
    if (age > jwksTimes.freshFor || !this.#keys.has(kid)) await this.#renew();
    else if (age > jwksTimes.renewAfter) void this.#renew();
    if (this.#clock() - this.#fetchedAt > jwksTimes.keptFor) {
      throw new DomainError(
        'IDENTITY_UNAVAILABLE',
        'Sessions cannot be verified at the moment. Try again in a few seconds.',
      );
    }
    return this.#keys.get(kid);
  }

  /** One fetch at a time, whoever waits for it; it never fails, but may bring nothing. */
  #renew(): Promise<void> {
    if (this.#inFlight) return this.#inFlight;
    const pause = this.#keys.size === 0 ? jwksTimes.pauseWithout : jwksTimes.pause;
    if (this.#clock() - this.#triedAt < pause) return Promise.resolve();
    this.#triedAt = this.#clock();
    this.#inFlight = this.#fetch().finally(() => {
      this.#inFlight = undefined;
    });
    return this.#inFlight;
  }

  async #fetch(): Promise<void> {
    try {
      const fetched = await fetchSet(this.#url);
      // A key that stays is the same object as before, by which what it verified is still known.
      for (const [kid, key] of fetched) {
        const before = this.#keys.get(kid);
        if (before?.equals(key)) fetched.set(kid, before);
      }
      this.#keys = fetched;
      this.#fetchedAt = this.#clock();
      if (this.#away) this.#logger.info({ url: this.#url }, 'the signing keys can be fetched again');
      this.#away = false;
    } catch (error) {
      if (!this.#away) this.#logger.warn({ err: error, url: this.#url }, 'the signing keys cannot be fetched');
      this.#away = true;
    }
  }
}

/**
 * The keys that issuers publish as a JSON Web Key Set, fetched when the first token wants one. Each issuer's tokens are
 * held against its own keys alone.
 */
export function publishedKeys(
  urlOf: (issuer: string) => string,
  logger: Logger,
  clock: () => number = Date.now,
): SigningKeys {
  const sets = new Map<string, KeySet>();
  return {
    async find(issuer, kid) {
      if (kid === undefined) return undefined;
      const url = urlOf(issuer);
      const set = sets.get(url) ?? new KeySet(url, logger, clock);
      sets.set(url, set);
      return set.find(kid);
    },
  };
}
