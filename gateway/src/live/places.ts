import { DomainError } from '@gastronom/shared/domain-error';
import type { Viewer } from '@gastronom/shared/viewer';
import { clientAddress } from '../limits/client-address.ts';
import type { LiveSettings } from './live-settings.ts';

/** Whom a live query is counted for; who is nobody, by address alone. */
const callerOf = (viewer: Viewer): string | undefined => {
  if (viewer.kind === 'user') return `user ${viewer.userId}`;
  return viewer.kind === 'service' ? `key ${viewer.keyId}` : undefined;
};

/** How many live queries and streams are open in this process: in all, of an address, of a person or key. */
export class Places {
  readonly #settings: LiveSettings;
  readonly #taken = new Map<string, number>();
  #total = 0;

  constructor(settings: LiveSettings) {
    this.#settings = settings;
  }

  get total(): number {
    return this.#total;
  }

  /**
   * Takes a place.
   * @returns how to give it back, once.
   * @throws RATE_LIMITED to who has too many, OVERLOADED where there are none left.
   */
  take(viewer: Viewer, ip: string): () => void {
    const { LIVE_PER_ADDRESS, LIVE_PER_CALLER, LIVE_TOTAL } = this.#settings;
    const caller = callerOf(viewer);
    const address = `ip ${clientAddress(ip)}`;
    if (this.#total >= LIVE_TOTAL)
      throw new DomainError('OVERLOADED', 'This server serves as many live queries as it can. Try again in a minute.');
    if (caller !== undefined && this.#count(caller) >= LIVE_PER_CALLER) throw tooMany('you have', LIVE_PER_CALLER);
    if (this.#count(address) >= LIVE_PER_ADDRESS) throw tooMany('your address has', LIVE_PER_ADDRESS);
    const names = caller === undefined ? [address] : [caller, address];
    this.#total += 1;
    for (const name of names) this.#taken.set(name, this.#count(name) + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#total -= 1;
      for (const name of names) this.#leave(name);
    };
  }

  #count(name: string): number {
    return this.#taken.get(name) ?? 0;
  }

  #leave(name: string): void {
    const left = this.#count(name) - 1;
    if (left > 0) this.#taken.set(name, left);
    else this.#taken.delete(name);
  }
}

const tooMany = (who: string, most: number): DomainError =>
  new DomainError(
    'RATE_LIMITED',
    `Too many live queries: ${who} ${most} open, the most there may be. End some first.`,
    {
      policy: 'live',
      limit: most,
    },
  );
