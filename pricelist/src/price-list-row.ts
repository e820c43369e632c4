import type { Place } from '@gastronom/commerceml/row';

/** What a pack's contents are measured in, as the graph names it. */
export type BaseUnit = 'KILOGRAM' | 'LITRE' | 'PIECE';

/** The graph's `ListPriceInput`; moments as RFC 3339. */
export interface PriceItem {
  fromQuantity?: string | null;
  amount: string;
  validFrom?: string | null;
  validUntil?: string | null;
}

/** The graph's `OfferRowInput`. A field left out stays as it is; null empties those that may be empty. */
export interface OfferItem {
  supplierSku: string;
  productSku?: string | null;
  gtin?: string | null;
  name?: string | null;
  description?: string | null;
  unit?: string | null;
  baseUnit?: BaseUnit | null;
  packSize?: string | null;
  multiple?: string | null;
  minimumQuantity?: string | null;
  taxRate?: string | null;
  taxIncluded?: boolean | null;
  catchWeight?: boolean | null;
  leadTimeDays?: number | null;
  isAvailable?: boolean | null;
  stock?: string | null;
  availabilityUntil?: string | null;
  imageUrl?: string | null;
  price?: string | null;
  prices?: PriceItem[] | null;
  currency?: string | null;
  removed?: boolean | null;
}

export type RowErrorCode =
  | 'MISSING_SKU'
  | 'INVALID_NUMBER'
  | 'OUT_OF_RANGE'
  | 'BAD_VALUE'
  | 'UNREADABLE'
  | 'DUPLICATE_IN_BATCH';

/** Why a row cannot be sent at all; its codes are among those that the graph answers with. */
export interface RowError {
  readonly code: RowErrorCode;
  readonly field: keyof OfferItem | null;
  readonly message: string;
}

/** A row of a price list, with what is wrong with it by itself. */
export interface PriceListRow {
  readonly place: Place;
  readonly item: OfferItem;
  readonly errors: readonly RowError[];
  /** The row as it came, so that it can be mended. */
  readonly raw: unknown;
}

/** What reading values takes beside them. */
export interface ReadingOptions {
  /** IANA name of the zone in which dates without a time are meant. */
  readonly timeZone: string;
}
