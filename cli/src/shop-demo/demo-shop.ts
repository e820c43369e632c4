import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ShopGood {
  readonly sku: string;
  readonly name: string;
  readonly gtin?: string | undefined;
  /** In hundredths of the currency’s unit. */
  price: number;
  readonly currency: string;
  readonly imageUrl?: string | undefined;
  isInStock: boolean;
}

export interface DemoShopOptions {
  readonly goods: readonly ShopGood[];
  readonly port: number;
  /** Told of each page that is read. */
  readonly onVisit: (path: string, agent: string) => void;
  readonly onChange: (good: ShopGood) => void;
}

export interface DemoShop {
  readonly url: string;
  /** Moves the price of one of the goods by up to a tenth, up or down. */
  movePrice(): void;
  stop(): Promise<void>;
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const amountOf = ({ price }: ShopGood): string => (price / 100).toFixed(2);

/** As shops tell search engines (schema.org): a script cannot be ended by what stands in it. */
const linkedData = (good: ShopGood, url: string): string =>
  JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: good.name,
    sku: good.sku,
    gtin: good.gtin,
    image: good.imageUrl,
    offers: {
      '@type': 'Offer',
      url,
      price: amountOf(good),
      priceCurrency: good.currency,
      availability: `https://schema.org/${good.isInStock ? 'InStock' : 'OutOfStock'}`,
    },
  }).replaceAll('<', '\\u003c');

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body>${body}</body></html>`;

const productPage = (good: ShopGood, url: string): string =>
  page(
    good.name,
    `<h1>${escaped(good.name)}</h1><p class="price">${amountOf(good)} ${good.currency}</p>` +
      `<p>${good.isInStock ? 'В наличии' : 'Нет в наличии'}</p><script type="application/ld+json">${linkedData(good, url)}</script>`,
  );

const listPage = (goods: Iterable<ShopGood>): string =>
  page(
    'Shop',
    `<ul>${[...goods].map((good) => `<li><a href="/goods/${good.sku}">${escaped(good.name)}</a> ${amountOf(good)} ${good.currency}</li>`).join('')}</ul>`,
  );

/** A shop with a page for each of its goods, whose prices can be moved. */
export async function startDemoShop({ goods, port, onVisit, onChange }: DemoShopOptions): Promise<DemoShop> {
  const bySku = new Map(goods.map((good) => [good.sku, good]));
  let url = '';
  const send = (response: ServerResponse, status: number, text: string, type = 'text/html') => {
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(text);
  };

  /** `/control/price/SKU/99.90`, `/control/stock/SKU/0` */
  const control = (response: ServerResponse, [what, sku = '', value]: string[]) => {
    const good = bySku.get(decodeURIComponent(sku));
    const number = Number(value);
    if (!good || !(number >= 0) || (what !== 'price' && what !== 'stock'))
      return send(response, 404, 'POST /control/price/SKU/PRICE or /control/stock/SKU/NUMBER\n', 'text/plain');
    if (what === 'price') good.price = Math.round(number * 100);
    else good.isInStock = number > 0;
    onChange(good);
    send(response, 200, `${good.name}: ${amountOf(good)} ${good.currency}\n`, 'text/plain');
  };

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    const [, first, ...rest] = pathname.split('/');
    if (first === 'control' && request.method === 'POST') return control(response, rest);
    onVisit(pathname, request.headers['user-agent'] ?? '');
    if (pathname === '/') return send(response, 200, listPage(bySku.values()));
    if (pathname === '/robots.txt') return send(response, 200, 'User-agent: *\nAllow: /\n', 'text/plain');
    const good = first === 'goods' ? bySku.get(decodeURIComponent(rest[0] ?? '')) : undefined;
    if (!good) return send(response, 404, page('404', '<h1>404</h1>'));
    send(response, 200, productPage(good, `${url}/goods/${good.sku}`));
  };

  const server = createServer(answer);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    movePrice() {
      const good = goods[Math.floor(Math.random() * goods.length)];
      if (!good) return;
      good.price = Math.max(1, Math.round(good.price * (0.9 + Math.random() / 5)));
      onChange(good);
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
