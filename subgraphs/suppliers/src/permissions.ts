import { isInternal, isPublic, type Permissions } from '@gastronom/shared/permissions';

export const permissions: Permissions = {
  Query: {
    supplier: isPublic,
    quoteOffers: isInternal,
    supplierDirectory: isInternal,
    supplierOfOrganization: isInternal,
  },
  Supplier: { '*': isPublic },
};
