import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import type { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';
import { TrackedUrl } from '../tracked-url/tracked-url.type.ts';
import type { PricePointEntity } from './price-point.entity.ts';
import { PricePoint } from './price-point.type.ts';

@Resolver(() => PricePoint)
export class PricePointResolver {
  @FieldResolver(() => Money, { description: 'What it asked.' })
  price(@Root() { price, currency }: PricePointEntity): Money {
    return moneyOf(price, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What it asked before a reduction, as the page said.' })
  oldPrice(@Root() { oldPrice, currency }: PricePointEntity): Money | null {
    return oldPrice === null ? null : moneyOf(oldPrice, currency);
  }

  @FieldResolver(() => TrackedUrl, { nullable: true, description: 'The page.' })
  url(@Ctx() { loaders }: PriceTrackingContext, @Root() { urlId }: PricePointEntity): Promise<TrackedUrlEntity | null> {
    return loaders.trackedUrls.byId.load(urlId);
  }
}
