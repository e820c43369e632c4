// The same list pages at 10,000, 100,000 and 1,000,000 goods, through the public door, each beside the smallest.
// Usage: pnpm --filter bench scale [--sizes 10000,100000,1000000]
import { parseArgs } from 'node:util';
import pg from 'pg';
import { goods } from './goods.ts';
import { ask, sendGoods, startDatabase, startGraph } from './graph.ts';
import { fixed, median, secondsOf } from './measure.ts';

const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '10000,100000,1000000' }, samples: { type: 'string', default: '60' } },
});

const list = (filter: string, sort: string) => `query List($after: String) {
  products(first: 20, after: $after${filter}${sort}) {
    nodes { id sku name price { amount currencyCode } isAvailable availability { status availableOnline asOf isStale } }
    pageInfo { endCursor }
  }
}`;
const pages: Record<string, string> = {
  'newest first': list('', ', sort: NEWEST'),
  'by name': list('', ', sort: NAME_ASC'),
  'cheapest first': list('', ', sort: PRICE_ASC'),
  'available, by price': list(', filter: { available: true, minPrice: "100", maxPrice: "200" }', ', sort: PRICE_ASC'),
  'search for a word': list(', filter: { text: "пряник" }', ''),
};

interface Listed {
  readonly products: { readonly pageInfo: { readonly endCursor: string | null } };
}

/** Median time of a page in milliseconds, first pages and later ones mixed. */
async function pageTime(url: string, query: string): Promise<number> {
  const times: number[] = [];
  let after: string | null = null;
  for (let sample = 0; sample < Number(values.samples); sample += 1) {
    times.push(
      await secondsOf(async () => {
        const answer: Listed = await ask<Listed>(url, query, { after });
        after = sample % 6 === 5 ? null : answer.products.pageInfo.endCursor;
      }),
    );
  }
  return median(times) * 1_000;
}

/** The rest are copies with codes, names, prices and times of their own, made by the database: a sync of a million takes long. */
async function multiply(client: pg.Client, from: number, to: number, base: number): Promise<void> {
  for (let round = from / base; round < to / base; round += 1) {
    await client.query(
      `INSERT INTO catalog.products (sku, barcode, name, description, brand, price, currency, weight_grams, unit, category_id, category_names,
         image_urls, source, observed_at, created_at)
       SELECT 'M' || $1::int || '-' || sku, barcode || $1::int, name || ' ' || $1::int, description, brand,
         20 + (hashtext(sku || $1::int) & 65535) / 66.0, currency, weight_grams, unit, category_id, category_names, image_urls, source,
         observed_at, created_at - make_interval(secs => $1::int * 10 + random())
       FROM catalog.products WHERE sku LIKE 'B%'`,
      [round],
    );
    await client.query(
      `INSERT INTO inventory.warehouse_stocks (warehouse_id, product_sku, quantity, synced_at, observed_at, source, run_id)
       SELECT warehouse_id, 'M' || $1::int || '-' || product_sku, quantity, synced_at, observed_at, source, run_id
       FROM inventory.warehouse_stocks WHERE product_sku LIKE 'B%'`,
      [round],
    );
  }
  await client.query('VACUUM (ANALYZE) catalog.products');
  await client.query('VACUUM (ANALYZE) inventory.warehouse_stocks');
}

const database = await startDatabase();
const graph = await startGraph(database);
const client = new pg.Client({ connectionString: database.url });
await client.connect();
await client.query('SET search_path = catalog, extensions');
const [base = 10_000, ...larger] = values.sizes.split(',').map(Number);
const first = new Map<string, number>();

async function report(size: number): Promise<void> {
  for (const [name, query] of Object.entries(pages)) {
    await pageTime(graph.url, query);
    const milliseconds = await pageTime(graph.url, query);
    if (!first.has(name)) first.set(name, milliseconds);
    const times = milliseconds / (first.get(name) ?? Number.NaN);
    console.log(
      `${String(size).padStart(9)} goods   ${name.padEnd(20)} ${fixed(milliseconds).padStart(7)} ms a page   ${fixed(times)}× of the smallest`,
    );
  }
}

await sendGoods(graph, goods(base));
await multiply(client, base, base, base);
await report(base);
let size = base;
for (const next of larger) {
  await multiply(client, size, next, base);
  size = next;
  await report(size);
}
await client.end();
await graph.stop();
await database.stop();
