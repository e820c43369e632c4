import { createGuardedAgent } from '@gastronom/shared/http/address-guard';
import { FetchCount } from './fetch-count.ts';
import { countFetch } from './fetch-metrics.ts';
import { FetchTrouble, timedOut } from './fetch-trouble.ts';
import type { FetchedPage, PageFetcher, PageRequest } from './fetched-page.ts';
import type { FetchingTools } from './fetching-tools.ts';
import { type Found, Journey, type Roads } from './journey.ts';
import { BrowserRenderer } from './rendering/browser-renderer.ts';
import { RenderingService } from './rendering/rendering-service.ts';
import { Robots } from './robots/robots.ts';
import { SharedFetches } from './shared-fetches.ts';
import { limitTime } from './time-limit.ts';
import { HostGate, longestWaitMs, type Visitor } from './turn/host-gate.ts';

const longestBackOffMs = 60_000;

/** Somebody's time ran out: not the server's fault, and not the caller's wish. */
class DeadlinePassedError extends Error {}

/** Fetches pages of stores: from the public internet alone, within limits, and no faster than their hosts like it. */
export class GuardedPageFetcher implements PageFetcher {
  readonly #tools: FetchingTools;
  readonly #roads: Roads;
  readonly #close: () => Promise<void>;
  readonly #shared = new SharedFetches();

  constructor(tools: FetchingTools) {
    const { settings, allowed, resolve } = tools;
    const closing = new AbortController();
    const dispatcher = createGuardedAgent({
      allowed,
      connections: settings.FETCH_CONCURRENCY + 2,
      connectTimeoutMs: Math.min(10_000, settings.FETCH_TIMEOUT_MS),
      maxHeaderSize: 65_536,
      ...(resolve ? { resolve } : {}),
    });
    const wire = {
      dispatcher,
      timeoutMs: settings.FETCH_TIMEOUT_MS,
      limitBytes: Math.round(settings.FETCH_LIMIT_MB * 1_048_576),
    };
    this.#tools = tools;
    const { SCRAPER_BASE_URL: service, BROWSER_PATH: browser } = settings;
    const renderers = {
      SERVICE: service ? new RenderingService(service, tools, wire) : null,
      BROWSER: browser ? new BrowserRenderer(browser, tools, wire) : null,
    };
    const robots = new Robots(tools, wire, closing.signal);
    this.#roads = { tools, wire, gate: new HostGate(tools), robots, renderers };
    this.#close = async () => {
      const reason = new Error('pages are fetched no more: the process stops');
      closing.abort(reason);
      this.#shared.close(reason);
      await Promise.all([dispatcher.destroy(), renderers.SERVICE?.close(), renderers.BROWSER?.close()]);
    };
  }

  close(): Promise<void> {
    return this.#close();
  }

  fetch(request: PageRequest): Promise<FetchedPage> {
    return this.#shared.join(request, (signal) => this.#run(request, signal));
  }

  async #run(request: PageRequest, signal: AbortSignal): Promise<FetchedPage> {
    const count = new FetchCount();
    const fetched = await this.#fetch(request, count, signal);
    countFetch(fetched);
    return fetched;
  }

  async #fetch(request: PageRequest, count: FetchCount, wished: AbortSignal): Promise<FetchedPage> {
    const { deadline = null } = request;
    const limited =
      deadline === null ? null : limitTime(deadline - this.#tools.clock(), wished, () => new DeadlinePassedError());
    const visitor: Visitor = {
      signal: limited?.signal ?? wished,
      deadline,
      onWaited: (ms) => {
        count.waitedMs += ms;
      },
    };
    try {
      const found = await this.#tryOften(request, count, visitor);
      return { ...found, stats: count.seen() };
    } catch (error) {
      const trouble = error instanceof DeadlinePassedError ? timedOut(new URL(request.url).host) : error;
      if (!(trouble instanceof FetchTrouble)) throw trouble;
      const { kind, code, message, retryAfterMs } = trouble;
      return { kind, code, reason: message, retryAfterMs, stats: count.seen() };
    } finally {
      limited?.end();
    }
  }

  async #tryOften(request: PageRequest, count: FetchCount, visitor: Visitor): Promise<Found> {
    for (;;) {
      try {
        count.tries += 1;
        return await new Journey(this.#roads, request, count, visitor).travel();
      } catch (error) {
        const waitMs = this.#backOffAfter(error, count.tries, visitor);
        if (waitMs === null) throw error;
        await this.#tools.sleep(waitMs, visitor.signal);
        visitor.onWaited(waitMs);
      }
    }
  }

  /** How long to wait before the next try; null where there is none. */
  #backOffAfter(error: unknown, tries: number, { deadline }: Visitor): number | null {
    const { settings, clock, random } = this.#tools;
    if (!(error instanceof FetchTrouble && error.mayPass) || tries > settings.FETCH_RETRIES) return null;
    const ours = Math.min(1_000 * 2 ** (tries - 1), longestBackOffMs) * (0.5 + random());
    const waitMs = Math.max(ours, error.retryAfterMs ?? 0);
    const time = deadline === null ? longestWaitMs : deadline - clock();
    return waitMs < time ? waitMs : null;
  }
}

export const createPageFetcher = (tools: FetchingTools): PageFetcher => new GuardedPageFetcher(tools);
