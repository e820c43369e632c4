import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { BufferEntity } from './buffer/buffer.entity.ts';
import { BufferChangeEntity } from './buffer/buffer-change.entity.ts';
import { RefreshBreakerEntity } from './freshness/refresh-breaker.entity.ts';
import { WarehouseRefreshEntity } from './freshness/warehouse-refresh.entity.ts';
import { StockLedgerEntity } from './ledger/stock-ledger.entity.ts';
import { Inventory1763683300000 } from './migrations/1763683300000-inventory.ts';
import { StockFacts1763683300001 } from './migrations/1763683300001-stock-facts.ts';
import { ReservedAndFresh1763683300002 } from './migrations/1763683300002-reserved-and-fresh.ts';
import { Reservations1763683300003 } from './migrations/1763683300003-reservations.ts';
import { FreshnessAndAnnouncements1763683300004 } from './migrations/1763683300004-freshness-and-announcements.ts';
import { ReservationSettlement1763683300005 } from './migrations/1763683300005-reservation-settlement.ts';
import { RenamedReservations1763683300006 } from './migrations/1763683300006-renamed-reservations.ts';
import { GenericPlans1763683300007 } from './migrations/1763683300007-generic-plans.ts';
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
    Reservations1763683300003,
    FreshnessAndAnnouncements1763683300004,
    ReservationSettlement1763683300005,
    RenamedReservations1763683300006,
    GenericPlans1763683300007,
  ],
};
