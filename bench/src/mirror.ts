// The first promise of the product, kept on real files: foods go in through `manage sync`, each row is accounted for; the
// same file again moves no row; with 5 % of the prices changed exactly those are updated. CommerceML exports go in after.
// Usage: pnpm --filter bench mirror --file products.jsonl [--commerceml FOLDER …]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inheritedEnvironment, projectRoot } from '@gastronom/shared/env';
import pg from 'pg';
import { type Good, goods } from './goods.ts';
import { startDatabase, startGraph } from './graph.ts';
import { fixed } from './measure.ts';

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    rows: { type: 'string', default: '8198' },
    commerceml: { type: 'string', multiple: true, default: [] },
  },
});

const database = await startDatabase();
const graph = await startGraph(database);
const client = new pg.Client({ connectionString: database.url });
await client.connect();
const folder = await mkdtemp(join(tmpdir(), 'gastronom-mirror-'));

async function manageSync(...args: string[]): Promise<{ code: number; seconds: number; summary: string }> {
  const from = performance.now();
  const child = spawn(
    process.execPath,
    [
      'tools/run.mjs',
      'cli/src/main.ts',
      'sync',
      '--json',
      '--url',
      graph.url,
      '--key',
      graph.key,
      '--rejects',
      join(folder, 'rejected.jsonl'),
      ...args,
    ],
    {
      cwd: projectRoot,
      env: { ...inheritedEnvironment(), DATA_DIR: database.dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let summary = '';
  child.stdout.on('data', (chunk) => {
    summary += chunk;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, seconds: (performance.now() - from) / 1_000, summary: summary.trim() };
}

/** A fingerprint of each row of goods and stock, by the transaction that last wrote it. */
async function versions(): Promise<Map<string, string>> {
  const { rows } = await client.query<{ key: string; xmin: string }>(`
    SELECT 'product ' || sku AS key, xmin::text FROM catalog.products
    UNION ALL SELECT 'stock ' || id, xmin::text FROM inventory.warehouse_stocks
    UNION ALL SELECT 'category ' || id, xmin::text FROM catalog.categories`);
  return new Map(rows.map(({ key, xmin }) => [key, xmin]));
}

const moved = (before: Map<string, string>, after: Map<string, string>) =>
  [...after].filter(([key, xmin]) => before.get(key) !== xmin).length;

async function syncGoods(what: string, rows: readonly Good[], name: string): Promise<void> {
  const file = join(folder, name);
  await writeFile(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  const before = await versions();
  const { code, seconds, summary } = await manageSync(file);
  const { counts } = JSON.parse(summary) as { counts?: unknown };
  console.log(
    `${what.padEnd(30)} ${rows.length} rows in ${fixed(seconds, 1)} s, exit ${code}, rows moved ${moved(before, await versions())}, ${JSON.stringify(counts ?? JSON.parse(summary))}`,
  );
}

const all = goods(Number(values.rows), values.file);
const changed = all.map((row, index) =>
  index % 20 === 0 ? { ...row, price: (Number(row.price) + 1).toFixed(2) } : row,
);
await syncGoods('new', all, 'goods.jsonl');
await syncGoods('the same again', all, 'goods.jsonl');
await syncGoods(
  `${changed.filter((row, index) => row !== all[index]).length} prices changed`,
  changed,
  'changed.jsonl',
);
for (const path of values.commerceml) {
  for (const turn of ['', ', again']) {
    const before = await versions();
    const { code, seconds, summary } = await manageSync(path, '--source', 'commerceml');
    console.log(
      `${(path.split('/').at(-1) + turn).padEnd(30)} in ${fixed(seconds, 1)} s, exit ${code}, rows moved ${moved(before, await versions())}, ${summary}`,
    );
  }
}

await client.end();
await graph.stop();
await database.stop();
await rm(folder, { recursive: true, force: true });
