import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { InventorySettings } from '../env.ts';
import { type StockSummary, StockSummaryRepository, type SummaryRequest } from './stock-summary.repository.ts';

/** Is told of all stock that is read. */
export interface StockNotice {
  see(stocks: readonly StockSummary[]): void;
}

export type StockSummaryLoader = DataLoader<SummaryRequest, StockSummary, string>;

/** All that a page of goods shows of its stock, in one statement. Within one operation the catalogue says one thing of a good. */
export function createStockSummaryLoader(
  manager: EntityManager,
  { bufferDefault, freshMs }: InventorySettings,
  clock: () => number,
  notice: StockNotice | null,
): StockSummaryLoader {
  const summaries = new StockSummaryRepository(manager);
  return new DataLoader(
    async (requests) => {
      const rule = { at: new Date(clock()), freshMinutes: freshMs / 60_000 };
      const stocks = await summaries.list(requests, rule, bufferDefault);
      notice?.see(stocks);
      return stocks;
    },
    {
      cacheKeyFn: ({ sku, withRows }) => `${withRows ? 'rows' : 'sum'} ${sku}`,
    },
  );
}
