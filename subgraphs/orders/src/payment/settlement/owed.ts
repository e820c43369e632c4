import { percentOf } from '../amount.ts';
import type { Books } from '../payment-books.ts';
import { makeReversalJob } from '../payment-jobs.ts';
import type { PaymentPartEntity } from '../payment-part.entity.ts';
import { ReversalRepository } from './reversal.repository.ts';

/** What a supplier is to have of what was delivered and kept: all but the platform's fee. The house keeps its part. */
export const owedOf = (part: PaymentPartEntity, value: bigint, currency: string): bigint =>
  part.isHouse ? 0n : value - percentOf(value, part.feePercent, currency);

/** Asks back what a supplier was sent over what it is owed. */
export async function ensureReversal({ manager, jobs }: Books, part: PaymentPartEntity): Promise<void> {
  if (!part.transferId) return;
  const excess = (part.transferAmount ?? 0n) - part.reversedAmount - part.owedAmount;
  if (excess <= 0n) return;
  const reversalId = await new ReversalRepository(manager).insert(part, excess);
  await jobs.send(manager, makeReversalJob, { reversalId });
}
