import { LRUCache } from 'lru-cache';

/** A worker wants points of one caller. */
export interface PointsAsk {
  readonly policy: string;
  readonly key: string;
  readonly allowance: number;
  readonly seconds: number;
  /** What it needs now. */
  readonly needed: number;
}

export interface PointsAnswer {
  /** 0: there were not enough, and all that there were are spent now. */
  readonly granted: number;
  /** What is left for whoever asks next. */
  readonly remaining: number;
  readonly milliseconds: number;
}

interface Account {
  remaining: number;
  readonly endsAt: number;
}

/** Of so many callers count is kept; of more, those that were silent longest are forgotten. */
const mostCallers = 300_000;

/**
 * Hands out what callers may spend to the workers that serve them: a part of what is left at a time, so that most requests
 * need no word with another process, and little lies with a worker that the caller does not come to again.
 */
export class PointsBank {
  readonly #accounts = new LRUCache<string, Account>({ max: mostCallers });
  readonly #part: number;

  constructor(workers: number) {
    this.#part = 16 * workers;
  }

  take({ policy, key, allowance, seconds, needed }: PointsAsk): PointsAnswer {
    const now = Date.now();
    const name = `${policy} ${key}`;
    let account = this.#accounts.get(name);
    if (!account || account.endsAt <= now) {
      account = { remaining: allowance, endsAt: now + seconds * 1000 };
      this.#accounts.set(name, account);
    }
    // Who wants more than there is has spent all: a refusal counts as what it refused.
    const enough = needed <= account.remaining;
    const granted = enough ? Math.max(needed, Math.floor(account.remaining / this.#part)) : 0;
    account.remaining = enough ? account.remaining - granted : 0;
    return { granted, remaining: account.remaining, milliseconds: account.endsAt - now };
  }
}
