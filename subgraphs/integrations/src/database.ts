import type { SubgraphDatabase } from '@gastronom/shared/database/subgraph-database';
import { Integrations1763683400000 } from './migrations/1763683400000-integrations.ts';
import { RejectedRowEntity } from './sync/rejected-row.entity.ts';
import { SyncBatchEntity } from './sync/sync-batch.entity.ts';
import { SyncRunEntity } from './sync/sync-run.entity.ts';

export const integrationsDatabase: SubgraphDatabase = {
  name: 'integrations',
  entities: [SyncRunEntity, SyncBatchEntity, RejectedRowEntity],
  migrations: [Integrations1763683400000],
};
