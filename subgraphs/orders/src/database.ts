import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { OrderApprovalEntity, SpendLimitEntity } from './buying/order-approval.entity.ts';
import { ParEntity } from './buying/par.entity.ts';
import { CartEntity, CartLineEntity, CartSupplierEntity } from './cart/cart.entity.ts';
import { DeliveryEntity, DeliveryLineEntity, DeliveryRevisionEntity } from './delivery/delivery.entity.ts';
import { Orders1763683500000 } from './migrations/1763683500000-orders.ts';
import { Placing1763683501000 } from './migrations/1763683501000-placing.ts';
import { Carts1763683501001 } from './migrations/1763683501001-carts.ts';
import { Approvals1763683501002 } from './migrations/1763683501002-approvals.ts';
import { Buying1763683501003 } from './migrations/1763683501003-buying.ts';
import { StandingOrders1763683501004 } from './migrations/1763683501004-standing-orders.ts';
import { Fulfilment1763683502000 } from './migrations/1763683502000-fulfilment.ts';
import { Payments1763683503000 } from './migrations/1763683503000-payments.ts';
import { PaymentTries1763683503001 } from './migrations/1763683503001-payment-tries.ts';
import { OrderEntity } from './order/order.entity.ts';
import { paymentEntities } from './payment/payment-entities.ts';
import { OrderLineEntity } from './supplier-order/order-line.entity.ts';
import { SupplierOrderEntity } from './supplier-order/supplier-order.entity.ts';
import { SupplierOrderChangeEntity } from './supplier-order/supplier-order-change.entity.ts';

export const ordersDatabase: SubgraphDatabase = {
  name: 'orders',
  entities: [
    OrderApprovalEntity,
    SpendLimitEntity,
    ParEntity,
    CartEntity,
    CartLineEntity,
    CartSupplierEntity,
    OrderEntity,
    SupplierOrderEntity,
    OrderLineEntity,
    SupplierOrderChangeEntity,
    DeliveryEntity,
    DeliveryLineEntity,
    DeliveryRevisionEntity,
    ...paymentEntities,
  ],
  migrations: [
    Orders1763683500000,
    Placing1763683501000,
    Carts1763683501001,
    Approvals1763683501002,
    Buying1763683501003,
    StandingOrders1763683501004,
    Fulfilment1763683502000,
    Payments1763683503000,
    PaymentTries1763683503001,
  ],
};
