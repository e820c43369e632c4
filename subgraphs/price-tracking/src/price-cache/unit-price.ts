import { moneyOf } from '@gastronom/shared/money';
import { Decimal } from 'decimal.js';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import type { UnitPrice } from './price-cache.type.ts';

/** What a unit of a product's contents comes to at a price; null where its contents are not known. */
export function unitPriceOf(
  price: string | null,
  currency: string | null,
  product: Pick<TrackedProductEntity, 'contentAmount' | 'contentUnit'> | null,
): UnitPrice | null {
  if (price === null || currency === null || !product?.contentAmount || !product.contentUnit) return null;
  const amount = new Decimal(price).div(product.contentAmount).toDecimalPlaces(4, Decimal.ROUND_HALF_UP);
  return { price: moneyOf(amount, currency), unit: product.contentUnit };
}
