import { isInternal, isPublic, isSignedIn, isStaff, type Permissions } from '@gastronom/shared/permissions';

export const permissions: Permissions = {
  Query: {
    product: isPublic,
    // Anyone; `filter.includeHidden` is refused to those who are not staff where the filter is read.
    products: isPublic,
    categories: isPublic,
    category: isPublic,
    searchSuggestions: isPublic,
    favourites: isSignedIn,
    matchProducts: isInternal,
    goodsForBuffers: isInternal,
    goodsForStock: isInternal,
  },
  Mutation: {
    applyProducts: isInternal,
    applyProductSnapshot: isInternal,
    applyCategories: isInternal,
    setProductAvailability: isStaff,
    setProductTags: isStaff,
    setProductImageOrder: isStaff,
    setProductOverrides: isStaff,
    addFavourite: isSignedIn,
    removeFavourite: isSignedIn,
  },
  Product: { '*': isPublic, overrides: isStaff },
  ProductOverrides: { '*': isPublic },
  SetProductPayload: { '*': isPublic },
  SearchSuggestion: { '*': isPublic },
  // Reached only through the viewer’s own list.
  Favourite: { '*': isPublic },
  FavouriteConnection: { '*': isPublic },
  FavouriteEdge: { '*': isPublic },
  FavouritePayload: { '*': isPublic },
  UserError: { '*': isPublic },
  ProductConnection: { '*': isPublic },
  ProductEdge: { '*': isPublic },
  ProductImage: { '*': isPublic },
  Nutrition: { '*': isPublic },
  Category: { '*': isPublic },
  Money: { '*': isPublic },
  PageInfo: { '*': isPublic },
};
