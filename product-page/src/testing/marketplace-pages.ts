/** A page with its data in a script, as Next.js has it. */
export const nextPage = (data: unknown): string =>
  `<!doctype html><title>For sale</title><script id="__NEXT_DATA__" type="application/json">${JSON.stringify(data)}</script>`;

/** The same as Next.js streams it, cut wherever it likes. */
export function streamed(data: unknown): string {
  const text = `0:"page"\n1:${JSON.stringify(data)}\n`;
  const pieces = [text.slice(0, 40), text.slice(40)];
  const scripts = pieces.map((piece) => `<script>self.__next_f.push(${JSON.stringify([1, piece])})</script>`);
  return `<!doctype html><title>For sale</title>${scripts.join('')}`;
}

/** An item of Mercari in Japan. */
export const yenItem = (fields: object = {}) => ({
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

/** One in the United States. */
export const dollarItem = (id: string, fields: object = {}) => ({
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

/** A thing on Depop. */
export const depopItem = (slug: string, fields: object = {}) => ({
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
