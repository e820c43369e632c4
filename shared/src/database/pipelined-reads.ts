import { Socket } from 'node:net';
import pg from 'pg';
import { isOfStatement } from './statement-errors.ts';

/** As many go out in one piece at most: more are better off with another connection, where PostgreSQL reads beside. */
const mostTogether = 8;
/** A connection that has answered nothing for so long is held up by one of its statements: nobody else is sent after it. */
const heldUpAfterMs = 50;
/** After a connection could not be had, or was lost, so long passes until another is opened. */
const restMs = 1_000;

const readOnly = '-c default_transaction_read_only=on';

/** One connection on which statements follow each other without waiting for answers. PostgreSQL answers them in their order. */
class Pipeline {
  readonly #socket = new Socket();
  readonly #client: pg.Client;
  readonly #opened: Promise<unknown>;
  #isOpen = false;
  #movedAt = 0;
  /** Statements whose answers have not come. */
  waiting = 0;
  /** Statements that go out when this turn of the event loop is over. */
  gathered = 0;

  constructor(pool: pg.Pool, onEnd: (pipeline: Pipeline) => void) {
    const Client = (pool.options.Client ?? pg.Client) as typeof pg.Client;
    this.#client = new Client({
      ...pool.options,
      options: readOnly,
      pipeline: true,
      stream: () => this.#socket,
    });
    // Those who wait are told by their own statements.
    this.#client.on('error', () => onEnd(this));
    this.#client.on('end', () => onEnd(this));
    this.#opened = this.#client.connect().then(() => {
      this.#isOpen = true;
    });
    this.#opened.catch(() => onEnd(this));
  }

  get isHeldUp(): boolean {
    return this.waiting > 0 && Date.now() - this.#movedAt > heldUpAfterMs;
  }

  async query(text: string, values: unknown[]): Promise<pg.QueryResult> {
    if (this.waiting === 0) this.#movedAt = Date.now();
    this.waiting += 1;
    try {
      if (!this.#isOpen) await this.#opened;
      this.#gather();
      return await this.#client.query(text, values);
    } finally {
      this.waiting -= 1;
      this.#movedAt = Date.now();
    }
  }

  /** Half of what a short statement costs this process is the system call that sends it. */
  #gather(): void {
    this.gathered += 1;
    if (this.gathered > 1) return;
    this.#socket.cork();
    setImmediate(() => {
      this.gathered = 0;
      this.#socket.uncork();
    });
  }

  async end(): Promise<void> {
    // One that never opened, or was lost, has nothing to end.
    if (this.#isOpen) await this.#client.end();
    else this.#socket.destroy();
  }
}

/**
 * Reads that an index answers in a moment, from all who ask in one turn of the event loop, sent together over few
 * connections that may only read. See docs/adr/quick-reads-go-out-together.md.
 */
export class PipelinedReads {
  readonly #pool: pg.Pool;
  readonly #most: number;
  readonly #pipelines = new Set<Pipeline>();
  #restingUntil = 0;
  #isOver = false;

  /** @param most how many connections it opens, beside those of the pool. */
  constructor(pool: pg.Pool, most: number) {
    this.#pool = pool;
    this.#most = most;
  }

  get connections(): number {
    return this.#pipelines.size;
  }

  /** Undefined where a connection of one's own is better, or needed. */
  async query(text: string, values: unknown[]): Promise<pg.QueryResult | undefined> {
    const pipeline = this.#choose();
    if (!pipeline) return undefined;
    try {
      return await pipeline.query(text, values);
    } catch (error) {
      // It changed nothing, and may be asked again.
      if (!isOfStatement(error) || isOfAnother(error)) return undefined;
      throw error;
    }
  }

  #choose(): Pipeline | undefined {
    let best: Pipeline | undefined;
    for (const pipeline of this.#pipelines) {
      if (pipeline.isHeldUp || pipeline.gathered >= mostTogether) continue;
      if (pipeline.gathered > 0) return pipeline;
      if (!best || pipeline.waiting < best.waiting) best = pipeline;
    }
    return best && best.waiting === 0 ? best : (this.#open() ?? best);
  }

  #open(): Pipeline | undefined {
    if (this.#isOver || this.#pipelines.size >= this.#most || Date.now() < this.#restingUntil) return undefined;
    const pipeline = new Pipeline(this.#pool, (lost) => {
      this.#pipelines.delete(lost);
      this.#restingUntil = Date.now() + restMs;
    });
    this.#pipelines.add(pipeline);
    return pipeline;
  }

  async end(): Promise<void> {
    this.#isOver = true;
    const pipelines = [...this.#pipelines];
    this.#pipelines.clear();
    await Promise.all(pipelines.map((pipeline) => pipeline.end()));
  }
}

/** A statement that waited for another to prepare it is lost with it. */
const isOfAnother = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '26000';
