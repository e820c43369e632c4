import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import type { SuppliersContext } from './context.ts';
import { CustomerGroupResolver, SupplierGroupsResolver } from './group/customer-group.resolver.ts';
import { OfferResolver } from './offer/offer.resolver.ts';
import { OfferListResolver } from './offer/offer-list.resolver.ts';
import { visibleOffer } from './offer/visible-offer.ts';
import { OfferUpsertResolver } from './offer-upsert/offer-upsert.resolver.ts';
import { permissions } from './permissions.ts';
import { OfferPriceResolver } from './price/offer-price.resolver.ts';
import { ProductResolver } from './product/product.resolver.ts';
import { Product } from './product/product.type.ts';
import { QuoteResolver } from './quote/quote.resolver.ts';
import { ScorecardResolver } from './scorecard/scorecard.resolver.ts';
import { SupplierListResolver, SupplierResolver } from './supplier/supplier.resolver.ts';
import { SupplierDeliveryResolver } from './terms/supplier.resolver.ts';

export const buildSuppliersSchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({
    resolvers: [
      SupplierResolver,
      SupplierListResolver,
      SupplierDeliveryResolver,
      OfferResolver,
      OfferListResolver,
      ProductResolver,
      QuoteResolver,
      OfferPriceResolver,
      OfferUpsertResolver,
      CustomerGroupResolver,
      SupplierGroupsResolver,
      ScorecardResolver,
    ],
    orphanedTypes: [Product],
    references: {
      Supplier: ({ id }, { loaders }: SuppliersContext) => loaders.suppliers.load(String(id)),
      Offer: ({ id }, context: SuppliersContext) => visibleOffer(context, String(id)),
      // The key is all that there is: the loaders of the fields do the rest.
      Product: (reference) => reference,
    },
    permissions,
  });
