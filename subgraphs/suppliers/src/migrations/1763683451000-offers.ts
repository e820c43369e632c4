import type { MigrationInterface, QueryRunner } from 'typeorm';

const terms = `
  ALTER TABLE suppliers
    ADD COLUMN description text,
    ADD COLUMN email text,
    ADD COLUMN phone text,
    ADD COLUMN website_url text,
    -- Whether it trades at all.
    ADD COLUMN is_active boolean NOT NULL DEFAULT true,
    -- What offers have that do not say.
    ADD COLUMN tax_rate numeric(5, 2) NOT NULL DEFAULT 0 CHECK (tax_rate BETWEEN 0 AND 100),
    ADD COLUMN tax_included boolean NOT NULL DEFAULT false,
    ADD COLUMN minimum_amount numeric(14, 2) CHECK (minimum_amount > 0),
    ADD COLUMN minimum_is_hard boolean NOT NULL DEFAULT false,
    ADD COLUMN delivery_fee numeric(14, 2) CHECK (delivery_fee >= 0),
    ADD COLUMN delivery_free_from numeric(14, 2) CHECK (delivery_free_from > 0),
    ADD COLUMN cut_off_days int NOT NULL DEFAULT 1 CHECK (cut_off_days BETWEEN 0 AND 14),
    ADD COLUMN cut_off_time time(0) NOT NULL DEFAULT '12:00',
    ADD COLUMN cancel_until text NOT NULL DEFAULT 'CUT_OFF' CHECK (cancel_until IN ('CUT_OFF', 'CONFIRMED', 'SHIPPED')),
    ADD CHECK (delivery_free_from IS NULL OR delivery_fee IS NOT NULL);
  -- Prices on the shelf are with tax.
  UPDATE suppliers SET tax_included = true WHERE is_house;

  CREATE TABLE delivery_windows (
    supplier_id uuid NOT NULL REFERENCES suppliers (id),
    -- 1 is Monday, as ISO 8601 has it.
    weekday int NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    from_time time(0) NOT NULL,
    to_time time(0) NOT NULL CHECK (to_time > from_time),
    -- Null for the supplier's.
    cut_off_days int CHECK (cut_off_days BETWEEN 0 AND 14),
    cut_off_time time(0),
    PRIMARY KEY (supplier_id, weekday, from_time)
  );

  CREATE TABLE delivery_exceptions (
    supplier_id uuid NOT NULL REFERENCES suppliers (id),
    on_date date NOT NULL,
    is_closed boolean NOT NULL,
    -- The window of a day that is added.
    from_time time(0),
    to_time time(0),
    note text,
    PRIMARY KEY (supplier_id, on_date),
    CHECK (is_closed OR to_time > from_time)
  );`;

const groups = `
  CREATE TABLE customer_groups (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    supplier_id uuid NOT NULL REFERENCES suppliers (id),
    name text NOT NULL CHECK (name <> ''),
    created_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX customer_groups_name ON customer_groups (supplier_id, lower(name));

  CREATE TABLE customer_group_members (
    group_id uuid NOT NULL REFERENCES customer_groups (id) ON DELETE CASCADE,
    organization_id uuid NOT NULL,
    added_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (group_id, organization_id)
  );
  CREATE INDEX customer_group_members_organization ON customer_group_members (organization_id);`;

const offers = `
  CREATE TABLE offers (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    supplier_id uuid NOT NULL REFERENCES suppliers (id),
    supplier_sku text NOT NULL CHECK (supplier_sku <> ''),
    -- The catalogue's good; null for an item that the catalogue does not know.
    product_sku text,
    gtin text CHECK (gtin ~ '^([0-9]{8}|[0-9]{12,14})$'),
    name text NOT NULL CHECK (name <> ''),
    description text,
    -- What is ordered, in the supplier's word: box, sack, bottle.
    unit text NOT NULL,
    base_unit text NOT NULL CHECK (base_unit IN ('KILOGRAM', 'LITRE', 'PIECE')),
    pack_size numeric(14, 3) NOT NULL CHECK (pack_size > 0),
    multiple numeric(14, 3) NOT NULL DEFAULT 1 CHECK (multiple > 0),
    minimum_quantity numeric(14, 3) NOT NULL DEFAULT 1 CHECK (minimum_quantity > 0),
    tax_rate numeric(5, 2) NOT NULL CHECK (tax_rate BETWEEN 0 AND 100),
    tax_included boolean NOT NULL,
    catch_weight boolean NOT NULL DEFAULT false,
    lead_time_days int NOT NULL DEFAULT 0 CHECK (lead_time_days BETWEEN 0 AND 365),
    is_available boolean NOT NULL DEFAULT true,
    stock numeric(14, 3) CHECK (stock >= 0),
    -- Until when is_available holds; the opposite after it.
    availability_until timestamptz(3),
    image_url text,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    -- Never deleted: orders point at it.
    removed_at timestamptz(3),
    UNIQUE (supplier_id, supplier_sku)
  );
  CREATE INDEX offers_product ON offers (product_sku) WHERE removed_at IS NULL AND product_sku IS NOT NULL;
  CREATE INDEX offers_gtin ON offers (gtin) WHERE removed_at IS NULL AND gtin IS NOT NULL;
  CREATE INDEX offers_name ON offers (lower(name) COLLATE "C", id) WHERE removed_at IS NULL;
  CREATE INDEX offers_supplier_name ON offers (supplier_id, lower(name) COLLATE "C", id) WHERE removed_at IS NULL;

  CREATE TABLE offer_prices (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    offer_id uuid NOT NULL REFERENCES offers (id),
    scope text NOT NULL CHECK (scope IN ('LIST', 'GROUP', 'CUSTOMER')),
    group_id uuid REFERENCES customer_groups (id) ON DELETE CASCADE,
    organization_id uuid,
    -- From how many packs on it holds.
    from_quantity numeric(14, 3) NOT NULL DEFAULT 0 CHECK (from_quantity >= 0),
    -- Of one pack, in the supplier's currency.
    amount numeric(14, 4) NOT NULL CHECK (amount >= 0),
    valid_from timestamptz(3),
    -- The first moment at which it does not hold any more.
    valid_until timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CHECK (valid_from < valid_until),
    CHECK ((scope = 'GROUP') = (group_id IS NOT NULL) AND (scope = 'CUSTOMER') = (organization_id IS NOT NULL)),
    UNIQUE NULLS NOT DISTINCT (offer_id, scope, group_id, organization_id, from_quantity, valid_from)
  );
  CREATE INDEX offer_prices_group ON offer_prices (group_id) WHERE group_id IS NOT NULL;`;

export class Offers1763683451000 implements MigrationInterface {
  name = 'Offers1763683451000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(terms);
    await runner.query(groups);
    await runner.query(offers);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
