import { implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { ordersContext } from '../../context.ts';
import { settleDeliveryJob } from '../payment-jobs.ts';
import { settleDelivered } from './settlement.service.ts';

export function createSettleDelivery(environment: SubgraphEnvironment): JobImplementation {
  const contextOf = ordersContext(environment);
  return implementJob(settleDeliveryJob, ({ id, payload }) => {
    const viewer = { kind: 'internal', name: 'orders' } as const;
    const books = contextOf({ viewer, requestId: id, logger: environment.logger });
    return settleDelivered(books, payload.data.supplierOrderId);
  });
}
