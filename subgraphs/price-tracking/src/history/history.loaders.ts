import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { PricePointEntity } from './price-point.entity.ts';
import { type HistoryOf, type HistoryPage, PricePointRepository } from './price-point.repository.ts';

export type HistoryLoader = DataLoader<HistoryPage, PricePointEntity[], string>;

export interface HistoryLoaders {
  readonly urlHistory: HistoryLoader;
  readonly productHistory: HistoryLoader;
}

const createHistoryLoader = (manager: EntityManager, of: HistoryOf): HistoryLoader =>
  new DataLoader((pages) => new PricePointRepository(manager).listPages(of, pages), {
    cacheKeyFn: ({ id, size, after }) => [id, size, after?.moment, after?.id].join(' '),
  });

/** Histories of what the viewer may see: whoever asks has been given the page or the product. */
export const createHistoryLoaders = (manager: EntityManager): HistoryLoaders => ({
  urlHistory: createHistoryLoader(manager, 'url'),
  productHistory: createHistoryLoader(manager, 'product'),
});
