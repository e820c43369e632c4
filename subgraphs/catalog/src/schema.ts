import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import { CategoryResolver, resolveCategoryReference } from './category/category.resolver.ts';
import { FavouriteResolver } from './favourite/favourite.resolver.ts';
import { FavouriteProductResolver } from './favourite/product.resolver.ts';
import { permissions } from './permissions.ts';
import { CategoryCountResolver } from './product/category-count.resolver.ts';
import { ProductResolver, resolveProductReference } from './product/product.resolver.ts';
import { ProductListResolver } from './product/product-list.resolver.ts';
import { ProductOfferResolver } from './product/product-offer.resolver.ts';
import { ProductShopResolver } from './product/product-shop.resolver.ts';
import { ProductSyncResolver } from './product/product-sync.resolver.ts';
import { SuggestionResolver } from './suggestion/suggestion.resolver.ts';

export const buildCatalogSchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({
    resolvers: [
      CategoryResolver,
      CategoryCountResolver,
      ProductResolver,
      ProductListResolver,
      ProductShopResolver,
      ProductSyncResolver,
      ProductOfferResolver,
      SuggestionResolver,
      FavouriteResolver,
      FavouriteProductResolver,
    ],
    references: { Product: resolveProductReference, Category: resolveCategoryReference },
    permissions,
    live: ['productsBySku'],
  });
