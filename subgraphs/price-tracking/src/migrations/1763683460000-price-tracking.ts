import type { MigrationInterface, QueryRunner } from 'typeorm';

const stores = `
  CREATE TABLE stores (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- The user whose it is; nobody else sees it, but admins.
    owner_id uuid NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    slug text NOT NULL CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    website_url text,
    -- BCP 47, as en-US.
    locale text,
    currency text CHECK (currency ~ '^[A-Z]{3}$'),
    -- { title: ['css:h1', …], price: […], … }: by field, in the order in which they are tried.
    selectors jsonb NOT NULL DEFAULT '{}',
    test_url text,
    notes text,
    -- Milliseconds between two requests to one of its hosts; null for the installation's.
    delay_ms int CHECK (delay_ms BETWEEN 0 AND 3600000),
    -- Requests to one of its hosts at the same time; null for the installation's.
    concurrency int CHECK (concurrency BETWEEN 1 AND 16),
    rendering text NOT NULL DEFAULT 'NONE' CHECK (rendering IN ('NONE', 'SERVICE', 'BROWSER')),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    UNIQUE (owner_id, slug)
  );

  CREATE TABLE store_domains (
    owner_id uuid NOT NULL,
    -- In lower case, in ASCII (Punycode), without port.
    domain text NOT NULL CHECK (domain <> ''),
    store_id uuid NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
    position int NOT NULL,
    PRIMARY KEY (owner_id, domain)
  );
  CREATE INDEX store_domains_store ON store_domains (store_id);`;

const products = `
  CREATE TABLE tracked_products (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    owner_id uuid NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    -- Made up for found listings, as MERC-m123; null otherwise.
    sku text,
    gtin text,
    image_url text,
    condition text CHECK (condition IN ('NEW', 'LIKE_NEW', 'GOOD', 'FAIR', 'POOR')),
    size text,
    -- How much one piece holds, for the price of a unit: 0.75 and L.
    content_amount numeric(14, 3) CHECK (content_amount > 0),
    content_unit text CHECK (content_unit IN ('KG', 'L', 'PIECE')),
    target_price numeric(18, 4) CHECK (target_price > 0),
    target_currency text CHECK (target_currency ~ '^[A-Z]{3}$'),
    is_favourite boolean NOT NULL DEFAULT false,
    notes text,
    -- The catalogue's goods that it is, as a person has confirmed; and as its barcode suggests.
    catalogue_sku text,
    suggested_sku text,
    -- What somebody said that it is not.
    rejected_sku text,
    linked_by uuid,
    linked_at timestamptz(3),
    -- Linked by staff: its prices count as those of the market.
    counts_for_market boolean NOT NULL DEFAULT false,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    CHECK ((content_amount IS NULL) = (content_unit IS NULL)),
    CHECK ((target_price IS NULL) = (target_currency IS NULL))
  );
  CREATE UNIQUE INDEX tracked_products_sku ON tracked_products (owner_id, sku) WHERE sku IS NOT NULL;
  CREATE INDEX tracked_products_owner ON tracked_products (owner_id, created_at DESC, id DESC);
  CREATE INDEX tracked_products_market ON tracked_products (catalogue_sku) WHERE counts_for_market;

  CREATE TABLE tags (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    owner_id uuid NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    created_at timestamptz(3) NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX tags_name ON tags (owner_id, lower(name));

  CREATE TABLE tracked_product_tags (
    product_id uuid NOT NULL REFERENCES tracked_products (id) ON DELETE CASCADE,
    tag_id uuid NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (product_id, tag_id)
  );
  CREATE INDEX tracked_product_tags_tag ON tracked_product_tags (tag_id);`;

const urls = `
  CREATE TABLE tracked_urls (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    owner_id uuid NOT NULL,
    product_id uuid NOT NULL REFERENCES tracked_products (id) ON DELETE CASCADE,
    store_id uuid NOT NULL REFERENCES stores (id),
    -- Normalised: no fragment, no tracking parameters.
    url text NOT NULL,
    -- In lower case with its port where it has one: what politeness counts by.
    host text NOT NULL,
    is_primary boolean NOT NULL DEFAULT false,
    is_active boolean NOT NULL DEFAULT true,
    -- When it is to be looked at next; null for never.
    next_check_at timestamptz(3),
    -- Somebody waits for it: such pages go first.
    requested_at timestamptz(3),
    last_checked_at timestamptz(3),
    last_outcome text CHECK (last_outcome IN ('OK', 'NO_PRICE', 'GONE', 'BLOCKED', 'FETCH_ERROR')),
    last_error text,
    -- Outcomes in a row that were not OK.
    failures int NOT NULL DEFAULT 0,
    -- When the first of them was.
    failing_since timestamptz(3),
    -- For conditional requests.
    etag text,
    last_modified text,
    -- As last read with the outcome OK.
    title text,
    price numeric(18, 4) CHECK (price >= 0),
    old_price numeric(18, 4),
    currency text,
    availability text CHECK (availability IN ('IN_STOCK', 'OUT_OF_STOCK', 'PRE_ORDER', 'SOLD', 'DISCONTINUED')),
    seller text,
    image_url text,
    priced_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    UNIQUE (owner_id, url)
  );
  CREATE UNIQUE INDEX tracked_urls_primary ON tracked_urls (product_id) WHERE is_primary;
  CREATE INDEX tracked_urls_product ON tracked_urls (product_id, created_at, id);
  CREATE INDEX tracked_urls_store ON tracked_urls (store_id);
  -- By host, so that none stands before the others.
  CREATE INDEX tracked_urls_due ON tracked_urls (host, next_check_at) WHERE is_active AND next_check_at IS NOT NULL;
  CREATE INDEX tracked_urls_requested ON tracked_urls (host, requested_at) WHERE requested_at IS NOT NULL;`;

const history = `
  -- A point for each change of price, old price or availability, and one a day at least.
  CREATE TABLE price_points (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    url_id uuid NOT NULL REFERENCES tracked_urls (id) ON DELETE CASCADE,
    product_id uuid NOT NULL REFERENCES tracked_products (id) ON DELETE CASCADE,
    price numeric(18, 4) NOT NULL CHECK (price >= 0),
    old_price numeric(18, 4),
    currency text NOT NULL,
    availability text,
    observed_at timestamptz(3) NOT NULL
  );
  CREATE INDEX price_points_url ON price_points (url_id, observed_at DESC, id DESC);
  CREATE INDEX price_points_product ON price_points (product_id, observed_at DESC, id DESC);`;

export class PriceTracking1763683460000 implements MigrationInterface {
  name = 'PriceTracking1763683460000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(stores);
    await runner.query(products);
    await runner.query(urls);
    await runner.query(history);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
