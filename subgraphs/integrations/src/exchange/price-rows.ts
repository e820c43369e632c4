import type { InputRow, OfferMark, Place, ProductItem } from '@gastronom/commerceml/row';
import type { IntegrationsContext } from '../context.ts';
import type { BatchRow } from './batch-sender.ts';
import type { Variant } from './exchange-known.repository.ts';

export type OfferRow = Extract<InputRow, { kind: 'product' | 'price' | 'stock' }>;

interface WaitingRow {
  readonly place: Place;
  readonly item: ProductItem;
  /** No file of the exchange tells the name of these goods: the catalogue may. */
  readonly isLone: boolean;
}

const unknownGoods =
  'The offer has a price but no name, and no file of this exchange holds its goods: send them (import.xml) as well.';

const baseOf = (id: string): string => id.split('#', 1)[0] ?? id;

/** Rows of goods as offers tell them, a batch at a time, and the characteristics that they name. */
export class PriceRows {
  readonly #context: IntegrationsContext;
  readonly #knownBases: ReadonlySet<string>;
  readonly #variants = new Map<string, Variant>();
  /** Goods that have offers of their own, beside those of their characteristics. */
  readonly #offered = new Set<string>();
  /** SKU of each good that turned out to be sold by its characteristics, by its Ид. */
  readonly #replaced = new Map<string, string>();
  #waiting: WaitingRow[] = [];

  constructor(context: IntegrationsContext, known: readonly Variant[]) {
    this.#context = context;
    this.#knownBases = new Set(known.map(({ id }) => baseOf(id)));
  }

  get length(): number {
    return this.#waiting.length;
  }

  get variants(): readonly Variant[] {
    return [...this.#variants.values()];
  }

  add(row: OfferRow): void {
    if (row.kind === 'stock') return;
    if (row.kind === 'price') {
      const { place } = row;
      this.#note(row.offer, row.item.sku);
      this.#waiting.push({ place, item: { ...row.item, name: '' }, isLone: true });
      return;
    }
    const { place, offer } = row;
    const { stockQuantity: _, warehouse: __, ...item } = row.item;
    if (offer) this.#note(offer, item.sku ?? '');
    const isVariant = offer?.id.includes('#') ?? false;
    // A count of goods that have told all else is no reason to send them again.
    if (item.price === undefined && !item.barcode && !item.removed && !isVariant) return;
    this.#waiting.push({ place, item, isLone: row.goodId === undefined });
  }

  /** Goods that came before anybody knew that they are sold by their characteristics alone: they are none themselves. */
  addReplacedGoods(): void {
    const place = { file: '', line: 0 };
    for (const [id, sku] of this.#replaced) {
      if (!this.#offered.has(id)) this.#waiting.push({ place, item: { sku, name: '', removed: true }, isLone: false });
    }
    this.#replaced.clear();
  }

  /** The rows so far; the names of goods whose own file is not at hand are the catalogue's. */
  async take(): Promise<BatchRow<ProductItem>[]> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const lone = waiting.flatMap(({ isLone, item: { sku } }) => (isLone && sku !== undefined ? [sku] : []));
    const names = lone.length > 0 ? await this.#context.catalog.namesOf(lone) : new Map<string, string>();
    return waiting.map(({ place, item, isLone }) => {
      const name = (isLone && names.get(item.sku ?? '')) || item.name;
      if (name !== '' || item.removed) return { item: { ...item, name } };
      return { unreadable: { place, sku: item.sku ?? null, reason: unknownGoods, field: 'name', row: item } };
    });
  }

  #note(offer: OfferMark, sku: string): void {
    const { id, name, barcode, article, characteristic } = offer;
    if (!id.includes('#')) {
      this.#offered.add(id);
      return;
    }
    this.#variants.set(id, { id, name, barcode, article, characteristic });
    const base = baseOf(id);
    if (!this.#knownBases.has(base)) this.#replaced.set(base, baseOf(sku));
  }
}
