import {
  actsFor,
  anyOf,
  isInternal,
  isPublic,
  isSignedIn,
  isStaff,
  type Permissions,
} from '@gastronom/shared/permissions';

/** Members of the supplier whose row it is: looked up with the row. Staff for the house, admins for each. */
const sells = anyOf(actsFor('SUPPLIER'), isStaff);

export const permissions: Permissions = {
  Query: {
    supplier: isPublic,
    suppliers: isPublic,
    mySupplier: isSignedIn,
    quoteOffers: isInternal,
    supplierDirectory: isInternal,
    supplierOfOrganization: isInternal,
  },
  Mutation: {
    createSupplier: sells,
    updateSupplier: sells,
    setDeliveryDays: sells,
  },
  Supplier: { '*': isPublic },
  SupplierConnection: { '*': isPublic },
  SupplierEdge: { '*': isPublic },
  SupplierPayload: { '*': isPublic },
  DeliveryWindow: { '*': isPublic },
  DeliveryException: { '*': isPublic },
  NextDelivery: { '*': isPublic },
  Money: { '*': isPublic },
  PageInfo: { '*': isPublic },
  UserError: { '*': isPublic },
};
