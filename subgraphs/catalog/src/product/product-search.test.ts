import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestCatalog, type TestCatalog } from '../testing/catalog.ts';

let shop: TestCatalog;

beforeAll(async () => {
  shop = await createTestCatalog();
  await shop.apply([
    {
      sku: '00-017',
      barcode: '4600682000112',
      name: 'Гречка ядрица',
      brand: 'Мистраль',
      categoryPath: ['Бакалея', 'Крупы'],
    },
    { sku: 's2', name: 'Каша гречневая с молоком', brand: 'Быстров', categoryPath: ['Бакалея', 'Каши'] },
    { sku: 's3', name: 'Grechka Bio', brand: 'Uvelka' },
    { sku: 's4', name: 'Молоко пастеризованное 3,2%', brand: 'Простоквашино', categoryPath: ['Молочное'] },
    {
      sku: 's5',
      name: 'Йогурт клубничный',
      brand: 'Чудо',
      description: 'Из свежего молока',
      categoryPath: ['Молочное'],
    },
    { sku: 's6', name: 'Ёжик шоколадный', brand: 'Рот Фронт', categoryPath: ['Сладости', 'Конфеты'] },
    { sku: 's7', name: 'Šproty v oleji', brand: 'Rīgas Zelts', categoryPath: ['Консервы'] },
    { sku: 's8', name: 'Борщ домашний', categoryPath: ['Готовая еда'] },
    { sku: 's9', name: 'Сметана 20%', categoryPath: ['Молочное'] },
    { sku: 's10', name: 'Jogurt naturalny Łowicz' },
    { sku: 's11', name: 'Chocolate chip cookies', brand: 'Nestlé' },
    { sku: 's12', name: 'Пельмени «Сибирские»', categoryPath: ['Заморозка'] },
    { sku: 's13', name: 'Хлеб бородинский', categoryPath: ['Хлеб'] },
    { sku: 's17', name: 'Grikių kruopos' },
    { sku: 's14', name: 'Цикорий растворимый' },
    { sku: 's15', name: 'Coca-Cola 0.5', brand: 'Coca-Cola' },
    { sku: 's16', name: 'Өрік кептірілген', brand: 'Қазақстан' },
    { sku: 'abc/77\\', name: 'Икра 50% скидка_новая' },
  ]);
});
afterAll(() => shop.close());

/** What is typed, and the goods that must come first; `+` says that others may follow. */
const finds: [string, string[]][] = [
  ['гречка', ['Гречка ядрица', '+']],
  ['Гречку', ['Гречка ядрица', '+']],
  ['grechka', ['Grechka Bio', '+']],
  ['grechki', ['Grechka Bio', 'Гречка ядрица', '+']],
  ['grechnevaya', ['Каша гречневая с молоком']],
  ['гречневой каши', ['Каша гречневая с молоком']],
  ['гричка', ['Гречка ядрица', '+']],
  ['гречка bio', ['Grechka Bio']],
  ['молоко', ['Молоко пастеризованное 3,2%', '+']],
  ['moloko', ['Молоко пастеризованное 3,2%', '+']],
  ['малако', ['Молоко пастеризованное 3,2%', '+']],
  ['йогурты', ['Йогурт клубничный', '+']],
  ['yogurt', ['Jogurt naturalny Łowicz', '+']],
  ['iogurt klubnichnyi', ['Йогурт клубничный']],
  ['ежик', ['Ёжик шоколадный']],
  ['ЁЖИК', ['Ёжик шоколадный']],
  ['yozhik', ['Ёжик шоколадный']],
  ['шоколадний ежек', ['Ёжик шоколадный']],
  ['шпроты', ['Šproty v oleji']],
  ['šproty', ['Šproty v oleji']],
  ['sproty', ['Šproty v oleji']],
  ['rigas', ['Šproty v oleji']],
  ['borshch', ['Борщ домашний']],
  ['borsch', ['Борщ домашний']],
  ['smetana', ['Сметана 20%']],
  ['lowicz', ['Jogurt naturalny Łowicz']],
  ['cookie', ['Chocolate chip cookies', '+']],
  ['chocolates', ['Chocolate chip cookies']],
  ['nestle', ['Chocolate chip cookies']],
  ['pelmeni', ['Пельмени «Сибирские»']],
  ['пельмений', ['Пельмени «Сибирские»']],
  ['sibirskie pelmeni', ['Пельмени «Сибирские»']],
  ['hleb', ['Хлеб бородинский']],
  ['khleb', ['Хлеб бородинский']],
  ['xleb', ['Хлеб бородинский']],
  ['tsikoriy', ['Цикорий растворимый']],
  ['cikorij', ['Цикорий растворимый']],
  ['кока кола', ['Coca-Cola 0.5']],
  ['coca cola 0.5', ['Coca-Cola 0.5']],
  ['мистраль', ['Гречка ядрица']],
  ['крупы', ['Гречка ядрица']],
  ['kazakhstan', ['Өрік кептірілген']],
  ['өрік', ['Өрік кептірілген']],
  ['греч', ['Гречка ядрица', '+']],
  ['моло', ['Молоко пастеризованное 3,2%', '+']],
  ['4600682000112', ['Гречка ядрица']],
  ['4 600682-000112', ['Гречка ядрица']],
  ['00017', ['Гречка ядрица']],
  ['00-017', ['Гречка ядрица']],
  ['abc/77\\', ['Икра 50% скидка_новая']],
  ['скидка новая', ['Икра 50% скидка_новая']],
];

describe('a search', () => {
  it.each(finds)('for %j finds %j', async (text, expected) => {
    const names = await shop.names({ text });

    const wanted = expected.filter((name) => name !== '+');
    expect(names.slice(0, wanted.length)).toEqual(wanted);
    if (wanted.length === expected.length) expect(names).toHaveLength(wanted.length);
  });

  it('puts what is named so before what is made of it, and a description last', async () => {
    expect(await shop.names({ text: 'молоко' })).toEqual([
      'Молоко пастеризованное 3,2%',
      'Каша гречневая с молоком',
      'Йогурт клубничный',
    ]);
  });

  it('finds the word of the catalogue’s own script first', async () => {
    expect((await shop.names({ text: 'гречка' })).slice(0, 2)).toEqual(['Гречка ядрица', 'Grechka Bio']);
    expect((await shop.names({ text: 'grechka' })).slice(0, 2)).toEqual(['Grechka Bio', 'Гречка ядрица']);
  });

  it.each([
    ['nothing like it', 'zzzzqqqq'],
    ['punctuation alone', '!!! ??? ... --- ***'],
    ['LIKE’s wildcards', '%_\\'],
    ['tsquery’s operators', "& | ! ( ) <-> :* '"],
    ['an operator between words that are not there', 'qqqq & !wwww | ((('],
    ['SQL', "'; DROP TABLE products; --"],
    ['emoji', '🍎🍏🥦'],
    ['200 kB of text', 'ъ'.repeat(200_000)],
    ['200 kB of words', 'qwzx '.repeat(40_000)],
    ['a word that nobody stems', 'x'.repeat(3_000)],
  ])('survives %s', async (_what, text) => {
    expect(await shop.names({ text })).toEqual([]);
  });

  it.each([
    ['NUL', '\u0000\u0000'],
    ['half a surrogate pair', '\ud83d'],
    ['marks that nobody sees', '\u202e\u200b\u2066'],
    ['white space', ' \t\n\u00a0'],
  ])('is none where %s is all that was typed', async (_what, text) => {
    expect(await shop.names({ text })).toHaveLength(18);
  });

  it('reads words between operators as words', async () => {
    expect(await shop.names({ text: "борщ & | !! <-> (домашний') :*" })).toEqual(['Борщ домашний']);
    expect(await shop.names({ text: 'борщ\u0000 \u200bдомашний' })).toEqual(['Борщ домашний']);
  });

  it('knows a product by the shop’s own name for it, and by 1C’s again when that is gone', async () => {
    const [{ id }] = (await shop.query('{ products(filter: {text: "цикорий"}) { nodes { id } } }')).products.nodes;

    await shop.override(id, { name: 'Напиток Эндивий' });
    expect([await shop.names({ text: 'цикорий' }), await shop.names({ text: 'endiviy' })]).toEqual([
      [],
      ['Напиток Эндивий'],
    ]);

    await shop.override(id, { name: null });
    expect([await shop.names({ text: 'цикорий' }), await shop.names({ text: 'эндивий' })]).toEqual([
      ['Цикорий растворимый'],
      [],
    ]);
  });
});
