import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSyncGraph, type SyncGraph } from '../testing/sync-graph.ts';

let graph: SyncGraph;
let source: string;
let sources = 0;

beforeAll(async () => {
  graph = await createSyncGraph();
});
afterAll(() => graph.subgraph.close());
beforeEach(() => {
  sources += 1;
  source = `feed-${sources}`;
  graph.catalog.fault = undefined;
  graph.inventory.fault = undefined;
  graph.catalog.calls.length = 0;
  graph.inventory.calls.length = 0;
});

const tea = (change: object = {}) => ({ sku: `tea-${source}`, name: 'Чай', price: '100,00', ...change });
const outcomes = (answer: { results: { outcome: string }[] }) => answer.results.map(({ outcome }) => outcome);
const codes = (answer: { results: { errors: { code: string }[] }[] }) =>
  answer.results.map(({ errors }) => errors.map(({ code }) => code).join());

describe('a batch of goods', () => {
  it('is answered row by row, in order, and a bad row harms no other', async () => {
    const items = [
      tea(),
      { name: 'Без кода' },
      { sku: 'b', name: 'Кофе', price: 'дорого' },
      { barcode: '46 07', name: 'Соль' },
      tea({ price: 1 }),
      { sku: 'c', name: ' ' },
    ];

    const answer = await graph.do('syncProducts', { input: { source, items } });

    expect(answer.results.map(({ index, sku, outcome }: never) => [index, sku, outcome])).toEqual([
      [0, `tea-${source}`, 'CREATED'],
      [1, null, 'REJECTED'],
      [2, 'b', 'REJECTED'],
      [3, '4607', 'CREATED'],
      [4, `tea-${source}`, 'REJECTED'],
      [5, 'c', 'REJECTED'],
    ]);
    expect(codes(answer)).toEqual(['', 'MISSING_IDENTITY', 'INVALID_NUMBER', '', 'DUPLICATE_IN_BATCH', 'MISSING_NAME']);
    expect(answer.run).toMatchObject({ source, mode: 'DELTA', status: 'FINISHED', failedBatches: 0 });
    expect(answer.run.counts).toMatchObject({ received: 6, created: 2, rejected: 4 });
    expect(answer.userErrors).toEqual([]);
    const [batch] = graph.catalog.take('applyProducts');
    expect(batch).toMatchObject({ source, runId: answer.run.id, actor: expect.stringMatching(/^key:/) });
    expect(batch?.rows).toEqual([
      { index: 0, sku: `tea-${source}`, name: 'Чай', price: '100.00', currency: 'RUB' },
      { index: 3, sku: null, barcode: '4607', name: 'Соль' },
    ]);
  });

  it('keeps the rejected rows as they came, whatever is in them', async () => {
    const bad = {
      sku: 'x\u0000\ud800',
      name: '\u0000',
      price: { deep: ['\ud800', 1] },
      weightGrams: 5,
      currency: '\u0000',
    };

    const { run } = await graph.do('syncProducts', { input: { source, items: [tea(), bad] } });
    const { rejectedRows } = await graph.do('rejectedRows', { id: run.id });

    expect(rejectedRows.totalCount).toBe(1);
    expect(rejectedRows.nodes[0]).toMatchObject({ index: 1, row: bad });
    expect(rejectedRows.nodes[0].errors).toEqual([
      { code: 'MISSING_NAME', field: 'name' },
      { code: 'INVALID_CURRENCY', field: 'currency' },
      { code: 'INVALID_NUMBER', field: 'price' },
    ]);
  });

  it('takes any value for a number, in variables and in the query itself', async () => {
    const literal = await graph.subgraph.execute(
      `mutation { syncProducts(input: { source: "${source}", items: [
        { sku: "n1", name: "a", price: NaN }, { sku: "n2", name: "a", price: true }, { sku: "n3", name: "a", price: { a: [1] } },
        { sku: "n4", name: "a", price: 12.5 }, { sku: "n5", name: "a", price: "12,5" }, { sku: "n6", name: "a", price: 1e3 }
      ] }) { results { outcome } } }`,
      {},
      { kind: 'service', keyId: 'k', name: 'n', scopes: ['sync:write'] },
    );

    expect(outcomes(literal.data.syncProducts)).toEqual([
      'REJECTED',
      'REJECTED',
      'REJECTED',
      'CREATED',
      'CREATED',
      'CREATED',
    ]);
  });

  it('asks nobody when no row is left, and takes a call without rows', async () => {
    const rejected = await graph.do('syncProducts', { input: { source, items: [{ name: 'x' }] } });
    const empty = await graph.do('syncProducts', { input: { source, items: [] } });

    expect(outcomes(rejected)).toEqual(['REJECTED']);
    expect(empty).toMatchObject({ results: [], replayed: false, run: { status: 'FINISHED', counts: { received: 0 } } });
    expect([...graph.catalog.calls, ...graph.inventory.calls]).toEqual([]);
  });

  it('tells inventory of stock and of goods that are new, and of nothing else', async () => {
    const items = [
      tea({ stockQuantity: '5,5', warehouse: '1' }),
      { sku: 'd', name: 'Кофе' },
      { sku: 'e', name: 'x', removed: true, stockQuantity: 1 },
    ];

    const first = await graph.do('syncProducts', { input: { source, items } });
    const [told] = graph.inventory.take('applyStocks');
    const again = await graph.do('syncProducts', { input: { source, items: [tea(), { sku: 'd', name: 'Кофе' }] } });
    const restocked = await graph.do('syncProducts', { input: { source, items: [tea({ stockQuantity: 6 })] } });

    expect(outcomes(first)).toEqual(['CREATED', 'CREATED', 'UNCHANGED']);
    expect(told?.rows).toEqual([
      { index: 0, sku: `tea-${source}`, warehouseId: '1', quantity: '5.500', parked: false },
    ]);
    expect(told?.appeared).toEqual([
      { sku: `tea-${source}`, barcode: null, formerSku: null },
      { sku: 'd', barcode: null, formerSku: null },
    ]);
    expect(outcomes(again)).toEqual(['UNCHANGED', 'UNCHANGED']);
    expect(outcomes(restocked)).toEqual(['UPDATED']);
    expect(graph.inventory.take('applyStocks')).toHaveLength(1);
  });

  it('rejects stock of a warehouse that nobody declared, and takes it once it is', async () => {
    const items = [tea({ stockQuantity: 1, warehouse: `w-${source}` })];

    const before = await graph.do('syncProducts', { input: { source, items } });
    await graph.do('syncWarehouses', { input: { source, items: [{ externalId: `w-${source}`, name: 'North' }] } });
    const after = await graph.do('syncProducts', { input: { source, items: [...items, { sku: 'z', name: 'z' }] } });

    expect(codes(before)).toEqual(['UNKNOWN_WAREHOUSE']);
    expect(outcomes(after)).toEqual(['CREATED', 'CREATED']);
  });

  it('writes a run and a batch, in as many statements however many goods there are', async () => {
    const items = Array.from({ length: 1_000 }, (_, i) => ({
      sku: `${source}-${i}`,
      name: 'x',
      price: i,
      stockQuantity: i,
    }));
    await graph.do('syncProducts', { input: { source, items: [tea({ stockQuantity: 1 })] } });
    graph.subgraph.statements();

    await graph.do('syncProducts', { input: { source, items } });

    const statements = graph.subgraph.statements().map((sql) => sql.trim().split(/\s+/).slice(0, 3).join(' '));
    expect(statements).toEqual([
      'START TRANSACTION',
      'SELECT pg_advisory_xact_lock($1)',
      'SELECT "batch"."id" AS',
      'SELECT id, sku,',
      'INSERT INTO "integrations"."sync_runs"',
      'INSERT INTO "integrations"."sync_batches"',
      'COMMIT',
      'SELECT run_id AS',
    ]);
  });
});

describe('a call whose frame is wrong', () => {
  const soon = () => new Date(Date.now() + 6 * 60_000).toISOString();

  it.each([
    [
      '1,001 rows',
      () => ({ items: Array.from({ length: 1_001 }, (_, i) => ({ sku: `${i}`, name: 'x' })) }),
      /at most 1,000 items, this one has 1,001/,
    ],
    ['10,001 rows', () => ({ items: Array.from({ length: 10_001 }, () => ({ name: 'x' })) }), /10,001/],
    ['a source with spaces', () => ({ source: 'my feed' }), /`source` takes/],
    ['no source', () => ({ source: ' ' }), /`source` takes/],
    ['an empty key', () => ({ idempotencyKey: '' }), /`idempotencyKey` takes/],
    ['a key that is too long', () => ({ idempotencyKey: 'x'.repeat(201) }), /`idempotencyKey` takes/],
    ['a key with a NUL', () => ({ idempotencyKey: 'a\u0000' }), /`idempotencyKey` takes/],
    ['a time in the future', () => ({ observedAt: soon() }), /here it is .* more than five minutes in the future/],
    ['a time before there was 1C', () => ({ observedAt: '0001-01-01T00:00:00Z' }), /before the year 2000/],
  ])('with %s is refused, and nothing moves', async (_name, change, message) => {
    const before = await graph.records();

    const { data, errors } = await graph.ask('syncProducts', { input: { source, items: [tea()], ...change() } });

    expect(data).toBeNull();
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toMatch(message);
    expect(await graph.records()).toEqual(before);
    expect(graph.catalog.calls).toEqual([]);
  });
});
