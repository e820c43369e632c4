import { buildSubgraph, type SubgraphSchema } from '@gastronom/shared/subgraph-schema';
import { ApprovalResolver, OrderApprovalResolver, SpendLimitPayloadResolver } from './buying/approval.resolver.ts';
import { FillCartResolver, OrderGuideResolver, ParResolver } from './buying/buying.resolver.ts';
import { CartPayloadResolver, CartResolver } from './cart/cart.resolver.ts';
import { CartFindingResolver } from './cart/cart-finding.resolver.ts';
import { CartLineResolver } from './cart/cart-line.resolver.ts';
import { CartSupplierResolver } from './cart/cart-supplier.resolver.ts';
import type { OrdersContext } from './context.ts';
import {
  DeliveryLineResolver,
  DeliveryResolver,
  DeliveryRevisionResolver,
  SupplierOrderDeliveriesResolver,
} from './delivery/delivery.resolver.ts';
import { OrderListResolver, OrderResolver } from './order/order.resolver.ts';
import { paymentResolvers } from './payment/payment-resolvers.ts';
import { permissions } from './permissions.ts';
import { PlaceOrderResolver } from './placement/place-order.resolver.ts';
import { SaleExportResolver } from './sale-export/sale-export.resolver.ts';
import { StandingOrderResolver } from './standing-order/standing-order.resolver.ts';
import {
  StandingOrderLineResolver,
  StandingOrderNextRunResolver,
  StandingOrderNextSupplierResolver,
  StandingOrderRunResolver,
} from './standing-order/standing-order-run.resolver.ts';
import { FulfilmentResolver } from './supplier-order/fulfilment.resolver.ts';
import { OrderLineResolver } from './supplier-order/order-line.resolver.ts';
import { SupplierOrderListResolver, SupplierOrderResolver } from './supplier-order/supplier-order.resolver.ts';
import {
  OrderLineFulfilmentResolver,
  SupplierOrderChangeResolver,
  SupplierOrderFulfilmentResolver,
} from './supplier-order/supplier-order-fulfilment.resolver.ts';
import { TransitionResolver } from './supplier-order/transition.resolver.ts';

export const buildOrdersSchema = (): Promise<SubgraphSchema> =>
  buildSubgraph({
    resolvers: [
      OrderResolver,
      OrderListResolver,
      CartResolver,
      CartPayloadResolver,
      CartLineResolver,
      CartSupplierResolver,
      CartFindingResolver,
      PlaceOrderResolver,
      OrderApprovalResolver,
      ApprovalResolver,
      SpendLimitPayloadResolver,
      OrderGuideResolver,
      ParResolver,
      FillCartResolver,
      StandingOrderResolver,
      StandingOrderLineResolver,
      StandingOrderNextRunResolver,
      StandingOrderNextSupplierResolver,
      StandingOrderRunResolver,
      SupplierOrderResolver,
      SupplierOrderListResolver,
      OrderLineResolver,
      FulfilmentResolver,
      TransitionResolver,
      SupplierOrderFulfilmentResolver,
      SupplierOrderChangeResolver,
      OrderLineFulfilmentResolver,
      DeliveryResolver,
      DeliveryLineResolver,
      DeliveryRevisionResolver,
      SupplierOrderDeliveriesResolver,
      SaleExportResolver,
      ...paymentResolvers,
    ],
    references: {
      Delivery: ({ id }, { loaders }: OrdersContext) => loaders.deliveries.visible.load(String(id)),
      Order: ({ id }, { loaders }: OrdersContext) => loaders.orders.load(String(id)),
      SupplierOrder: ({ id }, { loaders }: OrdersContext) => loaders.supplierOrders.visible.load(String(id)),
    },
    permissions,
    live: ['order', 'myOrders', 'supplierOrder', 'supplierOrders'],
  });
