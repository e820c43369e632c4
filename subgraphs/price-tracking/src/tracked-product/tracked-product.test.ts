import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Person, Watchers } from '../testing/watchers.ts';

let watchers: Watchers;

beforeAll(async () => {
  watchers = await Watchers.open();
});
afterEach(() => watchers.empty());
afterAll(() => watchers.close());

const fields = `id name gtin imageUrl condition size contentAmount contentUnit targetPrice { amount currencyCode }
  isFavourite notes tags { name }`;
const create = async (input: object, who: Person = 'anna') => {
  const query = `mutation ($input: CreateTrackedProductInput!) { createTrackedProduct(input: $input) { product { ${fields} } userErrors { code field } } }`;
  return (await watchers.ask(query, { input }, who)).createTrackedProduct;
};
const update = async (input: object, who: Person = 'anna') => {
  const query = `mutation ($input: UpdateTrackedProductInput!) { updateTrackedProduct(input: $input) { product { ${fields} } userErrors { code field } } }`;
  return (await watchers.ask(query, { input }, who)).updateTrackedProduct;
};
const remove = async (id: string, who: Person = 'anna') => {
  const query = 'mutation ($id: ID!) { deleteTrackedProduct(id: $id) { deletedTrackedProductId userErrors { code } } }';
  return (await watchers.ask(query, { id }, who)).deleteTrackedProduct;
};
const see = async (id: string, who: Person = 'anna') =>
  (await watchers.ask('query ($id: ID!) { trackedProduct(id: $id) { name } }', { id }, who)).trackedProduct;
const list = async (variables: object = {}, who: Person = 'anna') => {
  const query = `query ($first: Int, $after: String, $filter: TrackedProductFilter, $sort: TrackedProductSort) {
    trackedProducts(first: $first, after: $after, filter: $filter, sort: $sort) { nodes { id name } totalCount pageInfo { hasNextPage endCursor } } }`;
  return (await watchers.ask(query, { ...variables }, who)).trackedProducts;
};
const names = async (variables: object = {}, who: Person = 'anna'): Promise<string[]> =>
  (await list(variables, who)).nodes.map(({ name }: { name: string }) => name);

describe('a tracked product', () => {
  it('is made with all that its owner says, changed and emptied', async () => {
    const { product } = await create({
      name: ' Green tea ',
      gtin: '4006381 333931',
      imageUrl: 'https://pictures.example/tea.jpg',
      contentAmount: '0.1',
      contentUnit: 'KG',
      targetPrice: { amount: '4.5', currencyCode: 'EUR' },
      isFavourite: true,
      notes: 'for mornings',
      tags: ['Tea', 'tea ', 'Breakfast'],
    });
    expect(product).toEqual({
      id: product.id,
      name: 'Green tea',
      gtin: '4006381333931',
      imageUrl: 'https://pictures.example/tea.jpg',
      condition: null,
      size: null,
      contentAmount: '0.100',
      contentUnit: 'KG',
      targetPrice: { amount: '4.50', currencyCode: 'EUR' },
      isFavourite: true,
      notes: 'for mornings',
      tags: [{ name: 'Breakfast' }, { name: 'Tea' }],
    });

    const emptied = { contentAmount: null, contentUnit: null, targetPrice: null, notes: null, gtin: null, tags: null };
    const changed = await update({ id: product.id, name: 'Tea', isFavourite: null, ...emptied });

    expect(changed).toEqual({ product: { ...product, name: 'Tea', ...emptied, tags: [] }, userErrors: [] });
    expect((await update({ id: product.id })).product).toEqual(changed.product);
  });

  it.each([
    [{ name: ' ' }, 'BAD_NAME', 'name'],
    [{ name: 'x'.repeat(301) }, 'BAD_NAME', 'name'],
    [{ name: 'a\0b' }, 'BAD_NAME', 'name'],
    [{ name: 'x', gtin: '4006381333932' }, 'BAD_GTIN', 'gtin'],
    [{ name: 'x', gtin: 'tea' }, 'BAD_GTIN', 'gtin'],
    [{ name: 'x', imageUrl: 'ftp://x.example' }, 'BAD_URL', 'imageUrl'],
    [{ name: 'x', size: 'x'.repeat(51) }, 'TOO_LONG', 'size'],
    [{ name: 'x', notes: 'x'.repeat(5_001) }, 'TOO_LONG', 'notes'],
    [{ name: 'x', contentAmount: '1' }, 'CONTENT_INCOMPLETE', 'contentUnit'],
    [{ name: 'x', contentUnit: 'KG' }, 'CONTENT_INCOMPLETE', 'contentAmount'],
    [{ name: 'x', contentUnit: 'KG', contentAmount: '0' }, 'OUT_OF_RANGE', 'contentAmount'],
    [{ name: 'x', contentUnit: 'KG', contentAmount: '0.0001' }, 'OUT_OF_RANGE', 'contentAmount'],
    [{ name: 'x', targetPrice: { amount: '1', currencyCode: 'EURO' } }, 'BAD_CURRENCY', 'targetPrice'],
    [{ name: 'x', targetPrice: { amount: '-1', currencyCode: 'EUR' } }, 'OUT_OF_RANGE', 'targetPrice'],
    [{ name: 'x', targetPrice: { amount: '100000000000000', currencyCode: 'EUR' } }, 'OUT_OF_RANGE', 'targetPrice'],
    [{ name: 'x', tags: [''] }, 'BAD_TAG', 'tags'],
    [{ name: 'x', tags: Array.from({ length: 51 }, (_, i) => `${i}`) }, 'TOO_MANY', 'tags'],
  ])('is refused, and nothing made: %j', async (input, code, field) => {
    expect(await create(input)).toEqual({ product: null, userErrors: [{ code, field: ['input', field] }] });
    expect(await watchers.counts('tracked_products', 'tags')).toEqual({ tracked_products: 0, tags: 0 });
  });

  it('is nobody else’s to see, change or delete, but an admin’s', async () => {
    const id = await watchers.product('Tea', { tags: ['mine'] });

    for (const who of ['boris', 'staff'] as const) {
      expect(await see(id, who)).toBeNull();
      expect(await names({}, who)).toEqual([]);
      expect((await update({ id, name: 'Theirs' }, who)).userErrors).toEqual([
        { code: 'NOT_FOUND', field: ['input', 'id'] },
      ]);
      expect(await remove(id, who)).toEqual({ deletedTrackedProductId: null, userErrors: [{ code: 'NOT_FOUND' }] });
    }
    for (const bad of [randomUUID(), 'nonsense', ''])
      expect([await see(bad), (await remove(bad)).userErrors]).toEqual([null, [{ code: 'NOT_FOUND' }]]);
    expect(
      (await watchers.execute('{ trackedProducts { nodes { id } } }', {}, 'anonymous')).errors?.[0]?.extensions,
    ).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(
      (await watchers.execute('{ trackedProducts { nodes { id } } }', {}, 'service')).errors?.[0]?.extensions,
    ).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await see(id, 'admin')).toEqual({ name: 'Tea' });
    expect(await names({}, 'admin')).toEqual([]);
    expect(await remove(id, 'admin')).toEqual({ deletedTrackedProductId: id, userErrors: [] });
    const audited = await watchers.subgraph.ownerQuery<{ action: string }>(
      `SELECT data->>'action' AS action FROM jobs.job WHERE name = 'record-audit'`,
    );
    expect(audited).toEqual([{ action: 'tracked-product.delete' }]);
  });

  it('goes with its pages, history, alerts and tags’ links, and leaves those of others', async () => {
    const id = await watchers.product('Tea', { tags: ['a', 'b'] });
    const urlId = await watchers.page(id, 'https://tea.example/1');
    const other = await watchers.product('Milk', { tags: ['a'] });
    const otherUrl = await watchers.page(other, 'https://milk.example/1');
    for (const [product, url] of [
      [id, urlId],
      [other, otherUrl],
    ])
      await watchers.subgraph.ownerQuery(
        `INSERT INTO price_tracking.price_points (url_id, product_id, price, currency, observed_at) SELECT $1, $2, 1, 'EUR', now() FROM generate_series(1, 3)`,
        [url, product],
      );
    await watchers.subgraph.ownerQuery(
      `INSERT INTO price_tracking.price_alerts (owner_id, product_id, kind, scope)
       SELECT owner_id, id, 'ANY_CHANGE', 'ANY_URL' FROM price_tracking.tracked_products`,
    );

    expect(await remove(id)).toEqual({ deletedTrackedProductId: id, userErrors: [] });

    expect(await watchers.counts('price_alerts')).toEqual({ price_alerts: 1 });
    expect(
      await watchers.counts(
        'tracked_products',
        'tracked_urls',
        'price_points',
        'tracked_product_tags',
        'tags',
        'stores',
      ),
    ).toEqual({ tracked_products: 1, tracked_urls: 1, price_points: 3, tracked_product_tags: 1, tags: 2, stores: 2 });
    expect((await remove(id)).userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });
});

describe('the list of tracked products', () => {
  const price = async (productId: string, amount: string | null, currency = 'EUR') => {
    const url = await watchers.page(productId, `https://shop-${currency.toLowerCase()}.example/${randomUUID()}`);
    if (amount)
      await watchers.subgraph.ownerQuery(
        'UPDATE price_tracking.tracked_urls SET price = $2, currency = $3 WHERE id = $1',
        [...[url, amount, currency]],
      );
  };

  it('is read on page by page in each order', async () => {
    for (const [name, amount, currency] of [
      ['cocoa', '9.90', 'EUR'],
      ['Apple', '100', 'EUR'],
      ['bread', '30', 'SEK'],
      ['dill', null, 'EUR'],
      ['Eggs', '9.90', 'EUR'],
    ] as const)
      await price(await watchers.product(name), amount, currency);
    await watchers.product('none of hers', {}, 'boris');
    const walk = async (sort: string) => {
      const seen: string[] = [];
      for (let after: string | null = null; ; ) {
        const { nodes, pageInfo, totalCount } = await list({ sort, first: 2, after });
        expect(totalCount).toBe(5);
        seen.push(...nodes.map(({ name }: { name: string }) => name));
        if (!pageInfo.hasNextPage) return seen;
        after = pageInfo.endCursor;
      }
    };

    expect(await walk('NEWEST')).toEqual(['Eggs', 'dill', 'bread', 'Apple', 'cocoa']);
    expect(await walk('NAME')).toEqual(['Apple', 'bread', 'cocoa', 'dill', 'Eggs']);
    const byPrice = await walk('PRICE');
    expect(byPrice.slice(0, 2).sort()).toEqual(['Eggs', 'cocoa']);
    expect(byPrice.slice(2)).toEqual(['Apple', 'bread', 'dill']);
  });

  it('finds by tag, favourite, store, words and codes, all of them together', async () => {
    const tea = await watchers.product('Green tea 100%', { tags: ['Hot'], isFavourite: true, gtin: '4006381333931' });
    await watchers.product('Black tea', { tags: ['hot'] });
    await watchers.product('Milk_', { isFavourite: true });
    await watchers.page(tea, 'https://tea.example/green');
    const { trackedTags, stores } = await watchers.ask(
      '{ trackedTags { id name productCount } stores { nodes { id } } }',
    );
    expect(trackedTags).toMatchObject([{ name: 'Hot', productCount: 2 }]);
    const [{ id: tagId }] = trackedTags;
    const [{ id: storeId }] = stores.nodes;

    const found = (filter: object) => names({ filter, sort: 'NAME' });
    expect(await found({ tagId })).toEqual(['Black tea', 'Green tea 100%']);
    expect(await found({ isFavourite: true })).toEqual(['Green tea 100%', 'Milk_']);
    expect(await found({ isFavourite: false })).toEqual(['Black tea']);
    expect(await found({ storeId })).toEqual(['Green tea 100%']);
    expect(await found({ text: 'TEA' })).toEqual(['Black tea', 'Green tea 100%']);
    expect(await found({ text: '%' })).toEqual(['Green tea 100%']);
    expect(await found({ text: '_' })).toEqual(['Milk_']);
    expect(await found({ text: '04006381333931' })).toEqual(['Green tea 100%']);
    expect(await found({ text: 'tea', tagId, isFavourite: true, storeId })).toEqual(['Green tea 100%']);
    for (const nothing of [{ tagId: 'nonsense' }, { storeId: randomUUID() }, { text: 'tea\0\ud800x' }])
      expect(await found(nothing)).toEqual([]);
  });

  it('refuses cursors of another sort, and those that are made up', async () => {
    await watchers.product('a');
    await watchers.product('b');
    const { pageInfo } = await list({ first: 1, sort: 'NAME' });
    const made = (...values: unknown[]) =>
      Buffer.from(JSON.stringify(['tracked-products:PRICE:{}', ...values])).toString('base64url');
    const bad = [
      pageInfo.endCursor,
      'x',
      made('EUR', '1'),
      made('EUR', 'x', randomUUID()),
      made('EUR', '1', 'x'),
      made('é', '1', randomUUID()),
    ];

    for (const after of bad) {
      const query = `{ trackedProducts(sort: PRICE, after: "${after}") { nodes { id } } }`;
      expect((await watchers.execute(query)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_CURSOR' });
    }
    expect(await names({ sort: 'PRICE', after: made('EUR', '1', randomUUID()) })).toHaveLength(2);
  });

  it('asks the database as often for many as for one', async () => {
    const query = `{ trackedProducts { totalCount nodes { name tags { name productCount } primaryUrl { url store { name } } urls { url store { name } product { name } } } } }`;
    const add = async (name: string) => {
      const id = await watchers.product(name, { tags: [name, 'all'] });
      await watchers.page(id, `https://${name}.example/1`);
      await watchers.page(id, `https://${name}.example/2`);
    };
    const count = async () => {
      watchers.subgraph.statements();
      await watchers.ask(query);
      return watchers.subgraph.statements().length;
    };
    await add('one');
    const ofOne = await count();
    for (const name of ['two', 'three', 'four']) await add(name);

    expect(await count()).toBe(ofOne);
    expect(ofOne).toBeLessThanOrEqual(8);
  });
});
