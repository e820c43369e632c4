import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let shop: TestCatalog;

beforeAll(async () => {
  shop = await createTestCatalog();
  await shop.apply([
    { sku: '1', name: 'Гречка ядрица', brand: 'Мистраль', categoryPath: ['Бакалея', 'Крупы'] },
    { sku: '2', name: 'Гречка продел', brand: 'Мистраль', categoryPath: ['Бакалея', 'Крупы'] },
    { sku: '3', name: 'Каша гречневая', brand: 'Греческий дом', categoryPath: ['Греческая кухня'] },
    { sku: '4', name: 'Гречка ядрица', brand: 'Увелка' },
    { sku: '5', name: 'Гречка скрытая' },
    { sku: '6', name: 'Шоколад молочный', brand: 'Милка' },
  ]);
  await shop.apply([{ sku: '5', removed: true }]);
});
afterAll(() => shop.close());

const suggest = async (text: string, first?: number): Promise<string[]> => {
  const query = 'query ($text: String!, $first: Int) { searchSuggestions(text: $text, first: $first) { text kind } }';
  const { searchSuggestions } = await shop.query(query, { text, first });
  return searchSuggestions.map(({ text: offered, kind }: { text: string; kind: string }) => `${kind} ${offered}`);
};

describe('suggestions', () => {
  it('complete what was typed, each once: categories, brands, goods', async () => {
    expect(await suggest('греч')).toEqual([
      'CATEGORY Греческая кухня',
      'BRAND Греческий дом',
      'PRODUCT Гречка продел',
      'PRODUCT Гречка ядрица',
      'PRODUCT Каша гречневая',
    ]);
    expect(await suggest('греч', 2)).toEqual(['CATEGORY Греческая кухня', 'BRAND Греческий дом']);
  });

  it.each([
    ['мистр', ['BRAND Мистраль']],
    ['mistr', ['BRAND Мистраль']],
    ['krup', ['CATEGORY Крупы']],
    ['шок', ['PRODUCT Шоколад молочный']],
    ['shok', ['PRODUCT Шоколад молочный']],
    ['шакалат', ['PRODUCT Шоколад молочный']],
    ['qwerty', []],
    ['  ', []],
    ['%', []],
    ['\u0000', []],
    ['ыщ'.repeat(50), []],
  ])('for %j are %j', async (text, expected) => {
    expect(await suggest(text)).toEqual(expected);
  });

  it('are one statement, and at most a hundred', async () => {
    shop.graph.statements();
    await suggest('гре');
    expect(shop.graph.statements()).toHaveLength(1);

    const { errors } = await shop.graph.execute('{ searchSuggestions(text: "a", first: 101) { text } }');
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});
