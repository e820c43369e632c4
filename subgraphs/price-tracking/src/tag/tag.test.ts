import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Person, Watchers } from '../testing/watchers.ts';

let watchers: Watchers;

beforeAll(async () => {
  watchers = await Watchers.open();
});
afterEach(() => watchers.empty());
afterAll(() => watchers.close());

const mutate = async (field: string, selection: string, who: Person = 'anna') =>
  Object.values(await watchers.ask(`mutation { ${field} { ${selection} userErrors { code field } } }`, {}, who))[0] as {
    product?: { tags: { id: string; name: string }[] };
    tag?: { id: string; name: string };
    deletedTagId?: string;
    userErrors: { code: string; field: string[] }[];
  };
const tag = (productId: string, names: string[], who?: Person) =>
  mutate(
    `tagTrackedProduct(productId: "${productId}", names: ${JSON.stringify(names)})`,
    'product { tags { id name } }',
    who,
  );
const untag = (productId: string, tagIds: string[], who?: Person) =>
  mutate(
    `untagTrackedProduct(productId: "${productId}", tagIds: ${JSON.stringify(tagIds)})`,
    'product { tags { id name } }',
    who,
  );
const rename = (id: string, name: string, who?: Person) =>
  mutate(`renameTrackedTag(id: "${id}", name: ${JSON.stringify(name)})`, 'tag { id name }', who);
const remove = (id: string, who?: Person) => mutate(`deleteTrackedTag(id: "${id}")`, 'deletedTagId', who);
const tags = async (who: Person = 'anna') =>
  (await watchers.ask('{ trackedTags { name productCount } }', {}, who)).trackedTags;

describe('tags', () => {
  it('are put on products and taken off, one of each name whatever its case', async () => {
    const [tea, milk] = [await watchers.product('Tea'), await watchers.product('Milk')];

    expect((await tag(tea, ['Hot', 'HOT', ' drinks '])).product?.tags.map(({ name }) => name)).toEqual([
      'drinks',
      'Hot',
    ]);
    const both = await tag(milk, ['hot', 'cold']);
    expect(both.product?.tags.map(({ name }) => name)).toEqual(['cold', 'Hot']);
    expect(await tags()).toEqual([
      { name: 'cold', productCount: 1 },
      { name: 'drinks', productCount: 1 },
      { name: 'Hot', productCount: 2 },
    ]);

    const left = await untag(milk, [both.product?.tags[1]?.id ?? '', 'nonsense']);
    expect(left.product?.tags.map(({ name }) => name)).toEqual(['cold']);
    expect(await tags('boris')).toEqual([]);
  });

  it('are renamed and deleted, and their products stay', async () => {
    const tea = await watchers.product('Tea', { tags: ['Hot', 'Green'] });
    const { product } = await tag(tea, []);
    const [green, hot] = product?.tags ?? [];

    expect(await rename(hot?.id ?? '', ' GREEN ')).toMatchObject({ tag: null, userErrors: [{ code: 'NAME_TAKEN' }] });
    expect((await rename(hot?.id ?? '', 'hot')).tag?.name).toBe('hot');
    expect(await remove(green?.id ?? '')).toEqual({ deletedTagId: green?.id, userErrors: [] });

    expect(await tags()).toEqual([{ name: 'hot', productCount: 1 }]);
    expect(await watchers.counts('tracked_products')).toEqual({ tracked_products: 1 });
  });

  it('are refused where a name is none or there are too many, and to others', async () => {
    const tea = await watchers.product('Tea', { tags: ['Hot'] });
    const id = (await tag(tea, [])).product?.tags[0]?.id ?? '';
    const many = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `tag ${from + i}`);

    const refusals = [
      [await tag(tea, ['']), 'BAD_NAME'],
      [await tag(tea, ['x'.repeat(51)]), 'BAD_NAME'],
      [await tag(tea, many(0, 51)), 'TOO_MANY'],
      [await tag(tea, many(0, 50)), 'TOO_MANY'],
      [await tag(tea, ['x'], 'boris'), 'NOT_FOUND'],
      [await untag(tea, [id], 'boris'), 'NOT_FOUND'],
      [await rename(id, 'x', 'staff'), 'NOT_FOUND'],
      [await rename(id, ' '), 'BAD_NAME'],
      [await rename('nonsense', 'x'), 'NOT_FOUND'],
      [await remove(id, 'boris'), 'NOT_FOUND'],
    ] as const;

    for (const [{ userErrors }, code] of refusals) expect(userErrors).toMatchObject([{ code }]);
    expect(await tags()).toEqual([{ name: 'Hot', productCount: 1 }]);
  });

  it('of many products at once are made once', async () => {
    const products = await Promise.all([1, 2, 3, 4, 5].map((n) => watchers.product(`${n}`)));

    await Promise.all(products.map((id, i) => tag(id, i % 2 ? ['b', 'A', 'c'] : ['C', 'a', 'B'])));

    expect((await tags()).map(({ productCount }: { productCount: number }) => productCount)).toEqual([5, 5, 5]);
  });
});
