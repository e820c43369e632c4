import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import type { SuppliersContext } from './context.ts';
import { permissions } from './permissions.ts';
import { QuoteResolver } from './quote/quote.resolver.ts';
import { SupplierListResolver, SupplierResolver } from './supplier/supplier.resolver.ts';
import { SupplierDeliveryResolver } from './terms/supplier.resolver.ts';

export const buildSuppliersSchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({
    resolvers: [SupplierResolver, SupplierListResolver, SupplierDeliveryResolver, QuoteResolver],
    references: { Supplier: ({ id }, { loaders }: SuppliersContext) => loaders.suppliers.load(String(id)) },
    permissions,
  });
