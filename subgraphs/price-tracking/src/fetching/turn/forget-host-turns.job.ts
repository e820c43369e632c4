import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { HostTurnRepository } from './host-turn.repository.ts';

const forgetHostTurnsJob = defineJob({ name: 'forget-host-turns', payload: z.object({}), cron: '41 3 * * *' });

/** Forgets when hosts could be asked that nobody has asked for a day. */
export const createForgetHostTurns = ({ dataSource }: SubgraphEnvironment): JobImplementation =>
  implementJob(forgetHostTurnsJob, async () => {
    await new HostTurnRepository(dataSource.manager).deletePassed();
  });
