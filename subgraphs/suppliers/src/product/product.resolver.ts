import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { DomainError } from '@gastronom/shared/domain-error';
import { moneyOf, toMinorUnit } from '@gastronom/shared/money';
import { Decimal as DecimalScalar } from '@gastronom/shared/scalars';
import { Decimal } from 'decimal.js';
import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { SuppliersContext } from '../context.ts';
import type { OfferEntity } from '../offer/offer.entity.ts';
import { OfferConnection } from '../offer/offer.type.ts';
import { BestOffer, Product } from './product.type.ts';
import { inOrder, mainCurrency, rateOffers } from './product-offers.ts';

const mostQuantity = 1_000_000;

function readQuantity(quantity: string): string {
  const value = new Decimal(quantity);
  if (value.gt(0) && value.lte(mostQuantity)) return quantity;
  throw new DomainError('BAD_USER_INPUT', `\`quantity\` takes more than 0, up to ${mostQuantity}: ${quantity} is not.`);
}

@Resolver(() => Product)
export class ProductResolver {
  @FieldResolver(() => OfferConnection, {
    nullable: true,
    description:
      'Who offers it, the cheapest for the viewer by base unit first, what cannot be had last. Restaurants and staff see each supplier’s offer, suppliers their own; everybody sees the shop’s.',
  })
  async offers(
    @Ctx() context: SuppliersContext,
    @Root() { sku }: Product,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<Connection<OfferEntity>> {
    const size = pageSize(first);
    const sort = `offers-of:${sku}`;
    const rated = await rateOffers(context, sku, null);
    const offers = inOrder(rated, mainCurrency(rated)).map(({ offer }) => offer);
    const behind = after ? decodeCursor(after, sort, 1)[0] : undefined;
    const start = behind === undefined ? 0 : offers.findIndex(({ id }) => id === behind) + 1;
    if (behind !== undefined && start === 0)
      throw new DomainError('BAD_CURSOR', 'The offer that this `after` points behind is gone. Start again without it.');
    return toConnection(
      toPage(offers.slice(start, start + size + 1), size),
      ({ id }) => encodeCursor(sort, [id]),
      after,
    );
  }

  @FieldResolver(() => BestOffer, {
    nullable: true,
    description:
      'The cheapest offer for the viewer, by what a base unit comes to. Null where nobody offers it, or has so much of it. Pieces and kilograms are compared where the catalogue knows the weight of a piece.',
  })
  async bestOffer(
    @Ctx() context: SuppliersContext,
    @Root() { sku }: Product,
    @Arg('quantity', () => DecimalScalar, {
      nullable: true,
      description:
        'How much is needed, in base units (kilograms, litres, pieces): packs are bought whole, so that a little is cheapest in small ones. Without it the least that each supplier lets go.',
    })
    quantity?: string | null,
    @Arg('currency', () => String, {
      nullable: true,
      description: 'ISO 4217 code: among offers in it alone. By default the currency that most offers are in.',
    })
    currency?: string | null,
  ): Promise<BestOffer | null> {
    const rated = await rateOffers(context, sku, quantity == null ? null : readQuantity(quantity));
    const wanted = currency ?? mainCurrency(rated);
    const [best] = inOrder(rated, wanted);
    if (!best?.rating || best.rating.price.currencyCode !== wanted) return null;
    const { packs, price, perBaseUnit, baseUnit } = best.rating;
    return {
      offer: best.offer,
      quantity: packs.toFixed(),
      total: moneyOf(toMinorUnit(packs.mul(price.amount), price.currencyCode), price.currencyCode),
      baseUnit,
      pricePerBaseUnit: moneyOf(perBaseUnit.toDecimalPlaces(4), price.currencyCode),
    };
  }
}
