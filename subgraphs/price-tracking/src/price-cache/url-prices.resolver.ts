import { moneyOf, toMinorUnit } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { Decimal } from 'decimal.js';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import type { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';
import { TrackedUrl } from '../tracked-url/tracked-url.type.ts';
import type { UrlPrices } from './price-cache.repository.ts';
import { UnitPrice, UrlPriceStatistics } from './price-cache.type.ts';
import { unitPriceOf } from './unit-price.ts';

@Resolver(() => TrackedUrl)
export class TrackedUrlPricesResolver {
  @FieldResolver(() => UrlPriceStatistics, {
    nullable: true,
    description: 'What it asked in the last year; null before its price was first read.',
  })
  statistics(@Ctx() { loaders }: PriceTrackingContext, @Root() { id }: TrackedUrlEntity): Promise<UrlPrices | null> {
    return loaders.urlPrices.load(id);
  }

  @FieldResolver(() => UnitPrice, {
    nullable: true,
    description: 'What a kilogram, litre or piece comes to; null where the contents of the product are not known.',
  })
  async unitPrice(
    @Ctx() { loaders }: PriceTrackingContext,
    @Root() { productId, price, currency }: TrackedUrlEntity,
  ): Promise<UnitPrice | null> {
    return price === null ? null : unitPriceOf(price, currency, await loaders.trackedProducts.load(productId));
  }
}

@Resolver(() => UrlPriceStatistics)
export class UrlPriceStatisticsResolver {
  @FieldResolver(() => Money, { nullable: true, description: 'The price before the one that it asks now.' })
  previousPrice(@Root() { previousPrice, currency }: UrlPrices): Money | null {
    return previousPrice === null ? null : moneyOf(previousPrice, currency);
  }

  @FieldResolver(() => Money, { description: 'The lowest price of a day.' })
  lowest(@Root() { lowest, currency }: UrlPrices): Money {
    return moneyOf(lowest, currency);
  }

  @FieldResolver(() => Money, { description: 'The highest price of a day.' })
  highest(@Root() { highest, currency }: UrlPrices): Money {
    return moneyOf(highest, currency);
  }

  @FieldResolver(() => Money, { description: 'The average over the days.' })
  average(@Root() { average, currency }: UrlPrices): Money {
    return moneyOf(toMinorUnit(new Decimal(average), currency), currency);
  }
}
