import type { FailedBatch, RunFacts } from './sync-batch.repository.ts';

/** How much of one kind a snapshot did not mention. */
export interface SnapshotCount {
  readonly what: 'goods' | 'stock';
  readonly total: number;
  readonly missing: number;
}

const number = (value: number): string => value.toLocaleString('en');
const percent = (share: number): string => `${number(Math.round(share * 1_000) / 10)} %`;

const phrases = {
  goods: (missing: string, total: string) => `hide ${missing} of ${total} goods`,
  stock: (missing: string, total: string) => `set ${missing} of ${total} stock rows to zero`,
};

/**
 * Why a snapshot must not end by itself: it would hit a larger share of the goods, or of the stock, than is usual. A
 * scraper that was cut off looks exactly so.
 */
export function whyHeld(
  counts: readonly SnapshotCount[],
  { batches }: RunFacts,
  fuseShare: number,
): string | undefined {
  if (batches === 0)
    return 'No batch was sent in this run, so that there is nothing to compare with. Approving it changes nothing.';
  const tripped = counts.filter(({ total, missing }) => total > 0 && missing / total > fuseShare);
  if (tripped.length === 0) return undefined;
  const effects = tripped.map(
    ({ what, total, missing }) => `${phrases[what](number(missing), number(total))} (${percent(missing / total)})`,
  );
  return `It would ${effects.join(' and ')}; more than ${percent(fuseShare)} needs an admin’s approval.`;
}

/** Tells which calls are still to be sent again. */
export function failedBatchesMessage(failed: readonly FailedBatch[]): string {
  const named = failed.slice(0, 5).map(({ kind, received, receivedAt, idempotencyKey }) => {
    const key = idempotencyKey ? ` with the key ${JSON.stringify(idempotencyKey)}` : '';
    return `${received} rows of ${kind} at ${receivedAt.toISOString()}${key}`;
  });
  const more = failed.length > named.length ? `; and ${failed.length - named.length} more` : '';
  return `Batches of this snapshot failed, and their goods would be taken for gone: ${named.join('; ')}${more}. Send the same calls again, or cancel the run.`;
}
