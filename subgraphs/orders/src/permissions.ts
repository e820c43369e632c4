import { isPublic, isSignedIn, type Permissions } from '@gastronom/shared/permissions';

export const permissions: Permissions = {
  Query: {
    order: isSignedIn,
    myOrders: isSignedIn,
    supplierOrder: isSignedIn,
    supplierOrders: isSignedIn,
  },
  // Found only by those who may see it.
  Order: { '*': isPublic },
  OrderConnection: { '*': isPublic },
  OrderEdge: { '*': isPublic },
  SupplierOrder: { '*': isPublic },
  SupplierOrderConnection: { '*': isPublic },
  SupplierOrderEdge: { '*': isPublic },
  OrderLine: { '*': isPublic },
  Money: { '*': isPublic },
  PageInfo: { '*': isPublic },
  // References, which their own subgraphs guard.
  User: { '*': isPublic },
  Organization: { '*': isPublic },
  Supplier: { '*': isPublic },
  Offer: { '*': isPublic },
  Product: { '*': isPublic },
};
