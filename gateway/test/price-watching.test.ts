import { shopPage } from '@gastronom/price-tracking/testing/shop-page';
import { type ShopWeb, serveShops } from '@gastronom/price-tracking/testing/shop-web';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modes, startTestGraph, type TestGraph } from './harness.ts';
import { until } from './one-c-harness.ts';
import { Syncing } from './sync-harness.ts';

const gtin = '4006381333931';
const [nearby, faraway] = ['127.0.0.61', '127.0.0.62'];

let web: ShopWeb;

beforeAll(async () => {
  web = await serveShops({
    [nearby]: { '/tea': shopPage({ title: 'Green tea', price: '4.90', currency: 'EUR', gtin }) },
    [faraway]: { '/tea': shopPage({ title: 'Tea, green', price: '3.90', currency: 'EUR' }) },
  });
  // However slow the machine is, nothing runs out of time.
  const patience = { PAGE_PATIENCE_SECONDS: '120', SUBGRAPH_TIMEOUT_MS: '120000', OPERATION_TIMEOUT_MS: '120000' };
  Object.assign(process.env, { ALLOW_PRIVATE_ADDRESSES: '127.0.0.0/8', FETCH_DELAY_MS: '0', ...patience });
});
afterAll(() => web.close());

describe.each(modes)('somebody who watches prices (%s)', (mode) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph(mode);
    const goods = { sku: 'tea', barcode: gtin, name: 'Tea', price: '5.50', currency: 'EUR' };
    expect(await new Syncing(graph).goods([goods])).toEqual(['CREATED']);
  });
  afterAll(() => graph.stop());

  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what the answer looks like
  const ask = async (query: string, variables: object = {}, who: 'staff' | 'customer' = 'staff'): Promise<any> => {
    const { data, errors } = await graph.query(query, { ...variables }, graph.tokens[who]);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };

  it('adds pages by their addresses, links them with the shop’s goods, and sees what the market asks', async () => {
    const add = `mutation ($input: QuickAddByUrlInput!) { quickAddByUrl(input: $input) {
      product { id name } trackedUrl { price { amount } } userErrors { code } } }`;
    const { quickAddByUrl } = await ask(add, { input: { url: web.url(nearby, '/tea') } });
    const productId = quickAddByUrl.product.id;
    expect(quickAddByUrl).toEqual({
      product: { id: productId, name: 'Green tea' },
      trackedUrl: { price: { amount: '4.90' } },
      userErrors: [],
    });

    const see = `query ($id: ID!) { trackedProduct(id: $id) {
      suggestedCatalogueProduct { sku name } catalogueProduct { name marketPrice { lowest { amount } stores } }
      urls { url store { name } price { amount } } } }`;
    const suggested = await until('a suggestion', async () => {
      const { trackedProduct } = await ask(see, { id: productId });
      return trackedProduct.suggestedCatalogueProduct;
    });
    expect(suggested).toEqual({ sku: 'tea', name: 'Tea' });
    const confirm = 'mutation ($id: ID!) { confirmCatalogueLink(productId: $id) { product { countsForMarket } } }';
    expect((await ask(confirm, { id: productId })).confirmCatalogueLink).toEqual({
      product: { countsForMarket: true },
    });

    const input = {
      productId,
      items: [{ url: web.url(faraway, '/tea') }, { url: web.url(nearby, '/tea') }, { url: 'x' }],
    };
    const { bulkImportUrls } = await ask(
      'mutation ($input: BulkImportUrlsInput!) { bulkImportUrls(input: $input) { created { isPending } skipped { reason } } }',
      { input },
    );
    expect(bulkImportUrls).toEqual({
      created: [{ isPending: false }],
      skipped: [{ reason: 'DUPLICATE' }, { reason: 'INVALID_URL' }],
    });

    expect((await ask(see, { id: productId })).trackedProduct).toEqual({
      suggestedCatalogueProduct: null,
      catalogueProduct: { name: 'Tea', marketPrice: { lowest: { amount: '3.90' }, stores: 2 } },
      urls: [
        { url: web.url(nearby, '/tea'), store: { name: nearby }, price: { amount: '4.90' } },
        { url: web.url(faraway, '/tea'), store: { name: faraway }, price: { amount: '3.90' } },
      ],
    });
    expect(await ask(see, { id: productId }, 'customer')).toEqual({ trackedProduct: null });
  });

  it('deletes what is watched, and the market is empty', async () => {
    const { trackedProducts } = await ask('{ trackedProducts { nodes { id } } }');
    const [{ id }] = trackedProducts.nodes;

    await ask('mutation ($id: ID!) { deleteTrackedProduct(id: $id) { deletedTrackedProductId } }', { id });

    const market = '{ productsBySku(skus: ["tea"]) { marketPrice { stores } } trackedProducts { nodes { id } } }';
    expect(await ask(market)).toEqual({ productsBySku: [{ marketPrice: null }], trackedProducts: { nodes: [] } });
  });
});
