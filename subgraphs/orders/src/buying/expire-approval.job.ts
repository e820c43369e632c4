import { implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../context.ts';
import { expireApproval } from './approval.service.ts';
import { expireApprovalJob } from './request-approval.ts';

/** Refuses, when its time has come, an order that nobody approved. */
export const expireApprovalInTime = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(expireApprovalJob, async ({ id, payload }) => {
    const context = internalContext(environment, id);
    await expireApproval(context, payload.orderId);
  });
