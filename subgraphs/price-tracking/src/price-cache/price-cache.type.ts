import { Money } from '@gastronom/shared/money.type';
import { DateTime } from '@gastronom/shared/scalars';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { ContentUnitName } from '../tracked-product/tracked-product.entity.ts';
import { ContentUnit } from '../tracked-product/tracked-product.type.ts';
import type { PriceTrendName, ProductPrices, UrlPrices } from './price-cache.repository.ts';

export enum PriceTrend {
  UP = 'UP',
  DOWN = 'DOWN',
  FLAT = 'FLAT',
  NEW = 'NEW',
}
registerEnumType(PriceTrend, {
  name: 'PriceTrend',
  description:
    'Where the price of a page went in the last 30 days, against the price it had before, in the same currency.',
  valuesConfig: {
    UP: { description: 'Its last change was to a higher price.' },
    DOWN: { description: 'Its last change was to a lower price.' },
    FLAT: { description: 'It did not change.' },
    NEW: { description: 'It has been read on one day alone.' },
  },
});

@ObjectType({ description: 'What a unit of the contents comes to.' })
export class UnitPrice {
  @Field(() => Money, { description: 'For one unit, to four decimals.' })
  price!: Money;

  @Field(() => ContentUnit, { description: 'The unit.' })
  unit!: ContentUnitName;
}

@ObjectType({ description: 'What a page asked in the last 365 days, in the currency that it asks now.' })
export class UrlPriceStatistics implements Pick<UrlPrices, 'trend' | 'changedAt'> {
  @Field(() => PriceTrend, { description: 'Where the price went in the last 30 days.' })
  trend!: PriceTrendName;

  @Field(() => DateTime, { nullable: true, description: 'When it last changed; null where it has not.' })
  changedAt!: Date | null;
}

@ObjectType({ description: 'The lowest price that was read on a day; where nothing was read, the last one before.' })
export class DailyPrice {
  @Field(() => String, { description: 'The day, in UTC, as `2026-11-21`.' })
  day!: string;

  @Field(() => Money, { description: 'The lowest price of all pages of the product.' })
  price!: Money;
}

@ObjectType({
  description:
    'What a tracked product costs in one currency: amounts of different currencies are never compared. Pages count on which it can be bought, as far as they say.',
})
export class TrackedPrices implements Pick<ProductPrices, 'stores' | 'asOf'> {
  @Field(() => Int, { description: 'In how many stores it can be bought now.' })
  stores!: number;

  @Field(() => DateTime, { nullable: true, description: 'When the newest of these prices was read.' })
  asOf!: Date | null;
}
