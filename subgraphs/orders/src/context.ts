import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
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

export type Clock = () => number;

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

type ContextOf = (request: SubgraphRequest) => OrdersContext;

const contexts = new WeakMap<SubgraphEnvironment, ContextOf>();

/** What requests and jobs of one subgraph share: made once for its environment. */
export function ordersContext(environment: SubgraphEnvironment): ContextOf {
  const known = contexts.get(environment) ?? createOrdersContext(environment);
  contexts.set(environment, known);
  return known;
}

/** For what no request asks for: a job, or the process itself. */
export const internalContext = (environment: SubgraphEnvironment, requestId: string): OrdersContext =>
  ordersContext(environment)({
    viewer: { kind: 'internal', name: 'orders' },
    requestId,
    logger: environment.logger,
  });

/** With other settings than the environment's, as tests want it, jobs see the same. */
export function createOrdersContext(
  environment: SubgraphEnvironment,
  settings = readOrdersSettings(),
  clock: Clock = Date.now,
): ContextOf {
  const { jobs } = environment;
  const { manager } = environment.dataSource;
  const subgraphs = new SubgraphClient(environment.subgraphs, 'orders');
  const stripe = createStripe(settings);
  const contextOf: ContextOf = (request) => ({
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
  contexts.set(environment, contextOf);
  return contextOf;
}
