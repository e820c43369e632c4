import type { EntityManager } from 'typeorm';
import type { LedgerAccountName } from './ledger-entry.entity.ts';

export interface Entry {
  readonly account: LedgerAccountName;
  readonly party?: string | null;
  readonly currency: string;
  /** What the account gains; below zero what it gives. */
  readonly amount: bigint;
}

export interface Posting {
  /** What it is about: posted again, nothing happens. */
  readonly key: string;
  readonly kind: string;
  readonly paymentId?: string | null;
  readonly balanceTransaction?: string;
  readonly occurredAt: Date;
  readonly entries: readonly Entry[];
}

export interface LedgerBalanceRow {
  readonly account: LedgerAccountName;
  readonly party: string | null;
  readonly currency: string;
  readonly units: string;
}

/** A movement of Stripe's balance, as our ledger has it. */
export interface PostedMovement {
  readonly balanceTransaction: string;
  readonly kind: string;
  readonly key: string;
  readonly currency: string;
  readonly units: string;
}

export class LedgerRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** @returns whether it is new. */
  async post({ key, kind, paymentId, balanceTransaction, occurredAt, entries }: Posting): Promise<boolean> {
    const plain = entries
      .filter(({ amount }) => amount !== 0n)
      .map((entry) => ({ party: null, ...entry, amount: entry.amount.toString() }));
    const rows: unknown[] = await this.#manager.query(
      `WITH posted AS (
         INSERT INTO ledger_postings (key, kind, payment_id, balance_transaction, occurred_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (key) DO NOTHING RETURNING id
       ), entered AS (
         INSERT INTO ledger_entries (posting_id, account, party, currency, amount)
         SELECT posted.id, e.account, e.party, e.currency, e.amount
         FROM posted, jsonb_to_recordset($6) AS e (account text, party uuid, currency text, amount bigint)
       )
       SELECT id FROM posted`,
      [key, kind, paymentId ?? null, balanceTransaction ?? null, occurredAt, JSON.stringify(plain)],
    );
    return rows.length > 0;
  }

  /** What each account has; accounts that are even are left out. */
  balances(): Promise<LedgerBalanceRow[]> {
    return this.#manager.query(
      `SELECT account, party, currency, sum(amount)::text AS units FROM ledger_entries
       GROUP BY account, currency, party HAVING sum(amount) <> 0 ORDER BY account, currency, party`,
    );
  }

  /** Movements of Stripe's balance that took place in a stretch of time. */
  movements(from: Date, to: Date): Promise<PostedMovement[]> {
    return this.#manager.query(
      `SELECT p.balance_transaction AS "balanceTransaction", p.kind, p.key,
         coalesce(min(e.currency), '') AS currency, coalesce(sum(e.amount), 0)::text AS units
       FROM ledger_postings p LEFT JOIN ledger_entries e ON e.posting_id = p.id AND e.account = 'STRIPE'
       WHERE p.balance_transaction IS NOT NULL AND p.occurred_at >= $1 AND p.occurred_at < $2
       GROUP BY p.id ORDER BY p.balance_transaction`,
      [from, to],
    );
  }
}
