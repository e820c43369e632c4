import type { FetchStats } from './fetched-page.ts';

/** What one fetch has taken so far. */
export class FetchCount implements FetchStats {
  status: number | null = null;
  bytes = 0;
  waitedMs = 0;
  fetchedMs = 0;
  tries = 0;

  seen(): FetchStats {
    const { status, bytes, waitedMs, fetchedMs, tries } = this;
    return { status, bytes, waitedMs: Math.round(waitedMs), fetchedMs: Math.round(fetchedMs), tries };
  }
}
