import { describe, expect, it } from '@jest/globals';
import { readProductPage } from '../read-product-page.ts';
import { depopItem, dollarItem, nextPage, streamed, yenItem } from '../testing/marketplace-pages.ts';
import { adapterFor } from './adapter-for.ts';
import { normaliseSize } from './normalise-size.ts';

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
    const page = readProductPage({ text: nextPage({ props: { item: yenItem() } }), url: jp }, {});
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
    const text = nextPage({ apollo: { 'Item:m20000000001': dollarItem('m20000000001') } });

    expect(readProductPage({ text, url: 'https://www.mercari.com/us/item/m20000000001/' }, {})).toMatchObject({
      price: '38.50',
      oldPrice: '50.00',
      currency: 'USD',
      condition: 'LIKE_NEW',
      size: 'M',
    });
  });

  it.each(['sold_out', 'trading', 'ITEM_STATUS_SOLD_OUT'])('says that an item of status %s is sold', (status) => {
    const text = nextPage({ item: yenItem({ status }) });

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
    const own = nextPage({ item: yenItem({ price: 9999999 }) });

    expect(readProductPage({ text: `${own}${script}`, url: jp }, {})).toMatchObject({ title: '古い時計', price: null });
    expect(readProductPage({ text: script, url: jp }, {})).toMatchObject({ title: '時計', price: null });
  });

  it('does not take another item of the page for its own', () => {
    const text = nextPage({ related: [yenItem({ id: 'm10000000002' })] });

    expect(readProductPage({ text, url: jp }, {}).price).toBeNull();
  });
});

describe('readProductPage of Depop', () => {
  const url = 'https://www.depop.com/products/eve-wool-coat-1a2b/';

  it.each([
    ['its data script', nextPage({ props: { product: depopItem('eve-wool-coat-1a2b') } })],
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
    const text = nextPage({ product: depopItem('eve-wool-coat-1a2b', { status: 'STATUS_SOLD' }) });

    expect(readProductPage({ text, url }, {}).availability).toBe('SOLD');
  });
});

describe('normaliseSize', () => {
  it('has one writing for what sellers call a size', () => {
    const written = ['m', 'Medium (M)', 'x-large', 'フリーサイズ', 'US 8', 'Size: 2XL', ' W32  L34 ', 'なし', '—'];

    expect(written.map(normaliseSize)).toEqual(['M', 'M', 'XL', 'ONE SIZE', 'US 8', 'XXL', 'W32 L34', null, '—']);
  });
});
