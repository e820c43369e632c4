import type { FetchedPage, PageRequest } from './fetched-page.ts';
import { unlessAborted } from './unless-aborted.ts';

interface Shared {
  readonly result: Promise<FetchedPage>;
  readonly stop: AbortController;
  waiting: number;
  isDone: boolean;
}

/** What requests have in common that one answer can serve. Who has no time does not wait for one who has. */
const keyOf = ({ url, rendering, locale, validators, deadline }: PageRequest): string =>
  JSON.stringify([url, rendering, locale, validators?.etag, validators?.lastModified, deadline !== undefined]);

/** Requests for the same page that are under way together are one. It goes on as long as somebody waits for it. */
export class SharedFetches {
  readonly #shared = new Map<string, Shared>();

  #closed: Error | null = null;

  /** What is under way rejects, and so does what comes later. */
  close(reason: Error): void {
    this.#closed = reason;
    for (const { stop } of this.#shared.values()) stop.abort(reason);
  }

  async join(request: PageRequest, run: (signal: AbortSignal) => Promise<FetchedPage>): Promise<FetchedPage> {
    const { signal } = request;
    signal?.throwIfAborted();
    if (this.#closed) throw this.#closed;
    const key = keyOf(request);
    const shared = this.#shared.get(key) ?? this.#start(key, run);
    shared.waiting += 1;
    try {
      return await unlessAborted(signal, shared.result);
    } finally {
      shared.waiting -= 1;
      if (shared.waiting === 0) {
        // An abortion costs more than a page that is there already is worth.
        if (!shared.isDone) shared.stop.abort(signal?.reason);
        if (this.#shared.get(key) === shared) this.#shared.delete(key);
      }
    }
  }

  #start(key: string, run: (signal: AbortSignal) => Promise<FetchedPage>): Shared {
    const stop = new AbortController();
    const result = run(stop.signal).finally(() => {
      shared.isDone = true;
      if (this.#shared.get(key) === shared) this.#shared.delete(key);
    });
    const shared: Shared = { result, stop, waiting: 0, isDone: false };
    this.#shared.set(key, shared);
    return shared;
  }
}
