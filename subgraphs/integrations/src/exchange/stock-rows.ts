import type { StockItem, WarehouseQuantity } from '@gastronom/commerceml/row';
import type { OfferRow } from './price-rows.ts';

export type SendCounts = (warehouse: string, rows: { item: StockItem }[]) => Promise<void>;

/** Where goods lie and how many; no warehouse named means the shop's default one. */
function quantitiesOf(row: OfferRow): { sku: string | undefined; counts: Partial<WarehouseQuantity>[] } {
  if (row.kind === 'price') return { sku: undefined, counts: [] };
  if (row.kind === 'stock')
    return { sku: row.item.sku, counts: [{ warehouse: row.warehouse, quantity: row.item.quantity }] };
  const { sku, stockQuantity, warehouse } = row.item;
  const first = stockQuantity === undefined ? [] : [{ warehouse, quantity: stockQuantity }];
  return { sku, counts: [...first, ...row.furtherStock] };
}

/** Gathers counts by warehouse, since a batch is of one, and sends them when there are enough. */
export class StockRows {
  readonly #most: number;
  readonly #send: SendCounts;
  readonly #waiting = new Map<string, { item: StockItem }[]>();

  constructor(most: number, send: SendCounts) {
    this.#most = most;
    this.#send = send;
  }

  async add(row: OfferRow): Promise<void> {
    const { sku, counts } = quantitiesOf(row);
    for (const { warehouse = '', quantity } of counts) {
      if (sku === undefined || quantity === undefined) continue;
      const rows = this.#waiting.get(warehouse) ?? [];
      rows.push({ item: { sku, quantity } });
      this.#waiting.set(warehouse, rows);
      if (rows.length >= this.#most) await this.#flush(warehouse, rows);
    }
  }

  async end(): Promise<void> {
    for (const [warehouse, rows] of [...this.#waiting]) await this.#flush(warehouse, rows);
  }

  async #flush(warehouse: string, rows: { item: StockItem }[]): Promise<void> {
    this.#waiting.delete(warehouse);
    await this.#send(warehouse, rows);
  }
}
