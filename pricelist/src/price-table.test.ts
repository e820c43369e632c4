import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { readPriceList } from './testing/read-price-list.ts';

const csv = (...lines: string[]) => lines.join('\r\n');

describe('a price list as a table', () => {
  it('is read with Swedish names, decimal commas and dates in the supplier’s time zone', async () => {
    const { items, wrong, notices } = await readPriceList(
      csv(
        'Artikelnummer;Benämning;Förpackning;Basenhet;Innehåll;Pris;Moms;Viktvara;Multipel;EAN;Giltig till;Hyllplats',
        'T-5;Torsk, färsk;låda;kg;5,000;"1 249,50";12 %;ja;2;7310865004703;2026-12-31;A3',
        'S-1;Senap;burk;st;1;35;12;nej;;;;',
      ),
    );

    expect(wrong).toEqual([]);
    const shared = { taxRate: '12', baseUnit: 'KILOGRAM' };
    expect(items).toEqual([
      {
        ...{ supplierSku: 'T-5', name: 'Torsk, färsk', unit: 'låda', ...shared, packSize: '5', catchWeight: true },
        ...{ multiple: '2', gtin: '7310865004703' },
        prices: [{ amount: '1249.5', validUntil: '2026-12-31T23:00:00.000Z' }],
      },
      {
        ...{ supplierSku: 'S-1', name: 'Senap', unit: 'burk', ...shared, baseUnit: 'PIECE', packSize: '1' },
        ...{ catchWeight: false, multiple: null, gtin: null, prices: [{ amount: '35' }] },
      },
    ]);
    expect(notices).toEqual(['fields that are not known and were ignored: Hyllplats']);
  });

  it('is read in windows-1251, with a title above its header, and where the unit alone says what is measured', async () => {
    const text = csv('Прайс-лист;;;', 'Артикул;Наименование;Ед. изм.;Цена, руб.', '0007;Творог;кг.;310,5');

    const { items, notices } = await readPriceList(iconv.encode(text, 'windows-1251'));

    expect(items).toEqual([
      { supplierSku: '0007', name: 'Творог', unit: 'кг.', baseUnit: 'KILOGRAM', packSize: '1', price: '310.5' },
    ]);
    expect(notices).toHaveLength(2);
  });

  it('joins neighbouring rows that tell one offer’s prices by quantity', async () => {
    const { rows } = await readPriceList(
      csv('sku,name,from quantity,price', 'A,Cod,,100', 'A,,10,90', 'A,,50,80', 'B,Eel,,200', 'A,,70,10'),
    );

    expect(rows.map(({ item }) => [item.supplierSku, item.prices])).toEqual([
      ['A', [{ amount: '100' }, { amount: '90', fromQuantity: '10' }, { amount: '80', fromQuantity: '50' }]],
      ['B', [{ amount: '200' }]],
      ['A', [{ amount: '10', fromQuantity: '70' }]],
    ]);
    expect(rows[2]?.errors).toMatchObject([{ code: 'DUPLICATE_IN_BATCH', message: 'Line 2 has this code already.' }]);
  });

  it('tells what is wrong with each row by its line, all at once, and reads the others', async () => {
    const { rows, items, wrong } = await readPriceList(
      csv(
        'sku;name;price;tax included;base unit;valid from;lead time;currency',
        'A;Cod;12,5x;maybe;parsec;someday;1,5;crowns',
        ';Nameless;1;;;;;',
        '"C;Never closed;1;;;;;',
        'D;Good;1;;;;;',
        'D;Again;2;;;;;',
        'E;too;few',
        `F;Big;${'9'.repeat(25)};;;;;`,
      ),
    );

    expect(wrong).toEqual([
      '2 INVALID_NUMBER price',
      '2 BAD_VALUE taxIncluded',
      '2 BAD_VALUE baseUnit',
      '2 BAD_VALUE prices',
      '2 OUT_OF_RANGE leadTimeDays',
      '2 BAD_VALUE currency',
      '3 MISSING_SKU supplierSku',
      '4 UNREADABLE null',
      '7 UNREADABLE null',
      '8 OUT_OF_RANGE price',
    ]);
    expect(items.map(({ supplierSku, prices }) => [supplierSku, prices])).toEqual([
      ['D', [{ amount: '1' }, { amount: '2' }]],
    ]);
    // As it came, so that it can be mended and sent again.
    expect(rows[0]?.raw).toMatchObject({ sku: 'A', price: '12,5x', 'base unit': 'parsec' });
  });

  it.each([
    ['Hej;då\n1;2', /no header found/],
    ['name;price\nCod;1', /no column has the supplier’s own code/],
    ['[{"supplierSku":"A"}]', /one JSON array/],
    ['<html><body>Sign in</body></html>', /HTML page/],
    ['<Invoice xmlns="x"/>', /no Peppol Catalogue: its first element is <Invoice>/],
    ['PK\u0003\u0004', /xlsx/],
    ['', /is empty/],
    [`{"a":1\n`.repeat(12), /none of the first 10 rows can be read/],
  ])('is refused when it is %j', async (content, why) => {
    await expect(readPriceList(content)).rejects.toThrow(why);
  });
});

describe('a price list as JSON lines', () => {
  it('is read with the graph’s own names, and from a rejects file', async () => {
    const cod = {
      ...{ supplierSku: 'A', name: 'Cod', packSize: 5, leadTimeDays: 2, isAvailable: true, gtin: null },
      prices: [{ amount: '10' }, { amount: 9.5, fromQuantity: '10', validFrom: '2026-12-01T00:00:00Z' }],
    };
    const rejected = { file: 'x.csv', line: 3, row: { Артикул: 'B', Цена: '5,5' }, errors: [{ code: 'BAD_VALUE' }] };

    const { items, wrong } = await readPriceList([cod, rejected].map((row) => JSON.stringify(row)).join('\n'));

    expect(wrong).toEqual([]);
    expect(items).toEqual([
      {
        ...cod,
        packSize: '5',
        prices: [{ amount: '10' }, { amount: '9.5', fromQuantity: '10', validFrom: '2026-12-01T00:00:00.000Z' }],
      },
      { supplierSku: 'B', price: '5.5' },
    ]);
  });

  it('tells what is wrong with each line', async () => {
    const { wrong } = await readPriceList(
      '{"sku":"A","name":{"x":1}}\n{"sku":\n\n[1]\n{"sku":"B","prices":[{"amount":"x"}]}\n{"sku":"C","prices":7}',
    );

    expect(wrong).toEqual([
      '1 BAD_VALUE name',
      '2 UNREADABLE null',
      '4 UNREADABLE null',
      '5 INVALID_NUMBER prices',
      '6 BAD_VALUE prices',
    ]);
  });
});
