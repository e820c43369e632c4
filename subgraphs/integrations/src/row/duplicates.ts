import type { FieldReader } from './field-reader.ts';

/** Remembers what the rows of a batch were about: the first row about a thing counts, later ones are told so. */
export class Duplicates {
  readonly #first = new Map<string, Map<string, number>>();
  readonly #before: Duplicates | undefined;

  /** After those that earlier batches of one message were about. */
  constructor(before?: Duplicates) {
    this.#before = before;
  }

  /** The index of the row that was about it. */
  find(field: string, value: string): number | undefined {
    return this.#first.get(field)?.get(value);
  }

  /** Notes a row, and an error on it when an earlier row of the batch is about the same. */
  check(reader: FieldReader, index: number, field: string, value: string): void {
    const rows = this.#first.get(field) ?? new Map<string, number>();
    const first = this.#before?.find(field, value) ?? rows.get(value);
    if (first !== undefined) {
      reader.fail('DUPLICATE_IN_BATCH', field, `Row ${first} of this batch has the same ${field}: it counts.`);
      return;
    }
    rows.set(value, index);
    this.#first.set(field, rows);
  }

  /** A row matches by its SKU, and by its barcode where it has none. */
  checkGoods(reader: FieldReader, index: number, sku: string | null, barcode: string | null | undefined): void {
    if (sku) this.check(reader, index, 'sku', sku);
    else if (barcode) this.check(reader, index, 'barcode', barcode);
    else if (reader.errors.length === 0)
      reader.fail('MISSING_IDENTITY', null, 'The row has neither sku nor barcode, so that it is about nothing.');
  }
}
