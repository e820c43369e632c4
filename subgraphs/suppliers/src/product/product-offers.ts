import type { Money } from '@gastronom/shared/money.type';
import { Decimal } from 'decimal.js';
import type { SuppliersContext } from '../context.ts';
import { type BaseUnitName, isAvailableAt, type OfferEntity } from '../offer/offer.entity.ts';
import { ownPrice } from '../price/own-price.ts';
import { contentsIn, packsFor, perBaseUnit, withoutTax } from './compare-offers.ts';

/** An offer of a good, and what it comes to for the viewer; null where it cannot be had, paid or compared. */
export interface RatedOffer {
  readonly offer: OfferEntity;
  readonly rating: Rating | null;
}

export interface Rating {
  readonly packs: Decimal;
  readonly price: Money;
  readonly perBaseUnit: Decimal;
  readonly baseUnit: BaseUnitName;
}

/** The unit in which a good is compared: the shop's own, else that of most offers. */
function commonUnit(offers: readonly OfferEntity[], own: OfferEntity | undefined): BaseUnitName {
  if (own) return own.baseUnit;
  const counts = Map.groupBy(offers, ({ baseUnit }) => baseUnit);
  const [most] = [...counts].toSorted(([, one], [, other]) => other.length - one.length);
  return most?.[0] ?? 'PIECE';
}

/** All offers of a good that the viewer sees, the shop's among them, each with what it comes to for the quantity. */
export async function rateOffers(
  context: SuppliersContext,
  sku: string,
  quantity: string | null,
): Promise<RatedOffer[]> {
  const { loaders } = context;
  const [house, others] = await Promise.all([loaders.offers.house.load(sku), loaders.offers.ofProduct.load(sku)]);
  const offers = house ? [house.offer, ...others] : others;
  const unit = commonUnit(offers, house?.offer);
  const weight = house?.product.weightGrams ?? null;
  const wanted = quantity === null ? null : new Decimal(quantity);
  return Promise.all(
    offers.map(async (offer) => ({ offer, rating: await rate(context, offer, { unit, weight, wanted }) })),
  );
}

async function rate(
  context: SuppliersContext,
  offer: OfferEntity,
  by: { readonly unit: BaseUnitName; readonly weight: string | null; readonly wanted: Decimal | null },
): Promise<Rating | null> {
  const contents = contentsIn(offer, by.unit, by.weight);
  const supplier = await context.loaders.suppliers.load(offer.supplierId);
  if (!contents || !supplier?.isActive || !isAvailableAt(offer, new Date(context.clock()))) return null;
  const packs = packsFor(offer, contents, by.wanted);
  if (offer.stock !== null && packs.gt(offer.stock)) return null;
  const price = await ownPrice(context, offer, packs);
  if (!price) return null;
  const net = withoutTax(new Decimal(price.amount).mul(packs), offer);
  return { packs, price, baseUnit: by.unit, perBaseUnit: perBaseUnit(net, packs, contents, by.wanted) };
}

/** Amounts of different currencies are not compared: the one most offers are in counts, the first by name of several. */
export function mainCurrency(rated: readonly RatedOffer[]): string | null {
  const counts = Map.groupBy(
    rated.flatMap(({ rating }) => (rating ? [rating.price.currencyCode] : [])),
    (currency) => currency,
  );
  const [most] = [...counts].toSorted(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
  return most?.[0] ?? null;
}

/** The cheapest first; those of another currency behind, and last what cannot be had. */
export function inOrder(rated: readonly RatedOffer[], currency: string | null): RatedOffer[] {
  const rank = ({ rating }: RatedOffer) => (rating ? (rating.price.currencyCode === currency ? 0 : 1) : 2);
  return rated.toSorted((one, other) => {
    const order = rank(one) - rank(other);
    if (order !== 0) return order;
    const amounts = one.rating && other.rating ? one.rating.perBaseUnit.cmp(other.rating.perBaseUnit) : 0;
    return amounts !== 0 ? amounts : one.offer.id < other.offer.id ? -1 : 1;
  });
}
