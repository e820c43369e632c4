import { setTimeout as delay } from 'node:timers/promises';
import { checkPage } from '../check/check-page.ts';
import type { PageCheck } from '../check/page-check.ts';
import { recordBatch } from '../check/record-batch.ts';
import type { PriceTrackingContext } from '../context.ts';
import { type ClaimedUrl, RefreshRepository } from './refresh.repository.ts';

const minuteMs = 60_000;
/** How long a round takes up new pages, and how long what it then has in hand may take. The job may take 15 minutes. */
const roundMs = 10 * minuteMs;
const drainMs = minuteMs;
/** A page is somebody’s for so long; it is put off while he has it in hand. */
const leaseMs = 5 * minuteMs;
const renewMs = minuteMs;
/** Of one host: more than are let in at a time, so that its next turn is used at once. */
const perHost = 4;
const batchSize = 100;
const gatherMs = 500;

interface Done {
  readonly url: ClaimedUrl;
  /** Null where nothing came of it: the round has ended, or the trouble is our own. */
  readonly check: PageCheck | null;
}

/** Looks at all pages that are due, many at a time, and writes down what came of them, many at a time. */
export class RefreshRound {
  readonly #context: PriceTrackingContext;
  readonly #repository: RefreshRepository;
  readonly #inHand = new Map<string, ClaimedUrl>();
  readonly #giveUp = new AbortController();
  readonly #done: Done[] = [];
  readonly #starts = new Map<string, Promise<void>>();
  #notify: () => void = () => undefined;
  #renewAt = 0;

  constructor(context: PriceTrackingContext) {
    this.#context = context;
    this.#repository = new RefreshRepository(context.manager);
  }

  /** Ends when nothing is due, after ten minutes, or when the signal fires: what is not done then is due again at once. */
  async run(signal: AbortSignal): Promise<void> {
    const begun = this.#context.clock();
    const stop = () => this.#giveUp.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      for (;;) {
        await this.#takeUp(begun);
        if (this.#inHand.size === 0 && this.#done.length === 0) break;
        await this.#gather();
        const done = this.#done.splice(0);
        // First: no host waits until others are written down.
        await this.#takeUp(begun);
        await this.#writeDown(done);
        await this.#renew();
      }
    } finally {
      signal.removeEventListener('abort', stop);
      // After a failure: what is still on its way is nobody's.
      this.#giveUp.abort(new Error('the round has failed'));
    }
  }

  async #takeUp(begun: number): Promise<void> {
    const now = this.#context.clock();
    if (now - begun > roundMs + drainMs) this.#giveUp.abort(new Error('the round is over'));
    const free = this.#context.settings.PRICE_REFRESH_IN_HAND - this.#inHand.size;
    if (free <= 0 || now - begun > roundMs || this.#giveUp.signal.aborted) return;
    const claimed = await this.#repository.claim(new Date(now), {
      total: free,
      perHost,
      inHand: this.#countHosts(),
      leaseUntil: new Date(now + leaseMs),
    });
    for (const url of claimed) {
      this.#inHand.set(url.id, url);
      void this.#look(url);
    }
  }

  #countHosts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { host } of this.#inHand.values()) counts.set(host, (counts.get(host) ?? 0) + 1);
    return counts;
  }

  async #look(url: ClaimedUrl): Promise<void> {
    let check: PageCheck | null = null;
    try {
      const { etag, lastModified } = url;
      const signal = this.#giveUp.signal;
      await this.#startOf(url.host);
      check = await checkPage(this.#context, { url: url.url, store: url, validators: { etag, lastModified }, signal });
    } catch (error) {
      if (!this.#giveUp.signal.aborted)
        this.#context.logger.error({ err: error, urlId: url.id }, 'a page could not be looked at');
    }
    this.#inHand.delete(url.id);
    this.#done.push({ url, check });
    if (this.#isGathered) this.#notify();
  }

  /** Hosts that all begin at one moment would all want their next turns at one moment too, and get in each other's way. */
  #startOf(host: string): Promise<void> {
    const known = this.#starts.get(host);
    if (known) return known;
    const waitMs = Math.random() * this.#context.settings.FETCH_DELAY_MS;
    const start = waitMs > 0 ? delay(waitMs, undefined, { signal: this.#giveUp.signal }) : Promise.resolve();
    this.#starts.set(host, start);
    return start;
  }

  get #isGathered(): boolean {
    return this.#done.length >= batchSize || this.#inHand.size === 0;
  }

  /** Waits until a batch is there, all is done, or a moment has passed. */
  async #gather(): Promise<void> {
    if (this.#isGathered) return;
    const passed = new AbortController();
    await Promise.race([
      new Promise<void>((resolve) => {
        this.#notify = resolve;
      }),
      delay(gatherMs, undefined, { signal: passed.signal }).catch(() => undefined),
    ]);
    passed.abort();
  }

  async #writeDown(done: readonly Done[]): Promise<void> {
    for (let start = 0; start < done.length; start += batchSize)
      await this.#recordBatch(done.slice(start, start + batchSize));
  }

  async #recordBatch(done: readonly Done[]): Promise<void> {
    const checks = done.flatMap(({ url, check }) => (check ? [{ urlId: url.id, check }] : []));
    const undone = done.filter(({ check }) => check === null).map(({ url }) => url.id);
    const again = this.#context.clock() + (this.#giveUp.signal.aborted ? 0 : minuteMs);
    await this.#repository.postpone(undone, new Date(again));
    await recordBatch(this.#context, checks);
  }

  /** What takes long stays in hand. */
  async #renew(): Promise<void> {
    const now = this.#context.clock();
    if (now < this.#renewAt) return;
    this.#renewAt = now + renewMs;
    await this.#repository.postpone([...this.#inHand.keys()], new Date(now + leaseMs));
  }
}
