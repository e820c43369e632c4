import type { MigrationInterface, QueryRunner } from 'typeorm';

const categories = `
  CREATE TABLE categories (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    parent_id uuid REFERENCES categories,
    name text NOT NULL,
    -- Deferrable: looked at when a statement ends, so that one statement can exchange names and ids.
    external_id text UNIQUE DEFERRABLE,
    sort_order integer,
    -- Itself first, then its ancestors up to the root; names run the other way, as people read them.
    path_ids uuid[] NOT NULL,
    path_names text[] NOT NULL,
    -- md5 of the names joined by U+001F: a path may be longer than an index entry.
    path_hash text NOT NULL UNIQUE DEFERRABLE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`;

const products = `
  CREATE TABLE products (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    sku text NOT NULL UNIQUE,
    barcode text,
    -- 1C is the master of these.
    name text NOT NULL,
    description text,
    brand text,
    price numeric(14, 2),
    currency text,
    weight_grams numeric(14, 3),
    unit text,
    energy_kcal numeric(14, 3),
    carbohydrates numeric(14, 3),
    fat numeric(14, 3),
    proteins numeric(14, 3),
    sugars numeric(14, 3),
    category_id uuid REFERENCES categories,
    -- Names on the category's path, copied so that the search document is made of one row.
    category_names text NOT NULL DEFAULT '',
    image_urls text[] NOT NULL DEFAULT '{}',
    hidden_reason text CHECK (hidden_reason IN ('REMOVED', 'NOT_IN_SNAPSHOT')),
    -- The shop is the master of these.
    switched_on boolean NOT NULL DEFAULT true,
    switched_off_reason text,
    tags text[] NOT NULL DEFAULT '{}',
    image_order text[] NOT NULL DEFAULT '{}',
    name_override text,
    description_override text,
    price_override numeric(14, 2),
    currency_override text,
    -- Who wrote last, and what it was shown.
    source text NOT NULL,
    observed_at timestamptz NOT NULL,
    last_synced_at timestamptz NOT NULL DEFAULT now(),
    -- To the millisecond, as cursors carry it.
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- What readers see.
    display_name text NOT NULL GENERATED ALWAYS AS (coalesce(name_override, name)) STORED,
    sort_name text COLLATE "C" NOT NULL
      GENERATED ALWAYS AS (left(search_plain(coalesce(name_override, name)), 200)) STORED,
    sale_price numeric(14, 2) GENERATED ALWAYS AS (coalesce(price_override, price)) STORED,
    is_available boolean NOT NULL GENERATED ALWAYS AS (switched_on AND hidden_reason IS NULL) STORED,
    search tsvector NOT NULL GENERATED ALWAYS AS (search_document(
      sku, barcode, coalesce(name_override, name), brand, category_names, coalesce(description_override, description)
    )) STORED,
    CHECK ((price_override IS NULL) = (currency_override IS NULL))
  )`;

// A page is read along one of these, whatever the number of goods: each sort over all goods, and within a category,
// where filters that shoppers use are answered by the index alone. Hidden goods have indexes of their own: a shop that
// lives long has many of them, and only staff ever ask.
const lists = [
  ['sort_name', 'sale_price, switched_on'],
  ['sale_price', 'switched_on'],
  ['created_at', 'sale_price, switched_on'],
].flatMap(([key, filters]) => [
  `CREATE INDEX products_by_${key} ON products (${key}, id) WHERE hidden_reason IS NULL`,
  `CREATE INDEX products_in_category_by_${key} ON products (category_id, ${key}, id) INCLUDE (${filters})
   WHERE hidden_reason IS NULL`,
  `CREATE INDEX products_hidden_by_${key} ON products (${key}, id) WHERE hidden_reason IS NOT NULL`,
]);

const observations = `
  CREATE TABLE sync_observations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text NOT NULL,
    run_id uuid NOT NULL,
    actor text NOT NULL,
    observed_at timestamptz NOT NULL,
    -- The goods that the batch spoke of, as they were called when it was applied.
    skus text[] NOT NULL,
    -- Goods that rejected rows meant or may have meant: nothing was learnt of them, but a snapshot does not hide them.
    rejected_skus text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
  )`;

const words = `
  CREATE TABLE search_words (
    -- A stem that stands in some product's name, brand or category.
    word text COLLATE "C" PRIMARY KEY,
    sound text COLLATE "C" NOT NULL GENERATED ALWAYS AS (search_sound(word)) STORED,
    -- The sound with one vowel for all: most misspelt letters are vowels.
    skeleton text NOT NULL GENERATED ALWAYS AS (translate(search_sound(word), 'eiou', 'aaaa')) STORED
  )`;

export class Catalog1763690400001 implements MigrationInterface {
  name = 'Catalog1763690400001';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      categories,
      'CREATE INDEX categories_by_parent ON categories (parent_id)',
      'CREATE INDEX categories_by_ancestor ON categories USING gin (path_ids)',
      products,
      ...lists,
      'CREATE INDEX products_by_barcode ON products (barcode) WHERE barcode IS NOT NULL',
      "CREATE INDEX products_by_tag ON products USING gin (tags) WHERE tags <> '{}'",
      'CREATE INDEX products_switched_off ON products (created_at, id) WHERE hidden_reason IS NULL AND NOT switched_on',
      'CREATE INDEX products_by_search ON products USING gin (search)',
      observations,
      'CREATE INDEX sync_observations_by_time ON sync_observations (observed_at)',
      'CREATE INDEX sync_observations_by_run ON sync_observations (run_id)',
      words,
      'CREATE INDEX search_words_by_sound ON search_words (sound)',
      'CREATE INDEX search_words_by_skeleton ON search_words USING gin (skeleton extensions.gin_trgm_ops)',
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
