import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import {
  PriceAlertListResolver,
  PriceAlertResolver,
  TrackedProductAlertsResolver,
} from './alert/price-alert.resolver.ts';
import { RaisedPriceAlertListResolver, RaisedPriceAlertResolver } from './alert/raised-price-alert.resolver.ts';
import { BulkImportResolver } from './bulk-import/bulk-import.resolver.ts';
import { CatalogueLinkResolver } from './catalogue-link/catalogue-link.resolver.ts';
import type { PriceTrackingContext } from './context.ts';
import { DashboardProductResolver, DashboardResolver, DashboardStoreResolver } from './dashboard/dashboard.resolver.ts';
import { ProductHistoryResolver, UrlHistoryResolver } from './history/history.resolver.ts';
import { PricePointResolver } from './history/price-point.resolver.ts';
import { permissions } from './permissions.ts';
import { TrackedPricesResolver, TrackedProductPricesResolver } from './price-cache/tracked-prices.resolver.ts';
import { TrackedUrlPricesResolver, UrlPriceStatisticsResolver } from './price-cache/url-prices.resolver.ts';
import { ProductResolver } from './product/product.resolver.ts';
import { QuickAddResolver } from './quick-add/quick-add.resolver.ts';
import { RefreshResolver } from './refresh/refresh.resolver.ts';
import { ScrapeJobResolver, ScrapeResolver } from './scrape/scrape.resolver.ts';
import { SearchResolver } from './search/search.resolver.ts';
import { StoreResolver } from './store/store.resolver.ts';
import { StoreListResolver } from './store/store-list.resolver.ts';
import { StoreTestResolver } from './store/store-test.resolver.ts';
import { TagResolver, TrackedProductTagsResolver } from './tag/tag.resolver.ts';
import { TrackedProductResolver } from './tracked-product/tracked-product.resolver.ts';
import { TrackedProductListResolver } from './tracked-product/tracked-product-list.resolver.ts';
import { TrackedProductUrlsResolver, TrackedUrlResolver } from './tracked-url/tracked-url.resolver.ts';

export const buildPriceTrackingSchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({
    resolvers: [
      StoreResolver,
      StoreListResolver,
      StoreTestResolver,
      SearchResolver,
      TrackedProductResolver,
      TrackedProductListResolver,
      TrackedUrlResolver,
      TrackedProductUrlsResolver,
      TagResolver,
      TrackedProductTagsResolver,
      CatalogueLinkResolver,
      QuickAddResolver,
      BulkImportResolver,
      UrlHistoryResolver,
      ProductHistoryResolver,
      PricePointResolver,
      TrackedProductPricesResolver,
      TrackedPricesResolver,
      TrackedUrlPricesResolver,
      UrlPriceStatisticsResolver,
      ProductResolver,
      RefreshResolver,
      ScrapeResolver,
      ScrapeJobResolver,
      DashboardResolver,
      DashboardProductResolver,
      DashboardStoreResolver,
      PriceAlertResolver,
      PriceAlertListResolver,
      TrackedProductAlertsResolver,
      RaisedPriceAlertResolver,
      RaisedPriceAlertListResolver,
    ],
    references: {
      Store: ({ id }, { loaders }: PriceTrackingContext) => loaders.stores.load(String(id)),
      TrackedProduct: ({ id }, { loaders }: PriceTrackingContext) => loaders.trackedProducts.load(String(id)),
      TrackedUrl: ({ id }, { loaders }: PriceTrackingContext) => loaders.trackedUrls.byId.load(String(id)),
      // The key is all that there is: the loaders of the fields do the rest.
      Product: (reference) => reference,
    },
    permissions,
  });
