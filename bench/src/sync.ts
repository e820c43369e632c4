// Product sync through the public mutation, beside one bare INSERT … ON CONFLICT of the same rows, into a plain table and into
// one with the catalogue's columns and indexes. Usage: pnpm --filter bench sync [--rows 8000] [--file products.jsonl] [--callers 2]
import { parseArgs } from 'node:util';
import pg from 'pg';
import { catalogueTable, plainTable } from './bare-upsert.ts';
import { type Good, goods } from './goods.ts';
import { ask, startDatabase, startGraph } from './graph.ts';
import { fixed, median, secondsOf } from './measure.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '8000' },
    file: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    callers: { type: 'string', default: '2' },
  },
});

const mutation = `mutation Sync($input: SyncProductsInput!) { syncProducts(input: $input) { results { index outcome } userErrors { message } } }`;
const batchSize = 1_000;

const database = await startDatabase();
const graph = await startGraph(database);
const client = new pg.Client({ connectionString: database.url });
await client.connect();
const yardsticks = [await plainTable(client), await catalogueTable(client)];

/** As many calls at a time as there are callers, as `manage sync` does. */
async function sync(rows: readonly Good[]): Promise<Record<string, number>> {
  const outcomes: Record<string, number> = {};
  let next = 0;
  const observedAt = new Date().toISOString();
  const caller = async () => {
    for (let from = next; from < rows.length; from = next) {
      next += batchSize;
      const input = { source: 'bench', items: rows.slice(from, from + batchSize), observedAt };
      const answer = await ask<{ syncProducts: { results: { outcome: string }[] } }>(
        graph.url,
        mutation,
        { input },
        graph.key,
      );
      for (const { outcome } of answer.syncProducts.results) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: Number(values.callers) }, caller));
  return outcomes;
}

/** The product and the yardsticks in turn, so that a machine whose speed drifts does so for all. */
async function measure(what: string, rounds: readonly (readonly Good[])[]): Promise<void> {
  let outcomes: Record<string, number> = {};
  const seconds: number[][] = [[], ...yardsticks.map(() => [])];
  for (const rows of rounds) {
    for (const [place, yardstick] of yardsticks.entries())
      seconds[place + 1]?.push(await secondsOf(() => yardstick.run(rows)));
    seconds[0]?.push(
      await secondsOf(async () => {
        outcomes = await sync(rows);
      }),
    );
  }
  const [ours = Number.NaN, ...bare] = seconds.map(median);
  const beside = yardsticks.map(
    ({ name }, place) =>
      `${name} ${fixed(count / (bare[place] ?? Number.NaN), 0)} rows/s, ratio ${fixed((bare[place] ?? Number.NaN) / ours)}`,
  );
  console.log(
    `${what.padEnd(20)} ${fixed(count / ours, 0).padStart(6)} rows/s   bare upsert into the ${beside.join('; into the ')}   ${JSON.stringify(outcomes)}`,
  );
}

const count = Number(values.rows);
const first = goods(count, values.file);
const reprice = (round: number) => first.map((row) => ({ ...row, price: (Number(row.price) + round).toFixed(2) }));
const rounds = Array.from({ length: Number(values.rounds) }, (_, round) => round + 1);

console.log(
  `${count} goods, ${batchSize} a call, ${values.callers} callers, medians of ${values.rounds} rounds in turn`,
);
await measure('new goods', [first]);
await measure('every price changed', rounds.map(reprice));
await measure(
  'one price in 20',
  rounds.map((round) =>
    reprice(rounds.length).map((row, index) => (index % 20 === 0 ? { ...row, price: `${1000 + round}.00` } : row)),
  ),
);
await measure(
  'nothing changed',
  rounds.map(() =>
    reprice(rounds.length).map((row, index) =>
      index % 20 === 0 ? { ...row, price: `${1000 + rounds.length}.00` } : row,
    ),
  ),
);

await client.end();
await graph.stop();
await database.stop();
