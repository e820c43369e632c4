import { moneyOf } from '@gastronom/shared/money';
import type { Money } from '@gastronom/shared/money.type';
import { Decimal } from 'decimal.js';
import type { SuppliersContext } from '../context.ts';
import { isHouseOffer } from '../house/house-offer.ts';
import type { OfferEntity } from '../offer/offer.entity.ts';
import { choosePrice } from './choose-price.ts';
import type { QuantityPrice } from './offer-price.type.ts';

/** What a pack costs the viewer when so many are ordered; the list price for those who buy nothing. */
export async function ownPrice(
  { loaders, clock }: SuppliersContext,
  offer: OfferEntity,
  quantity: string | Decimal,
): Promise<Money | null> {
  if (isHouseOffer(offer))
    return offer.housePrice && { amount: offer.housePrice.amount, currencyCode: offer.housePrice.currency };
  const price = choosePrice(await loaders.offers.ownPrices.load(offer.id), quantity, new Date(clock()));
  const supplier = await loaders.suppliers.load(offer.supplierId);
  return price && supplier && moneyOf(price.amount, supplier.currency);
}

/** The viewer's price at each quantity from which on it is another. */
export async function ownQuantityPrices(context: SuppliersContext, offer: OfferEntity): Promise<QuantityPrice[]> {
  const least = new Decimal(offer.minimumQuantity);
  const prices = isHouseOffer(offer) ? [] : await context.loaders.offers.ownPrices.load(offer.id);
  const breaks = prices.map(({ fromQuantity }) => new Decimal(fromQuantity)).filter((from) => from.gt(least));
  const steps = [least, ...breaks].toSorted((one, other) => one.cmp(other));
  const found: QuantityPrice[] = [];
  for (const step of steps) {
    const price = await ownPrice(context, offer, step);
    if (price && price.amount !== found.at(-1)?.price.amount) found.push({ fromQuantity: step.toFixed(), price });
  }
  return found;
}
