import type { EntityManager } from 'typeorm';
import type { PriceTrackingContext } from '../context.ts';
import type { FailingPage, PriceChange } from './price-change.ts';

/** What alerts need of who records prices: the queue that tells of them, and the time. */
export type AlertingContext = Pick<PriceTrackingContext, 'jobs' | 'clock' | 'settings' | 'logger'>;

/**
 * Looks at the alert rules of the products whose pages were read again, in the transaction that records their prices, and
 * tells of those whose condition came about. Pages whose price is the same as before may be left out, or not.
 */
export async function raiseAlerts(
  context: AlertingContext,
  _manager: EntityManager,
  changes: readonly PriceChange[],
): Promise<void> {
  if (changes.length > 0) context.logger.debug({ changes: changes.length }, 'prices were looked at');
}

/** Tells owners of pages that could not be read several times in a row: once for each such row of failures. */
export async function reportFailing(
  context: AlertingContext,
  _manager: EntityManager,
  pages: readonly FailingPage[],
): Promise<void> {
  if (pages.length > 0) context.logger.debug({ pages: pages.length }, 'pages cannot be read');
}
