import { roleOf } from '@gastronom/shared/database/subgraph-database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is paid by card, and for whom. Amounts are whole numbers of the currency's smallest unit, as Stripe counts. */
const payments = `
  CREATE TABLE payments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    order_id uuid NOT NULL UNIQUE REFERENCES orders,
    status text NOT NULL DEFAULT 'PENDING'
      CHECK (status IN ('PENDING', 'SUCCEEDED', 'PARTLY_REFUNDED', 'REFUNDED', 'CANCELLED')),
    currency text NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    -- Promised to the buyer, whether it has arrived or not.
    refunded_amount bigint NOT NULL DEFAULT 0 CHECK (refunded_amount BETWEEN 0 AND amount),
    intent_id text UNIQUE,
    charge_id text UNIQUE,
    -- Why the card was declined last.
    failure text,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    checked_at timestamptz(3) NOT NULL DEFAULT now(),
    succeeded_at timestamptz(3)
  );
  CREATE INDEX payments_pending ON payments (checked_at) WHERE status = 'PENDING';

  -- The share of a payment that one supplier's order is. Settled, it belongs to the supplier, less the platform's fee.
  CREATE TABLE payment_parts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    payment_id uuid NOT NULL REFERENCES payments ON DELETE CASCADE,
    supplier_order_id uuid NOT NULL UNIQUE REFERENCES supplier_orders,
    organization_id uuid,
    is_house boolean NOT NULL,
    amount bigint NOT NULL CHECK (amount >= 0),
    fee_percent numeric(5, 2) NOT NULL CHECK (fee_percent BETWEEN 0 AND 100),
    refunded_amount bigint NOT NULL DEFAULT 0 CHECK (refunded_amount BETWEEN 0 AND amount),
    settled_at timestamptz(3),
    -- What the supplier is to have in the end; what it was sent, fixed at the first try; and what was asked back of that.
    owed_amount bigint NOT NULL DEFAULT 0 CHECK (owed_amount BETWEEN 0 AND amount),
    transfer_amount bigint CHECK (transfer_amount BETWEEN 1 AND amount),
    reversed_amount bigint NOT NULL DEFAULT 0 CHECK (reversed_amount BETWEEN 0 AND transfer_amount),
    transfer_id text UNIQUE,
    transfer_try integer NOT NULL DEFAULT 0,
    transfer_failure text,
    tried_at timestamptz(3)
  );
  CREATE INDEX payment_parts_of_payment ON payment_parts (payment_id);
  CREATE INDEX payment_parts_owed ON payment_parts (organization_id)
    WHERE owed_amount > 0 AND transfer_id IS NULL;
`;

/** What goes back. */
const refunds = `
  CREATE TABLE payment_refunds (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    payment_id uuid NOT NULL REFERENCES payments ON DELETE CASCADE,
    -- Null where it is of the payment as a whole.
    part_id uuid REFERENCES payment_parts ON DELETE CASCADE,
    amount bigint NOT NULL CHECK (amount >= 0),
    -- What the buyer's bank had taken back already.
    void_amount bigint NOT NULL DEFAULT 0 CHECK (void_amount >= 0),
    status text NOT NULL DEFAULT 'PENDING'
      CHECK (status IN ('PENDING', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'VOID')),
    source text NOT NULL
      CHECK (source IN ('CANCELLED', 'REJECTED', 'DELIVERY', 'REQUESTED', 'LATE_PAYMENT', 'DASHBOARD')),
    reason text,
    requested_by text NOT NULL,
    idempotency_key text,
    -- What was asked for under the key.
    fingerprint text,
    stripe_id text UNIQUE,
    try integer NOT NULL DEFAULT 0,
    failure text,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    tried_at timestamptz(3),
    UNIQUE (part_id, idempotency_key)
  );
  CREATE INDEX payment_refunds_of_payment ON payment_refunds (payment_id, created_at, id);
  CREATE INDEX payment_refunds_open ON payment_refunds (tried_at) WHERE status IN ('PENDING', 'PROCESSING');

  CREATE TABLE payment_reversals (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    part_id uuid NOT NULL REFERENCES payment_parts ON DELETE CASCADE,
    amount bigint NOT NULL CHECK (amount > 0),
    stripe_id text UNIQUE,
    try integer NOT NULL DEFAULT 0,
    failure text,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    tried_at timestamptz(3)
  );
  CREATE INDEX payment_reversals_of_part ON payment_reversals (part_id);
  CREATE INDEX payment_reversals_open ON payment_reversals (tried_at) WHERE stripe_id IS NULL;

  CREATE TABLE payment_disputes (
    id text PRIMARY KEY,
    payment_id uuid NOT NULL REFERENCES payments ON DELETE CASCADE,
    status text NOT NULL CHECK (status IN ('OPEN', 'WON', 'LOST')),
    reason text NOT NULL,
    amount bigint NOT NULL,
    -- What was written off, once it was closed.
    lost_amount bigint NOT NULL DEFAULT 0,
    created_at timestamptz(3) NOT NULL,
    closed_at timestamptz(3),
    checked_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX payment_disputes_of_payment ON payment_disputes (payment_id);
  CREATE INDEX payment_disputes_by_time ON payment_disputes (created_at DESC, id DESC);
`;

/** Suppliers at Stripe, what Stripe told, and how its books compared with ours. */
const dealings = `
  CREATE TABLE payment_accounts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id uuid NOT NULL UNIQUE,
    stripe_id text UNIQUE,
    country text NOT NULL,
    details_submitted boolean NOT NULL DEFAULT false,
    charges_enabled boolean NOT NULL DEFAULT false,
    payouts_enabled boolean NOT NULL DEFAULT false,
    -- Whether money may be sent to it.
    transfers_enabled boolean NOT NULL DEFAULT false,
    currently_due text[] NOT NULL DEFAULT '{}',
    disabled_reason text,
    link_count integer NOT NULL DEFAULT 0,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    checked_at timestamptz(3) NOT NULL DEFAULT now()
  );

  CREATE TABLE payment_events (
    -- Stripe's evt_….
    id text PRIMARY KEY,
    type text NOT NULL,
    object_id text NOT NULL,
    account text,
    outcome text NOT NULL DEFAULT 'WAITING' CHECK (outcome IN ('WAITING', 'APPLIED', 'IGNORED')),
    received_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX payment_events_by_time ON payment_events (received_at);

  CREATE TABLE payment_reconciliations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    from_at timestamptz(3) NOT NULL,
    to_at timestamptz(3) NOT NULL,
    compared integer NOT NULL,
    healed integer NOT NULL,
    finished_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX payment_reconciliations_by_time ON payment_reconciliations (finished_at DESC, id DESC);

  CREATE TABLE payment_findings (
    reconciliation_id uuid NOT NULL REFERENCES payment_reconciliations ON DELETE CASCADE,
    balance_transaction text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('MISSING_HERE', 'MISSING_THERE', 'DIFFERENT_AMOUNT')),
    type text NOT NULL,
    source text,
    currency text NOT NULL,
    ours bigint,
    theirs bigint,
    PRIMARY KEY (reconciliation_id, balance_transaction)
  );
`;

/** Double entries: each posting balances to zero in each currency, and none is ever changed. */
const ledger = `
  CREATE TABLE ledger_postings (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- What it is about: the same thing is never posted twice.
    key text NOT NULL UNIQUE,
    kind text NOT NULL,
    payment_id uuid,
    -- Stripe's txn_…, where its balance moved.
    balance_transaction text UNIQUE,
    occurred_at timestamptz(3) NOT NULL,
    recorded_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE INDEX ledger_postings_of_payment ON ledger_postings (payment_id, occurred_at, id);
  CREATE INDEX ledger_postings_by_time ON ledger_postings (occurred_at) WHERE balance_transaction IS NOT NULL;

  CREATE TABLE ledger_entries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    posting_id uuid NOT NULL REFERENCES ledger_postings,
    account text NOT NULL CHECK (account IN ('STRIPE', 'BANK', 'BUYER', 'SUPPLIER', 'HOUSE', 'PLATFORM_FEE',
      'STRIPE_FEE', 'DISPUTES', 'LOSSES', 'EXCHANGE')),
    -- Whose: the buyer's, or the supplier's organization.
    party uuid,
    currency text NOT NULL,
    amount bigint NOT NULL CHECK (amount <> 0)
  );
  CREATE INDEX ledger_entries_of_posting ON ledger_entries (posting_id);
  CREATE INDEX ledger_entries_by_account ON ledger_entries (account, currency, party) INCLUDE (amount);

  CREATE FUNCTION require_balanced_posting() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    IF EXISTS (
      SELECT FROM orders.ledger_entries WHERE posting_id = NEW.posting_id GROUP BY currency HAVING sum(amount) <> 0
    ) THEN
      RAISE EXCEPTION 'the entries of posting % do not balance', NEW.posting_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
  END $$;
  REVOKE ALL ON FUNCTION require_balanced_posting() FROM PUBLIC;
  CREATE CONSTRAINT TRIGGER require_balanced_posting AFTER INSERT ON ledger_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_balanced_posting();

  CREATE FUNCTION refuse_ledger_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    RAISE EXCEPTION 'the ledger is appended to, and never changed' USING ERRCODE = 'insufficient_privilege';
  END $$;
  REVOKE ALL ON FUNCTION refuse_ledger_change() FROM PUBLIC;
`;

const role = roleOf('orders');

export class Payments1763683503000 implements MigrationInterface {
  name = 'Payments1763683503000';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [payments, refunds, dealings, ledger]) await runner.query(part);
    for (const table of ['ledger_postings', 'ledger_entries']) {
      await runner.query(`
        CREATE TRIGGER refuse_ledger_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()`);
      await runner.query(`REVOKE ALL ON ${table} FROM ${role}`);
      await runner.query(`GRANT SELECT, INSERT ON ${table} TO ${role}`);
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
