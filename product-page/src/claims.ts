import type { AvailabilityName, ConditionName } from './reading.ts';
import type { Price } from './value/structured-price.ts';

/** What one source of a page says of its product; null for what it does not say. */
export interface Claims {
  /** As `json-ld`. */
  readonly source: string;
  readonly title: string | null;
  readonly price: Price | null;
  /** Prices of which the source does not say which one is the product's: another source may. */
  readonly rivals: readonly Price[];
  readonly oldPrice: Price | null;
  readonly currency: string | null;
  readonly image: string | null;
  readonly availability: AvailabilityName | null;
  readonly gtin: string | null;
  readonly sku: string | null;
  readonly seller: string | null;
  readonly condition: ConditionName | null;
  readonly size: string | null;
}

export const noClaims = (source: string): Claims => ({
  source,
  title: null,
  price: null,
  rivals: [],
  oldPrice: null,
  currency: null,
  image: null,
  availability: null,
  gtin: null,
  sku: null,
  seller: null,
  condition: null,
  size: null,
});
