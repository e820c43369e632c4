import type pg from 'pg';
import type { Good } from './goods.ts';

/** One bare `INSERT … ON CONFLICT` of the same rows: nothing checked, matched, compared or kept. */
export interface BareUpsert {
  readonly name: string;
  run(rows: readonly Good[]): Promise<void>;
}

const batchSize = 1_000;

async function inBatches(rows: readonly Good[], upsert: (batch: string) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += batchSize) {
    const batch = rows.slice(from, from + batchSize).map((row) => ({
      ...row,
      category: (row.categoryPath as string[] | undefined)?.join('/'),
      images: row.imageUrls,
      stock: row.stockQuantity,
    }));
    await upsert(JSON.stringify(batch));
  }
}

const plain = `sku text, barcode text, name text, description text, brand text, price numeric(14,2), "weightGrams" numeric, category text, images text[], stock numeric(14,3)`;

/** Into a table such as one would begin with: the columns, a primary key and three indexes. */
export async function plainTable(client: pg.Client): Promise<BareUpsert> {
  await client.query(`CREATE TABLE bare_products (${plain.replace('sku text', 'sku text PRIMARY KEY')});
    CREATE INDEX ON bare_products (barcode); CREATE INDEX ON bare_products (price); CREATE INDEX ON bare_products (name)`);
  const sql = `INSERT INTO bare_products SELECT * FROM json_to_recordset($1::json) AS r(${plain})
    ON CONFLICT (sku) DO UPDATE SET (barcode, name, description, brand, price, "weightGrams", category, images, stock)
      = (excluded.barcode, excluded.name, excluded.description, excluded.brand, excluded.price, excluded."weightGrams", excluded.category, excluded.images, excluded.stock)`;
  return { name: 'plain table', run: (rows) => inBatches(rows, (batch) => client.query(sql, [batch])) };
}

/** Into a copy of the catalogue's own table with all its indexes: what lists and search cost any writer. */
export async function catalogueTable(client: pg.Client): Promise<BareUpsert> {
  await client.query(`SET search_path = catalog, extensions, public;
    CREATE TABLE public.bare_catalogue (LIKE catalog.products INCLUDING ALL)`);
  const sql = `INSERT INTO public.bare_catalogue (sku, barcode, name, description, brand, price, currency, weight_grams, image_urls, source, observed_at)
    SELECT sku, barcode, name, description, brand, price, 'RUB', "weightGrams", images, 'bench', now()
    FROM json_to_recordset($1::json) AS r(${plain})
    ON CONFLICT (sku) DO UPDATE SET (barcode, name, description, brand, price, weight_grams, image_urls)
      = (excluded.barcode, excluded.name, excluded.description, excluded.brand, excluded.price, excluded.weight_grams, excluded.image_urls)`;
  return { name: 'catalogue’s table', run: (rows) => inBatches(rows, (batch) => client.query(sql, [batch])) };
}
