import { CronExpressionParser } from 'cron-parser';
import type { PriceTrackingSettings } from '../env.ts';

/** Where a moment stands in the schedule. */
export interface RefreshSlots {
  /** The tick at or before it, and the one after it. */
  readonly last: Date;
  readonly next: Date;
  /** For how long after a tick pages are spread, each with its place; at least 1. */
  readonly spreadMs: number;
  /** From tick to tick. */
  readonly periodMs: number;
}

/** Pages are spread over what is left of a period after a tenth of it, at most, so that each is done before its next turn. */
const mostSpread = 0.9;

export function refreshSlots(settings: PriceTrackingSettings, now: Date): RefreshSlots {
  const { PRICE_REFRESH_CRON: cron, PRICE_REFRESH_SPREAD_MINUTES: spread } = settings;
  const next = CronExpressionParser.parse(cron, { tz: 'UTC', currentDate: now }).next().toDate();
  // A moment that is a tick is the last one.
  const behind = new Date(now.getTime() + 1);
  const last = CronExpressionParser.parse(cron, { tz: 'UTC', currentDate: behind }).prev().toDate();
  const periodMs = next.getTime() - last.getTime();
  const spreadMs = Math.max(1, Math.floor(Math.min(spread * 60_000, periodMs * mostSpread)));
  return { last, next, spreadMs, periodMs };
}
