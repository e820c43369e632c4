import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { SessionRepository } from './session.repository.ts';

const dayMs = 24 * 60 * 60_000;
/** No token of a session lives so long after its end, whatever Clerk is set to. */
const endedForMs = 30 * dayMs;
/** One that still goes on is noted again with its next request; only what was chosen in it is lost. */
const agedMs = 400 * dayMs;

export const forgetSessionsJob = defineJob({
  name: 'forget-sessions',
  payload: z.object({}),
  cron: '53 2 * * *',
});

/** Deletes sessions that can matter no more. */
export const createForgetSessions = ({ dataSource }: SubgraphEnvironment): JobImplementation =>
  implementJob(forgetSessionsJob, () => {
    const now = Date.now();
    return new SessionRepository(dataSource.manager).deleteOld(new Date(now - endedForMs), new Date(now - agedMs));
  });
