import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestCatalog, minutesAgo, type TestCatalog } from '../testing/catalog.ts';

let shop: TestCatalog;
beforeEach(async () => {
  await shop?.close();
  shop = await createTestCatalog();
});
afterAll(() => shop.close());

const run = '018f0000-0000-7000-8000-0000000000aa';
const goods = (...skus: string[]) => skus.map((sku) => ({ sku, barcode: `b-${sku}`, name: `Товар ${sku}` }));

const finish = async (input: { observedAt: string; dryRun: boolean; source?: string; keep?: string[] }) => {
  const query = 'mutation ($input: JSON!) { applyProductSnapshot(input: $input) }';
  const { applyProductSnapshot } = await shop.query(
    query,
    { input: { runId: run, source: 'shop', ...input } },
    viewers.internal,
  );
  return applyProductSnapshot;
};

const hidden = async () =>
  (
    await shop.graph.ownerQuery<{ sku: string }>(
      "SELECT sku FROM catalog.products WHERE hidden_reason = 'NOT_IN_SNAPSHOT' ORDER BY sku",
    )
  ).map(({ sku }) => sku);

describe('a complete run', () => {
  it('hides the goods of its source that it did not mention, and counts them first when it is dry', async () => {
    await shop.apply(goods('a', 'b', 'c', 'd'), { observedAt: minutesAgo(60) });
    await shop.apply(goods('x'), { observedAt: minutesAgo(60), source: 'another shop' });
    await shop.apply(goods('a'), { observedAt: minutesAgo(10), runId: run });
    await shop.apply([{ sku: 'b', name: 'Товар б' }], { observedAt: minutesAgo(10), runId: run });
    const before = await shop.versions();

    expect(await finish({ observedAt: minutesAgo(10), dryRun: true })).toEqual({ total: 4, missing: 2, hidden: 0 });
    expect(await shop.versions()).toEqual(before);
    expect(await finish({ observedAt: minutesAgo(10), dryRun: false })).toEqual({ total: 4, missing: 2, hidden: 2 });
    expect(await hidden()).toEqual(['c', 'd']);
    expect(await finish({ observedAt: minutesAgo(10), dryRun: false })).toEqual({ total: 2, missing: 0, hidden: 0 });
  });

  it('leaves alone what was observed after it, even where that changed nothing', async () => {
    await shop.apply(goods('a', 'b', 'c'), { observedAt: minutesAgo(60) });
    await shop.apply(goods('b'), { observedAt: minutesAgo(5) });
    await shop.apply([{ sku: 'c', name: 'Новее' }], { observedAt: minutesAgo(5) });

    expect(await finish({ observedAt: minutesAgo(10), dryRun: false })).toEqual({ total: 3, missing: 1, hidden: 1 });
    expect(await hidden()).toEqual(['a']);
  });

  it('counts stale rows and ambiguous barcodes as mentioned', async () => {
    await shop.apply(
      [
        ...goods('a', 'b'),
        { sku: 'twin-1', barcode: 'twin', name: 'Близнец' },
        { sku: 'twin-2', barcode: 'twin', name: 'Близнец' },
      ],
      { observedAt: minutesAgo(20) },
    );
    const outcomes = await shop.outcomes([...goods('a'), { sku: null, barcode: 'twin', name: 'Который?' }], {
      observedAt: minutesAgo(30),
      runId: run,
    });
    expect(outcomes).toEqual(['STALE', 'REJECTED']);

    expect(await finish({ observedAt: minutesAgo(15), dryRun: false })).toEqual({ total: 4, missing: 1, hidden: 1 });
    expect(await hidden()).toEqual(['b']);
  });

  it('spares goods whose rows were rejected, here or by the sender', async () => {
    await shop.apply(goods('a', 'b', 'c', 'd'), { observedAt: minutesAgo(20) });
    const rows = [{ index: 0, sku: 'a', name: 'Дорого', price: '1e9' }];
    await shop.applyRaw({ runId: run, observedAt: minutesAgo(10), rows });
    const keep = ['b', 'b-c', 'nobody'];

    expect(await finish({ observedAt: minutesAgo(10), dryRun: false, keep })).toEqual({
      total: 4,
      missing: 1,
      hidden: 1,
    });
    expect(await hidden()).toEqual(['d']);
    expect(await shop.outcomes(goods('b'), { observedAt: minutesAgo(15) })).toEqual(['UNCHANGED']);
  });

  it('gives way to a later row, which brings the goods back', async () => {
    await shop.apply(goods('a'), { observedAt: minutesAgo(60) });
    await finish({ observedAt: minutesAgo(10), dryRun: false });
    expect(await hidden()).toEqual(['a']);

    expect(await shop.outcomes(goods('a'), { observedAt: minutesAgo(5) })).toEqual(['UPDATED']);
    expect(await hidden()).toEqual([]);
  });

  it('keeps goods hidden against rows that were observed before it', async () => {
    await shop.apply(goods('a'), { observedAt: minutesAgo(60) });
    await finish({ observedAt: minutesAgo(10), dryRun: false });

    expect(await shop.outcomes(goods('a'), { observedAt: minutesAgo(20) })).toEqual(['STALE']);
    expect(await hidden()).toEqual(['a']);
  });
});

describe('goods for buffers', () => {
  it('come in the order of their skus, without the hidden, from behind a sku', async () => {
    await shop.apply([{ ...goods('c')[0], categoryPath: ['А', 'Б'] }, ...goods('a', 'b', 'd')]);
    await shop.apply([{ sku: 'b', removed: true }]);
    const read = async (after: string | null, limit: number) =>
      (
        await shop.query(
          'query ($after: String, $limit: Int!) { goodsForBuffers(after: $after, limit: $limit) }',
          { after, limit },
          viewers.internal,
        )
      ).goodsForBuffers;

    expect(await read(null, 2)).toEqual([
      { sku: 'a', isAvailable: true, categoryPath: [] },
      { sku: 'c', isAvailable: true, categoryPath: [expect.any(String), expect.any(String)] },
    ]);
    expect(await read('c', 10)).toEqual([{ sku: 'd', isAvailable: true, categoryPath: [] }]);
  });
});
