import type { TestDatabase } from '@gastronom/shared/testing/test-database';
import { marked, type PersonName } from './neighbours.ts';

/** Those who watch prices. */
export const watchers = ['karl', 'kira', 'boris'] as const satisfies readonly PersonName[];

/** What people watch: a store, a page of a product, what it asked, an alert, a tag. Each row says whose it is. */
export async function watchPrices(database: TestDatabase): Promise<void> {
  for (const name of watchers) {
    const mark = marked(`watched-${name}`);
    // Nothing is fetched from there: the name stands for this machine, and pages are due never.
    const host = `${mark}.localhost`;
    await database.query(
      `WITH owner AS (SELECT id FROM accounts.users WHERE name = $1),
         store AS (
           INSERT INTO price_tracking.stores (owner_id, name, slug, notes, test_url, selectors)
           SELECT id, $2, $2, $2, $4, jsonb_build_object('title', jsonb_build_array('css:.' || $2)) FROM owner
           RETURNING id, owner_id),
         domain AS (
           INSERT INTO price_tracking.store_domains (owner_id, store_id, domain, position)
           SELECT owner_id, id, $3, 1 FROM store),
         product AS (
           INSERT INTO price_tracking.tracked_products (owner_id, name, notes, is_favourite)
           SELECT id, $2, $2, true FROM owner RETURNING id, owner_id),
         job AS (
           INSERT INTO price_tracking.scrape_jobs (owner_id, url, pages, status, created_at, moved_at, finished_at)
           SELECT id, $4, 1, 'DONE', now(), now(), now() FROM owner),
         tag AS (INSERT INTO price_tracking.tags (owner_id, name) SELECT id, $2 FROM owner RETURNING id),
         tagged AS (
           INSERT INTO price_tracking.tracked_product_tags (product_id, tag_id)
           SELECT product.id, tag.id FROM product, tag),
         page AS (
           INSERT INTO price_tracking.tracked_urls
             (owner_id, product_id, store_id, url, host, is_primary, last_outcome, title, price, currency, seller, priced_at)
           SELECT product.owner_id, product.id, store.id, $4, $3, true, 'OK', $2, 9.5, 'EUR', $2, now()
           FROM product, store RETURNING id, product_id),
         alert AS (
           INSERT INTO price_tracking.price_alerts (owner_id, product_id, kind, scope)
           SELECT owner_id, id, 'ANY_CHANGE', 'ANY_URL' FROM product RETURNING id, owner_id, product_id),
         raised AS (
           INSERT INTO price_tracking.raised_price_alerts
             (alert_id, owner_id, product_id, url_id, kind, price, currency, raised_at)
           SELECT alert.id, alert.owner_id, page.product_id, page.id, 'ANY_CHANGE', 9.5, 'EUR', now() FROM alert, page)
       INSERT INTO price_tracking.price_points (url_id, product_id, price, currency, observed_at)
       SELECT id, product_id, 9.5, 'EUR', now() FROM page`,
      [marked(`name-${name}`), mark, host, `https://${host}/goods`],
    );
  }
}
