import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import {
  BufferSettingsResolver,
  StockBufferConnectionResolver,
  StockBufferResolver,
} from './buffer/buffer.resolver.ts';
import { BufferChangeConnectionResolver, BufferChangeResolver } from './buffer/buffer-change.resolver.ts';
import { BufferImpactResolver } from './buffer/buffer-impact.resolver.ts';
import { FreshnessResolver } from './freshness/freshness.resolver.ts';
import { StockLedgerConnectionResolver, StockLedgerResolver } from './ledger/stock-ledger.resolver.ts';
import { permissions } from './permissions.ts';
import { OfferedStockResolver } from './product/offered-stock.resolver.ts';
import { ProductResolver } from './product/product.resolver.ts';
import { Product } from './product/product.type.ts';
import { ReservationResolver } from './reservation/reservation.resolver.ts';
import { ReservedTotalResolver } from './reservation/reserved-total.resolver.ts';
import { StockResolver } from './stock/stock.resolver.ts';
import { WarehouseConnectionResolver, WarehouseResolver } from './warehouse/warehouse.resolver.ts';

export const buildInventorySchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({
    resolvers: [
      ProductResolver,
      OfferedStockResolver,
      StockResolver,
      WarehouseResolver,
      WarehouseConnectionResolver,
      FreshnessResolver,
      StockLedgerResolver,
      StockLedgerConnectionResolver,
      BufferSettingsResolver,
      StockBufferConnectionResolver,
      StockBufferResolver,
      BufferChangeResolver,
      BufferChangeConnectionResolver,
      BufferImpactResolver,
      ReservationResolver,
      ReservedTotalResolver,
    ],
    orphanedTypes: [Product],
    // The reference carries the key and what `@requires` asks of the catalogue: the loader of the fields does the rest.
    references: { Product: (reference) => reference },
    permissions,
  });
