import { plainDecimal } from '@gastronom/shared/plain-decimal';
import { Decimal } from 'decimal.js';
import { type HouseOffer, isHouseOffer } from '../house/house-offer.ts';
import { isAvailableAt, type OfferEntity } from '../offer/offer.entity.ts';
import { choosePrice } from '../price/choose-price.ts';
import type { OfferPriceEntity } from '../price/offer-price.entity.ts';
import type { SupplierEntity } from '../supplier/supplier.entity.ts';
import type { Buyer, QuoteLineRequest } from './quote.inputs.ts';

export type QuoteStatus = 'OK' | 'UNKNOWN_OFFER' | 'NOT_FOR_THIS_BUYER' | 'NOT_AVAILABLE' | 'NO_PRICE';

interface QuotePrice {
  readonly amount: string;
  readonly currency: string;
}

/** One line as orders reads it. Where the offer is none of the buyer's business, it tells nothing but the status. */
export interface QuoteLine {
  readonly key: string;
  readonly offerId: string;
  readonly status: QuoteStatus;
  readonly supplierId?: string;
  readonly [detail: string]: unknown;
}

/** What is known when lines are quoted. */
export interface QuoteFacts {
  readonly buyer: Buyer | null;
  readonly at: Date;
  readonly suppliers: ReadonlyMap<string, SupplierEntity>;
  readonly offers: ReadonlyMap<string, OfferEntity | HouseOffer>;
  /** By offer: those that are meant for the buyer. */
  readonly prices: ReadonlyMap<string, readonly OfferPriceEntity[]>;
}

function priceOf(
  offer: OfferEntity | HouseOffer,
  supplier: SupplierEntity,
  quantity: string,
  facts: QuoteFacts,
): QuotePrice | null {
  if (isHouseOffer(offer)) return offer.housePrice;
  const price = choosePrice(facts.prices.get(offer.id) ?? [], quantity, facts.at);
  return price && { amount: new Decimal(price.amount).toFixed(), currency: supplier.currency };
}

const detailsOf = (offer: OfferEntity, price: QuotePrice | null) => ({
  supplierId: offer.supplierId,
  supplierSku: offer.supplierSku,
  productSku: offer.productSku,
  gtin: offer.gtin,
  name: offer.name,
  unit: offer.unit,
  baseUnit: offer.baseUnit,
  packSize: plainDecimal(offer.packSize),
  multiple: plainDecimal(offer.multiple),
  minimumQuantity: plainDecimal(offer.minimumQuantity),
  price,
  taxRate: new Decimal(offer.taxRate).toFixed(2),
  taxIncluded: offer.taxIncluded,
  catchWeight: offer.catchWeight,
  leadTimeDays: offer.leadTimeDays,
  available: offer.stock === null ? null : plainDecimal(offer.stock),
});

/** What a line comes to for the buyer at the moment. */
export function quoteLine({ key, offerId, quantity }: QuoteLineRequest, facts: QuoteFacts): QuoteLine {
  const offer = facts.offers.get(offerId.toLowerCase()) ?? facts.offers.get(offerId);
  const supplier = offer && facts.suppliers.get(offer.supplierId);
  if (!offer || !supplier) return { key, offerId, status: 'UNKNOWN_OFFER' };
  // Suppliers sell to organizations; the shop sells to everybody.
  if (!isHouseOffer(offer) && facts.buyer?.kind !== 'ORGANIZATION')
    return { key, offerId, status: 'NOT_FOR_THIS_BUYER' };
  const price = priceOf(offer, supplier, quantity, facts);
  const details = { key, offerId, ...detailsOf(offer, price) };
  if (!supplier.isActive || !isAvailableAt(offer, facts.at)) return { ...details, status: 'NOT_AVAILABLE' };
  return { ...details, status: price ? 'OK' : 'NO_PRICE' };
}
