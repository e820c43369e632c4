import type { Clock } from '@gastronom/shared/clock';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { subgraphContexts } from '@gastronom/shared/subgraph-contexts';
import type { Stripe } from 'stripe';
import type { EntityManager } from 'typeorm';
import { type ApprovalLoader, createApprovalLoader } from './buying/approval.loaders.ts';
import { createDeliveryLoaders, type DeliveryLoaders } from './delivery/delivery.loaders.ts';
import { type OrdersSettings, readOrdersSettings } from './env.ts';
import { createAnyOrderLoader, createOrderLoader, type OrderLoader } from './order/order.loaders.ts';
import { createPaymentLoaders, type PaymentLoaders } from './payment/payment.loaders.ts';
import { createStripe } from './payment/stripe-api.ts';
import { createStandingRunLoader, type StandingRunLoader } from './standing-order/standing-order.loaders.ts';
import { createFulfilmentLoaders, type FulfilmentLoaders } from './supplier-order/fulfilment.loaders.ts';
import { createSupplierOrderLoaders, type SupplierOrderLoaders } from './supplier-order/supplier-order.loaders.ts';

export interface OrdersContext extends SubgraphRequest {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  /** The time, in milliseconds; tests have one of their own. */
  readonly clock: Clock;
  readonly settings: OrdersSettings;
  readonly subgraphs: SubgraphClient;
  /** Null where payments are off. */
  readonly stripe: Stripe | null;
  readonly loaders: {
    readonly orders: OrderLoader;
    /** Whosever they are: for what an order's parts tell of it. */
    readonly anyOrders: OrderLoader;
    readonly supplierOrders: SupplierOrderLoaders;
    readonly approvals: ApprovalLoader;
    readonly fulfilment: FulfilmentLoaders;
    readonly deliveries: DeliveryLoaders;
    readonly payments: PaymentLoaders;
    readonly standingRuns: StandingRunLoader;
  };
}

function makeContext(
  environment: SubgraphEnvironment,
  settings = readOrdersSettings(),
  clock: Clock = Date.now,
): (request: SubgraphRequest) => OrdersContext {
  const { jobs } = environment;
  const { manager } = environment.dataSource;
  const subgraphs = new SubgraphClient(environment.subgraphs, 'orders');
  const stripe = createStripe(settings);
  return (request) => ({
    ...request,
    manager,
    jobs,
    clock,
    settings,
    subgraphs,
    stripe,
    loaders: {
      orders: createOrderLoader(manager, request.viewer),
      anyOrders: createAnyOrderLoader(manager),
      supplierOrders: createSupplierOrderLoaders(manager, request.viewer),
      approvals: createApprovalLoader(manager),
      fulfilment: createFulfilmentLoaders(manager),
      deliveries: createDeliveryLoaders(manager, request.viewer),
      payments: createPaymentLoaders(manager),
      standingRuns: createStandingRunLoader(manager),
    },
  });
}

const contexts = subgraphContexts('orders', makeContext);

export const ordersContext = contexts.of;
export const createOrdersContext = contexts.create;
export const internalContext = contexts.internal;
