/**
 * Our executor over both planners, beside stock Apollo's gateway and beside graphql-js over the same data in one schema,
 * on random operations over three supergraphs. graphql-js knows nothing of Federation, and decides who is right.
 *
 * What ours may do otherwise than Apollo's:
 * - Where Apollo's answer is not what graphql-js says, ours need not be like it. What is known to be wrong there: nulls
 *   propagate without an error, or with one beside the errors; errors of entities stand at the wrong index after nulls;
 *   fields come in another order; what `@requires` needs is mixed up with the client's selection of the same field; a
 *   field whose selections are all skipped is left out; fragments of other operations are read.
 * - Over Apollo's plan ours may be wrong in exactly the same way: then the plan is. Over Hive's it may not be wrong.
 * - While a subgraph that was asked is down, ours may hold more than Apollo's, if all of it is true. One that nobody asks
 *   excuses nothing.
 * - Nulls where there must be a value are told in words of ours, and once for each place.
 * What no gateway can be held to is not in the schemas: two `@requires` of one field with different arguments.
 *
 * `DIFFERENTIAL_RUNS=5000 pnpm test gateway/test/differential` runs more operations; `DIFFERENTIAL_SEED` starts
 * elsewhere, and `DIFFERENTIAL_SEED=N DIFFERENTIAL_RUNS=1 DIFFERENTIAL_WORLD=media` is one operation again.
 */
import { afterAll, describe, expect, it } from '@jest/globals';
import { Comparison, report } from './comparison.ts';
import { Coverage } from './coverage.ts';
import { smallest } from './smaller.ts';
import { readWorld, type WorldName, worldNames } from './world.ts';

const { DIFFERENTIAL_RUNS, DIFFERENTIAL_SEED, DIFFERENTIAL_WORLD } = process.env;
const runs = Number(DIFFERENTIAL_RUNS ?? 450);
/** The suite runs the same operations each time. Where more are asked for, half of them are new, or start at the seed. */
const seed = Number(DIFFERENTIAL_SEED ?? Math.floor(Math.random() * 2 ** 31));
const fixed = DIFFERENTIAL_SEED !== undefined ? 0 : DIFFERENTIAL_RUNS === undefined ? runs : Math.ceil(runs / 2);
/** Operations that were answered wrongly once come first. */
const once: Readonly<Record<WorldName, readonly number[]>> = {
  market: [21, 62, 81, 172, 1488, 1674, 4257, 20039, 20119, 20816],
  media: [48, 243, 476, 5282, 21022, 21089],
  product: [32, 52],
};
const numberOf = (name: WorldName, run: number): number =>
  run < fixed ? (once[name][run] ?? run) : seed + run - fixed;

/** Its parts of a run: the product's own supergraph has the least that can go wrong. */
const shares: Readonly<Record<WorldName, number>> = { market: 0.45, media: 0.35, product: 0.2 };
const wanted = worldNames.filter((name) => !DIFFERENTIAL_WORLD || name === DIFFERENTIAL_WORLD);
const patience = 300_000 + runs * 1_000;

/** After so many wrong answers, a run ends: they tend to have one cause. */
const mostReports = 5;

const coverage = new Coverage();

describe('our executor, beside Apollo’s and graphql-js', () => {
  afterAll(() => {
    if (DIFFERENTIAL_RUNS) console.log(coverage.table());
  });

  it.each(wanted)(
    `answers any operation over the %s supergraph as it must (DIFFERENTIAL_SEED=${seed})`,
    async (name) => {
      const world = await readWorld(name);
      const comparison = new Comparison(world);
      const count = wanted.length === 1 ? runs : Math.ceil(runs * shares[name]);
      const reports: string[] = [];
      for (let run = 0; run < count && reports.length < mostReports; run += 1) {
        const given = comparison.caseOf(numberOf(name, run));
        const verdict = await comparison.judge(given);
        coverage.note(world, given, verdict);
        if (verdict.faults.length === 0) continue;
        const small = await smallest(world.api, given, comparison.fails);
        reports.push(report(world, numberOf(name, run), small, await comparison.judge(small)));
      }
      if (reports.length > 0) throw new Error(reports.join('\n\n'));
    },
    patience,
  );

  it('meets all that Federation and GraphQL have', () => {
    if (runs < 400) return;

    expect(coverage.neverMet()).toEqual([]);
  });
});
