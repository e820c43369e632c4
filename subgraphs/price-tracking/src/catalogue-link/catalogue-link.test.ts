import { setTimeout as delay } from 'node:timers/promises';
import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Person, Watchers } from '../testing/watchers.ts';
import { suggestLinkJob } from './suggest-catalogue-links.definition.ts';

let watchers: Watchers;
/** Goods by SKU, with their barcodes. */
const goods = new Map<string, string | null>();
let isDown = false;

const match = ({ sku, barcode }: { sku: string | null; barcode: string | null }) => {
  const skus = sku === null ? [...goods].filter(([, its]) => its === barcode).map(([known]) => known) : [sku];
  if (skus.length > 1) return { sku: null, known: false, error: { code: 'AMBIGUOUS_MATCH' } };
  return { sku: skus[0] ?? barcode, known: goods.has(skus[0] ?? ''), error: null };
};
const catalog = fakeSubgraph(async ({ variables }) => {
  if (isDown) throw new Error('the catalogue is away');
  return { data: { matchProducts: ((variables?.rows ?? []) as Parameters<typeof match>[0][]).map(match) } };
});

beforeAll(async () => {
  watchers = await Watchers.open({ peers: { catalog }, works: true });
});
afterEach(async () => {
  goods.clear();
  isDown = false;
  await watchers.empty();
});
afterAll(() => watchers.close());

const selection =
  'product { catalogueProduct { sku } suggestedCatalogueProduct { sku } countsForMarket } userErrors { code field }';
const confirm = async (productId: string, sku: string | null = null, who: Person = 'anna') => {
  const query = `mutation ($productId: ID!, $sku: String) { confirmCatalogueLink(productId: $productId, sku: $sku) { ${selection} } }`;
  return (await watchers.ask(query, { productId, sku }, who)).confirmCatalogueLink;
};
const remove = async (productId: string, who: Person = 'anna') => {
  const query = `mutation ($productId: ID!) { removeCatalogueLink(productId: $productId) { ${selection} } }`;
  return (await watchers.ask(query, { productId }, who)).removeCatalogueLink;
};
const suggested = async (id: string, who: Person = 'anna'): Promise<string | null> => {
  const query = 'query ($id: ID!) { trackedProduct(id: $id) { suggestedCatalogueProduct { sku } } }';
  return (await watchers.ask(query, { id }, who)).trackedProduct.suggestedCatalogueProduct?.sku ?? null;
};
const idle = async (): Promise<void> => {
  const sql = `SELECT id FROM jobs.job WHERE name = 'suggest-catalogue-links' AND state IN ('created', 'retry', 'active')`;
  while ((await watchers.subgraph.ownerQuery(sql)).length > 0) await delay(20);
};
const nightly = async () => {
  await watchers.subgraph.jobs.send(watchers.subgraph.dataSource.manager, suggestLinkJob, {});
  await idle();
};
const audited = async () => {
  const sql = `SELECT data->>'action' AS action, data->'after' AS after FROM jobs.job WHERE name = 'record-audit' ORDER BY created_on`;
  return watchers.subgraph.ownerQuery<{ action: string; after: object }>(sql);
};

const gtin = '4006381333931';

describe('a link to the catalogue', () => {
  it('is suggested by a barcode that goods alone have, however it is written, and confirmed by a person', async () => {
    goods.set('tea', `0${gtin}`).set('other', '96385074');
    const id = await watchers.product('Tea', { gtin });
    await idle();
    expect(await suggested(id)).toBe('tea');

    expect(await confirm(id)).toEqual({
      product: { catalogueProduct: { sku: 'tea' }, suggestedCatalogueProduct: null, countsForMarket: false },
      userErrors: [],
    });
    await nightly();
    expect(await suggested(id)).toBeNull();
    expect(await audited()).toEqual([]);
  });

  it('is not suggested where several goods have the barcode, or none has', async () => {
    goods.set('tea', gtin).set('tea again', gtin);
    const ambiguous = await watchers.product('Tea', { gtin });
    const unknown = await watchers.product('Other', { gtin: '96385074' });
    await idle();

    expect([await suggested(ambiguous), await suggested(unknown)]).toEqual([null, null]);
    expect((await confirm(ambiguous)).userErrors).toEqual([{ code: 'NO_SUGGESTION', field: ['sku'] }]);
  });

  it('is suggested by night once the goods have come, and no more once they are others', async () => {
    const ids = [];
    for (let n = 0; n < 3; n += 1) ids.push(await watchers.product(`Tea ${n}`, { gtin }));
    await idle();
    goods.set('tea', gtin);
    await nightly();
    for (const id of ids) expect(await suggested(id)).toBe('tea');

    goods.set('tea', null).set('new tea', gtin);
    await nightly();
    for (const id of ids) expect(await suggested(id)).toBe('new tea');
  });

  it('is rejected once and for all, until the barcode changes', async () => {
    goods.set('tea', gtin).set('milk', '96385074');
    const id = await watchers.product('Tea', { gtin });
    await idle();

    expect((await remove(id)).product.suggestedCatalogueProduct).toBeNull();
    await nightly();
    expect(await suggested(id)).toBeNull();
    expect((await remove(id)).userErrors).toEqual([{ code: 'NOT_LINKED', field: ['productId'] }]);

    const update =
      'mutation ($input: UpdateTrackedProductInput!) { updateTrackedProduct(input: $input) { userErrors { code } } }';
    await watchers.ask(update, { input: { id, gtin: '96385074' } });
    await idle();
    expect(await suggested(id)).toBe('milk');
  });

  it('counts for the market when staff have confirmed it, which is written down', async () => {
    goods.set('tea', null);
    const id = await watchers.product('Tea', {}, 'staff');

    expect((await confirm(id, ' tea ', 'staff')).product).toEqual({
      ...{ catalogueProduct: { sku: 'tea' }, suggestedCatalogueProduct: null, countsForMarket: true },
    });
    expect((await remove(id, 'staff')).product).toEqual({
      ...{ catalogueProduct: null, suggestedCatalogueProduct: null, countsForMarket: false },
    });

    expect(await audited()).toEqual([
      { action: 'catalogue-link.confirm', after: { catalogueSku: 'tea', countsForMarket: true } },
      { action: 'catalogue-link.remove', after: { catalogueSku: null, countsForMarket: false } },
    ]);
  });

  it('is refused to others, and to goods that there are not', async () => {
    goods.set('tea', null);
    const id = await watchers.product('Tea');

    for (const answer of [
      await confirm(id, 'tea', 'boris'),
      await remove(id, 'staff'),
      await confirm('nonsense', 'tea'),
    ])
      expect(answer).toMatchObject({ product: null, userErrors: [{ code: 'NOT_FOUND', field: ['productId'] }] });
    for (const sku of ['coffee', 'tea\0x'])
      expect((await confirm(id, sku)).userErrors).toEqual([{ code: 'UNKNOWN_SKU', field: ['sku'] }]);
  });

  it('waits for a catalogue that is away: products are made all the same', async () => {
    goods.set('tea', gtin);
    isDown = true;
    const id = await watchers.product('Tea', { gtin });
    const { errors } = await watchers.execute(
      `mutation { confirmCatalogueLink(productId: "${id}", sku: "tea") { product { id } } }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });

    isDown = false;
    await watchers.subgraph.ownerQuery(
      `DELETE FROM jobs.job WHERE name = 'suggest-catalogue-links' AND state = 'retry'`,
    );
    await nightly();
    expect(await suggested(id)).toBe('tea');
  });
});
