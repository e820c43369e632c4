import { DateTime } from '@gastronom/shared/scalars';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { PriceTrendName } from '../price-cache/price-cache.repository.ts';
import { PriceTrend } from '../price-cache/price-cache.type.ts';
import type { CheckOutcomeName } from '../tracked-url/tracked-url.entity.ts';
import { CheckOutcome } from '../tracked-url/tracked-url.type.ts';
import type { GroupRow, SpotlightRow, StoreRow, TotalsRow } from './dashboard.repository.ts';

@ObjectType({ description: 'How much is watched.' })
export class DashboardTotals implements TotalsRow {
  @Field(() => Int, { description: 'Tracked products.' })
  products!: number;

  @Field(() => Int, { description: 'Of them, favourites.' })
  favourites!: number;

  @Field(() => Int, { description: 'Stores.' })
  stores!: number;

  @Field(() => Int, { description: 'Pages that are looked at.' })
  activeUrls!: number;

  @Field(() => Int, { description: 'Of them, those that could not be read the last time.' })
  failingUrls!: number;

  @Field(() => Int, { description: 'Of them, those whose turn has come and that wait to be looked at.' })
  waitingUrls!: number;

  @Field(() => Int, { description: 'Alerts that are on.' })
  alerts!: number;
}

@ObjectType({ description: 'A tracked product with its price, from the cheapest page on which it can be bought.' })
export class DashboardProduct implements Pick<SpotlightRow, 'trend'> {
  @Field(() => PriceTrend, { nullable: true, description: 'Where the price went; null before it was first read.' })
  trend!: PriceTrendName | null;
}

@ObjectType({ description: 'Tracked products with one tag.' })
export class DashboardGroup implements Pick<GroupRow, 'name' | 'products' | 'favourites'> {
  @Field(() => String, { description: 'Name of the tag.' })
  name!: string;

  @Field(() => Int, { description: 'How many products have it.' })
  products!: number;

  @Field(() => Int, { description: 'Of them, favourites.' })
  favourites!: number;

  @Field(() => [DashboardProduct], { description: 'Five of them: favourites first, then what was changed last.' })
  spotlight!: readonly SpotlightRow[];
}

@ObjectType({ description: 'A store, and how often its pages could not be read.' })
export class DashboardStore implements Pick<StoreRow, 'activeUrls' | 'failingUrls' | 'checks' | 'failures'> {
  @Field(() => Int, { description: 'Its pages that are looked at.' })
  activeUrls!: number;

  @Field(() => Int, { description: 'Of them, those that could not be read the last time.' })
  failingUrls!: number;

  @Field(() => Int, { description: 'How often its pages were looked at.' })
  checks!: number;

  @Field(() => Int, { description: 'How often that failed: another outcome than `OK`.' })
  failures!: number;
}

@ObjectType({ description: 'Looks at pages with one outcome.' })
export class OutcomeShare {
  @Field(() => CheckOutcome, { description: 'What came of them.' })
  outcome!: CheckOutcomeName;

  @Field(() => Int, { description: 'How many.' })
  checks!: number;

  @Field(() => Float, { description: 'Their share of all, 0 to 1.' })
  share!: number;
}

@ObjectType({ description: 'Looks at pages in one hour; hours without any are left out.' })
export class HourlyChecks {
  @Field(() => DateTime, { description: 'When the hour began.' })
  from!: Date;

  @Field(() => Int, { description: 'How many there were.' })
  checks!: number;

  @Field(() => Int, { description: 'Of them, those with another outcome than `OK`.' })
  failures!: number;
}

@ObjectType({ description: 'How pages are looked at.' })
export class CheckThroughput {
  @Field(() => Int, { description: 'How often pages were looked at.' })
  checks!: number;

  @Field(() => Float, { description: 'The same by the hour.' })
  checksPerHour!: number;

  @Field(() => Int, { description: 'Pages whose turn has come and that wait to be looked at.' })
  waiting!: number;

  @Field(() => Float, { description: 'Bytes that came over the wire.' })
  bytes!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds from the first request of a look to its last byte, on average; null without any.',
  })
  averageFetchMs!: number | null;

  @Field(() => Float, { description: 'Of the time that looks took, the share spent waiting for turns, 0 to 1.' })
  waitingShare!: number;

  @Field(() => [OutcomeShare], { description: 'What came of them.' })
  outcomes!: readonly OutcomeShare[];

  @Field(() => [HourlyChecks], { description: 'By the hour, oldest first.' })
  hours!: readonly HourlyChecks[];
}

@ObjectType({ description: 'Watched prices at a glance. Each part is worked out when it is asked for.' })
export class PriceDashboard {
  @Field(() => DateTime, { description: 'From when on looks at pages are counted.' })
  since!: Date;
}
