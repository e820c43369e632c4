import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readProductPage } from './read-product-page.ts';
import type { ProductReading, ReadingRules } from './reading.ts';

const url = 'https://shop.example/tea/assam?size=250';

const read = (body: string, rules: ReadingRules = {}, head = '<title>Assam tea</title>'): ProductReading =>
  readProductPage({ text: `<!doctype html><html><head>${head}</head><body>${body}</body></html>`, url }, rules);

const ld = (...nodes: readonly unknown[]): string =>
  nodes.map((node) => `<script type="application/ld+json">${JSON.stringify(node)}</script>`).join('');

const offer = (price: unknown, more: object = {}) => ({ '@type': 'Offer', price, priceCurrency: 'EUR', ...more });
const assam = (offers: unknown, more: object = {}) => ({
  '@context': 'https://schema.org',
  '@type': 'Product',
  name: 'Assam tea',
  offers,
  ...more,
});

describe('JSON-LD', () => {
  it('says all that is kept of a product', () => {
    const body = ld(
      assam(
        offer('12.90', {
          availability: 'https://schema.org/InStock',
          itemCondition: 'https://schema.org/NewCondition',
          seller: { '@type': 'Organization', name: 'Leaf &amp; Cup' },
          priceSpecification: {
            '@type': 'UnitPriceSpecification',
            priceType: 'https://schema.org/ListPrice',
            price: 15,
          },
        }),
        { image: ['/assam.jpg'], gtin13: '4006381333931', sku: 'A-250', size: '250 g' },
      ),
    );

    expect(read(body)).toEqual({
      title: 'Assam tea',
      price: '12.90',
      oldPrice: '15',
      currency: 'EUR',
      image: 'https://shop.example/assam.jpg',
      availability: 'IN_STOCK',
      gtin: '4006381333931',
      sku: 'A-250',
      seller: 'Leaf & Cup',
      condition: 'NEW',
      size: '250 g',
      sources: {
        title: 'json-ld',
        price: 'json-ld',
        oldPrice: 'json-ld',
        currency: 'json-ld',
        image: 'json-ld',
        availability: 'json-ld',
        gtin: 'json-ld',
        sku: 'json-ld',
        seller: 'json-ld',
        condition: 'json-ld',
        size: 'json-ld',
      },
    });
  });

  const product = assam(offer(12.9));
  it.each([
    ['a list', [{ '@type': 'BreadcrumbList' }, product]],
    ['a graph', { '@context': 'https://schema.org', '@graph': [{ '@type': 'WebSite', name: 'Leaf' }, product] }],
    ['the page that it is about', { '@type': 'ItemPage', mainEntity: product }],
    ['an offer that names it', { ...offer('12.90'), itemOffered: { '@type': 'Product', name: 'Assam tea' } }],
    ['a type among others', { ...product, '@type': ['Thing', 'http://schema.org/Product'] }],
    ['a list of offers', assam([offer('12.90'), offer('12.90')])],
    ['an aggregate', assam({ '@type': 'AggregateOffer', lowPrice: 12.9, highPrice: 19, priceCurrency: 'EUR' })],
    [
      'offers of an aggregate',
      assam({ '@type': 'AggregateOffer', priceCurrency: 'EUR', offers: [{ '@type': 'Offer', price: 12.9 }] }),
    ],
    ['a specification', assam({ '@type': 'Offer', priceSpecification: [{ price: '12.90', priceCurrency: 'EUR' }] })],
    [
      'nodes that refer to each other',
      {
        '@graph': [
          { '@type': 'Product', name: 'Assam tea', offers: { '@id': '#o' } },
          { '@id': '#o', ...offer('12.90') },
        ],
      },
    ],
  ])('has the price in %s', (_, node) => {
    expect(read(ld(node))).toMatchObject({ title: 'Assam tea', price: '12.90', currency: 'EUR' });
  });

  it('has the price that all pay, not that of members or of many pieces', () => {
    const specifications = [
      { price: '9.90', validForMemberTier: { name: 'Gold' } },
      { price: '8.90', eligibleQuantity: { '@type': 'QuantitativeValue', minValue: 10 } },
      { price: '12.90' },
    ];

    expect(read(ld(assam({ '@type': 'Offer', priceCurrency: 'EUR', priceSpecification: specifications }))).price).toBe(
      '12.90',
    );
  });

  it('takes the variant that the address names', () => {
    const variant = (size: string, price: number) => ({
      '@type': 'Product',
      name: `Assam tea ${size} g`,
      offers: offer(price, { url: `https://shop.example/tea/assam?size=${size}` }),
    });
    const group = { '@type': 'ProductGroup', name: 'Assam tea', hasVariant: [variant('100', 6), variant('250', 12.9)] };

    expect(read(ld(group))).toMatchObject({ title: 'Assam tea 250 g', price: '12.90' });
  });

  it('takes the offer that the address names, and of the others what can be bought', () => {
    const at = (size: string): object => ({ url: `https://shop.example/tea/assam?size=${size}` });
    const soldOut = { availability: 'https://schema.org/OutOfStock' };
    const inStock = { availability: 'https://schema.org/InStock' };

    expect(read(ld(assam([offer(6, at('100')), offer(12.9, at('250'))]))).price).toBe('12.90');
    expect(read(ld(assam([offer(6, soldOut), offer(12.9, inStock)])))).toMatchObject({
      price: '12.90',
      availability: 'IN_STOCK',
    });
  });

  it('knows the variant whatever else is in the address', () => {
    const offers = [offer(6, { url: '/tea/assam?size=100' }), offer(12.9, { url: '/tea/assam?size=250' })];
    const text = `<html><head><link rel="canonical" href="/tea/assam"></head>${ld(assam(offers))}</html>`;

    expect(readProductPage({ text, url: `${url}&utm_source=letter` }, {}).price).toBe('12.90');
  });

  it('reads terms that are nodes', () => {
    const availability = { '@id': 'https://schema.org/OutOfStock' };

    expect(read(ld(assam(offer(12.9, { availability }))))).toMatchObject({
      price: '12.90',
      availability: 'OUT_OF_STOCK',
    });
  });

  it('takes the offer whose number the address has, and that in the currency of the store', () => {
    expect(read(ld(assam([offer(6, { sku: '100' }), offer(12.9, { sku: '250' })]))).price).toBe('12.90');
    expect(read(ld(assam([offer(6, { priceCurrency: 'GBP' }), offer(12.9)])), { currency: 'EUR' }).price).toBe('12.90');
  });

  it('of several prices takes the one that the page says elsewhere as well, else the first', () => {
    const offers = ld(assam([offer(12.9), offer(10)]));
    const meta = '<meta property="product:price:amount" content="10.00">';

    expect(read(offers).price).toBe('12.90');
    expect(read(offers, {}, meta).price).toBe('10');
  });

  it('takes a price of 0 for none', () => {
    expect(read(ld(assam(offer(0, { availability: 'OutOfStock' }))))).toMatchObject({
      title: 'Assam tea',
      price: null,
      availability: 'OUT_OF_STOCK',
    });
  });

  it('is read though other texts of the page are beyond repair', () => {
    expect(read(`<script type="application/ld+json">{"@type":</script>${ld(product)}`).price).toBe('12.90');
  });

  it('leaves the prototypes of things alone', () => {
    const body =
      '<script type="application/ld+json">{"__proto__":{"price":"1"},"@type":"Product","name":"Assam tea"}</script>';

    expect(read(body).price).toBeNull();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('a page with other products', () => {
  const darjeeling = { '@type': 'Product', name: 'Darjeeling', url: '/tea/darjeeling', offers: offer(20) };

  it('has the price of its own, by address, whatever their order', () => {
    const own = { '@type': 'Product', name: 'Blend No. 7', url, offers: offer(12.9) };
    const others = ['darjeeling', 'sencha', 'oolong'].map((name) => ({ ...darjeeling, name, url: `/tea/${name}` }));

    fc.assert(
      fc.property(fc.shuffledSubarray([own, ...others], { minLength: 4, maxLength: 4 }), (nodes) => {
        expect(read(ld(...nodes)).price).toBe('12.90');
      }),
    );
  });

  it('has the price of its own, by name', () => {
    expect(read(ld(darjeeling, assam(offer(12.9)))).price).toBe('12.90');
  });

  it('has none when nothing tells them apart', () => {
    const list = '<title>All teas</title>';

    expect(read(ld({ ...darjeeling, name: 'Sencha' }, { ...darjeeling, name: 'Oolong' }), {}, list).price).toBeNull();
  });

  it('has none when they stand in a list', () => {
    const list = { '@type': 'ItemList', itemListElement: [{ '@type': 'ListItem', item: assam(offer(12.9)) }] };

    expect(read(ld(list)).price).toBeNull();
  });

  it('has none when its own has none', () => {
    const related = `<div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Darjeeling</b>
      <div itemprop="offers" itemscope><b itemprop="price">20</b></div></div>`;

    expect(read(ld(assam({ '@type': 'Offer', availability: 'SoldOut' })) + related)).toMatchObject({
      title: 'Assam tea',
      price: null,
      availability: 'OUT_OF_STOCK',
    });
  });

  it('has none when the only one is of another page', () => {
    expect(read(ld(darjeeling)).price).toBeNull();
  });
});

describe('microdata and RDFa', () => {
  const type = 'itemtype="https://schema.org/Product"';

  it('gives a price to the nearest item around it', () => {
    const body = `<main itemscope ${type}><h1 itemprop="name">Assam tea</h1>
      <aside itemprop="isRelatedTo" itemscope ${type}><b itemprop="name">Darjeeling</b>
        <p itemprop="offers" itemscope itemtype="https://schema.org/Offer"><b itemprop="price">20</b></p></aside>
      <p itemprop="offers" itemscope itemtype="https://schema.org/Offer"><b itemprop="price" content="12.9">12,90</b>
        <meta itemprop="pricecurrency" content="EUR"><link itemprop="availability" href="https://schema.org/InStock"></p></main>`;

    expect(read(body)).toMatchObject({
      title: 'Assam tea',
      price: '12.90',
      currency: 'EUR',
      availability: 'IN_STOCK',
      sources: { price: 'microdata' },
    });
  });

  it('leaves items alone that are within a product and not of it', () => {
    const body = `<main itemscope ${type}><h1 itemprop="name">Assam tea</h1>
      <div itemscope ${type}><b itemprop="name">Darjeeling</b><b itemprop="price">20</b></div></main>`;

    expect(read(body)).toMatchObject({ title: 'Assam tea', price: null });
  });

  it('finds properties that stand elsewhere, and an image that is loaded late', () => {
    const body = `<div itemscope ${type} itemref="cost"><b itemprop="name">Assam tea</b>
      <img itemprop="image" src="data:image/gif;base64,AA" data-src="/assam.jpg"></div>
      <p id="cost"><i itemprop="price">€ 12,90</i></p>`;

    expect(read(body)).toMatchObject({ price: '12.90', currency: 'EUR', image: 'https://shop.example/assam.jpg' });
  });

  it('has no price where its offers differ and nothing decides', () => {
    const one = (price: string): string => `<p itemprop="offers" itemscope><i itemprop="price">${price}</i></p>`;

    expect(
      read(`<div itemscope ${type}><b itemprop="name">Assam tea</b>${one('18')}${one('17.10')}</div>`).price,
    ).toBeNull();
  });

  it('has no price where an offer has two, and one where it has the same twice', () => {
    const one = (first: string, second: string): string => `<div itemscope ${type}><b itemprop="name">Assam tea</b>
      <p itemprop="offers" itemscope><i itemprop="price" content="">${first}</i><i itemprop="price">${second}</i></p></div>`;

    expect(read(one('18,00 €', '17,10 €')).price).toBeNull();
    expect(read(one('18,00 €', '18.00')).price).toBe('18');
  });

  it('reads the same from RDFa', () => {
    const body = `<div vocab="https://schema.org/" typeof="Product"><b property="name">Assam tea</b>
      <p property="offers" typeof="Offer"><b property="price" content="12.90">12,90 €</b>
      <i property="priceCurrency" content="EUR"></i></p></div>`;

    expect(read(body)).toMatchObject({ price: '12.90', currency: 'EUR', sources: { price: 'rdfa' } });
  });
});

describe('meta', () => {
  const meta = (name: string, content: string, by = 'property'): string =>
    `<meta ${by}="${name}" content="${content}">`;

  it.each([
    ['Open Graph', meta('og:price:amount', '12,90') + meta('og:price:currency', 'EUR')],
    ['the product feeds', meta('product:price:amount', '12.90') + meta('product:price:currency', 'EUR')],
    [
      'a name in place of a property',
      meta('product:price:amount', '12.90', 'name') + meta('product:price:currency', 'EUR', 'name'),
    ],
    ['a card', meta('twitter:label1', 'Price', 'name') + meta('twitter:data1', '€12.90', 'name')],
    ['properties of no item', meta('price', '12.90', 'itemprop') + meta('priceCurrency', 'EUR', 'itemprop')],
  ])('has the price by %s', (_, head) => {
    expect(read('', {}, head)).toMatchObject({ price: '12.90', currency: 'EUR', sources: { price: 'meta' } });
  });

  it('has the reduced price and the one before', () => {
    const head = meta('product:price:amount', '15') + meta('product:sale_price:amount', '12.90');

    expect(read('', { currency: 'EUR' }, head)).toMatchObject({ price: '12.90', oldPrice: '15', currency: 'EUR' });
  });

  it('has no price where it says two', () => {
    expect(read('', {}, meta('og:price:amount', '12.90') + meta('og:price:amount', '20')).price).toBeNull();
  });

  it('is what a page falls back on for its title and its image', () => {
    const head = meta('og:title', 'Assam tea') + meta('og:image', '//img.example/assam.jpg');

    expect(read('', {}, head)).toMatchObject({ title: 'Assam tea', image: 'https://img.example/assam.jpg' });
  });
});

describe('a page that says it twice', () => {
  it('is believed in the order of its sources', () => {
    const head = '<meta property="product:price:amount" content="20">';
    const body = `${ld(assam(offer(12.9)))}<div itemscope itemtype="https://schema.org/Product">
      <b itemprop="name">Assam tea</b><b itemprop="price">15</b></div>`;

    expect(read(body, { currency: 'SEK' }, head)).toMatchObject({ price: '12.90', currency: 'EUR' });
  });
});

describe('a price that the page shows as an old one', () => {
  const stale = ld(assam(offer(20)));
  const shown = (old: string, now = '<b>12,90 €</b>'): string => `${stale}<p><span>${old}</span>${now}</p>`;

  it.each([
    ['struck through', shown('<del>20,00 €</del>')],
    ['called so', shown('<i class="price price--old">20,00 €</i>')],
  ])('and no longer asked is none: %s', (_, body) => {
    expect(read(body)).toMatchObject({ title: 'Assam tea', price: null });
  });

  it.each([
    ['it is shown as the price as well', `${shown('<del>20,00 €</del>')}<b>20,00 €</b>`],
    ['nothing lower is beside it', shown('<del>20,00 €</del>', '<b>now 25,00 €</b>')],
    ['it is not shown', shown('<del>30,00 €</del>')],
  ])('is the price where %s', (_, body) => {
    expect(read(body).price).toBe('20');
  });
});

describe('a page that nobody could have meant', () => {
  const length = 100_000;
  const of = (part: string): string => part.repeat(Math.ceil(length / part.length));

  it.each([
    ['nested without an end', of('<div>')],
    ['of meta elements', of('<meta property="og:price:amount" content="1">')],
    ['of items in items', of('<div itemscope itemtype="https://schema.org/Product">')],
    ['of properties in properties', `<div itemscope>${'<i itemprop="name">'.repeat(500)}${of('x ')}`],
    ['of lists in lists', `<script type="application/ld+json">${of('[')}</script>`],
    [
      'of references',
      ld({
        '@graph': Array.from({ length: 40 }, (_, at) => ({
          '@id': `#${at}`,
          '@type': 'Product',
          a: [{ '@id': `#${at + 1}` }, { '@id': `#${at + 1}` }],
        })),
      }),
    ],
    ['of anything', of('<![CDATA[<p<q &#x;')],
  ])('of the kind %s has no price', (_, body) => {
    expect(read(body, {}, '').price === null || body.includes('og:price')).toBe(true);
  });

  it('is deeper than any, and its data at the end are read all the same', () => {
    expect(read(of('<b>') + ld(assam(offer(12.9)))).price).toBe('12.90');
  });

  it('is read whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(readProductPage({ text, url }, {})).toMatchObject({ sources: expect.anything() });
      }),
    );
  });
});
