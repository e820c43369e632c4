import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { internalContext } from '../context.ts';
import { CheckRepository } from './check.repository.ts';

const keptMs = 30 * 86_400_000;

const forgetUrlChecksJob = defineJob({ name: 'forget-url-checks', payload: z.object({}), cron: '23 3 * * *' });

/** Forgets what measured looks at pages a month ago. */
export const createForgetUrlChecks = (environment: SubgraphEnvironment): JobImplementation =>
  implementJob(forgetUrlChecksJob, async ({ id }) => {
    const { manager, clock } = internalContext(environment, id);
    await new CheckRepository(manager).deleteBefore(new Date(clock() - keptMs));
  });
