import { describe, expect, it } from '@jest/globals';
import { readProductPage } from '../read-product-page.ts';
import type { PageField, SelectorFinding } from '../reading.ts';
import { testSelectors } from '../test-selectors.ts';
import { checkSelector } from './select.ts';
import { TimeBox } from './time-box.ts';

const url = 'https://shop.example/jam';
const html = (body: string): string =>
  `<!doctype html><html lang="en"><head><title>Jam</title></head><body>${body}</body></html>`;

function find(field: PageField, selector: string, text: string): SelectorFinding | undefined {
  return testSelectors({ text, url }, { currency: 'EUR', locale: 'en', selectors: { [field]: [selector] } })[0];
}

describe('selectors', () => {
  const page = html(`<main id="product"><h1>Plum <em>jam</em></h1>
    <table class="facts"><tr><td>Price</td><td data-sum="4.50">€4.50</td></tr></table>
    <img class="photo" src="/plum.jpg" alt=""><input name="sku" value="J-1">
    <script>window.__STATE__ = {"item": {"price": 4.5, "tags": ["a;b", "}"]}}; start();</script>
    <script id="__NEXT_DATA__" type="application/json">{"props": {"items": [{"id": 1, "price": "4.50"}, {"id": 2, "price": "9"}]}}</script>
    <script type="application/ld+json">{"@type": "Product", "name": "Jam of plums"}</script></main>`);

  it.each<[PageField, string, string]>([
    ['title', 'css:#product h1', 'Plum jam'],
    ['title', 'css:h1:contains("Plum")', 'Plum jam'],
    ['price', 'css:table.facts > tbody > tr > td:nth-child(2)', '4.50'],
    ['price', 'css:td[data-sum]::data-sum', '4.50'],
    ['price', 'css:td[data-sum]::attr(data-sum)', '4.50'],
    ['price', 'attr:td[data-sum]::data-sum', '4.50'],
    ['image', 'css:img.photo', 'https://shop.example/plum.jpg'],
    ['sku', 'css:input[name=sku]', 'J-1'],
    ['price', 'json:$.props.items[?@.id == 1].price', '4.50'],
    ['price', 'json:$..item.price', '4.50'],
    ['title', 'json:$.name', 'Jam of plums'],
    ['title', 'xpath://h1', 'Plum jam'],
    ['title', 'xpath:normalize-space(//main/h1)', 'Plum jam'],
    ['price', 'xpath:/html/body/main/table/tbody/tr/td[contains(text(), "€")]', '4.50'],
    ['price', 'xpath://td/@data-sum', '4.50'],
    ['price', 'xpath:(//td)[last()]', '4.50'],
    ['price', 'regex:data-sum="([\\d.]+)"', '4.50'],
    ['price', 'regex:/DATA-SUM="(?<value>[\\d.]+)"/i', '4.50'],
  ])('finds %s by %s', (field, selector, value) => {
    expect(find(field, selector, page)).toMatchObject({ value, error: null });
  });

  it.each([
    ['json', 'json:$.data.price'],
    ['linked data', 'json:$.offers.price'],
  ])('reads an address that gives %s', (_, selector) => {
    const text = JSON.stringify({
      data: { price: '4.50' },
      '@type': 'Product',
      name: 'Jam',
      offers: { price: '4.50' },
    });

    expect(find('price', selector, text)?.value).toBe('4.50');
    expect(readProductPage({ text, url }, { currency: 'EUR' })).toMatchObject({ title: 'Jam', price: '4.50' });
  });

  it.each([
    ['parts in elements of their own', '<b class="p"><i>35</i><i>.</i><i>99</i><i>€</i></b>', '35.99'],
    ['thousands in elements of their own', '<b class="p"><i>1</i><i>299</i> kr</b>', '1299'],
    ['cents that are set smaller', '<b class="p">35<sup>99</sup> €</b>', '35.99'],
    ['cents by their class', '<b class="p"><i>35</i><i class="price-cents">99</i> €</b>', '35.99'],
    ['an old price that is struck through', '<b class="p"><del>€50</del><ins>€40</ins></b>', '40'],
    ['two elements', '<b class="p">35€</b><b class="p">99</b>', '35.99'],
    ['an attribute where there is no text', '<b class="p" content="35.99"></b>', '35.99'],
    ['the first that is a price', '<b class="p">on request</b><b class="p">€35.99</b>', '35.99'],
  ])('joins a price of %s', (_, body, value) => {
    expect(find('price', 'css:.p', html(body))?.value).toBe(value);
  });

  it('go before what the page says of itself, in their order, and say which one it was', () => {
    const text = html(`<b id="now">€3</b><script type="application/ld+json">
      {"@type": "Product", "name": "Jam", "offers": {"price": 4, "priceCurrency": "EUR"}}</script>`);
    const selectors = { price: ['css:#gone', 'css:#now', 'css:b'], oldPrice: ['css:#gone'] };

    expect(readProductPage({ text, url }, { selectors })).toMatchObject({
      price: '3',
      currency: 'EUR',
      title: 'Jam',
      sources: { price: 'css:#now', currency: 'css:#now', title: 'json-ld' },
    });
    expect(readProductPage({ text, url }, { selectors: { price: ['css:#gone'] } })).toMatchObject({ price: '4' });
  });

  it('tell what they found that is no value', () => {
    expect(find('price', 'css:b', html('<b>on request</b>'))).toEqual({
      field: 'price',
      selector: 'css:b',
      text: 'on request',
      value: null,
      error: null,
    });
  });
});

describe('a selector that is none', () => {
  it.each([
    'h1',
    'css:',
    'css:h1[',
    'css:h1:nonsense',
    'attr:h1',
    'json:price',
    'json:$.a[',
    'xpath://h1[',
    'xpath:',
    'regex:(',
    `css:${'a '.repeat(600)}`,
  ])('is told what is wrong with it: %s', (selector) => {
    expect(checkSelector(selector)).toEqual(expect.stringMatching(/\S/));
    expect(find('title', selector, html('<h1>Jam</h1>'))).toMatchObject({
      value: null,
      error: expect.stringMatching(/\S/),
    });
  });

  it.each(['css:h1', 'css:h1::title', 'attr:a::href', 'json:$.a[?@.b]', 'xpath://h1', 'regex:(a)b'])(
    'is not %s',
    (selector) => {
      expect(checkSelector(selector)).toBeNull();
    },
  );
});

describe('the time box', () => {
  it.each([
    ['a regular expression', 'regex:^(a+)+$', `${'a'.repeat(60)}!`],
    ['a chain of descendants', `css:${'div '.repeat(12)}b`, `${'<div>'.repeat(400)}<b class="other">`],
    ['a path', 'xpath://*[count(.//*[count(.//*) > 1]) > 1]/following::*/preceding::*', '<div>'.repeat(300)],
    [
      'a path through data',
      'json:$..*..*..*..*..*',
      JSON.stringify(Array.from({ length: 12 }, () => Array.from({ length: 12 }, () => [[[[[1]]]]]))),
    ],
  ])('ends %s, and what comes after it is still read', (_, selector, text) => {
    const finding = find('title', selector, text);
    expect(finding?.value === null || finding?.value === '1').toBe(true);
    expect(find('title', 'css:h1', html('<h1>Jam</h1>'))?.value).toBe('Jam');
  });

  it('leaves a field to nobody else when its selector was ended', () => {
    const price =
      '<script type="application/ld+json">{"@type": "Product", "name": "Jam", "offers": {"price": 4}}</script>';
    const text = html(`${price}<p>${'a'.repeat(60)}!</p>`);

    expect(readProductPage({ text, url }, { selectors: { price: ['regex:(a+)+$'] } })).toMatchObject({
      title: 'Jam',
      price: null,
    });
  });

  it('runs nothing when its time is over', () => {
    const box = new TimeBox(20);
    const forever = (): never => {
      for (;;);
    };

    expect(box.run(forever, 'late')).toBe('late');
    expect(box.run(() => 'in time', 'late')).toBe('late');
  });

  it('lets errors through', () => {
    expect(() => new TimeBox(1_000).run(() => JSON.parse('{'), null)).toThrow(SyntaxError);
  });
});
