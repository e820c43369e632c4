import { eventPayload } from '@gastronom/shared/jobs/event';
import { defineJob, implementBatchJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import { tellLive } from '@gastronom/shared/live';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';

const supplier = z.object({ organizationId: z.string().nullable(), isHouse: z.boolean() });

/** What the events of orders have in common: which order it is, and whose. */
const concerned = z.object({
  orderId: z.string(),
  supplierOrderId: z.string().optional(),
  buyer: z.object({ kind: z.enum(['USER', 'ORGANIZATION']), id: z.string() }),
  supplier: supplier.optional(),
  supplierOrders: z.array(z.object({ id: z.string(), supplier })).optional(),
});

type Concerned = z.infer<typeof concerned>;

/** Jobs by the events that they hear: a job hears one. */
const names = {
  OrderPlaced: 'tell-live-order-placed',
  SupplierOrderChanged: 'tell-live-supplier-order-changed',
  DeliveryMarked: 'tell-live-delivery-marked',
  ApprovalRequested: 'tell-live-approval-requested',
  PaymentChanged: 'tell-live-payment-changed',
} as const;

/** Buyer and suppliers, as gateways know those who watch their orders. */
function partiesOf({ buyer, supplier: only, supplierOrders = [] }: Concerned): string[] {
  const suppliers = [...(only ? [only] : []), ...supplierOrders.map((part) => part.supplier)];
  return [
    `${buyer.kind}:${buyer.id}`,
    ...suppliers.flatMap(({ organizationId, isHouse }) => [
      ...(organizationId === null ? [] : [`ORGANIZATION:${organizationId}`]),
      ...(isHouse ? ['HOUSE'] : []),
    ]),
  ];
}

const partsOf = ({ supplierOrderId, supplierOrders = [] }: Concerned): string[] => [
  ...(supplierOrderId === undefined ? [] : [supplierOrderId]),
  ...supplierOrders.map(({ id }) => id),
];

/** Tells gateways whose clients watch orders which of them, and whose lists, to look at again. */
export const tellLiveOrders = ({ broadcast }: SubgraphEnvironment): JobImplementation[] =>
  Object.entries(names).map(([on, name]) =>
    implementBatchJob(defineJob({ name, on, payload: eventPayload(concerned), batchSize: 100 }), async (jobs) => {
      const orders = jobs.map(({ payload }) => payload.data);
      tellLive(
        broadcast,
        'order',
        orders.map(({ orderId }) => orderId),
      );
      tellLive(broadcast, 'supplierOrder', orders.flatMap(partsOf));
      tellLive(broadcast, 'party', orders.flatMap(partiesOf));
    }),
  );
