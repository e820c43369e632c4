const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** After the first try at once, as Standard Webhooks suggests; the last one a day after the first. */
const delays = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 6 * hour + 25 * minute];

/** All tries of a series lie within it, but for the jitter. */
const seriesMs = 24 * hour;

/** By how much a delay is lengthened at random, so that what failed together does not come back together. */
const jitter = 0.1;

export interface FailedTry {
  /** Tries of the series so far, this one with them. */
  readonly tries: number;
  readonly begunAt: Date;
  readonly now: Date;
  /** What the endpoint asked for, in milliseconds. */
  readonly retryAfterMs: number | null;
}

/** When to try again; null where the series is over. An endpoint that asks for more time gets it, within the series. */
export function nextTryAt({ tries, begunAt, now, retryAfterMs }: FailedTry, random = Math.random): Date | null {
  const delay = delays[tries - 1];
  const begun = begunAt.getTime();
  if (delay === undefined || now.getTime() >= begun + seriesMs) return null;
  const planned = now.getTime() + delay * (1 + jitter * random());
  const wanted = Math.max(planned, now.getTime() + (retryAfterMs ?? 0));
  return new Date(Math.round(Math.min(wanted, begun + seriesMs * (1 + jitter))));
}

/** What `Retry-After` asks for, in milliseconds: seconds, or a date (RFC 9110, 10.2.3). */
export function parseRetryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * second;
  const moment = /^[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? null : Math.max(0, moment - now.getTime());
}
