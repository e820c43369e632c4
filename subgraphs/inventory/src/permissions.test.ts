import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryHarness } from './testing/inventory-harness.ts';
import { smallCatalog } from './testing/small-catalog.ts';

let shop: InventoryHarness;

beforeAll(async () => {
  shop = await InventoryHarness.open(smallCatalog([]));
});
afterAll(() => shop.close());

const id = '00000000-0000-4000-8000-000000000000';
const good = `_entities(representations: [{ __typename: "Product", sku: "TEA", isAvailable: true, categoryPath: [] }])`;

const everyone = ['anonymous', 'customer', 'staff', 'admin', 'service', 'internal'] as const;
const staff = ['staff', 'admin'] as const;
const internal = ['internal'] as const;

/** What those who are let in are told, where that is an error. */
type Told = 'NOT_FOUND';

const fields: [field: string, operation: string, allowed: readonly (keyof typeof viewers)[], told?: Told][] = [
  ['Product.availableOnline', `{ ${good} { ... on Product { sku availableOnline } } }`, everyone],
  ['Product.availability', `{ ${good} { ... on Product { availability { status asOf isStale } } } }`, everyone],
  ['Product.stock', `{ ${good} { ... on Product { stock { id } } } }`, staff],
  ['Query.warehouses', '{ warehouses { nodes { id } } }', staff],
  ['Query.warehouse', '{ warehouse(id: "1") { id } }', staff],
  ['Query.stockLedger', '{ stockLedger(sku: "TEA") { nodes { id } } }', staff],
  ['Query.buffers', '{ buffers { global { quantity } } }', staff],
  ['Query.bufferChanges', '{ bufferChanges { nodes { id } } }', staff],
  ['Query.stockBufferImpact', '{ stockBufferImpact(buffer: 1) { goods } }', staff],
  ['Query.warehouseDirectory', '{ warehouseDirectory }', internal],
  ['Query.reservation', '{ reservation(orderKey: "A") }', internal],
  ['Query.availableForOffers', '{ availableForOffers(goods: []) }', internal],
  [
    'Mutation.createWarehouse',
    'mutation { createWarehouse(input: { name: "", externalId: "" }) { userErrors { code } } }',
    staff,
  ],
  ['Mutation.updateWarehouse', 'mutation { updateWarehouse(input: { id: "9" }) { userErrors { code } } }', staff],
  ['Mutation.refreshWarehouse', 'mutation { refreshWarehouse(id: "9") { userErrors { code } } }', staff],
  ['Mutation.setGlobalBuffer', 'mutation { setGlobalBuffer(input: { quantity: -1 }) { userErrors { code } } }', staff],
  [
    'Mutation.setCategoryBuffer',
    `mutation { setCategoryBuffer(input: { categoryId: "${id}", quantity: 1 }) { userErrors { code } } }`,
    staff,
  ],
  [
    'Mutation.setProductBuffer',
    'mutation { setProductBuffer(input: { sku: "NONE", quantity: 1 }) { userErrors { code } } }',
    staff,
  ],
  [
    'Mutation.reportStockRefresh',
    'mutation { reportStockRefresh(input: { warehouseId: "1", requestedAt: null, outcome: "ANSWERED" }) }',
    internal,
  ],
  [
    'Mutation.reserveStock',
    'mutation { reserveStock(input: { orderKey: "A", lines: [{ sku: "TEA", quantity: "1" }] }) }',
    internal,
  ],
  [
    'Mutation.releaseReservation',
    'mutation { releaseReservation(input: { orderKey: "NONE" }) }',
    internal,
    'NOT_FOUND',
  ],
  [
    'Mutation.settleReservation',
    'mutation { settleReservation(input: { orderKey: "NONE", handedOverAt: "2026-01-01T00:00:00Z" }) }',
    internal,
    'NOT_FOUND',
  ],
  ['Mutation.repairReservedTotals', 'mutation { repairReservedTotals { checked } }', ['admin']],
  ['Mutation.applyWarehouses', 'mutation { applyWarehouses(batch: { rows: [] }) }', internal],
  [
    'Mutation.applyStocks',
    `mutation { applyStocks(batch: { source: "s", runId: "${id}", observedAt: "2026-01-01T00:00:00Z", actor: "a" }) }`,
    internal,
  ],
  [
    'Mutation.applyStockSnapshot',
    `mutation { applyStockSnapshot(input: { source: "s", runId: "${id}", observedAt: "2026-01-01T00:00:00Z", dryRun: false }) }`,
    internal,
  ],
];

describe.each(fields)('%s', (_field, operation, allowed, told) => {
  it.each(everyone)('knows whether it is for %s', async (name) => {
    const { errors } = await shop.subgraph.execute(operation, {}, viewers[name]);

    // No sign-in would open what only the product itself may call.
    const refusal = name === 'anonymous' && allowed !== internal ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    const codes = errors?.map((error) => error.extensions?.code) ?? [];
    expect(codes).toEqual((allowed as readonly string[]).includes(name) ? (told ? [told] : []) : [refusal]);
  });
});
