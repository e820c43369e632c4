import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import type { EntityManager } from 'typeorm';
import { CatalogClient } from './catalog/catalog-client.ts';
import { type IntegrationsSettings, readIntegrationsSettings } from './env.ts';
import { InventoryClient } from './inventory/inventory-client.ts';
import { Gate } from './sync/gate.ts';
import { createSyncLoaders, type SyncLoaders } from './sync/sync.loaders.ts';
import { WarehouseDirectory } from './warehouse/warehouse-directory.ts';

export interface IntegrationsContext extends SubgraphRequest {
  readonly manager: EntityManager;
  readonly loaders: SyncLoaders;
  readonly settings: IntegrationsSettings;
  readonly catalog: CatalogClient;
  readonly inventory: InventoryClient;
  /** Shared by all requests of this process. */
  readonly warehouses: WarehouseDirectory;
  readonly gate: Gate;
}

export function createIntegrationsContext({ dataSource, subgraphs }: SubgraphEnvironment) {
  const settings = readIntegrationsSettings();
  const client = new SubgraphClient(subgraphs, 'integrations');
  const warehouses = new WarehouseDirectory();
  const { manager } = dataSource;
  const poolSize = dataSource.options.type === 'postgres' ? dataSource.options.poolSize : undefined;
  // A batch holds a connection while others apply it: half of them stay free for reads.
  const gate = new Gate(Math.max(1, Math.floor((poolSize ?? 10) / 2)));
  return (request: SubgraphRequest): IntegrationsContext => ({
    ...request,
    manager,
    loaders: createSyncLoaders(manager),
    settings,
    catalog: new CatalogClient(client, request),
    inventory: new InventoryClient(client, request),
    warehouses,
    gate,
  });
}
