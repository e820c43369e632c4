import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Restaurants keep their members from spending more than they should. */
const approvals = `
  CREATE TABLE spend_limits (
    organization_id uuid PRIMARY KEY,
    -- What an order may come to before an admin has to approve it.
    amount numeric(19, 4) NOT NULL CHECK (amount >= 0),
    currency text NOT NULL,
    updated_by uuid NOT NULL,
    updated_at timestamptz(3) NOT NULL DEFAULT now()
  );

  -- The limit of whoever placed it, as it was then; null for none.
  ALTER TABLE orders ADD COLUMN approval_limit numeric(19, 4);

  CREATE TABLE order_approvals (
    order_id uuid PRIMARY KEY REFERENCES orders,
    requested_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    decision text CHECK (decision IN ('APPROVED', 'DECLINED', 'EXPIRED')),
    decided_by uuid,
    decided_at timestamptz(3),
    reason text,
    CHECK ((decision IS NULL) = (decided_at IS NULL))
  );
`;

export class Approvals1763683501002 implements MigrationInterface {
  name = 'Approvals1763683501002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(approvals);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
