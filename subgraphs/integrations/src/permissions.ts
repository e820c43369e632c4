import { hasScope, isAdmin, isPublic, isStaffOrHasScope, type Permissions } from '@gastronom/shared/permissions';

const mayWrite = hasScope('sync:write');
const mayFollow = isStaffOrHasScope('sync:write');

export const permissions: Permissions = {
  Query: {
    syncRun: mayFollow,
    syncRuns: mayFollow,
    oneCDelivery: isAdmin,
    oneCDeliveries: isAdmin,
    oneCExchanges: isAdmin,
  },
  Mutation: {
    syncProducts: mayWrite,
    syncStocks: mayWrite,
    syncCategories: mayWrite,
    syncWarehouses: mayWrite,
    startSync: mayWrite,
    finishSync: mayWrite,
    cancelSync: mayFollow,
    approveSync: isAdmin,
    replayOneCDelivery: isAdmin,
  },
  // All below are reached only through the fields above.
  SyncPayload: { '*': isPublic },
  SyncItemResult: { '*': isPublic },
  SyncItemError: { '*': isPublic },
  SyncRun: { '*': isPublic },
  SyncCounts: { '*': isPublic },
  SyncRunConnection: { '*': isPublic },
  SyncRunEdge: { '*': isPublic },
  SyncRejectedRow: { '*': isPublic },
  SyncRejectedRowConnection: { '*': isPublic },
  SyncRejectedRowEdge: { '*': isPublic },
  OneCDelivery: { '*': isPublic },
  OneCDeliveryFailure: { '*': isPublic },
  OneCDeliveryConnection: { '*': isPublic },
  OneCDeliveryEdge: { '*': isPublic },
  ReplayOneCDeliveryPayload: { '*': isPublic },
  OneCExchange: { '*': isPublic },
  OneCExchangeConnection: { '*': isPublic },
  OneCExchangeEdge: { '*': isPublic },
  OneCExchangeFile: { '*': isPublic },
  PageInfo: { '*': isPublic },
  UserError: { '*': isPublic },
};
