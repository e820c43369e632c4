import { plainArray, textArray } from '@gastronom/shared/database/array-literal';

/**
 * What can be ordered of a good: all stock, less what is reserved, less the buffer; never below zero, and nothing of what
 * the shop does not sell. The formula is `available_online` in the database, which reservations use too; here it is taken
 * over a row `fact` of `stock_facts`. A buffer is a product's own, else that of the nearest category with one, else the
 * global.
 * @param globalBuffer SQL of the global buffer.
 */
export const availableOnlineSql = (globalBuffer: string): string =>
  `available_online(fact.is_available, fact.quantity, fact.reserved, coalesce(fact.buffer_override, ${globalBuffer}))`;

/** At which moment a count is judged, and for how long it is fresh where its warehouse says nothing else. */
export interface FreshnessRule {
  readonly at: Date;
  readonly freshMinutes: number;
}

/** A good, with what the catalogue says of it that bears on its stock. */
export interface StockGood {
  readonly sku: string;
  readonly isAvailable: boolean;
  /** Ids of its categories, nearest first. */
  readonly categoryPath: readonly string[];
}

/** Goods as `stock_facts` takes them: its first five parameters. */
export const factParameters = (goods: readonly StockGood[], { at, freshMinutes }: FreshnessRule) => [
  textArray(goods.map((good) => good.sku)),
  plainArray(goods.map((good) => good.isAvailable)),
  textArray(goods.map((good) => good.categoryPath.join())),
  at,
  freshMinutes,
];
