import { describe, expect, it } from '@jest/globals';
import { depopItem, dollarItem, streamed, yenItem } from '../testing/marketplace-pages.ts';
import { readListings } from './read-listings.ts';

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

  it('reads the cards of a rendered page that carries no data', () => {
    const card = (id: string, name: string, price: string, label = '') =>
      `<li><a href="/item/${id}?from=search"><div aria-label="${label}"><img alt="${name}のサムネイル" src="/${id}.jpg">
       <span>¥${price}</span></div></a></li>`;
    const cards = [
      card('m10000001', '時計 12', '1,600'),
      card('m10000002', '皿', '9,999,999'),
      card('m10000003', '本', '300', '売り切れ'),
    ];
    const text = `<!doctype html><ul>${cards.join('')}</ul><a href="https://elsewhere.example/item/m10000009">¥1</a>`;

    const { listings } = readListings({ text, url: 'https://jp.mercari.com/search?keyword=a' }, {});

    expect(listings.map(({ id, url, title, price, availability }) => [id, url, title, price, availability])).toEqual([
      ['m10000001', 'https://jp.mercari.com/item/m10000001', '時計 12', '1600', null],
      ['m10000002', 'https://jp.mercari.com/item/m10000002', '皿', null, null],
      ['m10000003', 'https://jp.mercari.com/item/m10000003', '本', '300', 'SOLD'],
    ]);
    expect(listings[0]).toMatchObject({ currency: 'JPY', image: 'https://jp.mercari.com/m10000001.jpg' });
  });
});
