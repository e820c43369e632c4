import { isInternal, isPublic, isStaff, type Permissions } from '@gastronom/shared/permissions';

export const permissions: Permissions = {
  Query: {
    warehouses: isStaff,
    warehouse: isStaff,
    stockLedger: isStaff,
    warehouseDirectory: isInternal,
  },
  Mutation: {
    createWarehouse: isStaff,
    updateWarehouse: isStaff,
    applyWarehouses: isInternal,
    applyStocks: isInternal,
    applyStockSnapshot: isInternal,
  },
  Product: {
    sku: isPublic,
    isAvailable: isPublic,
    categoryPath: isPublic,
    availableOnline: isPublic,
    availability: isPublic,
    stock: isStaff,
  },
  Availability: { '*': isPublic },
  // Reached only through fields that are for staff.
  Warehouse: { '*': isPublic },
  WarehouseConnection: { '*': isPublic },
  WarehouseEdge: { '*': isPublic },
  WarehouseSummary: { '*': isPublic },
  WarehousePayload: { '*': isPublic },
  WarehouseStock: { '*': isPublic },
  StockLedgerEntry: { '*': isPublic },
  StockLedgerConnection: { '*': isPublic },
  StockLedgerEntryEdge: { '*': isPublic },
  PageInfo: { '*': isPublic },
  UserError: { '*': isPublic },
};
