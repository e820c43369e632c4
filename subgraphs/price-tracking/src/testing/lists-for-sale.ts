/** A thing on Depop. */
export const coat = (slug: string, price: string, more: object = {}) => ({
  id: Number(slug.replace(/\D/g, '')),
  slug,
  status: 'STATUS_ONSALE',
  description: `Coat ${slug}, warm #coat`,
  attributes: { condition: 'used_good' },
  sizes: [{ name: 'medium', quantity: 1 }],
  pricing: { currency: 'GBP', original_price: { total_price: price } },
  ...more,
});
/** A page of them, and where the next one begins. */
export const coats = (objects: object[], last: string | null) =>
  JSON.stringify({ objects, page_info: { has_more: last !== null, last } });

/** An item of Mercari. */
export const item = (id: string, price: number, status = 'on_sale') => ({ id, name: `時計 ${id}`, price, status });

/** A shop's page of goods at four euros ninety each. */
export function goods(names: readonly string[], next = ''): string {
  const itemListElement = names.map((name, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    item: {
      '@type': 'Product',
      name,
      url: name.includes('/') ? name : `/goods/${name}`,
      offers: { '@type': 'Offer', price: '4.90', priceCurrency: 'EUR', availability: 'https://schema.org/InStock' },
    },
  }));
  const data = JSON.stringify({ '@context': 'https://schema.org', '@type': 'ItemList', itemListElement });
  return `<!doctype html>${next}<title>All</title><script type="application/ld+json">${data}</script>`;
}

/** What somebody watches, with what was read of it. */
export const watchedQuery = `{ trackedProducts(sort: NAME) { nodes { name sku condition size
  urls { url isPrimary availability price { amount currencyCode } history { nodes { price { amount } } } } } } }`;
