import { inTransaction } from '@gastronom/shared/database/transaction';
import type { PriceTrackingContext } from '../context.ts';
import type { UrlCheck } from './check.repository.ts';
import { recordChecks } from './record-checks.ts';

type BatchContext = Pick<PriceTrackingContext, 'manager' | 'jobs' | 'clock' | 'settings' | 'logger'>;

/**
 * Writes down looks at pages in a transaction of their own. Should one of them not be storable, the others are: it is
 * logged, and its page looked at again when it is due.
 */
export async function recordBatch(context: BatchContext, checks: readonly UrlCheck[]): Promise<void> {
  if (checks.length === 0) return;
  try {
    await record(context, checks);
  } catch (error) {
    if (checks.length === 1) throw error;
    context.logger.error({ err: error }, 'looks at pages could not be recorded together');
    await recordEach(context, checks);
  }
}

const record = (context: BatchContext, checks: readonly UrlCheck[]): Promise<void> =>
  inTransaction(context.manager, (manager) => recordChecks(context, manager, checks));

async function recordEach(context: BatchContext, checks: readonly UrlCheck[]): Promise<void> {
  let failed = 0;
  for (const check of checks) {
    try {
      await record(context, [check]);
    } catch (error) {
      failed += 1;
      // Where none can be stored, the trouble is not theirs.
      if (failed === checks.length) throw error;
      context.logger.error({ err: error, urlId: check.urlId }, 'a look at a page could not be recorded');
    }
  }
}
