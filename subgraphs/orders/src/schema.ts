import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import type { OrdersContext } from './context.ts';
import { OrderListResolver, OrderResolver } from './order/order.resolver.ts';
import { permissions } from './permissions.ts';
import { OrderLineResolver } from './supplier-order/order-line.resolver.ts';
import { SupplierOrderListResolver, SupplierOrderResolver } from './supplier-order/supplier-order.resolver.ts';

export const buildOrdersSchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({
    resolvers: [OrderResolver, OrderListResolver, SupplierOrderResolver, SupplierOrderListResolver, OrderLineResolver],
    references: {
      Order: ({ id }, { loaders }: OrdersContext) => loaders.orders.load(String(id)),
      SupplierOrder: ({ id }, { loaders }: OrdersContext) => loaders.supplierOrders.visible.load(String(id)),
    },
    permissions,
    live: ['order', 'myOrders', 'supplierOrder', 'supplierOrders'],
  });
