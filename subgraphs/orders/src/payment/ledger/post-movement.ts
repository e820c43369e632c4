import type { Stripe } from 'stripe';
import type { EntityManager } from 'typeorm';
import { LedgerRepository } from './ledger.repository.ts';
import type { LedgerAccountName } from './ledger-entry.entity.ts';

/** A movement of Stripe's balance, and what stands on its other side. */
export interface Movement {
  readonly transaction: Stripe.BalanceTransaction;
  readonly kind: string;
  readonly account: LedgerAccountName;
  readonly party?: string | null;
  readonly paymentId?: string | null;
  /** What the movement is of, in its own currency: Stripe's balance may be kept in another. Its sign is the movement's. */
  readonly original?: { readonly amount: bigint; readonly currency: string };
}

/**
 * Enters a movement of Stripe's balance as it was: what the balance gained, what Stripe kept as its fee, and whom the whole
 * came from or went to. The transaction's id is the key: whoever tells of it, and how often, it is entered once.
 */
export function postMovement(manager: EntityManager, movement: Movement): Promise<boolean> {
  const { transaction, kind, account, party = null, paymentId = null } = movement;
  const currency = transaction.currency.toUpperCase();
  const gross = BigInt(transaction.amount);
  const original = movement.original ?? { amount: gross, currency };
  const exchanged = original.currency !== currency;
  return new LedgerRepository(manager).post({
    key: transaction.id,
    kind,
    paymentId,
    balanceTransaction: transaction.id,
    occurredAt: new Date(transaction.created * 1000),
    entries: [
      { account: 'STRIPE', currency, amount: BigInt(transaction.net) },
      { account: 'STRIPE_FEE', currency, amount: BigInt(transaction.fee) },
      { account, party, currency: original.currency, amount: -original.amount },
      ...(exchanged
        ? [
            { account: 'EXCHANGE', currency, amount: -gross } as const,
            { account: 'EXCHANGE', currency: original.currency, amount: original.amount } as const,
          ]
        : []),
    ],
  });
}
