import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';

/** Where 1C shows a secret that its endpoint knows, rather than a token or key of ours. */
const oneC = '/api/v1/integrations/one_c/';

export const isOneC = (path: string): boolean => path.startsWith(oneC);

/** What a request shows of itself, as something to remember it by; undefined where it shows nothing. */
export function credentialOf({ headers }: FastifyRequest, path: string): string | undefined {
  const shown = headers.authorization ?? headers['x-webhook-secret'];
  return shown === undefined ? undefined : hash('sha256', `${isOneC(path) ? oneC : ''}${String(shown)}`, 'base64');
}

/**
 * Tokens, keys and secrets that were not found right before. A wrong one is charged once it is known to be wrong, which is
 * too late for a thousand sent at once: so an address has no more of them in flight than it could pay for.
 */
export class UnprovenCredentials {
  readonly #proven = new LRUCache<string, true>({ max: 20_000 });
  readonly #inFlight = new Map<string, number>();

  isProven(credential: string): boolean {
    return this.#proven.has(credential);
  }

  prove(credential: string): void {
    this.#proven.set(credential, true);
  }

  disprove(credential: string): void {
    this.#proven.delete(credential);
  }

  /** Lets one more in, unless so many of the address are in flight already; `leave` is called when it is done. */
  enter(address: string, affordable: number): boolean {
    const inFlight = this.#inFlight.get(address) ?? 0;
    if (inFlight >= affordable) return false;
    this.#inFlight.set(address, inFlight + 1);
    return true;
  }

  leave(address: string): void {
    const inFlight = this.#inFlight.get(address) ?? 0;
    if (inFlight > 1) this.#inFlight.set(address, inFlight - 1);
    else this.#inFlight.delete(address);
  }
}
