import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryHarness, minutesAgo } from '../testing/inventory-harness.ts';

let shop: InventoryHarness;

beforeAll(async () => {
  shop = await InventoryHarness.open();
});
afterEach(async () => {
  await shop.empty();
  await shop.subgraph.ownerQuery(`
    DELETE FROM inventory.warehouses WHERE id > 1;
    UPDATE inventory.warehouses SET name = 'Atyrau Main', address = NULL, is_default = true;
    ALTER TABLE inventory.warehouses ALTER COLUMN id RESTART WITH 2`);
});
afterAll(() => shop.close());

const warehouse = 'warehouse { name externalId address isDefault } userErrors { code field }';

const create = async (input: object) =>
  (
    await shop.ask(`mutation ($input: CreateWarehouseInput!) { createWarehouse(input: $input) { ${warehouse} } }`, {
      input: { name: 'South', externalId: '002', ...input },
    })
  ).createWarehouse;

const update = async (input: object) =>
  (
    await shop.ask(`mutation ($input: UpdateWarehouseInput!) { updateWarehouse(input: $input) { ${warehouse} } }`, {
      input,
    })
  ).updateWarehouse;

const directory = async () =>
  (await shop.ask('{ warehouseDirectory }', {}, viewers.internal)).warehouseDirectory as {
    id: string;
    externalId: string;
    name: string;
    isDefault: boolean;
  }[];

const apply = async (rows: object[]) => {
  const numbered = rows.map((row, index) => ({ index, ...row }));
  const answer = await shop.ask(
    'mutation ($batch: JSON!) { applyWarehouses(batch: $batch) }',
    { batch: { source: 'scraper', rows: numbered } },
    viewers.internal,
  );
  return (answer.applyWarehouses as { outcome: string; errors: { code: string }[] }[]).map(
    ({ outcome, errors }) => errors[0]?.code ?? outcome,
  );
};

describe('the warehouses of a new shop', () => {
  it('are the one of the migration, which is the default', async () => {
    expect(await directory()).toEqual([{ id: '1', externalId: '001', name: 'Atyrau Main', isDefault: true }]);
  });
});

describe('createWarehouse', () => {
  it('makes one beside the default', async () => {
    expect(await create({ address: ' Abai 1 ' })).toEqual({
      warehouse: { name: 'South', externalId: '002', address: 'Abai 1', isDefault: false },
      userErrors: [],
    });
    expect((await directory()).map(({ id, isDefault }) => [id, isDefault])).toEqual([
      ['1', true],
      ['2', false],
    ]);
  });

  it('takes the default over when told so', async () => {
    await create({ isDefault: true });

    expect((await directory()).map(({ isDefault }) => isDefault)).toEqual([false, true]);
  });

  it.each([
    [{ externalId: '001' }, 'TAKEN', 'externalId'],
    [{ name: '  ' }, 'BAD_NAME', 'name'],
    [{ name: 'x'.repeat(201) }, 'BAD_NAME', 'name'],
    [{ name: 'A\0B' }, 'BAD_NAME', 'name'],
    [{ externalId: '' }, 'BAD_EXTERNAL_ID', 'externalId'],
    [{ address: 'half \ud83d' }, 'BAD_ADDRESS', 'address'],
    [{ externalId: '9'.repeat(101) }, 'BAD_EXTERNAL_ID', 'externalId'],
    [{ address: 'x'.repeat(501) }, 'BAD_ADDRESS', 'address'],
  ])('refuses %j with %s', async (input, code, field) => {
    expect(await create(input)).toEqual({ warehouse: null, userErrors: [{ code, field: ['input', field] }] });

    expect(await directory()).toHaveLength(1);
  });
});

describe('updateWarehouse', () => {
  it('changes what is given and leaves the rest', async () => {
    await update({ id: '1', address: 'Abai 1' });

    expect(await update({ id: '1', name: 'Centre' })).toEqual({
      warehouse: { name: 'Centre', externalId: '001', address: 'Abai 1', isDefault: true },
      userErrors: [],
    });
    expect((await update({ id: '1', address: null })).warehouse.address).toBeNull();
  });

  it('hands the default from one to another', async () => {
    await create({});

    await update({ id: '2', isDefault: true });

    expect((await directory()).map(({ isDefault }) => isDefault)).toEqual([false, true]);
  });

  it('leaves one default when many take it at once', async () => {
    for (const code of ['2', '3', '4']) await create({ externalId: code });

    await Promise.all(['1', '2', '3', '4', '4', '3', '2', '1'].map((id) => update({ id, isDefault: true })));

    expect((await directory()).filter(({ isDefault }) => isDefault)).toHaveLength(1);
  });

  it.each([
    [{ id: '77', name: 'X' }, 'NOT_FOUND', 'id'],
    [{ id: 'one', name: 'X' }, 'NOT_FOUND', 'id'],
    [{ id: '1', name: null }, 'BAD_NAME', 'name'],
    [{ id: '1', isDefault: false }, 'DEFAULT_NEEDED', 'isDefault'],
  ])('refuses %j with %s', async (input, code, field) => {
    const before = await directory();

    expect(await update(input)).toEqual({ warehouse: null, userErrors: [{ code, field: ['input', field] }] });

    expect(await directory()).toEqual(before);
  });
});

describe('warehouses as 1C names them', () => {
  it('are made, renamed and left as they are', async () => {
    const rows = [
      { externalId: '1', name: 'Main' },
      { externalId: '000000002', name: 'South', address: 'Abai 1' },
    ];

    expect(await apply(rows)).toEqual(['UPDATED', 'CREATED']);
    expect(await apply(rows)).toEqual(['UNCHANGED', 'UNCHANGED']);
    expect((await directory()).map(({ externalId, name }) => `${externalId} ${name}`)).toEqual([
      '001 Main',
      '000000002 South',
    ]);
  });

  it('reject a row alone', async () => {
    const rows = [
      { externalId: '', name: 'Nameless code' },
      { externalId: '5', name: '' },
      { externalId: '05', name: 'Five' },
      { externalId: '5', name: 'Five again' },
    ];

    expect(await apply(rows)).toEqual(['BAD_EXTERNAL_ID', 'BAD_NAME', 'CREATED', 'DUPLICATE_IN_BATCH']);
  });

  it('come out once when two exports arrive at once', async () => {
    const rows = [
      { externalId: 'A', name: 'A' },
      { externalId: 'B', name: 'B' },
    ];

    await Promise.all(Array.from({ length: 8 }, () => apply(rows)));

    expect((await directory()).map(({ externalId }) => externalId)).toEqual(['001', 'A', 'B']);
  });
});

describe('the list of warehouses', () => {
  it('counts what lies in each and says how new that is, in one statement for all', async () => {
    const second = await shop.makeWarehouse('002');
    const observedAt = minutesAgo(3);
    await shop.apply(
      [
        ['TEA', '5'],
        ['RICE', '-1'],
        ['SALT', '0'],
        ['GHOST', '2', '1', true],
      ],
      { observedAt },
    );
    await shop.apply([['TEA', '5']], { observedAt: minutesAgo(1) });
    shop.subgraph.statements();

    const { warehouses } = await shop.ask(
      '{ warehouses { nodes { id summary { goods inStock negative parked asOf } } } }',
    );

    expect(shop.subgraph.statements()).toHaveLength(2);
    const asOf = warehouses.nodes[0].summary.asOf;
    expect(warehouses.nodes).toEqual([
      { id: '1', summary: { goods: 4, inStock: 2, negative: 1, parked: 1, asOf } },
      { id: second, summary: { goods: 0, inStock: 0, negative: 0, parked: 0, asOf: null } },
    ]);
    expect(Date.parse(asOf)).toBeGreaterThan(Date.parse(observedAt));
  });

  it('is read page by page', async () => {
    for (const code of ['2', '3']) await shop.makeWarehouse(code);
    const page = async (after: string | null) =>
      (
        await shop.ask(
          'query ($after: String) { warehouses(first: 2, after: $after) { totalCount nodes { externalId } pageInfo { hasNextPage hasPreviousPage endCursor } } }',
          { after },
        )
      ).warehouses;

    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);

    expect(first.totalCount).toBe(3);
    expect(first.nodes).toEqual([{ externalId: '001' }, { externalId: '2' }]);
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(second.nodes).toEqual([{ externalId: '3' }]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('gives one by its number, and null for none', async () => {
    const answer = await shop.ask(
      '{ known: warehouse(id: "1") { name } unknown: warehouse(id: "9") { name } strange: warehouse(id: "x") { name } }',
    );

    expect(answer).toEqual({ known: { name: 'Atyrau Main' }, unknown: null, strange: null });
  });
});
