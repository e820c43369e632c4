/** What a page asked, at a moment. */
export interface Offered {
  readonly price: string;
  readonly currency: string;
  readonly availability: string | null;
  readonly at: Date;
}

/** A page was read again: what it asked when it was last read, however long ago, and what it asks now. */
export interface PriceChange {
  readonly urlId: string;
  readonly productId: string;
  readonly ownerId: string;
  /** Null where it was read for the first time. */
  readonly before: Offered | null;
  readonly after: Offered;
}

/** A page could not be read several times in a row. */
export interface FailingPage {
  readonly urlId: string;
  readonly productId: string;
  readonly ownerId: string;
  readonly storeId: string;
  readonly failures: number;
  readonly outcome: string;
  readonly error: string | null;
}
