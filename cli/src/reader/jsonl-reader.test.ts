import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFiles } from '../testing/read-files.ts';

const readText = (text: string) => readFiles({ 'goods.jsonl': text });

describe('a JSONL file', () => {
  it('gives its rows under the names of the graph', async () => {
    const { items, input } = await readText(
      '{"sku":" 007 ","name":"Гречка","price":"1 234,50","currency":"RUR","stockQuantity":-2,"warehouse":"001","removed":false}\n',
    );

    expect(input.format).toBe('jsonl');
    expect(items).toEqual([
      {
        sku: '007',
        name: 'Гречка',
        price: '1 234,50',
        currency: 'RUR',
        stockQuantity: -2,
        warehouse: '001',
        removed: false,
      },
    ]);
  });

  it('knows other names of the fields, and names those that it does not know', async () => {
    const { items, notices } = await readText(
      [
        '{"barcode":4607053221558,"product_name":"Кефир","weight_g":900,"kcal":58.8,"carbs_g":4.7,"fat_g":3.2,"proteins_g":2.8,"sugar_g":null,"image_url":"https://a.b/c.jpg","categories":["Dairy","Kefir"],"colour":"white"}',
        '{"barcode":"2","name":"Квас","price":null,"colour":"brown","nutrition":{"energyKcal":27,"sugars":"5,1"}}',
      ].join('\n'),
    );

    expect(items).toEqual([
      {
        barcode: '4607053221558',
        name: 'Кефир',
        weightGrams: 900,
        nutrition: { energyKcal: 58.8, carbohydrates: 4.7, fat: 3.2, proteins: 2.8, sugars: null },
        categoryPath: ['Dairy', 'Kefir'],
        imageUrls: ['https://a.b/c.jpg'],
      },
      { barcode: '2', name: 'Квас', price: null, nutrition: { energyKcal: 27, sugars: '5,1' } },
    ]);
    expect(notices).toEqual(['fields that are not known and were ignored: colour']);
  });

  it('leaves a bad line out, says where and why, and goes on', async () => {
    const { items, unreadable } = await readText(
      '{"sku":"1","name":"a"}\n{"sku":"2","na\n\n[1]\n{"sku":"3","name":"c","price":[1]}\n{"sku":"4","name":"d"}',
    );

    expect(items.map((item) => item.sku)).toEqual(['1', '4']);
    expect(unreadable).toEqual([
      { line: 2, reason: expect.stringContaining('not valid JSON') },
      { line: 4, reason: 'the line is not a JSON object' },
      { line: 5, reason: 'price must be a number or a string that holds one' },
    ]);
  });

  it('sends a row without a name, so that the server names the error', async () => {
    const { items } = await readText('{"sku":"1","name":null,"price":5}\n{"sku":"2","price":1e999}\n');

    expect(items).toEqual([
      { sku: '1', name: '', price: 5 },
      { sku: '2', name: '', price: 'Infinity' },
    ]);
  });

  it('takes a row of identity and quantity alone for a stock count', async () => {
    const { rows } = await readText('{"sku":"1","quantity":"3,5","warehouse":"002"}\n');

    expect(rows).toMatchObject([{ kind: 'stock', item: { sku: '1', quantity: '3,5' }, warehouse: '002' }]);
  });

  it('reads the rows of a mended rejects file', async () => {
    const { items } = await readText(
      '{"file":"a.jsonl","line":3,"row":{"sku":"1","name":"Халва"},"errors":[{"code":"INVALID_NUMBER"}]}',
    );

    expect(items).toEqual([{ sku: '1', name: 'Халва' }]);
  });

  it('refuses a file whose lines are no rows at all', async () => {
    const pretty = JSON.stringify(
      Array.from({ length: 9 }, (_, i) => ({ i })),
      null,
      2,
    ).slice(1);

    await expect(readText(pretty)).rejects.toThrow(/none of the first 10 rows can be read; line 2: .*not valid JSON/);
    await expect(readText('[{"sku":"1"}]')).rejects.toThrow('is one JSON array');
  });

  it('gives each item as it was written, whatever its text', async () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1 })
      .map((s) => s.trim())
      .filter(Boolean);
    const item = fc.record({
      sku: text,
      name: text,
      price: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), text),
    });

    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 20 }), async (given) => {
        const written = given.map((one) => JSON.stringify(one)).join('\r\n');
        const { items } = await readText(written);
        expect(items).toEqual(JSON.parse(JSON.stringify(given)));
      }),
      { numRuns: 50 },
    );
  });
});
