import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import type { SuppliersContext } from './context.ts';
import { permissions } from './permissions.ts';
import { QuoteResolver } from './quote/quote.resolver.ts';
import { SupplierResolver } from './supplier/supplier.resolver.ts';

export const buildSuppliersSchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({
    resolvers: [SupplierResolver, QuoteResolver],
    references: { Supplier: ({ id }, { loaders }: SuppliersContext) => loaders.suppliers.load(String(id)) },
    permissions,
  });
