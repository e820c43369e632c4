import { viewers } from '@gastronom/shared/testing/test-subgraph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let shop: TestCatalog;
let productId: string;
const first = 'https://img.example/first.jpg';
const second = 'https://img.example/second.jpg';
const third = 'https://img.example/third.jpg';
const fromOneC = {
  sku: 'tea',
  name: 'Чай',
  description: 'Листовой',
  price: '100',
  currency: 'RUB',
  imageUrls: [first, second, third],
};

beforeAll(async () => {
  shop = await createTestCatalog();
});
beforeEach(async () => {
  await shop.graph.ownerQuery('TRUNCATE catalog.products CASCADE');
  const [row] = await shop.apply([fromOneC]);
  productId = row?.productId ?? '';
});
afterAll(() => shop.close());

const fields = `product { name description price { amount currencyCode } isAvailable unavailableReason tags images { url position }
  overrides { name description price { amount currencyCode } } } userErrors { code field }`;

const set = (
  mutation: string,
  input: Record<string, unknown>,
  viewer: Parameters<TestCatalog['query']>[2] = viewers.staff,
) => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  return shop.graph.execute(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`,
    { input: { productId, ...input } },
    viewer,
  );
};
const answer = async (mutation: string, input: Record<string, unknown>) => (await set(mutation, input)).data[mutation];

describe('the shop’s own words', () => {
  it('survive every sync, and give way to what 1C says by then', async () => {
    const set1 = await answer('setProductOverrides', {
      name: 'Чай «Наш»',
      price: { amount: '79.9', currencyCode: 'KZT' },
    });
    expect(set1).toMatchObject({
      product: { name: 'Чай «Наш»', description: 'Листовой', price: { amount: '79.90', currencyCode: 'KZT' } },
      userErrors: [],
    });

    await shop.apply([{ ...fromOneC, name: 'Чай чёрный', price: '120' }]);
    const between = await answer('setProductOverrides', { description: 'Крупный лист' });
    expect(between.product).toMatchObject({
      name: 'Чай «Наш»',
      description: 'Крупный лист',
      price: { amount: '79.90' },
    });
    expect(between.product.overrides).toEqual({
      name: 'Чай «Наш»',
      description: 'Крупный лист',
      price: { amount: '79.90', currencyCode: 'KZT' },
    });

    const cleared = await answer('setProductOverrides', { name: null, description: null, price: null });
    expect(cleared.product).toMatchObject({
      name: 'Чай чёрный',
      description: 'Листовой',
      price: { amount: '120.00', currencyCode: 'RUB' },
    });
  });

  it('are what lists are sorted and filtered by', async () => {
    await answer('setProductOverrides', { name: 'Яблоко', price: { amount: '7', currencyCode: 'RUB' } });

    expect(await shop.names({ maxPrice: '7' })).toEqual(['Яблоко']);
    expect(await shop.names({ text: 'яблоки' })).toEqual(['Яблоко']);
    expect(await shop.names({ text: 'чай' })).toEqual([]);
  });
});

describe('the shop’s switch', () => {
  it('takes goods off with a reason, whatever 1C says, and on again', async () => {
    const off = await answer('setProductAvailability', { isAvailable: false, reason: '  Ждём поставку ' });
    expect(off.product).toMatchObject({ isAvailable: false, unavailableReason: 'Ждём поставку' });

    await shop.apply([{ ...fromOneC, price: '101' }]);
    expect(await shop.names({ available: false })).toEqual(['Чай']);
    expect(await shop.names({ available: true })).toEqual([]);

    const on = await answer('setProductAvailability', { isAvailable: true, reason: 'ignored' });
    expect(on.product).toMatchObject({ isAvailable: true, unavailableReason: null });
  });

  it('does not bring back goods that 1C removed, and is remembered for when they come back', async () => {
    await shop.apply([{ sku: 'tea', removed: true }]);
    expect((await answer('setProductAvailability', { isAvailable: true })).product).toMatchObject({
      isAvailable: false,
    });

    await answer('setProductAvailability', { isAvailable: false });
    await shop.apply([fromOneC]);

    expect(await shop.names({ available: false })).toEqual(['Чай']);
  });
});

describe('tags', () => {
  it('are a set in alphabetical order, and a list can be asked for one', async () => {
    const { product } = await answer('setProductTags', { tags: ['новинка', ' акция', 'новинка'] });

    expect(product.tags).toEqual(['акция', 'новинка']);
    await shop.apply([{ ...fromOneC, price: '102' }]);
    expect(await shop.names({ tag: 'акция' })).toEqual(['Чай']);
    expect((await answer('setProductTags', { tags: [] })).product.tags).toEqual([]);
    expect(await shop.names({ tag: 'акция' })).toEqual([]);
  });
});

describe('the order of pictures', () => {
  const urls = (product: { images: { url: string }[] }) => product.images.map(({ url }) => url);

  it('puts those named first, keeps up with 1C, and can be given back', async () => {
    const { product } = await answer('setProductImageOrder', { urls: [third, first] });
    expect(urls(product)).toEqual([third, first, second]);
    expect(product.images.map(({ position }: { position: number }) => position)).toEqual([0, 1, 2]);

    await shop.apply([{ ...fromOneC, imageUrls: ['https://img.example/new.jpg', second, third] }]);
    const { product: later } = await shop.query('{ product(sku: "tea") { images { url } } }');
    expect(urls(later)).toEqual([third, 'https://img.example/new.jpg', second]);

    const { product: given } = await answer('setProductImageOrder', { urls: [] });
    expect(urls(given)).toEqual(['https://img.example/new.jpg', second, third]);
  });
});

describe('pictures that were sent to us', () => {
  it('are shown at an address of ours, and put in order by it', async () => {
    const ours = ['aa', 'bb'].map((pair) => `sha256:${pair.repeat(32)}`);
    const shown = ['aa', 'bb'].map((pair) => `http://localhost:4000/images/${pair.repeat(32)}`);
    await shop.apply([{ ...fromOneC, imageUrls: [...ours, first] }]);
    const { product: before } = await shop.query('{ product(sku: "tea") { images { url } } }');

    const { product } = await answer('setProductImageOrder', { urls: [shown[1]] });

    expect(before.images).toEqual([...shown, first].map((url) => ({ url })));
    expect(product.images.map(({ url }: { url: string }) => url)).toEqual([shown[1], shown[0], first]);
  });
});

describe('input that cannot be taken', () => {
  const cases: [string, Record<string, unknown>, string, string[]][] = [
    ['setProductAvailability', { productId: 'nonsense', isAvailable: false }, 'NOT_FOUND', ['input', 'productId']],
    [
      'setProductTags',
      { productId: '00000000-0000-4000-8000-000000000000', tags: [] },
      'NOT_FOUND',
      ['input', 'productId'],
    ],
    [
      'setProductImageOrder',
      { productId: '00000000-0000-4000-8000-000000000000', urls: [] },
      'NOT_FOUND',
      ['input', 'productId'],
    ],
    ['setProductOverrides', { productId: '', name: 'x' }, 'NOT_FOUND', ['input', 'productId']],
    ['setProductAvailability', { isAvailable: false, reason: 'x'.repeat(501) }, 'TOO_LONG', ['input', 'reason']],
    ['setProductTags', { tags: [' '] }, 'BAD_TAG', ['input', 'tags']],
    ['setProductTags', { tags: ['x'.repeat(51)] }, 'BAD_TAG', ['input', 'tags']],
    ['setProductTags', { tags: Array.from({ length: 51 }, (_, n) => `${n}`) }, 'TOO_MANY', ['input', 'tags']],
    ['setProductImageOrder', { urls: ['https://img.example/other.jpg'] }, 'UNKNOWN_IMAGE', ['input', 'urls']],
    ['setProductOverrides', { name: ' \u0000' }, 'BAD_NAME', ['input', 'name']],
    ['setProductOverrides', { description: 'x'.repeat(20_001) }, 'TOO_LONG', ['input', 'description']],
    [
      'setProductOverrides',
      { price: { amount: '-1', currencyCode: 'RUB' } },
      'BAD_PRICE',
      ['input', 'price', 'amount'],
    ],
    [
      'setProductOverrides',
      { price: { amount: '1.005', currencyCode: 'RUB' } },
      'BAD_PRICE',
      ['input', 'price', 'amount'],
    ],
    [
      'setProductOverrides',
      { price: { amount: '1', currencyCode: 'rubles' } },
      'BAD_PRICE',
      ['input', 'price', 'currencyCode'],
    ],
  ];

  it.each(cases)('is told by %s of %j with its code, and moves nothing', async (mutation, input, code, field) => {
    const before = await shop.versions();

    const { product, userErrors } = await answer(mutation, input);

    expect({ product, userErrors }).toEqual({ product: null, userErrors: [{ code, field }] });
    expect(await shop.versions()).toEqual(before);
  });

  it('is no change either: nothing is written', async () => {
    await answer('setProductTags', { tags: ['a'] });
    const before = await shop.versions();

    await answer('setProductTags', { tags: ['a'] });
    await answer('setProductAvailability', { isAvailable: true });
    await answer('setProductOverrides', {});

    expect(await shop.versions()).toEqual(before);
  });
});
