/** What lies in the warehouses: by warehouse, then by nomenclature code. Quantities go out as they stand here. */
export type Stocks = Readonly<Record<string, Readonly<Record<string, number | string>>>>;

export interface Sale {
  readonly warehouse: string;
  readonly code: string;
  readonly before: number;
  readonly after: number;
}

const withoutZeros = (id: string): string => (/^\d+$/.test(id) ? id.replace(/^0+(?=\d)/, '') : id);

/** The stock that 1C keeps, and that its customers change. */
export class Shelves {
  readonly #warehouses = new Map<string, Map<string, number | string>>();
  /** What a good is filled up to again once it is sold out. */
  readonly #full = new Map<string, number>();

  constructor(stocks: Stocks) {
    for (const [warehouse, goods] of Object.entries(stocks)) {
      this.#warehouses.set(warehouse, new Map(Object.entries(goods)));
    }
  }

  get warehouses(): string[] {
    return [...this.#warehouses.keys()];
  }

  /** The warehouse's own code for an id that may have lost its zeros, or won some: `1` for `001`. */
  find(id: string): string | undefined {
    if (this.#warehouses.has(id)) return id;
    const alike = this.warehouses.filter((code) => withoutZeros(code) === withoutZeros(id));
    return alike.length === 1 ? alike[0] : undefined;
  }

  goodsOf(warehouse: string): ReadonlyMap<string, number | string> {
    return this.#warehouses.get(warehouse) ?? new Map();
  }

  set(warehouse: string, code: string, quantity: number | string): void {
    const own = this.find(warehouse) ?? warehouse;
    const goods = this.#warehouses.get(own) ?? new Map<string, number | string>();
    this.#warehouses.set(own, goods.set(code, quantity));
  }

  /** Somebody buys a good, or it is sold out and a lorry comes. */
  sell(): Sale | undefined {
    const warehouse = anyOf(this.warehouses.filter((code) => this.goodsOf(code).size > 0));
    const code = warehouse === undefined ? undefined : anyOf([...this.goodsOf(warehouse).keys()]);
    if (warehouse === undefined || code === undefined) return undefined;
    const before = Number(this.goodsOf(warehouse).get(code));
    if (!Number.isFinite(before)) return undefined;
    const place = `${warehouse} ${code}`;
    const full = Math.max(this.#full.get(place) ?? 10, before);
    this.#full.set(place, full);
    const after = before < 1 ? full : before - Math.min(Math.floor(before), 1 + Math.floor(Math.random() * 3));
    this.set(warehouse, code, after);
    return { warehouse, code, before, after };
  }
}

const anyOf = <T>(items: readonly T[]): T | undefined => items[Math.floor(Math.random() * items.length)];
