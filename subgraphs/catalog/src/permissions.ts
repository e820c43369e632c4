import { isInternal, isPublic, type Permissions } from '@gastronom/shared/permissions';

export const permissions: Permissions = {
  Query: {
    product: isPublic,
    // Anyone; `filter.includeHidden` is refused to those who are not staff where the filter is read.
    products: isPublic,
    categories: isPublic,
    category: isPublic,
    matchProducts: isInternal,
    goodsForBuffers: isInternal,
  },
  Mutation: {
    applyProducts: isInternal,
    applyProductSnapshot: isInternal,
  },
  Product: { '*': isPublic },
  ProductConnection: { '*': isPublic },
  ProductEdge: { '*': isPublic },
  ProductImage: { '*': isPublic },
  Nutrition: { '*': isPublic },
  Category: { '*': isPublic },
  Money: { '*': isPublic },
  PageInfo: { '*': isPublic },
};
