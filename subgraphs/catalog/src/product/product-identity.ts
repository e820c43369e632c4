/** What identifies goods in a row that came. */
export interface RowKeys {
  readonly sku: string | null;
  readonly barcode?: string | null;
}

/** What identifies goods that are stored. A batch’s own new goods have no id yet. */
export interface KnownKeys {
  readonly id: string | null;
  sku: string;
  barcode: string | null;
}

export type Match =
  /** Stored goods; `sku` is what they are called from now on, which differs when they came without a code before. */
  | { readonly kind: 'known'; readonly product: KnownKeys; readonly sku: string }
  | { readonly kind: 'new'; readonly sku: string }
  | { readonly kind: 'ambiguous'; readonly skus: readonly string[] }
  | { readonly kind: 'nameless' };

/**
 * Tells which goods a row means: by sku, else by barcode; never by a guess. Rows are matched one after another, each
 * seeing what those before it made, so that a batch is read like a list of single rows.
 */
export class ProductIdentity {
  readonly #bySku = new Map<string, KnownKeys>();
  readonly #byBarcode = new Map<string, Set<KnownKeys>>();

  constructor(known: Iterable<KnownKeys>) {
    for (const product of known) this.#add(product);
  }

  match({ sku, barcode }: RowKeys): Match {
    if (sku !== null) {
      const product = this.#bySku.get(sku) ?? this.#adoptable(barcode);
      return product ? { kind: 'known', product, sku } : { kind: 'new', sku };
    }
    if (!barcode) return { kind: 'nameless' };
    const sharing = [...(this.#sharing(barcode) ?? [])];
    if (sharing.length > 1) return { kind: 'ambiguous', skus: sharing.map((product) => product.sku) };
    const product = sharing[0] ?? this.#bySku.get(barcode);
    return product ? { kind: 'known', product, sku: product.sku } : { kind: 'new', sku: barcode };
  }

  /** Lets later rows see what a row made or changed. A barcode that the row does not mention stays as it is. */
  note(product: KnownKeys, sku: string, barcode: string | null | undefined): void {
    this.#bySku.delete(product.sku);
    product.sku = sku;
    if (barcode !== undefined && barcode !== product.barcode) {
      this.#sharing(product.barcode)?.delete(product);
      product.barcode = barcode;
    }
    this.#add(product);
  }

  /** The goods that an unknown sku may belong to: those that came without one, if they alone have the barcode. */
  #adoptable(barcode: string | null | undefined): KnownKeys | undefined {
    const sharing = [...(this.#sharing(barcode) ?? [])];
    return sharing.length === 1 && sharing[0]?.sku === barcode ? sharing[0] : undefined;
  }

  #sharing(barcode: string | null | undefined): Set<KnownKeys> | undefined {
    return barcode ? this.#byBarcode.get(barcode) : undefined;
  }

  #add(product: KnownKeys): void {
    this.#bySku.set(product.sku, product);
    if (!product.barcode) return;
    const sharing = this.#byBarcode.get(product.barcode);
    if (sharing) sharing.add(product);
    else this.#byBarcode.set(product.barcode, new Set([product]));
  }
}
