import { Readable } from 'node:stream';

export interface EventStreamBounds {
  /** How often something is said where there is nothing to say, so that nobody between takes the stream for dead. */
  readonly heartbeatMs: number;
  /** For how long a reader may leave lie what was sent. */
  readonly slowReaderMs: number;
  /** After how long a stream is ended, for its client to come again, to another replica perhaps. */
  readonly lifeMs: number;
}

/** What waits to be sent of one operation: its latest result alone, and whether it is the last. */
interface Waiting {
  next?: string | undefined;
  complete?: string | undefined;
}

const comment = ':\n\n';

/** An event of the graphql-sse protocol. JSON has no line breaks. */
const eventOf = (event: 'next' | 'complete', data: string, id?: string): string =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`;

/**
 * Server-sent events of one connection. It hands out as much as is fetched: whoever reads slowly gets the latest result of
 * each operation when they are ready for it, and not those between; whoever does not read at all is let go of.
 */
export class EventStream extends Readable {
  readonly #bounds: EventStreamBounds;
  readonly #waiting = new Map<string, Waiting>();
  readonly #timers: NodeJS.Timeout[];
  #wanted = false;
  #ending = false;
  #slow: NodeJS.Timeout | undefined;

  constructor(bounds: EventStreamBounds) {
    super({ highWaterMark: 1 });
    this.#bounds = bounds;
    this.#timers = [
      setInterval(() => this.#beat(), bounds.heartbeatMs).unref(),
      setTimeout(() => this.finish(), bounds.lifeMs).unref(),
    ];
    // Headers leave with the first byte.
    this.push(comment);
  }

  /** @param operation its id on this connection; '' where it is the only one. */
  next(operation: string, result: string, id?: string): void {
    const data = operation === '' ? result : `{"id":${JSON.stringify(operation)},"payload":${result}}`;
    this.#wait(operation, { next: eventOf('next', data, id) });
  }

  /** Says that an operation is over; its last result goes before. */
  complete(operation: string): void {
    const data = operation === '' ? '' : `{"id":${JSON.stringify(operation)}}`;
    this.#wait(operation, { complete: eventOf('complete', data) });
  }

  /** Forgets what waits of an operation that its client ended. */
  forget(operation: string): void {
    this.#waiting.delete(operation);
  }

  /** Ends the connection after what waits. Operations that are not complete are asked for again by their clients. */
  finish(): void {
    if (this.#ending) return;
    this.#ending = true;
    if (this.#wanted) this.#flush();
    // Nobody waits for a reader who does not read.
    this.#watchReader();
  }

  override _read(): void {
    this.#wanted = true;
    clearTimeout(this.#slow);
    this.#slow = undefined;
    this.#flush();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    for (const timer of this.#timers) clearTimeout(timer);
    clearTimeout(this.#slow);
    this.#waiting.clear();
    callback(error);
  }

  #wait(operation: string, what: Waiting): void {
    if (this.destroyed || this.#ending) return;
    this.#waiting.set(operation, { ...this.#waiting.get(operation), ...what });
    if (this.#wanted) this.#flush();
    else this.#watchReader();
  }

  #flush(): void {
    for (const [operation, { next, complete }] of this.#waiting) {
      if (!this.#wanted) break;
      this.#waiting.delete(operation);
      this.#wanted = this.push(`${next ?? ''}${complete ?? ''}`);
    }
    if (this.#waiting.size > 0) this.#watchReader();
    else if (this.#ending) this.push(null);
  }

  #beat(): void {
    if (this.#ending) return;
    if (this.#wanted) this.#wanted = this.push(comment);
    else this.#watchReader();
  }

  #watchReader(): void {
    if (this.destroyed) return;
    this.#slow ??= setTimeout(() => this.destroy(), this.#bounds.slowReaderMs).unref();
  }
}
