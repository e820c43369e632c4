import { inTransaction } from '@gastronom/shared/database/transaction';
import { defineJob, implementJob, type JobImplementation } from '@gastronom/shared/jobs/job';
import type { SubgraphEnvironment } from '@gastronom/shared/subgraph';
import { z } from 'zod';
import { type IntegrationsContext, internalContext } from '../context.ts';
import { SyncRunRepository } from '../sync/sync-run.repository.ts';
import { SyncRunService } from '../sync/sync-run.service.ts';
import { ExchangeSessionRepository } from './exchange-session.repository.ts';

export const clearExchanges = defineJob({
  name: 'clear-exchanges',
  payload: z.object({}),
  cron: '*/10 * * * *',
  policy: 'singleton',
});

/** A run that still waits for files will get none: a snapshot that is not whole hides nothing. */
async function endRuns(context: IntegrationsContext, sessionId: string): Promise<void> {
  const service = new SyncRunService(context);
  for (const { runId } of await new ExchangeSessionRepository(context.manager).listRuns([sessionId])) {
    const run = await new SyncRunRepository(context.manager).findById(runId);
    if (run?.status !== 'RUNNING') continue;
    await (run.mode === 'SNAPSHOT' ? service.cancel(runId) : service.finish(runId));
  }
}

/** Throws away what sessions brought that are over, and after some weeks that there were such sessions. */
export function createClearExchanges(environment: SubgraphEnvironment): JobImplementation {
  return implementJob(clearExchanges, async ({ id }) => {
    const context = internalContext(environment, id);
    const now = new Date();
    const sessions = new ExchangeSessionRepository(context.manager);
    for (const sessionId of await sessions.listExpired(now)) {
      await endRuns(context, sessionId);
      await inTransaction(context.manager, (manager) => new ExchangeSessionRepository(manager).clear(sessionId, now));
    }
    await sessions.deleteStartedBefore(new Date(now.getTime() - context.settings.exchange.keepMs));
  });
}
