import { fakeSubgraph } from '@gastronom/shared/testing/fake-subgraph';
import { createTestSubgraph, type TestSubgraph, viewers } from '@gastronom/shared/testing/test-subgraph';
import type { Viewer } from '@gastronom/shared/viewer';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { priceTracking } from '../subgraph.ts';
import { ensureStoreFor } from './ensure-store.ts';
import { giveStores } from './give-stores.ts';

let subgraph: TestSubgraph;
const { customer, staff, admin } = viewers;
const ops = '00000000-0000-4000-8000-0000000000e1';

const accounts = fakeSubgraph(async ({ variables }) => {
  const { email, create } = (variables?.input ?? {}) as { email: string; create: boolean };
  const user = email === 'ops@example.com' || create ? { id: ops } : null;
  const userErrors = user ? [] : [{ code: 'NOT_FOUND', message: 'There is no such person.' }];
  return { data: { ensureUser: email.includes('@') ? { user, userErrors } : { user: null, userErrors } } };
});

beforeAll(async () => {
  subgraph = await createTestSubgraph(priceTracking, { subgraphs: { accounts } });
});
afterEach(() => subgraph.ownerQuery('TRUNCATE price_tracking.stores, price_tracking.tracked_products CASCADE'));
afterAll(() => subgraph.close());

const fields = `{ id name slug websiteUrl domains locale currency selectors { field selector } testUrl notes
  delayMs concurrency rendering urlCount owner { id } }`;
const ask = async (query: string, variables: object, viewer: Viewer) => {
  const { data, errors } = await subgraph.execute(query, { ...variables }, viewer);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
};
const mutate = async (name: 'createStore' | 'updateStore', input: object, viewer: Viewer = customer) => {
  const type = name === 'createStore' ? 'CreateStoreInput' : 'UpdateStoreInput';
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { store ${fields} userErrors { code field } } }`;
  return (await ask(query, { input }, viewer))[name];
};
const create = (input: object, viewer?: Viewer) => mutate('createStore', input, viewer);
const update = (input: object, viewer?: Viewer) => mutate('updateStore', input, viewer);
const remove = async (id: string, viewer: Viewer = customer) =>
  (
    await ask(
      'mutation ($id: ID!) { deleteStore(id: $id) { deletedStoreId userErrors { code field } } }',
      { id },
      viewer,
    )
  ).deleteStore;
const rows = () => subgraph.ownerQuery('SELECT * FROM price_tracking.stores ORDER BY id');
const list = async (query: string, viewer: Viewer = customer, variables: object = {}) =>
  (
    await ask(
      `query ${query.includes('$') ? '($first: Int, $after: String)' : ''} { stores${query} }`,
      variables,
      viewer,
    )
  ).stores;

describe('createStore', () => {
  it('keeps everything as it is meant', async () => {
    const { store, userErrors } = await create({
      name: ' Contoso ',
      websiteUrl: 'https://contoso.example',
      domains: ['Contoso.example:443', 'https://www.contoso.example/shop', '*.contoso.example', 'магазин.рф'],
      locale: 'en_US.UTF-8',
      currency: 'usd',
      selectors: [
        { field: 'PRICE', selector: 'json:$.price.value' },
        { field: 'TITLE', selector: ' css:.product-title ' },
        { field: 'PRICE', selector: 'css:.price' },
        { field: 'IMAGE', selector: 'attr:img::src' },
      ],
      testUrl: 'https://contoso.example/item/sku123',
      notes: 'Imported from legacy catalog',
      delayMs: 2_000,
      concurrency: 2,
      rendering: 'BROWSER',
    });

    expect(userErrors).toEqual([]);
    expect(store).toEqual({
      id: expect.any(String),
      name: 'Contoso',
      slug: 'contoso',
      websiteUrl: 'https://contoso.example',
      domains: ['contoso.example', 'www.contoso.example', 'xn--80aairftm.xn--p1ai'],
      locale: 'en-US',
      currency: 'USD',
      selectors: [
        { field: 'TITLE', selector: 'css:.product-title' },
        { field: 'PRICE', selector: 'json:$.price.value' },
        { field: 'PRICE', selector: 'css:.price' },
        { field: 'IMAGE', selector: 'attr:img::src' },
      ],
      testUrl: 'https://contoso.example/item/sku123',
      notes: 'Imported from legacy catalog',
      delayMs: 2_000,
      concurrency: 2,
      rendering: 'BROWSER',
      urlCount: 0,
      owner: { id: customer.userId },
    });
  });

  it('makes slug and domains of what there is', async () => {
    const { store } = await create({ name: 'Пятёрочка 24', websiteUrl: 'https://www.five.example/' });

    expect(store).toMatchObject({ slug: 'pyatyorochka-24', domains: ['www.five.example', 'five.example'] });
    expect(store).toMatchObject({ locale: null, currency: null, selectors: [], rendering: 'NONE' });
    expect((await create({ name: '日本' })).userErrors).toEqual([{ code: 'BAD_SLUG', field: ['input', 'slug'] }]);
  });

  it('refuses a slug and domains that another store of the owner has, also to two at once', async () => {
    const input = { name: 'Contoso', domains: ['contoso.example', 'contoso.test'] };

    const both = await Promise.all([create(input), create(input)]);

    const refusal = [
      { code: 'SLUG_TAKEN', field: ['input', 'slug'] },
      { code: 'DOMAIN_TAKEN', field: ['input', 'domains'] },
      { code: 'DOMAIN_TAKEN', field: ['input', 'domains'] },
    ];
    expect(both.map(({ userErrors }) => userErrors).sort((a, b) => a.length - b.length)).toEqual([[], refusal]);
    expect((await create(input, staff)).userErrors).toEqual([]);
    expect(await rows()).toHaveLength(2);
  });

  it.each([
    ['name', 'BAD_NAME', { name: ' ' }],
    ['name', 'BAD_NAME', { name: 'a\0' }],
    ['slug', 'BAD_SLUG', { slug: 'Corner Shop' }],
    ['slug', 'BAD_SLUG', { slug: 'x'.repeat(65) }],
    ['domains.1', 'BAD_DOMAIN', { domains: ['a.example', 'shop'] }],
    ['domains.0', 'BAD_DOMAIN', { domains: ['ftp://a.example'] }],
    ['domains', 'TOO_MANY', { domains: Array(51).fill('a.example') }],
    ['websiteUrl', 'BAD_URL', { websiteUrl: 'javascript:alert(1)' }],
    ['testUrl', 'BAD_URL', { testUrl: 'https://user:secret@a.example' }],
    ['locale', 'BAD_LOCALE', { locale: 'english' }],
    ['locale', 'BAD_LOCALE', { locale: '-' }],
    ['currency', 'BAD_CURRENCY', { currency: 'US' }],
    ['currency', 'BAD_CURRENCY', { currency: 'XXX' }],
    ['delayMs', 'OUT_OF_RANGE', { delayMs: -1 }],
    ['concurrency', 'OUT_OF_RANGE', { concurrency: 17 }],
    ['notes', 'TOO_LONG', { notes: 'x'.repeat(5_001) }],
    ['selectors.0.selector', 'BAD_SELECTOR', { selectors: [{ field: 'PRICE', selector: ' ' }] }],
    ['selectors', 'TOO_MANY', { selectors: Array(61).fill({ field: 'PRICE', selector: 'css:a' }) }],
    ['ownerEmail', 'NOT_FOR_OTHERS', { ownerEmail: 'ops@example.com' }],
  ])('refuses %s: %s', async (path, code, more) => {
    const { store, userErrors } = await create({ name: 'Contoso', ...more });

    expect(store).toBeNull();
    expect(userErrors).toEqual([{ code, field: ['input', ...path.split('.')] }]);
    expect(await rows()).toEqual([]);
  });

  it('says everything that is wrong at once', async () => {
    const { userErrors } = await create({ name: '', currency: 'X', locale: '?' });

    expect(userErrors.map(({ code }: { code: string }) => code)).toEqual(['BAD_NAME', 'BAD_LOCALE', 'BAD_CURRENCY']);
  });

  it('of an admin is for others too, and stands in the audit log', async () => {
    const { store } = await create({ name: 'Contoso', ownerEmail: 'new@example.com' }, admin);

    expect(store.owner).toEqual({ id: ops });
    const refused = await create({ name: 'Contoso', ownerEmail: 'nobody' }, admin);
    expect(refused.userErrors).toEqual([{ code: 'BAD_EMAIL', field: ['input', 'ownerEmail'] }]);
    const told = await subgraph.ownerQuery(
      `SELECT data->>'action' AS action, data->'after' AS after FROM jobs.job WHERE name = 'record-audit'`,
    );
    expect(told).toEqual([{ action: 'store.create', after: { ownerId: ops, slug: 'contoso' } }]);
    await update({ id: store.id, name: 'Contoso', domains: [] }, admin);
    await update({ id: store.id, slug: 'fabrikam', domains: ['fabrikam.example'] }, admin);
    const later = await subgraph.ownerQuery(
      `SELECT data->'before' AS before, data->'after' AS after FROM jobs.job WHERE data->>'action' = 'store.update'`,
    );
    expect(later).toEqual([
      {
        before: { ownerId: ops, slug: 'contoso' },
        after: { ownerId: ops, slug: 'fabrikam', changed: ['slug', 'domains'] },
      },
    ]);
  });
});

describe('updateStore', () => {
  it('changes what is said, empties what is null, replaces lists, and leaves the rest', async () => {
    const domains = ['contoso.example', 'old.example'];
    const selectors = [{ field: 'PRICE', selector: 'css:.price' }];
    const { store } = await create({ name: 'Contoso', notes: 'x', currency: 'EUR', domains, selectors });

    const changed = await update({
      id: store.id,
      name: 'Fabrikam',
      notes: null,
      domains: ['contoso.example', 'a.example'],
    });

    expect(changed.userErrors).toEqual([]);
    expect(changed.store).toEqual({
      ...store,
      name: 'Fabrikam',
      notes: null,
      domains: ['contoso.example', 'a.example'],
    });
    const before = await subgraph.ownerQuery('SELECT xmin::text, * FROM price_tracking.stores');
    const same = { id: store.id, name: 'Fabrikam', selectors, domains: ['contoso.example', 'a.example'] };
    expect((await update(same)).store).toEqual(changed.store);
    expect(await subgraph.ownerQuery('SELECT xmin::text, * FROM price_tracking.stores')).toEqual(before);
  });

  it('refuses what another store of the owner has', async () => {
    await create({ name: 'Contoso', domains: ['contoso.example'] });
    const { store } = await create({ name: 'Fabrikam', domains: ['fabrikam.example'] });
    const before = await rows();

    const { userErrors } = await update({ id: store.id, slug: 'contoso', domains: ['contoso.example'] });

    expect(userErrors.map(({ code }: { code: string }) => code)).toEqual(['SLUG_TAKEN', 'DOMAIN_TAKEN']);
    expect(await rows()).toEqual(before);
  });
});

describe('deleteStore', () => {
  /** A product with pages in these stores, the first of which is the primary one. */
  const trackIn = async (...storeIds: string[]) => {
    const [product] = await subgraph.ownerQuery<{ id: string }>(
      'INSERT INTO price_tracking.tracked_products (owner_id, name) VALUES ($1, $2) RETURNING id',
      [customer.userId, 'Tea'],
    );
    for (const storeId of storeIds)
      await subgraph.ownerQuery(
        `WITH page AS (
           INSERT INTO price_tracking.tracked_urls (owner_id, product_id, store_id, url, host, is_primary, price, currency)
           VALUES ($1, $2, $3, $5, 'a.example', $4, 5, 'EUR') RETURNING id, product_id)
         INSERT INTO price_tracking.price_points (url_id, product_id, price, currency, observed_at)
         SELECT id, product_id, 5, 'EUR', now() FROM page`,
        [customer.userId, product?.id, storeId, storeId === storeIds[0], `https://a.example/${product?.id}/${storeId}`],
      );
  };
  const pages = () =>
    subgraph.ownerQuery('SELECT store_id, is_primary FROM price_tracking.tracked_urls ORDER BY store_id');

  it('deletes a store with its domains, and refuses one whose pages are tracked', async () => {
    const { store } = await create({ name: 'Contoso', domains: ['contoso.example'] });
    const { store: other } = await create({ name: 'Fabrikam', domains: ['fabrikam.example'] });
    await trackIn(store.id);

    expect(await remove(store.id)).toEqual({ deletedStoreId: null, userErrors: [{ code: 'IN_USE', field: ['id'] }] });
    expect(await list('{ nodes { urlCount } }')).toEqual({ nodes: [{ urlCount: 1 }, { urlCount: 0 }] });
    expect(await remove(other.id)).toEqual({ deletedStoreId: other.id, userErrors: [] });
    expect(await subgraph.ownerQuery('SELECT domain FROM price_tracking.store_domains')).toEqual([
      { domain: 'contoso.example' },
    ]);
  });

  it('deletes the pages too where that is asked; products stay, with what they have elsewhere', async () => {
    const { store } = await create({ name: 'Contoso' });
    const { store: other } = await create({ name: 'Fabrikam' });
    await trackIn(store.id, other.id);
    await trackIn(store.id);
    const mutation =
      'mutation ($id: ID!) { deleteStore(id: $id, withPages: true) { deletedStoreId userErrors { code } } }';

    expect((await ask(mutation, { id: store.id }, staff)).deleteStore.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    expect(await pages()).toHaveLength(3);
    expect((await ask(mutation, { id: store.id }, customer)).deleteStore).toEqual({
      deletedStoreId: store.id,
      userErrors: [],
    });

    expect(await pages()).toEqual([{ store_id: other.id, is_primary: true }]);
    const [counts] = await subgraph.ownerQuery(
      `SELECT (SELECT count(*)::int FROM price_tracking.tracked_products) AS products,
         (SELECT count(*)::int FROM price_tracking.price_points) AS points`,
    );
    expect(counts).toEqual({ products: 2, points: 1 });
  });
});

describe('stores of others', () => {
  it('do not exist, except to admins', async () => {
    const { store } = await create({ name: 'Contoso', domains: ['contoso.example'] });
    const before = await rows();
    const one = async (viewer: Viewer) =>
      (await ask('query ($id: ID!) { store(id: $id) { name } }', { id: store.id }, viewer)).store;

    expect(await one(staff)).toBeNull();
    expect((await update({ id: store.id, name: 'X' }, staff)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await update({ id: 'nonsense', name: 'X' }, staff)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await remove(store.id, staff)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await list('{ nodes { name } }', staff)).nodes).toEqual([]);
    expect((await list('{ nodes { name } }', admin)).nodes).toEqual([]);
    expect((await list('(filter: { everybodys: true }) { nodes { name } }', admin)).nodes).toEqual([
      { name: 'Contoso' },
    ]);
    expect((await list('(filter: { ownerEmail: "x@y.example" }) { totalCount }', admin)).totalCount).toBe(0);
    for (const filter of ['everybodys: true', 'ownerEmail: "ops@example.com"']) {
      const { errors } = await subgraph.execute(`{ stores(filter: { ${filter} }) { nodes { id } } }`, {}, customer);
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    expect(await rows()).toEqual(before);
    expect(await one(admin)).toEqual({ name: 'Contoso' });
  });

  it.each(['anonymous', 'service'] as const)('and one’s own are not for %s', async (who) => {
    const { errors } = await subgraph.execute('{ stores { nodes { id } } }', {}, viewers[who]);

    expect(errors?.[0]?.extensions?.code).toBe(who === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  });
});

describe('stores', () => {
  it('are listed by name, page by page, in four statements whatever their number', async () => {
    for (const name of ['Ål', 'bröd', 'Apelsin', 'Zucchini_1'])
      await create({ name, websiteUrl: `https://${name.length}.example` });

    const names: string[] = [];
    for (let after: string | null = null; ; ) {
      const { nodes, pageInfo } = await list(
        '(first: $first, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } }',
        customer,
        { first: 3, after },
      );
      names.push(...nodes.map(({ name }: { name: string }) => name));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }

    expect(names).toEqual(['Apelsin', 'bröd', 'Zucchini_1', 'Ål']);
    subgraph.statements();
    const { totalCount, nodes } = await list('{ totalCount nodes { name domains urlCount } }');
    expect(subgraph.statements()).toHaveLength(4);
    expect([totalCount, nodes[0].domains]).toEqual([4, ['7.example', 'www.7.example']]);
    expect((await list('(filter: { text: "I_1" }) { nodes { name } }')).nodes).toEqual([{ name: 'Zucchini_1' }]);
    expect((await list('(filter: { slug: "BROED" }) { nodes { name } }')).nodes).toEqual([{ name: 'bröd' }]);
    expect((await list('(filter: { text: "%" }) { totalCount }')).totalCount).toBe(0);
  });
});

describe('stores of somebody who was expected', () => {
  it('are given to them with slugs and domains that stay their own', async () => {
    await create(
      { name: 'Contoso', domains: ['contoso.example', 'only.example'], ownerEmail: 'ops@example.com' },
      admin,
    );
    await create({ name: 'Fabrikam', ownerEmail: 'ops@example.com' }, admin);
    await create({ name: 'Contoso', domains: ['contoso.example'] });

    for (const _ of ['first', 'again'])
      await subgraph.dataSource.transaction((manager) => giveStores(manager, ops, customer.userId));

    expect((await list('{ nodes { slug domains } }')).nodes).toEqual(
      expect.arrayContaining([
        { slug: 'contoso', domains: ['contoso.example'] },
        { slug: 'contoso-2', domains: ['only.example'] },
        { slug: 'fabrikam', domains: [] },
      ]),
    );
    expect((await list('(filter: { everybodys: true }) { totalCount }', admin)).totalCount).toBe(3);
  });
});

describe('the store of an address', () => {
  const ensure = (url: string, ownerId: string = customer.userId) =>
    subgraph.dataSource.transaction((manager) => ensureStoreFor(manager, ownerId, url));

  it('is that with the nearest domain', async () => {
    const { store: wide } = await create({ name: 'Wide', domains: ['shop.example'] });
    const { store: near } = await create({ name: 'Near', domains: ['fish.shop.example'] });

    expect((await ensure('https://shop.example/a')).id).toBe(wide.id);
    expect((await ensure('https://www.shop.example/a')).id).toBe(wide.id);
    expect((await ensure('http://m.shop.example:8080/a')).id).toBe(wide.id);
    expect((await ensure('https://www.fish.shop.example/a')).id).toBe(near.id);
    expect((await ensure('https://notshop.example/a')).id).not.toBe(wide.id);
  });

  it('is made where there is none, once, however many ask', async () => {
    await create({ name: 'tea.example' });

    const made = await Promise.all(Array.from({ length: 8 }, () => ensure('https://www.tea.example:8443/oolong')));

    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made[0]).toMatchObject({
      name: 'tea.example',
      slug: 'tea-example-2',
      websiteUrl: 'https://www.tea.example:8443',
      currency: null,
      locale: null,
    });
    expect((await ensure('https://tea.example/')).id).toBe(made[0]?.id);
    expect((await ensure('https://tea.example/', staff.userId)).id).not.toBe(made[0]?.id);
    expect((await ensure('http://127.0.0.7:9000/x')).name).toBe('127.0.0.7');
    expect((await ensure('https://xn--80aairftm.xn--p1ai/')).slug).toBe('magazin-rf');
  });
});
