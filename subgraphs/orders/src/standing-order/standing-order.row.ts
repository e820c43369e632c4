import type { CartFinding } from '../cart/cart-finding.ts';
import type { BuyerKind } from '../order/buyer.ts';

export interface StandingLine {
  readonly offerId: string;
  /** As it was when it was put in. */
  readonly name: string;
  readonly quantity: string;
  readonly note: string | null;
}

/** What a buyer orders again and again. */
export interface StandingOrderRow {
  readonly id: string;
  readonly buyerKind: BuyerKind;
  readonly buyerId: string;
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly skipDates: string[];
  readonly note: string | null;
  readonly isPaused: boolean;
  readonly version: number;
  readonly nextAt: Date | null;
  readonly isOfAdmin: boolean;
  readonly lines: StandingLine[];
  /** Of the next time alone; empty where it is as always. */
  readonly nextLines: StandingLine[];
  readonly nextNote: string | null;
  readonly nextOfAdmin: boolean | null;
}

/** What its people say of it. */
export type StandingValues = Pick<
  StandingOrderRow,
  'name' | 'cron' | 'timeZone' | 'skipDates' | 'note' | 'isPaused' | 'nextAt' | 'isOfAdmin' | 'lines'
> & { readonly userId: string };

/** Why nothing was ordered. */
export type StandingFailure = 'NOTHING_ORDERABLE' | 'MISSED';

/** What came of it at one time. */
export interface StandingRun {
  readonly dueAt: Date;
  readonly orderId: string | null;
  readonly failure: StandingFailure | null;
  readonly findings: readonly CartFinding[];
  readonly triedAt: Date;
}

/** What is ordered the next time: as always, or as somebody wants it this time. */
export const nextContent = (row: StandingOrderRow): Pick<StandingOrderRow, 'lines' | 'note' | 'isOfAdmin'> =>
  row.nextLines.length > 0
    ? { lines: row.nextLines, note: row.nextNote, isOfAdmin: row.nextOfAdmin ?? false }
    : { lines: row.lines, note: row.note, isOfAdmin: row.isOfAdmin };
