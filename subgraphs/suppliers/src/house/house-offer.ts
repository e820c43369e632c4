import type { BaseUnitName, OfferEntity } from '../offer/offer.entity.ts';
import { houseId, type SupplierEntity } from '../supplier/supplier.entity.ts';
import type { HouseProduct } from './house.client.ts';

const prefix = 'house:';

/** Ids of what the shop itself offers are made of the goods' SKUs: no row stands behind them. */
export const houseOfferId = (sku: string): string => prefix + sku;

/** The SKU that an offer's id names; null for the offer of another supplier. */
export const houseSkuOf = (offerId: string): string | null =>
  offerId.startsWith(prefix) ? offerId.slice(prefix.length) : null;

/** What 1C prints for goods that are sold by weight or volume; everything else is counted. */
const measured: Readonly<Record<string, BaseUnitName>> = {
  кг: 'KILOGRAM',
  kg: 'KILOGRAM',
  килограмм: 'KILOGRAM',
  л: 'LITRE',
  l: 'LITRE',
  литр: 'LITRE',
};

const smallest: Readonly<Record<BaseUnitName, string>> = { KILOGRAM: '0.001', LITRE: '0.001', PIECE: '1' };

const baseUnitOf = (unit: string | null): BaseUnitName =>
  measured[unit?.trim().toLowerCase().replace(/\.$/, '') ?? ''] ?? 'PIECE';

/** What the shop asks for goods, and how much there is of them. */
export interface HouseTerms {
  readonly housePrice: HouseProduct['price'];
  readonly available: string | null;
}

export type HouseOffer = OfferEntity & HouseTerms;

export const isHouseOffer = (offer: OfferEntity): offer is HouseOffer => 'housePrice' in offer;

/**
 * The shop's goods as an offer: one unit is a pack, price and stock are the catalogue's and 1C's.
 * @param available how much there is, in the good's unit; null where nobody asked.
 */
export function houseOffer(
  product: HouseProduct,
  house: Pick<SupplierEntity, 'taxRate' | 'taxIncluded'>,
  available: string | null,
): HouseOffer {
  const { sku, barcode, name, description, unit, imageUrl, price, isAvailable } = product;
  const baseUnit = baseUnitOf(unit);
  return {
    ...{ id: houseOfferId(sku), supplierId: houseId, supplierSku: sku, productSku: sku, name, description, imageUrl },
    gtin: barcode,
    unit: unit ?? 'шт',
    baseUnit,
    packSize: '1',
    multiple: smallest[baseUnit],
    minimumQuantity: smallest[baseUnit],
    taxRate: house.taxRate,
    taxIncluded: house.taxIncluded,
    // What is weighed out is paid by what the scale says.
    catchWeight: baseUnit === 'KILOGRAM',
    leadTimeDays: 0,
    isAvailable,
    stock: available,
    availabilityUntil: null,
    observedAt: null,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    removedAt: null,
    housePrice: price,
    available,
  };
}
