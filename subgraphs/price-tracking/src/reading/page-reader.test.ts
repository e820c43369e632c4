import { afterAll, describe, expect, it } from '@jest/globals';
import { shopPage } from '../testing/shop-page.ts';
import { PageReader, UnreadablePageError } from './page-reader.ts';

const reader = new PageReader(2, 100);
const url = 'https://shop.example/tea';

describe('reading in threads', () => {
  it('reads many pages at a time, each by its own rules', async () => {
    const prices = Array.from({ length: 30 }, (_, place) => `${place + 1}.50`);

    const readings = await Promise.all(prices.map((price) => reader.read({ text: shopPage({ price }), url }, {})));
    const [german, english] = await Promise.all(
      ['de-DE', 'en-US'].map((locale) =>
        reader.read(
          { text: '<b id="p">1.299</b>', url },
          { selectors: { price: ['css:#p'] }, locale, currency: 'EUR' },
        ),
      ),
    );

    expect(readings.map(({ price, currency }) => `${currency} ${Number(price)}`)).toEqual(
      prices.map((price) => `EUR ${Number(price)}`),
    );
    expect([Number(german?.price), english?.currency]).toEqual([1299, 'EUR']);
  });

  it('gives up a page that breaks the reader, and reads the next', async () => {
    const broken = reader.read({ text: '<p>', url }, null as never);

    await expect(broken).rejects.toBeInstanceOf(UnreadablePageError);
    expect((await reader.read({ text: shopPage({ price: '7.00' }), url }, {})).currency).toBe('EUR');
  });

  it('reads what somebody waits for before what nobody does', async () => {
    const single = new PageReader(1);
    const done: string[] = [];
    const ask = (name: string, isUrgent: boolean) =>
      single.read({ text: shopPage({ title: name }), url }, {}, isUrgent).then(() => done.push(name));

    await Promise.all([ask('first', false), ask('second', false), ask('urgent', true), ask('urgent too', true)]);
    await single.close();

    expect(done).toEqual(['first', 'urgent', 'urgent too', 'second']);
  });

  it('has room again once what waits is read', async () => {
    const text = shopPage();
    const two = [reader.read({ text, url }, {}), reader.read({ text, url }, {})];

    await reader.whenRoom();

    await Promise.race(two);
    expect((await Promise.all(two)).map(({ currency }) => currency)).toEqual(['EUR', 'EUR']);
  });
});

afterAll(() => reader.close());
