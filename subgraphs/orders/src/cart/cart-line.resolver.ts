import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { plainDecimal } from '@gastronom/shared/plain-decimal';
import { Decimal } from '@gastronom/shared/scalars';
import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Offer, Product } from '../foreign/goods.type.ts';
import { Supplier, User } from '../foreign/parties.type.ts';
import { priceLine } from '../quote/price-line.ts';
import { isKnown, type OrderableLine, type QuotedLine } from '../quote/quote.ts';
import { CartLine } from './cart.type.ts';
import type { CartLineView } from './cart-view.ts';

const now = async ({ id, quote }: CartLineView): Promise<QuotedLine | undefined> => (await quote()).lines.get(id);

async function orderable(line: CartLineView): Promise<OrderableLine | null> {
  const quoted = await now(line);
  return quoted?.status === 'OK' ? quoted : null;
}

@Resolver(() => CartLine)
export class CartLineResolver {
  @FieldResolver(() => Offer, { nullable: true, description: 'The offer; null when it is gone.' })
  offer(@Root() { offerId }: CartLineView): Offer {
    return { id: offerId };
  }

  @FieldResolver(() => Supplier, { nullable: true, description: 'Who offers it.' })
  supplier(@Root() { supplierId }: CartLineView): Supplier {
    return { id: supplierId };
  }

  @FieldResolver(() => Product, {
    nullable: true,
    description: 'The catalogue’s good; null for one that it does not know, and when suppliers cannot be asked.',
  })
  async product(@Root() line: CartLineView): Promise<Product | null> {
    const quoted = await now(line);
    return quoted && isKnown(quoted) && quoted.productSku !== null ? { sku: quoted.productSku } : null;
  }

  @FieldResolver(() => Decimal, { description: 'How many packs.' })
  quantity(@Root() { quantity }: CartLineView): string {
    return plainDecimal(quantity);
  }

  @FieldResolver(() => Money, { description: 'The price of a pack when it was put in.' })
  priceAtAdding(@Root() { priceAmount, priceCurrency }: CartLineView): Money {
    return moneyOf(priceAmount, priceCurrency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'The price of a pack now; null if it cannot be ordered, and when suppliers cannot be asked.',
  })
  async price(@Root() line: CartLineView): Promise<Money | null> {
    const quoted = await orderable(line);
    return quoted && moneyOf(quoted.price.amount, quoted.price.currency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What it comes to now, with tax; null if it cannot be ordered, and when suppliers cannot be asked.',
  })
  async total(@Root() line: CartLineView): Promise<Money | null> {
    const quoted = await orderable(line);
    return quoted && moneyOf(priceLine(quoted, line.quantity).total.toFixed(), quoted.price.currency);
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: 'How many packs there are; null if nobody counts them, and when suppliers cannot be asked.',
  })
  async available(@Root() line: CartLineView): Promise<string | null> {
    const quoted = await now(line);
    return quoted && isKnown(quoted) ? quoted.available : null;
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who put it in.' })
  addedBy(@Root() { addedBy }: CartLineView): User {
    return { id: addedBy };
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who last changed it.' })
  updatedBy(@Root() { updatedBy }: CartLineView): User {
    return { id: updatedBy };
  }
}
