type Leave = () => void;

interface Waiting {
  readonly limit: number;
  readonly isUrgent: boolean;
  readonly enter: (leave: Leave) => void;
}

/** A place where only so many may be at a time. Each says how many that is for him. */
export class Slots {
  #inside = 0;
  readonly #queue: Waiting[] = [];

  get isEmpty(): boolean {
    return this.#inside === 0 && this.#queue.length === 0;
  }

  /** How many would go in before an urgent one that comes now. */
  get urgentBefore(): number {
    return this.#queue.filter(({ isUrgent }) => isUrgent).length;
  }

  tryEnter(limit: number): Leave | null {
    return this.#inside < limit && this.#queue.length === 0 ? this.#enter() : null;
  }

  /** Waits for a place; who is waited for by somebody goes before who is not. Rejects with the signal’s reason. */
  enter(limit: number, isUrgent: boolean, signal: AbortSignal): Promise<Leave> {
    signal.throwIfAborted();
    const leave = this.tryEnter(limit);
    if (leave) return Promise.resolve(leave);
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        limit,
        isUrgent,
        enter: (mine) => {
          signal.removeEventListener('abort', giveUp);
          resolve(mine);
        },
      };
      const giveUp = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(signal.reason);
        this.#admit();
      };
      signal.addEventListener('abort', giveUp, { once: true });
      const place = isUrgent ? this.#queue.findIndex((other) => !other.isUrgent) : -1;
      this.#queue.splice(place === -1 ? this.#queue.length : place, 0, waiting);
    });
  }

  #enter(): Leave {
    this.#inside += 1;
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      this.#inside -= 1;
      this.#admit();
    };
  }

  #admit(): void {
    for (let [next] = this.#queue; next && this.#inside < next.limit; [next] = this.#queue) {
      this.#queue.shift();
      next.enter(this.#enter());
    }
  }
}
