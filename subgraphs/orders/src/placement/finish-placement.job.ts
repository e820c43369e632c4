import { implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { ordersContext } from '../context.ts';
import { abandonPlacement, finishPlacement } from './finish-placement.ts';
import { finishPlacementJob } from './placement-jobs.ts';

/** Goes on with an order where placing it was left; gives it up when that fails for most of an hour. */
export const finishPlacementLater = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(finishPlacementJob, async ({ id, payload: { orderId }, isLastAttempt }) => {
    const viewer = { kind: 'internal', name: 'orders' } as const;
    const context = ordersContext(environment)({ viewer, requestId: id, logger: environment.logger });
    try {
      await finishPlacement(context, orderId);
    } catch (error) {
      if (!isLastAttempt) throw error;
      environment.logger.error({ err: error, orderId }, 'an order could not be placed and is given up');
      await abandonPlacement(context, orderId);
    }
  });
