import { implementBatchJob, type Job, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { internalContext } from '../context.ts';
import { abandonPlacement, finishPlacement } from './finish-placement.ts';
import { PlacementRepository } from './placement.repository.ts';
import { finishPlacementJob } from './placement-jobs.ts';

/** Goes on with orders where placing them was left; gives one up when that fails for most of an hour. */
export const finishPlacementLater = (environment: SubgraphEnvironment): JobImplementation =>
  implementBatchJob(finishPlacementJob, async (jobs) => {
    const repository = new PlacementRepository(environment.dataSource.manager);
    const left = await repository.listPlacing(jobs.map(({ payload }) => payload.orderId));
    const failures: unknown[] = [];
    for (const job of jobs) {
      if (!left.has(job.payload.orderId)) continue;
      await finishOne(environment, job).catch((error: unknown) => failures.push(error));
    }
    // They fail together: those that were finished have nothing left to be done when they come again.
    if (failures.length > 0) throw failures[0];
  });

async function finishOne(
  environment: SubgraphEnvironment,
  { id, payload: { orderId }, isLastAttempt }: Job<{ readonly orderId: string }>,
): Promise<void> {
  const context = internalContext(environment, id);
  try {
    await finishPlacement(context, orderId);
  } catch (error) {
    if (!isLastAttempt) throw error;
    environment.logger.error({ err: error, orderId }, 'an order could not be placed and is given up');
    await abandonPlacement(context, orderId);
  }
}
