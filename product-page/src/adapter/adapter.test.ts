import { describe, expect, it } from '@jest/globals';
import { readProductPage } from '../read-product-page.ts';
import { adapterFor } from './adapter-for.ts';
import { normaliseSize } from './normalise-size.ts';
import { readListings } from './read-listings.ts';

const next = (data: unknown): string =>
  `<!doctype html><title>For sale</title><script id="__NEXT_DATA__" type="application/json">${JSON.stringify(data)}</script>`;

/** As Next.js streams it, cut wherever it likes. */
function streamed(data: unknown): string {
  const text = `0:"page"\n1:${JSON.stringify(data)}\n`;
  const pieces = [text.slice(0, 40), text.slice(40)];
  const scripts = pieces.map((piece) => `<script>self.__next_f.push(${JSON.stringify([1, piece])})</script>`);
  return `<!doctype html><title>For sale</title>${scripts.join('')}`;
}

const yenItem = (fields: object = {}) => ({
  id: 'm10000000001',
  status: 'on_sale',
  name: '古い時計',
  price: 4200,
  photos: ['https://static.mercdn.net/m10000000001_1.jpg'],
  item_condition: { id: 3, name: '目立った傷や汚れなし' },
  item_size: { id: 1, name: 'フリーサイズ' },
  seller: { id: 7, name: 'tokei' },
  ...fields,
});

const dollarItem = (id: string, fields: object = {}) => ({
  id,
  name: `Lamp ${id}`,
  status: 'on_sale',
  price: 3850,
  originalPrice: 5000,
  photos: [{ imageUrl: `https://u-mercari-images.mercdn.net/photos/${id}_1.jpg` }],
  itemCondition: { id: 2, name: 'Like new' },
  itemSize: { name: 'Medium (M)' },
  seller: { id: 9, name: 'Ada' },
  ...fields,
});

const depopItem = (slug: string, fields: object = {}) => ({
  id: 500,
  slug,
  status: 'STATUS_ONSALE',
  description: 'Wool coat, warm #coat #wool\nHardly worn.',
  pictures: [{ formats: { P0: { url: 'https://media-photos.depop.com/500/P0.jpg', width: 1280 } } }],
  preview: { url: 'https://media-photos.depop.com/500/P8.jpg', width: 320 },
  attributes: { condition: 'used_like_new' },
  sizes: [
    { name: 'S', quantity: 0 },
    { name: 'medium', quantity: 1 },
  ],
  pricing: {
    currency: 'GBP',
    original_price: { total_price: '40.00' },
    discounted_price: { total_price: '33.99', price_breakdown: { price: { amount: '30.00' } } },
    final_price_key: 'discounted_price',
  },
  ...fields,
});

const jp = 'https://jp.mercari.com/item/m10000000001';

describe('adapterFor', () => {
  it('knows marketplaces by their hosts, and nobody else', () => {
    const hosts = [
      'jp.mercari.com',
      'api.mercari.jp',
      'www.depop.com',
      'webapi.depop.com',
      'notdepop.com',
      'depop.com.io',
    ];

    expect(hosts.map((host) => adapterFor(`https://${host}/`)?.name ?? null)).toEqual([
      'mercari',
      'mercari',
      'depop',
      'depop',
      null,
      null,
    ]);
    expect(adapterFor('no address')).toBeNull();
  });
});

describe('readProductPage of Mercari', () => {
  it('reads an item of Japan from its page or its data', () => {
    const page = readProductPage({ text: next({ props: { item: yenItem() } }), url: jp }, {});
    const data = JSON.stringify({ result: 'OK', data: yenItem() });
    const answer = readProductPage({ text: data, url: 'https://api.mercari.jp/items/get?id=m10000000001' }, {});

    expect(page).toEqual(answer);
    expect(page).toMatchObject({
      title: '古い時計',
      price: '4200',
      currency: 'JPY',
      availability: 'IN_STOCK',
      condition: 'GOOD',
      size: 'ONE SIZE',
      seller: 'tokei',
      image: 'https://static.mercdn.net/m10000000001_1.jpg',
      sources: { price: 'mercari' },
    });
  });

  it('reads the cents of the United States as dollars', () => {
    const text = next({ apollo: { 'Item:m20000000001': dollarItem('m20000000001') } });

    expect(readProductPage({ text, url: 'https://www.mercari.com/us/item/m20000000001/' }, {})).toMatchObject({
      price: '38.50',
      oldPrice: '50.00',
      currency: 'USD',
      condition: 'LIKE_NEW',
      size: 'M',
    });
  });

  it.each(['sold_out', 'trading', 'ITEM_STATUS_SOLD_OUT'])('says that an item of status %s is sold', (status) => {
    const text = next({ item: yenItem({ status }) });

    expect(readProductPage({ text, url: jp }, {})).toMatchObject({ availability: 'SOLD', price: '4200' });
  });

  it('takes 9999999 for no price, whoever says it', () => {
    const offer = { '@type': 'Offer', price: '9999999', priceCurrency: 'JPY' };
    const linked = JSON.stringify({
      '@context': 'https://schema.org',
      '@type': 'Product',
      name: '時計',
      offers: offer,
    });
    const script = `<script type="application/ld+json">${linked}</script>`;
    const own = next({ item: yenItem({ price: 9999999 }) });

    expect(readProductPage({ text: `${own}${script}`, url: jp }, {})).toMatchObject({ title: '古い時計', price: null });
    expect(readProductPage({ text: script, url: jp }, {})).toMatchObject({ title: '時計', price: null });
  });

  it('does not take another item of the page for its own', () => {
    const text = next({ related: [yenItem({ id: 'm10000000002' })] });

    expect(readProductPage({ text, url: jp }, {}).price).toBeNull();
  });
});

describe('readProductPage of Depop', () => {
  const url = 'https://www.depop.com/products/eve-wool-coat-1a2b/';

  it.each([
    ['its data script', next({ props: { product: depopItem('eve-wool-coat-1a2b') } })],
    ['what it streams', streamed({ product: depopItem('eve-wool-coat-1a2b') })],
  ])('reads a thing from %s', (_, text) => {
    expect(readProductPage({ text, url }, {})).toMatchObject({
      title: 'Wool coat, warm',
      price: '30.00',
      oldPrice: '40.00',
      currency: 'GBP',
      availability: 'IN_STOCK',
      condition: 'LIKE_NEW',
      size: 'M',
      image: 'https://media-photos.depop.com/500/P0.jpg',
    });
  });

  it('says that it is sold', () => {
    const text = next({ product: depopItem('eve-wool-coat-1a2b', { status: 'STATUS_SOLD' }) });

    expect(readProductPage({ text, url }, {}).availability).toBe('SOLD');
  });
});

describe('readListings', () => {
  it('finds what a search of Mercari lists, and the next page by its token', () => {
    const items = [dollarItem('m20000000001'), dollarItem('m20000000002', { price: 9999999, status: 'sold_out' })];
    const text = JSON.stringify({ data: { search: { itemsList: [...items, items[0]], nextPageToken: 'v1:1' } } });

    const { listings, nextUrl } = readListings({ text, url: 'https://www.mercari.com/search/?keyword=lamp' }, {});

    expect(listings.map(({ id, url, price, availability }) => [id, url, price, availability])).toEqual([
      ['m20000000001', 'https://www.mercari.com/us/item/m20000000001/', '38.50', 'IN_STOCK'],
      ['m20000000002', 'https://www.mercari.com/us/item/m20000000002/', null, 'SOLD'],
    ]);
    expect(nextUrl).toBe('https://www.mercari.com/search/?keyword=lamp&page_token=v1%3A1');
  });

  it('goes on behind the last of a seller of Japan', () => {
    const text = JSON.stringify({
      meta: { has_next: true },
      data: [yenItem({ pager_id: 9 }), yenItem({ id: 'm10000000002', pager_id: 8 })],
    });

    const { listings, nextUrl } = readListings({ text, url: 'https://api.mercari.jp/items/get_items?seller_id=7' }, {});

    expect(listings).toHaveLength(2);
    expect(nextUrl).toBe('https://api.mercari.jp/items/get_items?seller_id=7&max_pager_id=8');
  });

  it('finds what Depop lists, and the next page by its cursor', () => {
    const text = streamed({
      objects: [depopItem('eve-wool-coat'), depopItem('eve-hat', { id: 501 })],
      page_info: { has_more: true, last: 'MnwyNHw' },
    });

    const { listings, nextUrl } = readListings({ text, url: 'https://www.depop.com/search/?q=wool' }, {});

    expect(listings.map(({ id, url }) => [id, url])).toEqual([
      ['500', 'https://www.depop.com/products/eve-wool-coat/'],
      ['501', 'https://www.depop.com/products/eve-hat/'],
    ]);
    expect(nextUrl).toBe('https://www.depop.com/search/?q=wool&cursor=MnwyNHw');
  });

  it('finds what any shop lists as JSON-LD, and the next page by its relation', () => {
    const product = (name: string, price: string) => ({
      '@type': 'Product',
      name,
      offers: { '@type': 'Offer', price, priceCurrency: 'EUR', availability: 'https://schema.org/InStock' },
    });
    const list = {
      '@context': 'https://schema.org',
      '@type': 'ItemList',
      itemListElement: [
        { '@type': 'ListItem', position: 1, url: '/tea', item: product('Tea', '4.50') },
        { '@type': 'ListItem', position: 2, item: { ...product('Jam', '3.20'), url: 'https://shop.example/jam' } },
        { '@type': 'ListItem', position: 3, item: product('Nowhere', '1.00') },
      ],
    };
    const text = `<link rel="next" href="?page=2"><script type="application/ld+json">${JSON.stringify(list)}</script>`;

    const { listings, nextUrl } = readListings({ text, url: 'https://shop.example/all' }, {});

    expect(listings).toMatchObject([
      { url: 'https://shop.example/tea', title: 'Tea', price: '4.50', currency: 'EUR', availability: 'IN_STOCK' },
      { url: 'https://shop.example/jam', title: 'Jam', price: '3.20', currency: 'EUR', availability: 'IN_STOCK' },
    ]);
    expect(nextUrl).toBe('https://shop.example/all?page=2');
  });

  it('goes to no other host', () => {
    const text = '<a rel="next" href="https://elsewhere.example/?page=2">on</a>';

    expect(readListings({ text, url: 'https://shop.example/all' }, {})).toEqual({ listings: [], nextUrl: null });
  });
});

describe('normaliseSize', () => {
  it('has one writing for what sellers call a size', () => {
    const written = ['m', 'Medium (M)', 'x-large', 'フリーサイズ', 'US 8', 'Size: 2XL', ' W32  L34 ', 'なし', '—'];

    expect(written.map(normaliseSize)).toEqual(['M', 'M', 'XL', 'ONE SIZE', 'US 8', 'XXL', 'W32 L34', null, '—']);
  });
});
