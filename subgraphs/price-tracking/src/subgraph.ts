import type { SubgraphDefinition } from '@gastronom/shared/subgraph';
import { priceTrackingContext } from './context.ts';
import { priceTrackingDatabase } from './database.ts';
import { closeFetchers } from './fetching/environment-fetcher.ts';
import { buildPriceTrackingSchema } from './schema.ts';
import { createPriceTrackingWorker } from './worker.ts';

export const priceTracking: SubgraphDefinition = {
  name: 'price-tracking',
  database: priceTrackingDatabase,
  buildSchema: buildPriceTrackingSchema,
  createContext: priceTrackingContext,
  createWorker: createPriceTrackingWorker,
  close: closeFetchers,
};
