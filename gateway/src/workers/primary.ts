import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@gastronom/shared/logger';
import { counter, gauge, type MetricsSnapshot, readMetrics } from '@gastronom/shared/metrics';
import { fork, Hand, WorkerFailed } from './crew.ts';
import type { Assignment, FromWorker } from './messages.ts';
import { PointsBank } from './points-bank.ts';
import { Questions } from './questions.ts';

const serving = gauge('gastronom_workers', 'Workers that serve.');
const deaths = counter('gastronom_worker_deaths_total', 'Workers that ended without being asked to.');

/** Who served for so long was no failed start. */
const steadyMs = 60_000;
/** So many starts in a row that come to nothing end the program. */
const mostFailures = 5;
/** How long a worker that does not answer is waited for. */
const answerMs = 5_000;
/** How long a worker may take to leave, before it is made to: longer than any request may take. */
const leaveMs = 120_000;

export interface PrimaryOptions {
  readonly logger: Logger;
  readonly assignment: Omit<Assignment, 'number' | 'workers'>;
  /** What ends the program while it serves: a worker that cannot be started any more. */
  readonly onFailure: (error: unknown) => void;
}

/** The process that starts the workers, keeps them in number, and carries word between them. */
export class Primary {
  readonly #options: PrimaryOptions;
  readonly #logger: Logger;
  readonly #hands = new Set<Hand>();
  readonly #serving = new Set<Hand>();
  readonly #measuring = new Questions<MetricsSnapshot>();
  readonly #stopping = new AbortController();
  readonly #introduced = Promise.withResolvers<void>();
  readonly #bank: PointsBank;
  /** Of each place, how often in a row its worker fell soon after it had been started. */
  readonly #falls = new Map<number, number>();
  #count: number;
  #restarting: Promise<void> | undefined;

  constructor(count: number, options: PrimaryOptions) {
    this.#count = count;
    this.#options = options;
    this.#logger = options.logger;
    this.#bank = new PointsBank(count);
    // It is looked at when it is time to.
    this.#introduced.promise.catch(() => undefined);
  }

  /** Starts all: the first alone, which makes ready what the others then find. @returns where they serve. */
  async start(): Promise<string> {
    const url = await this.#employ(1);
    await Promise.all(
      this.#numbers()
        .slice(1)
        .map((number) => this.#employ(number)),
    );
    return url;
  }

  /** What is done once for all is done by one of them. */
  async introduce(): Promise<void> {
    const [first] = this.#serving;
    first?.tell({ kind: 'introduce' });
    await Promise.race([this.#introduced.promise, first?.ended]);
  }

  /** Puts a new worker in the place of each, one by one: each serves before the one that it follows lets its clients go. */
  restart(count: number): Promise<void> {
    this.#restarting ??= this.#replaceAll(count).finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#hands].map((hand) => this.#dismiss(hand, 'stop')));
  }

  /** Of all processes that serve, and of this one. Who does not answer in time is left out. */
  async readMetrics(): Promise<MetricsSnapshot[]> {
    serving.set(this.#serving.size);
    const asked = [...this.#serving].map((hand) =>
      Promise.race([
        this.#measuring.ask((id) => hand.tell({ kind: 'measure', id })),
        delay(answerMs, undefined, { ref: false }),
      ]),
    );
    const answers = await Promise.all(asked);
    return [await readMetrics(), ...answers.filter((answer) => answer !== undefined)];
  }

  #numbers(): number[] {
    return Array.from({ length: this.#count }, (_, index) => index + 1);
  }

  /** Starts a worker, and waits until it serves. */
  async #employ(number: number): Promise<string> {
    const assignment = { ...this.#options.assignment, number, workers: this.#count };
    const hand = new Hand(fork(assignment.folder), assignment, (from, message) => this.#hear(from, message));
    this.#hands.add(hand);
    void hand.ended.then(() => this.#hands.delete(hand));
    const url = await hand.served;
    this.#join(hand);
    return url;
  }

  #join(hand: Hand): void {
    const since = Date.now();
    this.#serving.add(hand);
    this.#tellTeam();
    this.#logger.info({ worker: hand.number, workerPid: hand.pid }, 'a worker serves');
    void hand.ended.then(async (end) => {
      this.#serving.delete(hand);
      this.#tellTeam();
      if (hand.isLeaving || this.#stopping.signal.aborted) return;
      deaths.inc();
      this.#logger.error(
        { worker: hand.number, workerPid: hand.pid, ...end },
        'a worker ended; another takes its place',
      );
      await this.#replaceDead(hand.number, Date.now() - since);
    });
  }

  /** At once where the dead one served long; else after a while, longer each time. */
  async #replaceDead(number: number, lived: number): Promise<void> {
    const { signal } = this.#stopping;
    if (lived >= steadyMs) this.#falls.delete(number);
    for (let failed = 1; ; failed += 1) {
      const falls = this.#falls.get(number) ?? 0;
      this.#falls.set(number, falls + 1);
      try {
        await delay(falls === 0 ? 0 : Math.min(250 * 2 ** falls, 30_000), undefined, { signal });
        await this.#employ(number);
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.#logger.error({ err: error, worker: number }, 'a worker could not be started');
        if (failed >= mostFailures) return this.#options.onFailure(error);
      }
    }
  }

  async #replaceAll(count: number): Promise<void> {
    this.#logger.info({ workers: count }, 'each worker is replaced');
    const old = [...this.#serving];
    this.#count = count;
    for (const hand of old) {
      // One that died meanwhile is replaced already.
      if (!this.#serving.has(hand)) continue;
      hand.isLeaving = true;
      if (hand.number <= count && !(await this.#succeed(hand))) return;
      await this.#dismiss(hand, 'leave');
    }
    const known = new Set([...this.#hands].map(({ number }) => number));
    for (const number of this.#numbers()) if (!known.has(number)) await this.#employ(number);
    this.#logger.info('each worker was replaced');
  }

  /** @returns whether another serves in its place; otherwise it stays. */
  async #succeed(hand: Hand): Promise<boolean> {
    try {
      await this.#employ(hand.number);
      return true;
    } catch (error) {
      if (this.#stopping.signal.aborted) return false;
      hand.isLeaving = false;
      this.#logger.error({ err: error, worker: hand.number }, 'a new worker could not be started: the others stay');
      if (!this.#serving.has(hand)) void this.#replaceDead(hand.number, 0);
      return false;
    }
  }

  async #dismiss(hand: Hand, kind: 'leave' | 'stop'): Promise<void> {
    hand.isLeaving = true;
    hand.tell({ kind });
    const impatience = setTimeout(() => hand.kill(), leaveMs);
    await hand.ended;
    clearTimeout(impatience);
  }

  #tellTeam(): void {
    const ids = [...this.#serving].map(({ id }) => id);
    for (const hand of this.#serving) hand.tell({ kind: 'team', ids });
  }

  #hear(from: Hand, message: FromWorker): void {
    if (message.kind === 'broadcast') {
      for (const hand of this.#hands) if (hand !== from) hand.tell(message);
    } else if (message.kind === 'points') {
      from.tell({ kind: 'points', id: message.id, answer: this.#bank.take(message.ask) });
    } else if (message.kind === 'measured') this.#measuring.answered(message.id, message.metrics);
    else if (message.kind === 'introduced') this.#introduced.resolve();
    else if (message.kind === 'failed')
      this.#introduced.reject(new WorkerFailed(from.number, 'failed', message.reason));
  }
}
