import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { SyncRunEntity } from '../sync/sync-run.entity.ts';
import { SyncRunRepository } from '../sync/sync-run.repository.ts';
import type { ExchangeFileEntity } from './exchange-file.entity.ts';
import { ExchangeFileRepository } from './exchange-file.repository.ts';
import { ExchangeSessionRepository } from './exchange-session.repository.ts';

/** Pictures may be many. */
const mostFiles = 1_000;

export interface ExchangeLoaders {
  /** By session, in the order in which they came, the first thousand. */
  readonly files: DataLoader<string, ExchangeFileEntity[]>;
  /** By session, in the order in which they were begun. */
  readonly runs: DataLoader<string, SyncRunEntity[]>;
}

export function createExchangeLoaders(manager: EntityManager): ExchangeLoaders {
  return {
    files: new DataLoader(async (sessionIds) => {
      const files = Map.groupBy(
        await new ExchangeFileRepository(manager).listFirst(sessionIds, mostFiles),
        ({ sessionId }) => sessionId,
      );
      return sessionIds.map((id) => files.get(id) ?? []);
    }),
    runs: new DataLoader(async (sessionIds) => {
      const listed = await new ExchangeSessionRepository(manager).listRuns(sessionIds);
      const runs = await new SyncRunRepository(manager).listByIds(listed.map(({ runId }) => runId));
      const byId = new Map(runs.map((run) => [run.id, run]));
      const bySession = Map.groupBy(listed, ({ sessionId }) => sessionId);
      return sessionIds.map((id) => (bySession.get(id) ?? []).flatMap(({ runId }) => byId.get(runId) ?? []));
    }),
  };
}
