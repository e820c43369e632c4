export interface ShownGoods {
  readonly title?: string;
  /** As shops write it in their data: `4.90`. Null for a page without a price. */
  readonly price?: string | null;
  readonly currency?: string;
  readonly availability?: 'InStock' | 'OutOfStock' | 'PreOrder' | 'SoldOut' | 'Discontinued';
  readonly gtin?: string;
  readonly sku?: string;
  readonly image?: string;
}

/** A page of goods as shops have them: a heading, a picture, the price for people and for machines. */
export function shopPage(goods: ShownGoods = {}): string {
  const { title = 'Green tea, 100 g', price = '4.90', currency = 'EUR', availability = 'InStock' } = goods;
  const offer = {
    '@type': 'Offer',
    price: price,
    priceCurrency: currency,
    availability: `https://schema.org/${availability}`,
  };
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: title,
    image: goods.image ?? '/pictures/goods.jpg',
    ...(goods.gtin ? { gtin13: goods.gtin } : {}),
    ...(goods.sku ? { sku: goods.sku } : {}),
    ...(price === null ? {} : { offers: offer }),
  };
  return `<!doctype html>
<html lang="en">
<head>
  <title>${title}</title>
  <script type="application/ld+json">${JSON.stringify(data)}</script>
</head>
<body>
  <main>
    <h1>${title}</h1>
    ${price === null ? '<p>Ask us for its price.</p>' : `<p class="price">${price} ${currency}</p>`}
  </main>
</body>
</html>`;
}
