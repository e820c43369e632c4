import type { Clock } from '@gastronom/shared/clock';
import type { JobQueue } from '@gastronom/shared/jobs/job-queue';
import type { SubgraphEnvironment, SubgraphRequest } from '@gastronom/shared/subgraph';
import { SubgraphClient } from '@gastronom/shared/subgraph-client';
import { subgraphContexts } from '@gastronom/shared/subgraph-contexts';
import type { EntityManager } from 'typeorm';
import { readSuppliersSettings, type SuppliersSettings } from './env.ts';
import { CustomerGroupLoaders } from './group/customer-group.loaders.ts';
import type { LoaderGround } from './loader-ground.ts';
import { OfferLoaders } from './offer/offer.loaders.ts';
import { ScorecardLoaders } from './scorecard/scorecard.loaders.ts';
import { createSupplierLoader, type SupplierLoader } from './supplier/supplier.loaders.ts';
import { createDeliveringSupplierLoader, type DeliveringSupplierLoader } from './terms/delivery-terms.loaders.ts';

export interface SuppliersLoaders {
  readonly suppliers: SupplierLoader;
  readonly deliveringSuppliers: DeliveringSupplierLoader;
  readonly offers: OfferLoaders;
  readonly groups: CustomerGroupLoaders;
  readonly scorecards: ScorecardLoaders;
}

const loadersOf = (ground: LoaderGround): SuppliersLoaders => ({
  suppliers: ground.suppliers,
  deliveringSuppliers: createDeliveringSupplierLoader(ground.manager),
  offers: new OfferLoaders(ground),
  groups: new CustomerGroupLoaders(ground.manager),
  scorecards: new ScorecardLoaders(ground.manager, ground.viewer),
});

export interface SuppliersContext extends SubgraphRequest {
  readonly manager: EntityManager;
  readonly jobs: JobQueue;
  /** The time, in milliseconds; tests have one of their own. */
  readonly clock: Clock;
  readonly settings: SuppliersSettings;
  readonly subgraphs: SubgraphClient;
  readonly loaders: SuppliersLoaders;
}

function makeContext(
  environment: SubgraphEnvironment,
  settings = readSuppliersSettings(),
  clock: Clock = Date.now,
): (request: SubgraphRequest) => SuppliersContext {
  const { jobs } = environment;
  const { manager } = environment.dataSource;
  const subgraphs = new SubgraphClient(environment.subgraphs, 'suppliers');
  return (request) => ({
    ...request,
    manager,
    jobs,
    clock,
    settings,
    subgraphs,
    loaders: loadersOf({ ...request, manager, subgraphs, clock, suppliers: createSupplierLoader(manager) }),
  });
}

const contexts = subgraphContexts('suppliers', makeContext);

export const suppliersContext = contexts.of;
export const createSuppliersContext = contexts.create;
