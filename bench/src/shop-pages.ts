import { gzipSync } from 'node:zlib';

/** Words enough that a page packs about as well as those of real shops. */
function words(count: number, seed: number): string {
  let state = seed;
  const made: string[] = [];
  for (let place = 0; place < count; place += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    made.push((state % 20_000).toString(36));
  }
  return made.join(' ');
}

const card = (place: number): string =>
  `<li class="card" data-id="${place}"><a href="/p/${place}?from=related"><img src="/pictures/${place}.jpg" alt="${words(4, place)}" loading="lazy"><h3>${words(6, place + 7)}</h3><p class="card__text">${words(20, place + 13)}</p></a></li>`;

/** What surrounds the product on each of a shop's pages: scripts, styles, a menu, other goods. About as large as told. */
function surroundings(kilobytes: number): { before: string; after: string } {
  const script = `<script>window.__STATE__ = ${JSON.stringify({ words: words(kilobytes * 60, 1) })};</script>`;
  const style = `<style>.card { color: #222 } /* ${words(kilobytes * 10, 2)} */</style>`;
  const menu = `<nav><ul>${Array.from({ length: 60 }, (_, place) => `<li><a href="/c/${place}">${words(2, place)}</a></li>`).join('')}</ul></nav>`;
  let cards = '';
  for (let place = 0; cards.length < kilobytes * 500; place += 1) cards += card(place);
  return {
    before: `<!doctype html><html lang="en"><head><meta charset="utf-8">${style}${script}`,
    after: `${menu}<ul class="related">${cards}</ul></main></body></html>`,
  };
}

/** Pages of shops, packed: what is the same on all of them was packed once. */
export class ShopPages {
  readonly #before: Buffer;
  readonly #after: Buffer;

  constructor(kilobytes: number) {
    const { before, after } = surroundings(kilobytes);
    this.#before = gzipSync(before);
    this.#after = gzipSync(after);
  }

  page(title: string, price: string): Buffer {
    const offers = { '@type': 'Offer', price, priceCurrency: 'EUR', availability: 'https://schema.org/InStock' };
    const data = { '@context': 'https://schema.org', '@type': 'Product', name: title, image: '/p.jpg', offers };
    const own = `<title>${title}</title><script type="application/ld+json">${JSON.stringify(data)}</script></head>
<body><main><h1>${title}</h1><p class="price">€${price}</p>`;
    return Buffer.concat([this.#before, gzipSync(own), this.#after]);
  }
}
