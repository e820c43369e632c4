import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createTestCatalog, type GoodsRow, minutesAgo, type TestCatalog } from '../testing/catalog.ts';

let shop: TestCatalog;
beforeAll(async () => {
  shop = await createTestCatalog();
});
afterAll(() => shop.close());

const goods = (from: number, count: number): GoodsRow[] =>
  Array.from({ length: count }, (_, n) => ({
    sku: `race-${from + n}`,
    barcode: `460${from + n}`,
    name: `Товар ${from + n}`,
    categoryPath: ['Новое', `Полка ${(from + n) % 7}`],
  }));

describe('batches at the same time', () => {
  it('make each product and each category once, in whatever order their rows are', async () => {
    const rows = goods(0, 200);

    // Of one moment, or those that come second by the clock and first by chance make the others stale.
    const batch = { observedAt: minutesAgo(1) };

    const answers = await Promise.all([
      shop.outcomes(rows, batch),
      shop.outcomes(rows.toReversed(), batch),
      shop.outcomes(rows.slice(50, 150), batch),
      shop.outcomes(
        rows.map(({ sku: _, ...row }) => row),
        batch,
      ),
    ]);

    expect(answers.flat().filter((outcome) => outcome === 'CREATED')).toHaveLength(200);
    expect(answers.flat().filter((outcome) => outcome === 'REJECTED')).toHaveLength(0);
    const [counts] = await shop.graph.ownerQuery<{ products: string; barcodes: string; categories: string }>(
      `SELECT count(*) AS products, count(DISTINCT barcode) AS barcodes,
         (SELECT count(*) FROM catalog.categories) AS categories FROM catalog.products`,
    );
    expect(counts).toEqual({ products: '200', barcodes: '200', categories: '8' });
  });

  it('wait for staff who rename goods, and staff for them', async () => {
    const rows = goods(0, 50);
    const observedAt = minutesAgo(0.5);
    const { product } = await shop.query('{ product(sku: "race-7") { id } }');

    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        n % 2 === 0
          ? shop.outcomes(
              rows.map((row) => ({ ...row, name: `Слово${n} ${row.sku}` })),
              { observedAt },
            )
          : shop.override(product.id, { name: `Слово${n - 1} Слово${n}` }),
      ),
    );

    expect(answers).toHaveLength(6);
    const [{ name }] = (await shop.query('{ products(filter: {barcodes: ["4607"]}) { nodes { name } } }')).products
      .nodes;
    expect(name).toMatch(/^Слово\d Слово\d$/);
  });
});

/** Everything that readers see of the goods of a property’s run, without ids and times of writing. */
const state = (prefix: string) =>
  shop.graph.ownerQuery(
    `SELECT p.sku, p.barcode, p.name, p.price, p.hidden_reason, p.source, c.path_names FROM catalog.products p
     LEFT JOIN catalog.categories c ON c.id = p.category_id WHERE p.sku LIKE $1 AND p.hidden_reason IS NULL ORDER BY p.sku`,
    [`${prefix}%`],
  );

describe('any order and any repetition of the same batches', () => {
  it('ends in the same goods', async () => {
    let run = 0;
    const row = fc.record({
      sku: fc.constantFrom('a', 'b', 'c', 'd'),
      name: fc.constantFrom('Хлеб', 'Хлеб ржаной', 'Батон'),
      price: fc.constantFrom('1.00', '2.00', null),
      categoryPath: fc.constantFrom(['Хлеб'], ['Хлеб', 'Ржаной'], null),
      removed: fc.constantFrom(false, false, true),
    });
    const batches = fc.array(fc.uniqueArray(row, { minLength: 1, selector: ({ sku }) => sku }), {
      minLength: 2,
      maxLength: 5,
    });
    const scenario = batches.chain((list) =>
      fc.record({
        list: fc.constant(list),
        shuffled: fc
          .array(fc.nat(list.length - 1), { maxLength: 8 })
          .chain((extra) => fc.shuffledSubarray([...list.keys(), ...extra], { minLength: list.length + extra.length })),
      }),
    );

    await fc.assert(
      fc.asyncProperty(scenario, async ({ list, shuffled }) => {
        run += 1;
        const prefixes = [`p${run}x`, `p${run}y`] as const;
        const applyTo = (prefix: string, n: number) =>
          shop.apply(
            (list[n] ?? []).map(({ sku, ...rest }) => ({
              ...rest,
              sku: `${prefix}-${sku}`,
              barcode: `${prefix}-${sku}`,
            })),
            { observedAt: minutesAgo(100 - n) },
          );
        for (const n of list.keys()) await applyTo(prefixes[0], n);
        for (const n of shuffled) await applyTo(prefixes[1], n);

        const [inOrder, disorderly] = await Promise.all(prefixes.map(state));
        const bare = (rows: unknown) =>
          JSON.parse(JSON.stringify(rows).replaceAll(prefixes[0], '').replaceAll(prefixes[1], ''));
        expect(bare(disorderly)).toEqual(bare(inOrder));
      }),
      { numRuns: 40 },
    );
  });
});
