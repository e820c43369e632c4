import { type GraphQLSchema, getNamedType, isObjectType, isRequiredArgument } from 'graphql';
import type { TestGraph } from '../harness.ts';
import { at, Syncing } from '../sync-harness.ts';
import { openTheMarket } from './marketplace-rows.ts';
import { type Caller, favouriteMoments, marked } from './neighbours.ts';
import type { Pool } from './random-value.ts';
import { watchPrices } from './watched-rows.ts';

type TokenOf = (caller: Caller) => string;

const goods = Array.from({ length: 12 }, (_, i) => ({
  sku: `good-${i}`,
  barcode: `46000000000${i}`,
  name: `Хлеб ${i} bread`,
  price: `${10 + i}.50`,
  currency: 'RUB',
  categoryPath: ['Food', i % 2 === 0 ? 'Bread' : 'Milk'],
  imageUrls: [`https://img.example/${i}.jpg`],
}));

async function fillShelves(graph: TestGraph, tokenOf: TokenOf): Promise<void> {
  const syncing = new Syncing(graph);
  const staff = tokenOf('stepan');
  const warehouse = { name: marked('warehouse'), externalId: '001', address: marked('warehouse'), isDefault: true };
  await graph.query(
    'mutation ($input: CreateWarehouseInput!) { createWarehouse(input: $input) { userErrors { code } } }',
    { input: warehouse },
    staff,
  );
  const source = marked('run');
  await syncing.do('syncProducts', { input: { source, items: goods, observedAt: at(1) } });
  const counts = goods.map(({ sku }, i) => ({ sku, quantity: i * 3 }));
  await syncing.do('syncStocks', { input: { source, warehouse: '001', observedAt: at(2), items: counts } });
  await syncing.do('syncProducts', { input: { source, items: [{ sku: 'bad', name: '' }] } });
  await syncing.do('startSync', { source, mode: 'SNAPSHOT' });
  await graph.query(
    'mutation ($input: SetProductBufferInput!) { setProductBuffer(input: $input) { userErrors { code } } }',
    { input: { sku: 'good-1', quantity: 2 } },
    staff,
  );
}

async function markThings(graph: TestGraph, tokenOf: TokenOf): Promise<void> {
  const [product] = await graph.database.query<{ id: string }>("SELECT id FROM catalog.products WHERE sku = 'good-1'");
  const add = 'mutation ($id: ID!) { addFavourite(productId: $id) { userErrors { code } } }';
  for (const [name, moment] of Object.entries(favouriteMoments)) {
    await graph.query(add, { id: product?.id }, tokenOf(name as Caller));
    await graph.database.query(
      `UPDATE catalog.favourites SET added_at = $2
       WHERE user_id = (SELECT id FROM accounts.users WHERE name = $1)`,
      [marked(`name-${name}`), moment],
    );
  }
  await graph.query(
    'mutation ($input: CreateServiceKeyInput!) { createServiceKey(input: $input) { userErrors { code } } }',
    { input: { name: marked('key'), scopes: ['sync:write'] } },
    tokenOf('alla'),
  );
}

/** Ids in the database, by their tables, whoever they are of. */
async function idsOf(graph: TestGraph): Promise<Map<string, string[]>> {
  const tables = await graph.database.query<{ place: string; name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS place, table_name AS name FROM information_schema.columns
     WHERE column_name = 'id' AND table_schema NOT IN ('jobs', 'pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const ids = new Map<string, string[]>();
  for (const { place, name } of tables) {
    const rows = await graph.database.query<{ id: string }>(`SELECT id::text FROM ${place} ORDER BY 1 LIMIT 30`);
    const plain = rows.map(({ id }) => id).filter((id) => !id.includes('zz-'));
    if (plain.length > 0) ids.set(name, plain);
  }
  return ids;
}

/** A cursor of each list that is reached without an argument, as one who sees all of them gets it. */
async function cursorsOf(graph: TestGraph, schema: GraphQLSchema, tokenOf: TokenOf): Promise<string[]> {
  const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ type, args }) => {
    const named = getNamedType(type);
    return isObjectType(named) && 'pageInfo' in named.getFields() && !args.some(isRequiredArgument);
  });
  const cursors: string[] = [];
  for (const { name } of lists)
    for (const caller of ['alla', 'kira'] as const) {
      const { data } = await graph.query(`{ list: ${name}(first: 2) { pageInfo { endCursor } } }`, {}, tokenOf(caller));
      if (data?.list?.pageInfo.endCursor) cursors.push(data.list.pageInfo.endCursor);
    }
  return cursors;
}

/** Fills the shop with goods, stock and what people keep there; tells what there is to be named. */
export async function stockTheShop(graph: TestGraph, schema: GraphQLSchema, tokenOf: TokenOf): Promise<Pool> {
  await fillShelves(graph, tokenOf);
  await markThings(graph, tokenOf);
  await openTheMarket(graph, tokenOf);
  await watchPrices(graph.database);
  const texts = [
    ...goods.slice(0, 3).flatMap(({ sku, barcode }) => [sku, barcode]),
    'bread',
    'хлеб',
    '001',
    '1',
    'sync:write',
    'Food',
    'house:good-3',
    'house:good-5',
    'offers:write',
  ];
  return { ids: await idsOf(graph), texts, cursors: await cursorsOf(graph, schema, tokenOf) };
}
