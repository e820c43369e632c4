import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { BufferEntity } from './buffer/buffer.entity.ts';
import { BufferChangeEntity } from './buffer/buffer-change.entity.ts';
import { RefreshBreakerEntity } from './freshness/refresh-breaker.entity.ts';
import { WarehouseRefreshEntity } from './freshness/warehouse-refresh.entity.ts';
import { StockLedgerEntity } from './ledger/stock-ledger.entity.ts';
import { Inventory1763683300000 } from './migrations/1763683300000-inventory.ts';
import { StockFacts1763683300001 } from './migrations/1763683300001-stock-facts.ts';
import { ReservedAndFresh1763683300002 } from './migrations/1763683300002-reserved-and-fresh.ts';
import { FreshnessAndAnnouncements1763683300004 } from './migrations/1763683300004-freshness-and-announcements.ts';
import { WarehouseStockEntity } from './stock/warehouse-stock.entity.ts';
import { WarehouseEntity } from './warehouse/warehouse.entity.ts';

export const inventoryDatabase: SubgraphDatabase = {
  name: 'inventory',
  entities: [
    WarehouseEntity,
    WarehouseStockEntity,
    StockLedgerEntity,
    BufferEntity,
    BufferChangeEntity,
    WarehouseRefreshEntity,
    RefreshBreakerEntity,
  ],
  migrations: [
    Inventory1763683300000,
    StockFacts1763683300001,
    ReservedAndFresh1763683300002,
    FreshnessAndAnnouncements1763683300004,
  ],
};
