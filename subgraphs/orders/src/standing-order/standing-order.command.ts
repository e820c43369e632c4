export interface OrderedStandingLine {
  readonly offerId: string;
  readonly quantity: string;
  readonly note?: string | null | undefined;
}

/** A standing order as it is to be, as a whole. */
export interface SaveStandingOrder {
  /** Null makes one. */
  readonly id?: string | null | undefined;
  readonly expectedVersion?: number | null | undefined;
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly skipDates?: readonly string[] | null | undefined;
  readonly note?: string | null | undefined;
  readonly isPaused?: boolean | null | undefined;
  readonly lines: readonly OrderedStandingLine[];
}

/** What is ordered the next time, and then no more. */
export interface ChangeNextRun {
  readonly standingOrderId: string;
  /** Which time is meant: the one that was read. */
  readonly at: Date;
  /** Null: as always. */
  readonly lines?: readonly OrderedStandingLine[] | null | undefined;
  readonly note?: string | null | undefined;
}
