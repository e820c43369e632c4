import { counter, histogram } from '@gastronom/shared/metrics';
import type { FetchedPage } from './fetched-page.ts';

const fetches = counter('gastronom_page_fetches_total', 'Pages of stores that were asked for, by what came of it.', [
  'outcome',
  'code',
]);
const bytes = counter('gastronom_page_bytes_total', 'Bytes of pages of stores as they came over the wire.');
const tries = counter('gastronom_page_tries_total', 'Tries to fetch pages of stores.');
const waits = histogram(
  'gastronom_page_wait_seconds',
  'How long requests for pages waited for their turns.',
  [],
  [0.01, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900],
);
const seconds = histogram(
  'gastronom_page_fetch_seconds',
  'How long pages took from the request to the last byte, without waiting.',
  [],
  [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
);

/** A server may answer with any status: those count by their hundreds. */
const classOf = (code: string): string => code.replace(/^HTTP_(\d)\d\d$/, 'HTTP_$1XX');

export function countFetch(fetched: FetchedPage): void {
  const { stats } = fetched;
  fetches.inc({ outcome: fetched.kind, code: 'code' in fetched ? classOf(fetched.code) : 'none' });
  bytes.inc(stats.bytes);
  tries.inc(stats.tries);
  waits.observe(stats.waitedMs / 1_000);
  seconds.observe(stats.fetchedMs / 1_000);
}
