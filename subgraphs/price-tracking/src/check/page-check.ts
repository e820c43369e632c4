import type { ProductReading } from '@gastronom/product-page/reading';
import type { FetchStats, Validators } from '../fetching/fetched-page.ts';
import type { CheckOutcomeName } from '../tracked-url/tracked-url.entity.ts';

/** A look at a page: what came of it, and what it says. */
export interface PageCheck {
  readonly outcome: CheckOutcomeName;
  /** What went wrong, as `HTTP_503` and a sentence for the owner; null where the outcome is OK. */
  readonly code: string | null;
  readonly error: string | null;
  /** After redirects. */
  readonly url: string;
  /** Null where no page came; of an unchanged page as well. */
  readonly reading: ProductReading | null;
  /** The server said that the page is the one that was read before: its prices stand. */
  readonly isUnchanged: boolean;
  readonly validators: Validators;
  readonly stats: FetchStats;
  readonly checkedAt: Date;
  /** After which time the page may be asked for again, where the host’s turn was too far off (`BUSY`). */
  readonly retryAfterMs?: number | undefined;
}
