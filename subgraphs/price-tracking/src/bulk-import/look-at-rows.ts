import { checkPage } from '../check/check-page.ts';
import type { PriceTrackingContext } from '../context.ts';
import { patienceMs, ranOutOfTime, refusalOf } from '../quick-add/page-refusal.ts';
import { findStoresFor } from '../store/find-stores.ts';
import { type ImportRow, isLeft, skip } from './import-row.ts';

/**
 * Looks at the pages of an import, all at once as far as their hosts let us. One that says no price is skipped; one whose
 * turn does not come in time stays without a look.
 */
export async function lookAtRows(
  context: PriceTrackingContext,
  ownerId: string,
  rows: readonly ImportRow[],
): Promise<void> {
  const { manager, clock } = context;
  const left = rows.filter(isLeft);
  const stores = await findStoresFor(
    manager,
    ownerId,
    left.map(({ address }) => address),
  );
  const deadline = clock() + patienceMs;
  await Promise.all(
    left.map(async (row) => {
      const { url, host } = row.address;
      const check = await checkPage(context, { url, store: stores.get(host) ?? null, deadline });
      if (ranOutOfTime(check, deadline, clock())) return;
      const refusal = refusalOf(check);
      if (refusal) skip(row, refusal, check.error ?? 'The page could not be read.');
      else row.check = check;
    }),
  );
}
