import { hasScope, isAdmin, isPublic, isStaffOrHasScope, type Permissions } from '@gastronom/shared/permissions';

const scope = 'sync:write';

export const permissions: Permissions = {
  Query: {
    syncRun: isStaffOrHasScope(scope),
    syncRuns: isStaffOrHasScope(scope),
  },
  Mutation: {
    syncProducts: hasScope(scope),
    syncStocks: hasScope(scope),
    syncCategories: hasScope(scope),
    syncWarehouses: hasScope(scope),
    startSync: hasScope(scope),
    finishSync: hasScope(scope),
    cancelSync: isStaffOrHasScope(scope),
    approveSync: isAdmin,
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
  PageInfo: { '*': isPublic },
  UserError: { '*': isPublic },
};
