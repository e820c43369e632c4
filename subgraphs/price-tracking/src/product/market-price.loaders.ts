import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { PriceTrackingSettings } from '../env.ts';
import { type MarketFigures, MarketPriceRepository } from './market-price.repository.ts';

export type MarketPriceLoader = DataLoader<string, readonly MarketFigures[]>;

const hourMs = 3_600_000;

/** What the market asks for goods, by SKU: a page of goods in one statement. */
export const createMarketPriceLoader = (
  manager: EntityManager,
  { MARKET_PRICE_HOURS: hours }: PriceTrackingSettings,
  clock: () => number,
): MarketPriceLoader =>
  new DataLoader(async (skus) => {
    const figures = await new MarketPriceRepository(manager).list(skus, new Date(clock() - hours * hourMs));
    const found = Map.groupBy(figures, ({ sku }) => sku);
    return skus.map((sku) => found.get(sku) ?? []);
  });
