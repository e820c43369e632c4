import type { ProductReading } from '@gastronom/product-page/reading';

/** As the columns of prices hold them: 14 digits before the point and 4 behind it. */
const storablePrice = /^\d{1,14}(\.\d{1,4})?$/;
const storableCurrency = /^[A-Z]{3}$/;

const longestText = 500;
const longestAddress = 2_000;

/** Neither NUL nor half a surrogate pair, which PostgreSQL takes neither of, and no novel. */
const cleanText = (text: string | null): string | null =>
  text === null ? null : text.replaceAll('\0', '').slice(0, longestText).toWellFormed();

const fitting = (text: string | null, pattern: RegExp): string | null => (text && pattern.test(text) ? text : null);

/** A reading as it can be stored: what a page may say is bounded by nothing. */
export const storableReading = (reading: ProductReading): ProductReading => ({
  ...reading,
  title: cleanText(reading.title),
  price: fitting(reading.price, storablePrice),
  oldPrice: fitting(reading.oldPrice, storablePrice),
  currency: fitting(reading.currency, storableCurrency),
  image: reading.image && reading.image.length <= longestAddress ? reading.image.toWellFormed() : null,
  sku: cleanText(reading.sku),
  seller: cleanText(reading.seller),
  size: cleanText(reading.size),
});
