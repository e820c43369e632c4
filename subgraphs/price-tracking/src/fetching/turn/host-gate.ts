import { LRUCache } from 'lru-cache';
import { FetchTrouble } from '../fetch-trouble.ts';
import type { FetchingTools } from '../fetching-tools.ts';
import type { HostTurns } from './host-turns.ts';
import { Slots } from './slots.ts';

/** Where visits go on: on the network, or in a browser; so many at a time, whichever hosts they are to. */
export interface Room {
  readonly places: Slots;
  readonly most: number;
}

/** How a host is to be asked: the time between two requests, and how many at a time. */
export interface HostManners {
  readonly delayMs: number;
  readonly concurrency: number;
  /** The network, unless it says otherwise. */
  readonly room?: Room | undefined;
}

/** Who waits for a turn. */
export interface Visitor {
  readonly signal: AbortSignal;
  /** Until when, in milliseconds of the clock; null for somebody who has time. */
  readonly deadline: number | null;
  readonly onWaited: (ms: number) => void;
}

interface Lane {
  readonly places: Slots;
  /** When the turns come that those with a place wait for. */
  readonly turns: Set<{ readonly at: number }>;
}

/** So long a turn is waited for by who has time: a job is not held for longer. */
export const longestWaitMs = 15 * 60_000;

const longestPostponeMs = 24 * 3_600_000;

const busy = (host: string, waitMs: number): FetchTrouble =>
  new FetchTrouble('FETCH_ERROR', 'BUSY', `${host} is asked so seldom that its turn would come too late.`, {
    retryAfterMs: Math.max(1_000, Math.ceil(waitMs)),
  });

/**
 * Lets requests to a host through one by one, at its pace. A turn is reserved by who has a place alone: so there are never
 * more turns reserved ahead than places, and somebody who waits for an answer comes soon, however many others there are.
 */
export class HostGate {
  readonly #lanes = new Map<string, Lane>();
  /** When a host was last asked by this process, by its clock. */
  readonly #asked = new LRUCache<string, number>({ max: 10_000 });
  readonly #network: Room;
  readonly #turns: HostTurns;
  readonly #tools: Pick<FetchingTools, 'clock' | 'sleep' | 'taker'>;

  constructor(tools: Pick<FetchingTools, 'clock' | 'sleep' | 'turns' | 'settings' | 'taker'>) {
    this.#tools = tools;
    this.#turns = tools.turns;
    this.#network = { places: new Slots(), most: tools.settings.FETCH_TOTAL_CONCURRENCY };
  }

  /** @throws FetchTrouble `BUSY`, or the signal’s reason */
  async visit<Result>(
    host: string,
    manners: HostManners,
    visitor: Visitor,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const { clock } = this.#tools;
    const begun = clock();
    const lane = this.#laneOf(host);
    const leave = await this.#inTime(host, manners, visitor, this.#enter(lane, host, manners, visitor));
    try {
      const leaveAll = await this.#inTime(host, manners, visitor, this.#turn(lane, host, manners, visitor));
      visitor.onWaited(clock() - begun);
      try {
        return await work();
      } finally {
        leaveAll();
      }
    } finally {
      leave();
      if (lane.places.isEmpty) this.#lanes.delete(host);
    }
  }

  /** Nobody asks the host for a while, in no process. */
  postpone(host: string, ms: number): Promise<void> {
    return this.#turns.postpone(host, Math.min(ms, longestPostponeMs));
  }

  /** One more request within a visit: the next visitor comes later by one delay. */
  async count(host: string, { delayMs }: HostManners): Promise<void> {
    if (delayMs > 0) await this.#turns.reserve(host, { delayMs, longestWaitMs: 2 * longestPostponeMs });
  }

  #timeOf({ deadline }: Visitor): number {
    return deadline === null ? longestWaitMs : Math.max(0, deadline - this.#tools.clock());
  }

  /** Whose time is over while he waits was not answered too late: he had no turn. */
  async #inTime<Result>(
    host: string,
    { delayMs }: HostManners,
    visitor: Visitor,
    wait: Promise<Result>,
  ): Promise<Result> {
    try {
      return await wait;
    } catch (error) {
      const isLate = visitor.signal.aborted && visitor.deadline !== null && this.#timeOf(visitor) === 0;
      throw isLate ? busy(host, delayMs) : error;
    }
  }

  #laneOf(host: string): Lane {
    const lane = this.#lanes.get(host) ?? { places: new Slots(), turns: new Set() };
    this.#lanes.set(host, lane);
    return lane;
  }

  async #enter({ places, turns }: Lane, host: string, manners: HostManners, visitor: Visitor): Promise<() => void> {
    const { delayMs, concurrency } = manners;
    const isUrgent = visitor.deadline !== null;
    if (isUrgent) {
      const inLine = places.urgentBefore * delayMs;
      const first = turns.size < concurrency ? 0 : Math.min(...[...turns].map(({ at }) => at - this.#tools.clock()));
      const atLeast = Math.max(inLine, first);
      if (atLeast > this.#timeOf(visitor)) throw busy(host, atLeast);
    }
    return places.enter(concurrency, isUrgent, visitor.signal);
  }

  /** Waits for a turn of the host at which there is a place in the room. */
  async #turn(lane: Lane, host: string, manners: HostManners, visitor: Visitor): Promise<() => void> {
    const { delayMs, room: { places, most } = this.#network } = manners;
    for (;;) {
      const turn = await this.#turns.reserve(host, { delayMs, longestWaitMs: this.#timeOf(visitor) });
      if (turn.isTooLate) throw busy(host, turn.waitMs);
      if (turn.waitMs > 0) await this.#await(lane, turn.waitMs, visitor.signal);
      await this.#keepDistance(lane, host, delayMs, visitor.signal);
      const taker = visitor.deadline === null ? this.#tools.taker : undefined;
      const leave = (taker?.hasRoom ?? true) ? places.tryEnter(most) : null;
      if (leave) return leave;
      // The turn passes meanwhile: another is needed, at once.
      const later = await places.enter(most, visitor.deadline !== null, visitor.signal);
      await taker?.whenRoom();
      if (await this.#hasTurnNow(host, delayMs, later)) {
        await this.#keepDistance(lane, host, delayMs, visitor.signal).catch((error: unknown) => {
          later();
          throw error;
        });
        return later;
      }
      later();
    }
  }

  /** A turn may come late, as where the process was busy: the one after it is then too early. */
  async #keepDistance(lane: Lane, host: string, delayMs: number, signal: AbortSignal): Promise<void> {
    const now = this.#tools.clock();
    const at = Math.max(now, (this.#asked.get(host) ?? Number.NEGATIVE_INFINITY) + delayMs);
    this.#asked.set(host, at);
    if (at > now) await this.#await(lane, at - now, signal);
  }

  async #hasTurnNow(host: string, delayMs: number, leave: () => void): Promise<boolean> {
    try {
      const turn = await this.#turns.reserve(host, { delayMs, longestWaitMs: 0 });
      return !turn.isTooLate;
    } catch (error) {
      leave();
      throw error;
    }
  }

  async #await({ turns }: Lane, ms: number, signal: AbortSignal): Promise<void> {
    const turn = { at: this.#tools.clock() + ms };
    turns.add(turn);
    try {
      await this.#tools.sleep(ms, signal);
    } finally {
      turns.delete(turn);
    }
  }
}
