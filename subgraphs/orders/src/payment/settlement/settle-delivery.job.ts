import { implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../../context.ts';
import { settleDeliveryJob } from '../payment-jobs.ts';
import { settleDelivered } from './settlement.service.ts';

export function createSettleDelivery(environment: SubgraphEnvironment): JobImplementation {
  return implementJob(settleDeliveryJob, ({ id, payload }) => {
    const books = internalContext(environment, id);
    return settleDelivered(books, payload.data.supplierOrderId);
  });
}
