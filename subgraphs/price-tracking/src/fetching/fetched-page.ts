import type { RenderingName } from '../store/store.entity.ts';

/** What a store wishes of its visitors; null for what the installation does anyway. */
export interface Politeness {
  readonly delayMs: number | null;
  readonly concurrency: number | null;
}

/** What a server said of a page's version, to ask whether it is still that one. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface PageRequest {
  readonly url: string;
  readonly politeness?: Politeness | undefined;
  readonly rendering?: RenderingName | undefined;
  readonly validators?: Validators | undefined;
  /** BCP 47, as `de-AT`: the language that is asked for. */
  readonly locale?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Until when an answer is of use, in milliseconds of the clock: somebody is waiting. Without it, turns are waited for. */
  readonly deadline?: number | undefined;
}

/** What fetching took, all tries together. */
export interface FetchStats {
  readonly status: number | null;
  /** Of the body as it came over the wire. */
  readonly bytes: number;
  /** Waiting for a turn: delays, limits, back-off. */
  readonly waitedMs: number;
  /** From the first request to the last byte. */
  readonly fetchedMs: number;
  readonly tries: number;
}

/** What came of a request for a page. `reason` is a sentence for the owner of the store. */
export type FetchedPage =
  | {
      readonly kind: 'PAGE';
      /** After redirects. */
      readonly url: string;
      /** Decoded. */
      readonly text: string;
      readonly validators: Validators;
      readonly stats: FetchStats;
    }
  | { readonly kind: 'UNCHANGED'; readonly validators: Validators; readonly stats: FetchStats }
  | {
      readonly kind: 'GONE' | 'BLOCKED' | 'FETCH_ERROR';
      /** As `PRIVATE_ADDRESS`, `ROBOTS`, `TOO_LARGE`, `TIMEOUT`, `HTTP_503`. */
      readonly code: string;
      readonly reason: string;
      /** After which time it may be worth while to ask again, where that is known: for `BUSY`, and as the server said. */
      readonly retryAfterMs?: number | undefined;
      readonly stats: FetchStats;
    };

export interface PageFetcher {
  /** Rejects when the request's signal was aborted, and for troubles of our own, as a database that is away. */
  fetch(request: PageRequest): Promise<FetchedPage>;
  close(): Promise<void>;
}
