import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { plainDecimal } from '@gastronom/shared/plain-decimal';
import { Decimal as DecimalScalar } from '@gastronom/shared/scalars';
import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { SuppliersContext } from '../context.ts';
import { isHouseOffer } from '../house/house-offer.ts';
import { OfferPrice, QuantityPrice } from '../price/offer-price.type.ts';
import { ownPrice, ownQuantityPrices } from '../price/own-price.ts';
import { Product } from '../product/product.type.ts';
import type { SupplierEntity } from '../supplier/supplier.entity.ts';
import { Supplier } from '../supplier/supplier.type.ts';
import { maySell } from '../supplier/supplier-access.ts';
import { isAvailableAt, type OfferEntity } from './offer.entity.ts';
import { Offer } from './offer.type.ts';

@Resolver(() => Offer)
export class OfferResolver {
  @FieldResolver(() => Supplier, { nullable: true, description: 'Who offers it.' })
  supplier(@Root() { supplierId }: OfferEntity, @Ctx() { loaders }: SuppliersContext): Promise<SupplierEntity | null> {
    return loaders.suppliers.load(supplierId);
  }

  @FieldResolver(() => Product, {
    nullable: true,
    description: 'The catalogue’s goods that it is; null for an item that the catalogue does not know.',
  })
  product(@Root() { productSku }: OfferEntity): Pick<Product, 'sku'> | null {
    return productSku === null ? null : { sku: productSku };
  }

  @FieldResolver(() => DecimalScalar, { description: 'How many base units a pack has.' })
  packSize(@Root() { packSize }: OfferEntity): string {
    return plainDecimal(packSize);
  }

  @FieldResolver(() => DecimalScalar, { description: 'What quantities are multiples of, in packs.' })
  multiple(@Root() { multiple }: OfferEntity): string {
    return plainDecimal(multiple);
  }

  @FieldResolver(() => DecimalScalar, { description: 'The least that can be ordered, in packs.' })
  minimumQuantity(@Root() { minimumQuantity }: OfferEntity): string {
    return plainDecimal(minimumQuantity);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether it can be ordered now: its supplier trades, offers it, and has not run out of it.',
  })
  async isAvailable(@Root() offer: OfferEntity, @Ctx() { loaders, clock }: SuppliersContext): Promise<boolean> {
    const supplier = await loaders.suppliers.load(offer.supplierId);
    return (supplier?.isActive ?? false) && isAvailableAt(offer, new Date(clock()));
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description: 'How many packs there are; null where the supplier does not count.',
  })
  stock(@Root() { stock }: OfferEntity): string | null {
    return stock === null ? null : plainDecimal(stock);
  }

  @FieldResolver(() => Boolean, { description: 'Whether the supplier took it off its list. Orders still point at it.' })
  isRemoved(@Root() { removedAt }: OfferEntity): boolean {
    return removedAt !== null;
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description:
      'What a pack costs the viewer, when so many are ordered: of the prices that hold, the restaurant’s own, else that of its group, else the list price. Null where there is none.',
  })
  price(
    @Root() offer: OfferEntity,
    @Ctx() context: SuppliersContext,
    @Arg('quantity', () => DecimalScalar, {
      nullable: true,
      description: 'How many packs; the least that can be ordered by default.',
    })
    quantity?: string | null,
  ): Promise<Money | null> {
    return ownPrice(context, offer, quantity ?? offer.minimumQuantity);
  }

  @FieldResolver(() => [QuantityPrice], {
    description: 'The viewer’s price at each quantity from which on it is another, beginning with the least.',
  })
  quantityPrices(@Root() offer: OfferEntity, @Ctx() context: SuppliersContext): Promise<QuantityPrice[]> {
    return ownQuantityPrices(context, offer);
  }

  @FieldResolver(() => [OfferPrice], {
    nullable: true,
    description:
      'All its prices, everybody’s. For the supplier itself and admins; null for others and for the shop’s goods.',
  })
  async prices(@Root() offer: OfferEntity, @Ctx() { loaders, viewer }: SuppliersContext): Promise<OfferPrice[] | null> {
    const supplier = await loaders.suppliers.load(offer.supplierId);
    if (!supplier || !maySell(viewer, supplier) || isHouseOffer(offer)) return null;
    const prices = await loaders.offers.allPrices.load(offer.id);
    return prices.map(({ amount, ...price }) => ({
      ...price,
      fromQuantity: plainDecimal(price.fromQuantity),
      price: moneyOf(amount, supplier.currency),
    }));
  }
}
