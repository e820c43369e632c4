import type { SubgraphRequest } from '@gastronom/shared/subgraph';
import type { SubgraphClient } from '@gastronom/shared/subgraph-client';
import type { EntityManager } from 'typeorm';
import type { SupplierLoader } from './supplier/supplier.loaders.ts';

/** What loaders of one request stand on. */
export interface LoaderGround extends SubgraphRequest {
  readonly manager: EntityManager;
  readonly subgraphs: SubgraphClient;
  readonly clock: () => number;
  readonly suppliers: SupplierLoader;
}
