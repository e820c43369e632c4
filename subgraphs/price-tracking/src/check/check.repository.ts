import type { EntityManager } from 'typeorm';
import type { RefreshSlots } from '../refresh/refresh-schedule.ts';
import type { CheckOutcomeName } from '../tracked-url/tracked-url.entity.ts';
import type { PageCheck } from './page-check.ts';
import { recordChecksSql } from './record-checks.sql.ts';

export interface UrlCheck {
  readonly urlId: string;
  readonly check: PageCheck;
}

/** A product whose pages were looked at, and locked. */
export interface CheckedProduct {
  readonly id: string;
  readonly catalogueSku: string | null;
  readonly countsForMarket: boolean;
}

/** What a look at a page came to, beside what was stored before. */
export interface RecordedCheck {
  readonly urlId: string;
  readonly productId: string;
  readonly ownerId: string;
  readonly storeId: string;
  readonly checkedAt: Date;
  readonly outcome: CheckOutcomeName;
  readonly error: string | null;
  readonly failures: number;
  /** It has a price, new or confirmed. */
  readonly isPriced: boolean;
  /** Its history has grown. */
  readonly isPoint: boolean;
  readonly beforePrice: string | null;
  readonly beforeCurrency: string | null;
  readonly beforeAvailability: string | null;
  readonly beforeAt: Date | null;
  readonly price: string;
  readonly currency: string;
  readonly availability: string | null;
}

/** After how many milliseconds in which it could not be read a page is given up. */
export interface Patience {
  readonly goneMs: number;
  readonly failingMs: number;
}

export class CheckRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Products first, then pages, each by id: whoever writes both locks them so. */
  async lockProducts(urlIds: readonly string[]): Promise<CheckedProduct[]> {
    const products = await this.#manager.query<CheckedProduct[]>(
      `SELECT id, catalogue_sku AS "catalogueSku", counts_for_market AS "countsForMarket" FROM tracked_products
       WHERE id IN (SELECT product_id FROM tracked_urls WHERE id = ANY($1::uuid[]))
       ORDER BY id FOR NO KEY UPDATE`,
      [urlIds],
    );
    await this.#manager.query('SELECT FROM tracked_urls WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [
      urlIds,
    ]);
    return products;
  }

  /** Of pages that are locked, one look at each. */
  record(checks: readonly UrlCheck[], now: Date, slots: RefreshSlots, patience: Patience): Promise<RecordedCheck[]> {
    return this.#manager.query(recordChecksSql, [
      JSON.stringify(checks.map(toRow)),
      now,
      slots.last,
      slots.next,
      slots.spreadMs,
      slots.periodMs,
      patience.goneMs,
      patience.failingMs,
    ]);
  }

  /** Pages that could not be asked for yet. */
  async postpone(pages: readonly { urlId: string; until: Date }[]): Promise<void> {
    if (pages.length === 0) return;
    await this.#manager.query(
      `WITH given AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS given("urlId" uuid, until timestamptz)),
       held AS (
         SELECT id FROM tracked_urls WHERE id IN (SELECT "urlId" FROM given) AND requested_at IS NULL
         ORDER BY id FOR NO KEY UPDATE)
       UPDATE tracked_urls AS url SET next_check_at = given.until
       FROM held JOIN given ON given."urlId" = held.id
       WHERE url.id = held.id AND url.next_check_at IS NOT NULL`,
      [JSON.stringify(pages)],
    );
  }

  async deleteBefore(moment: Date): Promise<void> {
    await this.#manager.query('DELETE FROM url_checks WHERE checked_at < $1', [moment]);
  }
}

const longestError = 500;

const toRow = ({ urlId, check }: UrlCheck) => {
  const { reading, stats, validators } = check;
  return {
    urlId,
    checkedAt: check.checkedAt,
    outcome: check.outcome,
    code: check.code,
    error: check.error?.slice(0, longestError).toWellFormed().replaceAll('\0', '') ?? null,
    isUnchanged: check.isUnchanged,
    etag: validators.etag,
    lastModified: validators.lastModified,
    title: reading?.title,
    price: reading?.price,
    oldPrice: reading?.oldPrice,
    currency: reading?.currency,
    availability: reading?.availability,
    seller: reading?.seller,
    image: reading?.image,
    bytes: Math.round(stats.bytes),
    waitedMs: Math.round(stats.waitedMs),
    fetchedMs: Math.round(stats.fetchedMs),
    tries: stats.tries,
  };
};
