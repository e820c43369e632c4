import { DomainError } from '@gastronom/shared/domain-error';
import { moneyOf } from '@gastronom/shared/money';
import { Money } from '@gastronom/shared/money.type';
import { Arg, Ctx, FieldResolver, Float, Int, Query, Resolver, Root } from 'type-graphql';
import type { PriceTrackingContext } from '../context.ts';
import { ownerOf } from '../ownership.ts';
import type { StoreEntity } from '../store/store.entity.ts';
import { Store } from '../store/store.type.ts';
import type { TrackedProductEntity } from '../tracked-product/tracked-product.entity.ts';
import { TrackedProduct } from '../tracked-product/tracked-product.type.ts';
import type { TrackedUrlEntity } from '../tracked-url/tracked-url.entity.ts';
import { TrackedUrl } from '../tracked-url/tracked-url.type.ts';
import {
  DashboardRepository,
  type GroupRow,
  type SpotlightRow,
  type StoreRow,
  type TotalsRow,
  type Watched,
} from './dashboard.repository.ts';
import {
  CheckThroughput,
  DashboardGroup,
  DashboardProduct,
  DashboardStore,
  DashboardTotals,
  PriceDashboard,
} from './dashboard.type.ts';
import { throughputOf } from './throughput.ts';

const hourMs = 3_600_000;
/** Looks at pages are kept for a month. */
const mostHours = 720;
const [spotlightSize, groupCount, groupSize, storeCount] = [10, 20, 5, 50];

interface Dashboard extends PriceDashboard {
  readonly ownerId: Watched;
  readonly hours: number;
  readonly now: Date;
}

function dashboardOf(ownerId: Watched, hours: number, clock: () => number): Dashboard {
  if (hours < 1 || hours > mostHours)
    throw new DomainError('BAD_USER_INPUT', `\`hours\` takes 1 to ${mostHours}: ${hours} is not.`);
  const now = new Date(clock());
  return { ownerId, hours, now, since: new Date(now.getTime() - hours * hourMs) };
}

const hoursArgument = 'How many hours of looks at pages are counted: 1 to 720.';

@Resolver(() => PriceDashboard)
export class DashboardResolver {
  @Query(() => PriceDashboard, { description: 'What everybody watches, at a glance. For admins.' })
  adminDashboard(
    @Ctx() { clock }: PriceTrackingContext,
    @Arg('hours', () => Int, { defaultValue: 24, description: hoursArgument }) hours: number,
  ): Dashboard {
    return dashboardOf(null, hours, clock);
  }

  @Query(() => PriceDashboard, { description: 'What one watches oneself, at a glance.' })
  priceDashboard(
    @Ctx() { clock, viewer }: PriceTrackingContext,
    @Arg('hours', () => Int, { defaultValue: 24, description: hoursArgument }) hours: number,
  ): Dashboard {
    return dashboardOf(ownerOf(viewer), hours, clock);
  }

  @FieldResolver(() => DashboardTotals, { description: 'How much is watched.' })
  totals(@Root() { ownerId, now }: Dashboard, @Ctx() { manager }: PriceTrackingContext): Promise<TotalsRow> {
    return new DashboardRepository(manager).totals(ownerId, now);
  }

  @FieldResolver(() => [DashboardProduct], { description: 'Ten favourites, those that were changed last first.' })
  spotlight(@Root() { ownerId }: Dashboard, @Ctx() { manager }: PriceTrackingContext): Promise<SpotlightRow[]> {
    return new DashboardRepository(manager).spotlight(ownerId, spotlightSize);
  }

  @FieldResolver(() => [DashboardGroup], { description: 'Products by tag: the twenty largest groups.' })
  groups(@Root() { ownerId }: Dashboard, @Ctx() { manager }: PriceTrackingContext): Promise<GroupRow[]> {
    return new DashboardRepository(manager).groups(ownerId, groupCount, groupSize);
  }

  @FieldResolver(() => [DashboardStore], {
    description: 'Stores by how often their pages could not be read, the worst fifty.',
  })
  stores(@Root() { ownerId, since }: Dashboard, @Ctx() { manager }: PriceTrackingContext): Promise<StoreRow[]> {
    return new DashboardRepository(manager).stores(ownerId, since, storeCount);
  }

  @FieldResolver(() => CheckThroughput, { description: 'How pages are looked at.' })
  async throughput(
    @Root() { ownerId, since, hours, now }: Dashboard,
    @Ctx() { manager }: PriceTrackingContext,
  ): Promise<CheckThroughput> {
    const dashboard = new DashboardRepository(manager);
    const rows = await dashboard.hours(ownerId, since);
    return throughputOf(rows, hours, await dashboard.waiting(ownerId, now));
  }
}

@Resolver(() => DashboardProduct)
export class DashboardProductResolver {
  @FieldResolver(() => TrackedProduct, { nullable: true, description: 'The product.' })
  product(
    @Root() { productId }: SpotlightRow,
    @Ctx() { loaders }: PriceTrackingContext,
  ): Promise<TrackedProductEntity | null> {
    return loaders.trackedProducts.load(productId);
  }

  @FieldResolver(() => TrackedUrl, { nullable: true, description: 'The page; null before a price was read.' })
  async trackedUrl(
    @Root() { urlId }: SpotlightRow,
    @Ctx() { loaders }: PriceTrackingContext,
  ): Promise<TrackedUrlEntity | null> {
    return urlId === null ? null : loaders.trackedUrls.byId.load(urlId);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What it asks; null before a price was read.' })
  price(@Root() { price, currency }: SpotlightRow): Money | null {
    return price === null || currency === null ? null : moneyOf(price, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What it asked before; null where it did not change.' })
  previousPrice(@Root() { previousPrice, currency }: SpotlightRow): Money | null {
    return previousPrice === null || currency === null ? null : moneyOf(previousPrice, currency);
  }
}

@Resolver(() => DashboardStore)
export class DashboardStoreResolver {
  @FieldResolver(() => Store, { nullable: true, description: 'The store.' })
  store(@Root() { storeId }: StoreRow, @Ctx() { loaders }: PriceTrackingContext): Promise<StoreEntity | null> {
    return loaders.stores.load(storeId);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'The share of looks that failed, 0 to 1; null where there were none.',
  })
  failureRate(@Root() { checks, failures }: StoreRow): number | null {
    return checks === 0 ? null : Math.round((failures / checks) * 10_000) / 10_000;
  }
}
