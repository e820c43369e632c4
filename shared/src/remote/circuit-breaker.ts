/** How a call came in: like any, or as the one that finds out whether a subgraph is well again. */
export type Pass = 'ordinary' | 'probe';

/** How it ended. One that nobody waited for tells nothing of whom it was made to. */
export type Outcome = 'answered' | 'failed' | 'abandoned';

/** Calls are judged by those of this and the previous span of so long. */
const spanMs = 5_000;
/** For how long nobody is asked once it opened, and again after each probe that failed. */
const restMs = 5_000;
/** So few failures prove nothing. */
const fewestFailures = 10;

export interface CircuitBreakerOptions {
  readonly now?: () => number;
  readonly onChange?: (isOpen: boolean) => void;
}

/**
 * Leaves a subgraph alone that does not answer: opens when ten calls and at least half of them failed within some seconds,
 * lets one call through after a rest, and closes when that is answered. Whoever comes meanwhile is told at once, as
 * those who wait would be many, and the subgraph is to get well.
 */
export class CircuitBreaker {
  readonly #now: () => number;
  readonly #onChange: (isOpen: boolean) => void;
  #spanEnds = 0;
  #answered = 0;
  #failed = 0;
  #answeredBefore = 0;
  #failedBefore = 0;
  /** The moment from which it may be asked again; undefined while the breaker is closed. */
  #restsUntil: number | undefined;
  #probing = false;

  constructor({ now = Date.now, onChange = () => undefined }: CircuitBreakerOptions = {}) {
    this.#now = now;
    this.#onChange = onChange;
  }

  get isOpen(): boolean {
    return this.#restsUntil !== undefined;
  }

  /** @returns undefined where the call is not to be made. */
  enter(): Pass | undefined {
    if (this.#restsUntil === undefined) return 'ordinary';
    if (this.#probing || this.#now() < this.#restsUntil) return undefined;
    this.#probing = true;
    return 'probe';
  }

  /** Every call that was let in says how it ended. */
  leave(pass: Pass, outcome: Outcome): void {
    if (pass === 'probe') {
      this.#probing = false;
      if (outcome === 'answered') this.#close();
      else if (outcome === 'failed') this.#restsUntil = this.#now() + restMs;
      return;
    }
    // What began before it opened tells of the time before.
    if (this.isOpen || outcome === 'abandoned') return;
    this.#turn();
    if (outcome === 'answered') {
      this.#answered++;
      return;
    }
    this.#failed++;
    const failed = this.#failed + this.#failedBefore;
    if (failed >= fewestFailures && failed >= this.#answered + this.#answeredBefore) this.#open();
  }

  #turn(): void {
    const now = this.#now();
    if (now < this.#spanEnds) return;
    const isNext = now < this.#spanEnds + spanMs;
    this.#answeredBefore = isNext ? this.#answered : 0;
    this.#failedBefore = isNext ? this.#failed : 0;
    this.#answered = 0;
    this.#failed = 0;
    this.#spanEnds = now + spanMs;
  }

  #open(): void {
    this.#restsUntil = this.#now() + restMs;
    this.#onChange(true);
  }

  #close(): void {
    this.#restsUntil = undefined;
    this.#spanEnds = 0;
    this.#onChange(false);
  }
}
