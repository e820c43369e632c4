import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { readFiles } from '../testing/read-files.ts';

const readText = (content: string | Uint8Array) => readFiles({ 'goods.csv': content });

describe('a CSV file', () => {
  it.each([';', ',', '\t', '|'])('is understood with %j between its columns', async (delimiter) => {
    const lines = [
      ['sku', 'name', 'price'],
      ['1', '"Чай, чёрный; листовой"', '99.90'],
    ];

    const { items } = await readText(lines.map((cells) => cells.join(delimiter)).join('\n'));

    expect(items).toEqual([{ sku: '1', name: 'Чай, чёрный; листовой', price: '99.90' }]);
  });

  it('knows Russian column names, and what an empty cell says', async () => {
    const { items, notices } = await readText(
      [
        'Код;Артикул;Штрихкод;Наименование;Категория;Цена, руб.;Остаток;Склад;Вес, кг;Ед. изм.;Белки;Цвет',
        '000123;A-1;4601234567890;Творог 9 %;Молочные > Творог;"1 234,50";12,5;001;0,18;шт;16;белый',
        '000124;A-2;;Кефир;;;;;;;;',
      ].join('\r\n'),
    );

    expect(items).toEqual([
      {
        sku: '000123',
        barcode: '4601234567890',
        name: 'Творог 9 %',
        price: '1 234,50',
        weightGrams: '180',
        unit: 'шт',
        nutrition: { proteins: '16' },
        categoryPath: ['Молочные', 'Творог'],
        stockQuantity: '12,5',
        warehouse: '001',
      },
      {
        sku: '000124',
        barcode: null,
        name: 'Кефир',
        price: null,
        weightGrams: null,
        unit: null,
        nutrition: { proteins: null },
        categoryPath: null,
      },
    ]);
    expect(notices).toEqual([
      'fields that are not known and were ignored: Цвет',
      'column "Артикул" was ignored: "Код" is taken as sku',
      'column "Вес, кг" is read as kilograms',
    ]);
  });

  it.each(['windows-1251', 'utf-16le', 'utf-16be', 'utf-8'])('is read in %s without being told', async (encoding) => {
    const text = 'Код;Наименование\n1;Сгущённое молоко «Ёлочка»\n';

    const { items } = await readText(iconv.encode(text, encoding, { addBOM: encoding.startsWith('utf') }));

    expect(items).toEqual([{ sku: '1', name: 'Сгущённое молоко «Ёлочка»' }]);
  });

  it('is UTF-8 with a damaged row, not windows-1251, when few bytes are broken', async () => {
    const good = Array.from({ length: 50 }, (_, i) => `${i};Пряник тульский\n`).join('');
    const bytes = Buffer.concat([
      Buffer.from(`sku;name\n${good}50;Квас`),
      Buffer.from([0xd0]),
      Buffer.from('\n51;Халва\n'),
    ]);

    const { items, unreadable } = await readText(bytes);

    expect(items).toHaveLength(51);
    expect(items.at(-1)).toEqual({ sku: '51', name: 'Халва' });
    expect(unreadable).toEqual([{ line: 52, reason: 'the row holds bytes that are not UTF-8' }]);
  });

  it('leaves out rows of another width, keeps stray quotes and passes over what stands above the header', async () => {
    const { items, unreadable, notices } = await readText(
      [
        'Остатки товаров на 01.03.2026',
        '',
        'Код;Наименование;Цена;',
        '1;Монитор 15";10;',
        '2;Одна колонка',
        '3;Кафе "Уют";30;',
        ';;;',
        '4;много;1;2;3',
        '5;"не закрыта;50;',
        '6;Последняя;60',
        '7;"в две\nстроки";70;',
      ].join('\n'),
    );

    expect(items.map(({ sku, name }) => [sku, name])).toEqual([
      ['1', 'Монитор 15"'],
      ['3', 'Кафе "Уют"'],
      ['7', 'в две\nстроки'],
    ]);
    expect(unreadable).toEqual([
      { line: 5, reason: 'the row has 2 columns, the header has 4' },
      { line: 8, reason: 'the row has 5 columns, the header has 4' },
      { line: 9, reason: 'a quote is opened in this line and never closed' },
      { line: 10, reason: 'the row has 3 columns, the header has 4' },
    ]);
    expect(notices).toContain('the lines above the header (line 3) were passed over');
  });

  it('without a name column is a stock count', async () => {
    const { rows } = await readText('Штрихкод;Склад;Остаток\n4601;002;-3\n4602;002;\n');

    expect(rows).toMatchObject([
      { kind: 'stock', item: { barcode: '4601', quantity: '-3' }, warehouse: '002' },
      { kind: 'unreadable', reason: 'the quantity is missing' },
    ]);
  });

  it('is refused without a header that tells its columns', async () => {
    await expect(readText('1;2;3\n4;5;6\n')).rejects.toThrow('no header found. The first line reads "1;2;3"');
    await expect(readText('name;price\na;1\n')).rejects.toThrow('no column tells which product a row means');
    await expect(readText('sku;price\na;1\n')).rejects.toThrow('neither a name nor a stock column');
  });

  it('gives back each cell that a spreadsheet wrote', async () => {
    const cell = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && !/[\0\r\uFFFD]/.test(text));

    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 10 }), async (rows) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = rows.map((row) => row.map(quote).join(';')).join('\n');

        const { items } = await readText(`sku;name\n${text}\n`);

        expect(items.map(({ sku, name }) => [sku, name])).toEqual(rows);
      }),
      { numRuns: 100 },
    );
  });
});
