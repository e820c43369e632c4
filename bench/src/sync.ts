// Product sync through the public mutation, beside one bare INSERT … ON CONFLICT of the same rows into a table of the same form.
// Usage: pnpm --filter bench sync [--rows 8000] [--file products.jsonl]
import { parseArgs } from 'node:util';
import pg from 'pg';
import { type Good, goods } from './goods.ts';
import { ask, startDatabase, startGraph } from './graph.ts';
import { fixed, median, secondsOf } from './measure.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '8000' },
    file: { type: 'string' },
    rounds: { type: 'string', default: '5' },
  },
});

const mutation = `mutation Sync($input: SyncProductsInput!) { syncProducts(input: $input) { replayed results { index outcome } userErrors { message } } }`;
const batchSize = 1_000;

const columns = `sku text, barcode text, name text, description text, brand text, price numeric(14,2), "weightGrams" numeric, category text, images text[], stock numeric(14,3)`;

/** What the rows would cost if nothing were checked, matched, compared, searched or kept: the yardstick. */
async function bareUpsert(client: pg.Client, rows: readonly Good[]): Promise<void> {
  for (let from = 0; from < rows.length; from += batchSize) {
    const batch = rows.slice(from, from + batchSize).map((row) => ({
      ...row,
      category: (row.categoryPath as string[] | undefined)?.join('/'),
      images: row.imageUrls,
      stock: row.stockQuantity,
    }));
    await client.query(
      `INSERT INTO bare_products SELECT * FROM json_to_recordset($1::json) AS r(${columns})
       ON CONFLICT (sku) DO UPDATE SET (barcode, name, description, brand, price, "weightGrams", category, images, stock)
         = (excluded.barcode, excluded.name, excluded.description, excluded.brand, excluded.price, excluded."weightGrams", excluded.category, excluded.images, excluded.stock)`,
      [JSON.stringify(batch)],
    );
  }
}

const database = await startDatabase();
const graph = await startGraph(database);
const client = new pg.Client({ connectionString: database.url });
await client.connect();
await client.query(
  `CREATE TABLE bare_products (${columns.replace('sku text', 'sku text PRIMARY KEY')}); CREATE INDEX ON bare_products (barcode); CREATE INDEX ON bare_products (price); CREATE INDEX ON bare_products (name)`,
);

async function sync(rows: readonly Good[]): Promise<Record<string, number>> {
  const outcomes: Record<string, number> = {};
  for (let from = 0; from < rows.length; from += batchSize) {
    const input = { source: 'bench', items: rows.slice(from, from + batchSize), observedAt: new Date().toISOString() };
    const { syncProducts } = await ask<{ syncProducts: { results: { outcome: string }[] } }>(
      graph.url,
      mutation,
      { input },
      graph.key,
    );
    for (const { outcome } of syncProducts.results) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  return outcomes;
}

const count = Number(values.rows);
const first = goods(count, values.file);
const reprice = (round: number) => first.map((row) => ({ ...row, price: (Number(row.price) + round).toFixed(2) }));

console.log(`${count} goods, ${batchSize} a call, one caller`);
const report = (what: string, ours: number, bare: number, outcomes: Record<string, number>) =>
  console.log(
    `${what.padEnd(28)} ${fixed(count / ours, 0).padStart(7)} rows/s   bare upsert ${fixed(count / bare, 0).padStart(7)} rows/s   ratio ${fixed(bare / ours)}   ${JSON.stringify(outcomes)}`,
  );

let outcomes: Record<string, number> = {};
const bareNew = await secondsOf(() => bareUpsert(client, first));
report('new goods', await secondsOf(async () => (outcomes = await sync(first))), bareNew, outcomes);

const ratios: { ours: number; bare: number }[] = [];
for (let round = 1; round <= Number(values.rounds); round += 1) {
  const rows = reprice(round);
  ratios.push({
    bare: await secondsOf(() => bareUpsert(client, rows)),
    ours: await secondsOf(async () => (outcomes = await sync(rows))),
  });
}
report('every price changed', median(ratios.map(({ ours }) => ours)), median(ratios.map(({ bare }) => bare)), outcomes);

const last = reprice(Number(values.rounds));
const same: { ours: number; bare: number }[] = [];
for (let round = 1; round <= Number(values.rounds); round += 1) {
  same.push({
    bare: await secondsOf(() => bareUpsert(client, last)),
    ours: await secondsOf(async () => (outcomes = await sync(last))),
  });
}
report('nothing changed', median(same.map(({ ours }) => ours)), median(same.map(({ bare }) => bare)), outcomes);

await client.end();
await graph.stop();
await database.stop();
