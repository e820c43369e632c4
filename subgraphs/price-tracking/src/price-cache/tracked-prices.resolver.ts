import { DomainError } from '@gastronom/shared/domain-error';
import { moneyOf, toMinorUnit } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { Decimal } from 'decimal.js';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProduct } from '../tracked-product/tracked-product.type.ts';
import type { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';
import { TrackedUrl } from '../tracked-url/tracked-url.type.ts';
import type { ProductPrices } from './price-cache.repository.ts';
import { DailyPrice, TrackedPrices, UnitPrice } from './price-cache.type.ts';
import { unitPriceOf } from './unit-price.ts';

const mostDays = 365;
const dayMs = 86_400_000;

const money = (amount: string | null, currency: string): Money | null =>
  amount === null ? null : moneyOf(amount, currency);

/** Averages are of no use beyond what can be paid. */
const roundMoney = (amount: string | null, currency: string): Money | null =>
  amount === null ? null : moneyOf(toMinorUnit(new Decimal(amount), currency), currency);

@Resolver(() => TrackedProduct)
export class TrackedProductPricesResolver {
  @FieldResolver(() => [TrackedPrices], {
    description: 'What it costs, by currency: that in which most stores sell it first.',
  })
  prices(
    @Ctx() { loaders }: PriceTrackingContext,
    @Root() { id }: TrackedProductEntity,
  ): Promise<readonly ProductPrices[]> {
    return loaders.productPrices.load(id);
  }
}

@Resolver(() => TrackedPrices)
export class TrackedPricesResolver {
  @FieldResolver(() => String, { description: 'ISO 4217 code of all its amounts.' })
  currencyCode(@Root() { currency }: ProductPrices): string {
    return currency;
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The lowest price now; null where it cannot be bought.' })
  lowest(@Root() { lowest, currency }: ProductPrices): Money | null {
    return money(lowest, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The highest price now.' })
  highest(@Root() { highest, currency }: ProductPrices): Money | null {
    return money(highest, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The average over its pages now.' })
  average(@Root() { average, currency }: ProductPrices): Money | null {
    return roundMoney(average, currency);
  }

  @FieldResolver(() => TrackedUrl, { nullable: true, description: 'The page that asks the lowest price now.' })
  async lowestUrl(
    @Ctx() { loaders }: PriceTrackingContext,
    @Root() { lowestUrlId }: ProductPrices,
  ): Promise<TrackedUrlEntity | null> {
    return lowestUrlId === null ? null : loaders.trackedUrls.byId.load(lowestUrlId);
  }

  @FieldResolver(() => UnitPrice, {
    nullable: true,
    description: 'What a kilogram, litre or piece comes to at the lowest price; null where its contents are not known.',
  })
  async unitPrice(
    @Ctx() { loaders }: PriceTrackingContext,
    @Root() { productId, lowest, currency }: ProductPrices,
  ): Promise<UnitPrice | null> {
    return unitPriceOf(lowest, currency, await loaders.trackedProducts.load(productId));
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The lowest of the days of the last 365 days.' })
  yearLowest(@Root() { yearLowest, currency }: ProductPrices): Money | null {
    return money(yearLowest, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The highest of what the cheapest page asked on a day.' })
  yearHighest(@Root() { yearHighest, currency }: ProductPrices): Money | null {
    return money(yearHighest, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The average of what the cheapest page asked on a day.' })
  yearAverage(@Root() { yearAverage, currency }: ProductPrices): Money | null {
    return roundMoney(yearAverage, currency);
  }

  @FieldResolver(() => [DailyPrice], {
    description: 'The price of each day, oldest first, from the first on which it was read to the last, at most 365.',
  })
  daily(
    @Ctx() { clock }: PriceTrackingContext,
    @Root() { days, prices, currency }: ProductPrices,
    @Arg('days', () => Int, { nullable: true, description: 'How many days back from today: 1 to 365, all by default.' })
    back?: number | null,
  ): DailyPrice[] {
    const wanted = back ?? mostDays;
    if (wanted < 1 || wanted > mostDays)
      throw new DomainError('BAD_USER_INPUT', `\`days\` takes 1 to ${mostDays}: ${wanted} is not.`);
    const first = new Date(clock() - (wanted - 1) * dayMs).toISOString().slice(0, 10);
    return (days ?? []).flatMap((day, place) => {
      const price = prices?.[place];
      return day >= first && price !== undefined ? [{ day, price: moneyOf(price, currency) }] : [];
    });
  }
}
