import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { plainDecimal } from '@gastronom/shared/plain-decimal';
import { Decimal } from '@gastronom/shared/scalars';
import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Offer, Product } from '../foreign/goods.type.ts';
import type { OrderLineEntity } from './order-line.entity.ts';
import { OrderLine } from './order-line.type.ts';

/** A line as it is read: with the currency of its order. */
export type ReadOrderLine = OrderLineEntity & { readonly currency: string };

const orNull = (quantity: string | null): string | null => (quantity === null ? null : plainDecimal(quantity));

@Resolver(() => OrderLine)
export class OrderLineResolver {
  @FieldResolver(() => Offer, { nullable: true, description: 'The offer that was ordered; null when it is gone.' })
  offer(@Root() { offerId }: OrderLineEntity): Offer {
    return { id: offerId };
  }

  @FieldResolver(() => Product, {
    nullable: true,
    description: 'The catalogue’s good; null for one that the catalogue does not know.',
  })
  product(@Root() { productSku }: OrderLineEntity): Product | null {
    return productSku === null ? null : { sku: productSku };
  }

  @FieldResolver(() => Decimal, { description: 'How many packs were ordered.' })
  quantity(@Root() { quantity }: OrderLineEntity): string {
    return plainDecimal(quantity);
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: 'How many packs the supplier promised; null until it has.',
  })
  confirmedQuantity(@Root() { confirmedQuantity }: OrderLineEntity): string | null {
    return orNull(confirmedQuantity);
  }

  @FieldResolver(() => Decimal, { nullable: true, description: 'How many packs were received so far.' })
  receivedQuantity(@Root() { receivedQuantity }: OrderLineEntity): string | null {
    return orNull(receivedQuantity);
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: 'Of a line that could not be reserved: how many packs there were.',
  })
  available(@Root() { available }: OrderLineEntity): string | null {
    return orNull(available);
  }

  @FieldResolver(() => Money, { description: 'The price of a pack.' })
  price(@Root() { priceAmount, currency }: ReadOrderLine): Money {
    return moneyOf(priceAmount, currency);
  }

  @FieldResolver(() => Money, { description: 'What it costs without tax.' })
  goods(@Root() { goodsAmount, currency }: ReadOrderLine): Money {
    return moneyOf(goodsAmount, currency);
  }

  @FieldResolver(() => Money, { description: 'The tax on it.' })
  tax(@Root() { taxAmount, currency }: ReadOrderLine): Money {
    return moneyOf(taxAmount, currency);
  }

  @FieldResolver(() => Money, { description: 'What it costs with tax.' })
  total(@Root() { totalAmount, currency }: ReadOrderLine): Money {
    return moneyOf(totalAmount, currency);
  }
}
