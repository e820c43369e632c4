import { type Connection, PageArgs, toConnection } from '@gastronom/shared/connection.type';
import { decodeIdCursor, encodeCursor, pageSize, toPage } from '@gastronom/shared/cursor';
import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { ownerOf } from '../ownership.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProduct } from '../tracked-product/tracked-product.type.ts';
import type { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';
import { TrackedUrl } from '../tracked-url/tracked-url.type.ts';
import type { PriceAlertEntity } from './price-alert.entity.ts';
import { type AlertSearch, PriceAlertRepository } from './price-alert.repository.ts';
import { alertSearchOf } from './price-alert.resolver.ts';
import { PriceAlert } from './price-alert.type.ts';
import type { RaisedPriceAlertEntity } from './raised-price-alert.entity.ts';
import { RaisedPriceAlert, RaisedPriceAlertConnection } from './raised-price-alert.type.ts';

@Resolver(() => RaisedPriceAlert)
export class RaisedPriceAlertResolver {
  @FieldResolver(() => Money, { description: 'What the page asked.' })
  price(@Root() { price, currency }: RaisedPriceAlertEntity): Money {
    return moneyOf(price, currency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'The last price before, for which it could be bought; null where there was none in this currency.',
  })
  previousPrice(@Root() { previousPrice, currency }: RaisedPriceAlertEntity): Money | null {
    return previousPrice === null ? null : moneyOf(previousPrice, currency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What the price was held against: the target, the highest, or the lowest before.',
  })
  referencePrice(@Root() { referencePrice, currency }: RaisedPriceAlertEntity): Money | null {
    return referencePrice === null ? null : moneyOf(referencePrice, currency);
  }

  @FieldResolver(() => PriceAlert, { nullable: true, description: 'The alert; null where it was deleted since.' })
  alert(
    @Root() { alertId }: RaisedPriceAlertEntity,
    @Ctx() { loaders }: PriceTrackingContext,
  ): Promise<PriceAlertEntity | null> {
    return loaders.priceAlerts.byId.load(alertId);
  }

  @FieldResolver(() => TrackedProduct, { nullable: true, description: 'The product.' })
  product(
    @Root() { productId }: RaisedPriceAlertEntity,
    @Ctx() { loaders }: PriceTrackingContext,
  ): Promise<TrackedProductEntity | null> {
    return loaders.trackedProducts.load(productId);
  }

  @FieldResolver(() => TrackedUrl, { nullable: true, description: 'The page.' })
  trackedUrl(
    @Root() { urlId }: RaisedPriceAlertEntity,
    @Ctx() { loaders }: PriceTrackingContext,
  ): Promise<TrackedUrlEntity | null> {
    return loaders.trackedUrls.byId.load(urlId);
  }
}

type RaisedPage = Connection<RaisedPriceAlertEntity> & { readonly search: AlertSearch };

@Resolver(() => RaisedPriceAlertConnection)
export class RaisedPriceAlertListResolver {
  @Query(() => RaisedPriceAlertConnection, { description: 'What one’s own alerts raised, newest first.' })
  async raisedPriceAlerts(
    @Ctx() { manager, viewer }: PriceTrackingContext,
    @Args(() => PageArgs) { first, after }: PageArgs,
    @Arg('productId', () => ID, { nullable: true, description: 'Only those of this tracked product (UUID).' })
    productId?: string | null,
  ): Promise<RaisedPage> {
    const size = pageSize(first);
    const search = alertSearchOf(ownerOf(viewer), productId);
    const sort = `raised-price-alerts:${search.productId ?? ''}`;
    const rows = await new PriceAlertRepository(manager).listRaised(search, size + 1, decodeIdCursor(after, sort));
    return { ...toConnection(toPage(rows, size), ({ id }) => encodeCursor(sort, [id]), after), search };
  }

  @FieldResolver(() => Int, { description: 'How many match. Counted only when asked for.' })
  totalCount(@Root() { search }: RaisedPage, @Ctx() { manager }: PriceTrackingContext): Promise<number> {
    return new PriceAlertRepository(manager).countRaised(search);
  }
}
