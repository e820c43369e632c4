/** What a page can say of its product. */
export const pageFields = [
  'title',
  'price',
  'oldPrice',
  'currency',
  'image',
  'availability',
  'gtin',
  'sku',
  'seller',
  'condition',
  'size',
] as const;
export type PageField = (typeof pageFields)[number];

export const availabilities = ['IN_STOCK', 'OUT_OF_STOCK', 'PRE_ORDER', 'SOLD', 'DISCONTINUED'] as const;
export type AvailabilityName = (typeof availabilities)[number];

export const conditions = ['NEW', 'LIKE_NEW', 'GOOD', 'FAIR', 'POOR'] as const;
export type ConditionName = (typeof conditions)[number];

/** A page as it was fetched. */
export interface PageToRead {
  /** Its text, decoded: HTML, or JSON where the address gives data. */
  readonly text: string;
  /** Where it came from in the end, after redirects. */
  readonly url: string;
}

/** What is known of the store before its page is read. */
export interface ReadingRules {
  /** Selectors by field, in the order in which they are tried: before all that the page says of itself. */
  readonly selectors?: Readonly<Partial<Record<PageField, readonly string[]>>> | undefined;
  /** BCP 47, as `de-AT`; it decides what `1.299` means where the page does not. */
  readonly locale?: string | undefined;
  /** ISO 4217: of a price that does not say. */
  readonly currency?: string | undefined;
}

/** What a page says of its product; null for what it does not say surely. Nothing is better than wrong. */
export interface ProductReading {
  readonly title: string | null;
  /** Decimal string in the main unit, exact; `0` only where the page says that it is free. */
  readonly price: string | null;
  /** What was asked before a reduction. */
  readonly oldPrice: string | null;
  /** ISO 4217; null where neither the page nor the store says. */
  readonly currency: string | null;
  /** Absolute. */
  readonly image: string | null;
  readonly availability: AvailabilityName | null;
  /** 8, 12, 13 or 14 digits whose check digit is right. */
  readonly gtin: string | null;
  readonly sku: string | null;
  readonly seller: string | null;
  readonly condition: ConditionName | null;
  readonly size: string | null;
  /** Where each field was found: the selector, `json-ld`, `microdata`, `meta`, or the adapter's name. */
  readonly sources: Readonly<Partial<Record<PageField, string>>>;
}

/** What one selector of a store found on a page. */
export interface SelectorFinding {
  readonly field: PageField;
  readonly selector: string;
  /** The text or attribute as it stands there; null where nothing matched. */
  readonly text: string | null;
  /** The field's value as it would be kept; null where the text is none. */
  readonly value: string | null;
  /** What is wrong with the selector itself. */
  readonly error: string | null;
}
