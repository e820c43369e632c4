import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeCursor, encodeCursor, foreignCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { plainDecimal } from '@gastronom/shared/plain-decimal';
import { Decimal } from '@gastronom/shared/scalars';
import { isStorable } from '@gastronom/shared/storable-text';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Cart } from '../cart/cart.type.ts';
import { type CartView, requireBuyer } from '../cart/cart-view.ts';
import type { OrdersContext } from '../context.ts';
import { Offer, Product } from '../foreign/goods.type.ts';
import { Supplier } from '../foreign/parties.type.ts';
import { BuyingRepository, type GuideRow } from './buying.repository.ts';
import {
  FillCartPayload,
  FillToParInput,
  OrderGuideItem,
  OrderGuideItemConnection,
  Par,
  ParConnection,
  SetParsInput,
  SetParsPayload,
} from './buying.type.ts';
import type { ParEntity } from './par.entity.ts';
import { type FillOutcome, ParService } from './par.service.ts';
import { addOrderToCart } from './reorder.ts';

const guideSort = 'order-guide';
const parSort = 'pars';

/** As the cursor says it: the moment of the guide, and where in it to read on. */
function guidePlace(after: string | null | undefined, now: number) {
  if (!after) return { at: new Date(now), place: undefined };
  const [at, score, offerId] = decodeCursor(after, guideSort, 3).map(String);
  if (!at || !offerId || Number.isNaN(Date.parse(at)) || !/^\d+(\.\d+)?$/.test(score ?? '') || !isStorable(offerId))
    throw foreignCursor();
  return { at: new Date(at), place: { score: score ?? '', offerId } };
}

function parPlace(after: string | null | undefined) {
  if (!after) return undefined;
  const [name = '', offerId = ''] = decodeCursor(after, parSort, 2).map(String);
  if (!isStorable(name) || !isStorable(offerId)) throw foreignCursor();
  return { name, offerId };
}

@Resolver(() => OrderGuideItem)
export class OrderGuideResolver {
  @Query(() => OrderGuideItemConnection, {
    description: 'What the restaurant that the person acts for, or the person, usually buys: of the last half year.',
  })
  async orderGuide(
    @Ctx() { manager, viewer, clock }: OrdersContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<Connection<GuideRow>> {
    const size = pageSize(first);
    const { at, place } = guidePlace(after, clock());
    const rows = await new BuyingRepository(manager).listGuide(requireBuyer(viewer), at, size + 1, place);
    const cursorOf = ({ score, offerId }: GuideRow) => encodeCursor(guideSort, [at.toISOString(), score, offerId]);
    return toConnection(toPage(rows, size), cursorOf, after);
  }

  @FieldResolver(() => Offer, { nullable: true, description: 'The offer; null when it is gone.' })
  offer(@Root() { offerId }: GuideRow): Offer {
    return { id: offerId };
  }

  @FieldResolver(() => Product, {
    nullable: true,
    description: 'The catalogue’s good; null for one that it does not know.',
  })
  product(@Root() { productSku }: GuideRow): Product | null {
    return productSku === null ? null : { sku: productSku };
  }

  @FieldResolver(() => Supplier, { nullable: true, description: 'Who offers it.' })
  supplier(@Root() { supplierId }: GuideRow): Supplier {
    return { id: supplierId };
  }

  @FieldResolver(() => Decimal, { description: 'How many packs are usually ordered: the median.' })
  usualQuantity(@Root() { usualQuantity }: GuideRow): string {
    return plainDecimal(usualQuantity);
  }

  @FieldResolver(() => Money, { description: 'What a pack cost when it was last ordered.' })
  lastPrice(@Root() { priceAmount, currency }: GuideRow): Money {
    return moneyOf(priceAmount, currency);
  }
}

@Resolver(() => Par)
export class ParResolver {
  @Query(() => ParConnection, {
    description:
      'How much of which offers the restaurant that the person acts for, or the person, wants to have. By name.',
  })
  async pars(
    @Ctx() { manager, viewer }: OrdersContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
  ): Promise<Connection<ParEntity>> {
    const size = pageSize(first);
    const rows = await new BuyingRepository(manager).listPars(requireBuyer(viewer), size + 1, parPlace(after));
    const cursorOf = ({ name, offerId }: ParEntity) => encodeCursor(parSort, [name, offerId]);
    return toConnection(toPage(rows, size), cursorOf, after);
  }

  @Mutation(() => SetParsPayload, { description: 'Sets par levels: all of them or none.' })
  async setPars(
    @Ctx() context: OrdersContext,
    @Arg('input', () => SetParsInput, { description: 'Which.' }) { lines }: SetParsInput,
  ): Promise<SetParsPayload> {
    return { userErrors: await new ParService(context).set(lines) };
  }

  @Mutation(() => FillCartPayload, {
    description:
      'Puts into the cart what is missing to the par levels, beyond what lies in it: rounded up to what can be ordered.',
  })
  fillToPar(
    @Ctx() context: OrdersContext,
    @Arg('input', () => FillToParInput, { description: 'What there is.' }) { lines }: FillToParInput,
  ): Promise<FillOutcome> {
    return new ParService(context).fill(lines);
  }

  @FieldResolver(() => Offer, { nullable: true, description: 'The offer; null when it is gone.' })
  offer(@Root() { offerId }: ParEntity): Offer {
    return { id: offerId };
  }

  @FieldResolver(() => Decimal, { description: 'How many packs there should be.' })
  level(@Root() { level }: ParEntity): string {
    return plainDecimal(level);
  }
}

@Resolver(() => FillCartPayload)
export class FillCartResolver {
  @Mutation(() => FillCartPayload, {
    description: 'Puts into the cart what an earlier order was for, as far as it can be ordered now.',
  })
  addOrderToCart(
    @Ctx() context: OrdersContext,
    @Arg('orderId', () => ID, { description: 'The order’s id.' }) orderId: string,
  ): Promise<FillOutcome> {
    return addOrderToCart(context, orderId);
  }

  @FieldResolver(() => Cart, { description: 'The cart as it is now.' })
  cart(@Root() { cart }: FillOutcome): Promise<CartView> {
    return cart();
  }
}
