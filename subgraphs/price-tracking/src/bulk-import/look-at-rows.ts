import type { PriceTrackingContext } from '../context.ts';
import { checkInTime } from '../quick-add/check-in-time.ts';
import { refusalOf } from '../quick-add/page-refusal.ts';
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
  const left = rows.filter(isLeft);
  const stores = await findStoresFor(
    context.manager,
    ownerId,
    left.map(({ address }) => address),
  );
  await Promise.all(
    left.map(async (row) => {
      const { url, host } = row.address;
      const check = await checkInTime(context, { url, store: stores.get(host) ?? null });
      if (!check) return;
      const refusal = refusalOf(check);
      if (refusal) skip(row, refusal, check.error ?? 'The page could not be read.');
      else row.check = check;
    }),
  );
}
